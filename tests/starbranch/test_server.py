"""The production server as a person starts it: its own process, the real settings."""

import os
import re
import signal
import socket
import subprocess
import sys
from types import SimpleNamespace
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.conf import settings

from starbranch import server

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="gunicorn needs fork")


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """`manage.py setup --serve` on a free port, asked to debug, which it must not."""
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path_factory.mktemp("home")),
        "STARBRANCH_DATA_DIR": str(tmp_path_factory.mktemp("data")),
        "STARBRANCH_ADMIN_USERNAME": "chief",
        "STARBRANCH_ADMIN_PASSWORD": "a-long-enough-word",
        "STARBRANCH_DEBUG": "1",
    }
    command = [sys.executable, "manage.py", "setup", "--no-input", "--serve", "--port", "0"]
    process = subprocess.Popen(
        command,
        cwd=settings.BASE_DIR,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    )
    try:
        found = (re.search(r"http://127\.0\.0\.1:(\d+)/", line) for line in process.stdout)
        port = next(int(match[1]) for match in found if match and "--bind" not in match.string)
        yield SimpleNamespace(process=process, port=port, home=environment["HOME"])
    finally:
        process.terminate()
        process.wait(timeout=20)
        process.stdout.close()


def ask(port, path):
    """Status and body, whatever the status."""
    try:
        with urlopen(f"http://127.0.0.1:{port}{path}", timeout=20) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_it_answers_and_is_not_in_debug_mode(served):
    status, body = ask(served.port, "/no-such-page/")
    assert status == 404
    assert "DEBUG" not in body


def test_static_files_come_from_the_same_server(served):
    status, body = ask(served.port, "/static/bootstrap/css/bootstrap.min.css")
    assert status == 200
    assert "Bootstrap" in body


def test_it_listens_on_this_machine_only(served):
    with (
        pytest.raises(ConnectionRefusedError),
        socket.create_connection(("127.0.0.2", served.port)),
    ):
        pass


def test_nothing_is_left_in_the_home_directory(served):
    assert os.listdir(served.home) == []


def test_its_port_is_taken(served):
    with pytest.raises(OSError, match="in use"):
        server.reserve(served.port)


def test_it_stops_when_told(served):
    served.process.send_signal(signal.SIGTERM)
    assert served.process.wait(timeout=20) == 0
    with server.reserve(served.port) as again:
        assert server.address(again) == f"http://127.0.0.1:{served.port}/"
