"""What both commands ask before they touch anything, and what they refuse."""

import hashlib
import os
import socket
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from assessment.demonstration.acts import Player
from assessment.enums import Verb
from assessment.management import installing
from assessment.models import Cycle, Event
from assessment.views.context import demonstration as context
from assessment.workflow import keep
from branches.models import Branch, Department, User

from .conftest import run

ROOT = settings.BASE_DIR


@pytest.fixture
def untouched(monkeypatch):
    """Fails the test as soon as a command migrates, loads or collects anything."""
    monkeypatch.setattr(installing, "call_command", lambda *args, **kwargs: pytest.fail(str(args)))


def manage(*words, data_dir, **environment):
    """A command in a process of its own, with the real settings and a file database."""
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG")}
    environment = {**kept, "STARBRANCH_DATA_DIR": str(data_dir), **environment}
    command = [sys.executable, "manage.py", *words]
    return subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, encoding="utf-8"
    )


def test_a_town_that_is_no_demonstration_is_refused(town, untouched):
    with pytest.raises(CommandError) as refusal:
        run("demo", serve=False)
    assert installing.place() in str(refusal.value)
    assert "nothing was changed" in str(refusal.value)


@pytest.mark.parametrize(
    "make",
    [
        lambda: User.objects.create(username="someone"),
        lambda: Branch.objects.create(code="410308105999", name="某村", kind="village"),
        lambda: Department.objects.create(code="X", name="某部门"),
        lambda: keep(Verb.SIGN_IN_FAILED, None, "someone"),
    ],
    ids=["user", "branch", "department", "event"],
)
def test_a_single_row_of_anybodys_is_enough(emptied, untouched, make):
    make()
    with pytest.raises(CommandError, match="nothing was changed"):
        run("demo", serve=False)


def test_setup_refuses_the_demonstration(town, untouched):
    keep(Verb.DEMONSTRATE, None, "演示")
    with pytest.raises(CommandError, match="demonstration's database"):
        run("setup", interactive=False)


def test_half_a_demonstration_leaves_nothing_behind(emptied, monkeypatch):
    monkeypatch.setattr(Player, "submit", lambda self: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        run("demo", serve=False)
    assert [model for model in (User, Cycle, Event) if model.objects.exists()] == []


def test_a_real_towns_pages_do_not_say_demonstration(town, rf):
    assert context(rf.get("/"))["is_demonstration"]() is False


def test_a_taken_port_is_told_in_one_line_before_any_work(emptied, untouched):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CommandError) as refusal:
            run("demo", port=port)
    assert f"Port {port} is taken" in str(refusal.value)
    assert "--port" in str(refusal.value)
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("port", ["-1", "65536", "eighty", "８０"])
def test_a_port_is_a_number_up_to_65535(port):
    with pytest.raises(CommandError, match="65535"):
        call_command("demo", f"--port={port}")


def test_a_database_out_of_reach_is_told(monkeypatch, db):
    def fail():
        raise DatabaseError("no route")

    monkeypatch.setattr(connection.introspection, "table_names", fail)
    with pytest.raises(CommandError, match="Cannot open the database.*\nno route"):
        run("demo", serve=False)


def test_the_place_of_a_server_is_told_without_its_password(monkeypatch):
    facts = {"HOST": "db", "PORT": "5432", "NAME": "town", "USER": "u", "PASSWORD": "secret"}
    there = SimpleNamespace(settings_dict=facts, vendor="postgresql")
    monkeypatch.setattr(installing, "connection", there)
    assert installing.place() == "postgresql://db:5432/town"
    assert "DATABASE_URL" in installing.elsewhere("demo")


def test_a_refusal_leaves_the_file_as_it_was(tmp_path):
    account = {
        "STARBRANCH_ADMIN_USERNAME": "chief",
        "STARBRANCH_ADMIN_PASSWORD": "a-long-enough-word",
    }
    made = manage("setup", "--no-input", data_dir=tmp_path, **account)
    assert made.returncode == 0, made.stderr
    before = fingerprint(tmp_path)
    refused = manage("demo", "--no-serve", data_dir=tmp_path)
    assert refused.returncode == 1
    assert str(tmp_path) in refused.stderr
    assert "STARBRANCH_DATA_DIR" in refused.stderr
    assert fingerprint(tmp_path) == before


def fingerprint(folder):
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.iterdir()
        if path.is_file()
    }


def test_a_data_directory_that_cannot_be_written_is_told_in_words(tmp_path):
    (tmp_path / "file").touch()
    refused = manage("demo", "--no-serve", data_dir=tmp_path / "file" / "data")
    assert refused.returncode == 1
    assert "Cannot write in the data directory" in refused.stderr
    assert "Traceback" not in refused.stderr
