"""Setting up a real town: its first administrator, its reference data, and doing it again."""

import sys

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError

from assessment.enums import Verb
from assessment.management.commands import setup
from assessment.models import Assessment, Catalogue, Cycle, Event, TaskItem
from branches.models import Branch, Department, User

from .conftest import run

WORD = "a-long-enough-word"


@pytest.fixture
def account(monkeypatch):
    monkeypatch.setenv("STARBRANCH_ADMIN_USERNAME", "chief")
    monkeypatch.setenv("STARBRANCH_ADMIN_PASSWORD", WORD)


@pytest.fixture
def terminal(monkeypatch):
    """Answers at the terminal: names and passwords, in the order they are asked for."""
    names, passwords = [], []
    monkeypatch.setattr(sys, "stdin", type("Terminal", (), {"isatty": lambda self: True})())
    monkeypatch.setattr("builtins.input", lambda prompt: names.pop(0))
    monkeypatch.setattr(setup, "getpass", lambda prompt: passwords.pop(0))
    return names, passwords


def test_the_environment_gives_the_first_administrator(emptied, account, rf):
    printed = run("setup", interactive=False)
    chief = authenticate(rf.post("/"), username="chief", password=WORD)
    assert chief.is_administrator
    assert not chief.is_superuser
    assert [event.verb for event in Event.objects.all()] == [Verb.SET_UP]
    assert not Branch.objects.exists()
    assert "gunicorn --bind 127.0.0.1:8000" in printed
    assert WORD not in printed


def test_reference_data_comes_when_asked_for(emptied, account):
    run("setup", interactive=False, fixtures=True)
    assert (Department.objects.count(), Branch.objects.count()) == (11, 27)
    assert TaskItem.objects.count() == 30
    assert Cycle.objects.get().state == "preparing"
    assert "catalogue_2022" in Event.objects.get().changes["reference"][1]


def test_done_again_it_leaves_everything_alone(emptied, account, monkeypatch):
    run("setup", interactive=False, fixtures=True)
    Branch.objects.filter(name="卫坡村").update(name="改过名的村")
    monkeypatch.delenv("STARBRANCH_ADMIN_USERNAME")
    printed = run("setup", interactive=False, fixtures=True)
    assert "no reference data loaded" in printed
    assert Branch.objects.filter(name="改过名的村").exists()
    assert (User.objects.count(), Event.objects.count()) == (1, 1)


@pytest.mark.parametrize("model", [Department, Branch, Catalogue, Cycle])
def test_any_row_of_its_own_keeps_the_reference_data_out(emptied, model):
    assert not setup.has_reference()
    catalogue = Catalogue(year=2030, name="本镇清单")
    rows = {
        Department: [Department(code="X", name="本镇部门")],
        Branch: [Branch(code="410308105999", name="本镇村", kind="village")],
        Catalogue: [catalogue],
        Cycle: [catalogue, Cycle(year=2030, catalogue=catalogue)],
    }
    for row in rows[model]:
        row.save()
    assert setup.has_reference()


@pytest.mark.parametrize("missing", ["STARBRANCH_ADMIN_USERNAME", "STARBRANCH_ADMIN_PASSWORD"])
def test_without_questions_both_names_must_be_set(emptied, account, monkeypatch, missing):
    monkeypatch.delenv(missing)
    with pytest.raises(CommandError, match="STARBRANCH_ADMIN_USERNAME.*STARBRANCH_ADMIN_PASSWORD"):
        run("setup", interactive=False, fixtures=True)
    assert [model for model in (User, Branch, Event) if model.objects.exists()] == []


def test_without_a_terminal_nothing_is_asked(emptied, monkeypatch):
    monkeypatch.setattr(sys, "stdin", type("Pipe", (), {"isatty": lambda self: False})())
    with pytest.raises(CommandError, match="STARBRANCH_ADMIN_USERNAME"):
        run("setup")


@pytest.mark.parametrize(
    ("username", "password"),
    [("chief", "12345"), ("chief-clerk", "chief-clerk1"), ("not a name", WORD), ("x" * 151, WORD)],
    ids=["short", "like the name", "bad name", "long name"],
)
def test_what_the_validators_refuse_is_refused(emptied, monkeypatch, username, password):
    monkeypatch.setenv("STARBRANCH_ADMIN_USERNAME", username)
    monkeypatch.setenv("STARBRANCH_ADMIN_PASSWORD", password)
    with pytest.raises(CommandError):
        run("setup", interactive=False)
    assert not User.objects.exists()


def test_the_terminal_asks_until_the_answers_are_good(emptied, terminal, capsys):
    names, passwords = terminal
    names += ["", "chief", "某主任"]
    passwords += [WORD, "mistyped", "12345678", "12345678", WORD, WORD]
    run("setup")
    chief = User.objects.get()
    assert (chief.username, chief.name) == ("chief", "某主任")
    assert chief.check_password(WORD)
    assert (names, passwords) == ([], [])
    assert "differ" in capsys.readouterr().err


def test_giving_up_at_the_terminal_makes_nobody(emptied, terminal, monkeypatch):
    def interrupt(prompt):
        raise KeyboardInterrupt

    monkeypatch.setattr("builtins.input", interrupt)
    with pytest.raises(CommandError, match="Cancelled"):
        run("setup")
    assert not User.objects.exists()


def test_a_superuser_made_by_hand_is_administrator_enough(emptied, account):
    User.objects.create_superuser("root", password=WORD)
    run("setup", interactive=False)
    assert [user.username for user in User.objects.all()] == ["root"]


def test_an_administrator_who_left_does_not_count(emptied, account):
    User.objects.create_superuser("gone", password=WORD, is_active=False)
    run("setup", interactive=False)
    assert User.objects.filter(username="chief").exists()


def test_no_sheet_is_made_before_the_year_is_opened_by_a_person(emptied, account):
    run("setup", interactive=False, fixtures=True)
    assert not Assessment.objects.filter(stars__isnull=False).exists()
