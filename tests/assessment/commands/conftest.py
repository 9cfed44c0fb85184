"""Databases that are empty, or hold the demonstration, in the place of the test town's."""

from io import StringIO

import pytest
from django.core.management import call_command

from branches.models import Branch
from tests.town import load_town


@pytest.fixture
def emptied(transactional_db):
    """Tables without a row, as right after the first migration."""
    if Branch.objects.exists():
        call_command("flush", interactive=False, verbosity=0)


@pytest.fixture(scope="module")
def demonstrated(django_db_setup, django_db_blocker):
    """The demonstration, played once for a module; returns what the command printed."""
    with django_db_blocker.unblock():
        call_command("flush", interactive=False, verbosity=0)
        printed = run("demo", serve=False)
    yield printed
    with django_db_blocker.unblock():
        call_command("flush", interactive=False, verbosity=0)
        load_town()


def run(command, **options):
    """Run one of our commands and return what it prints."""
    out = StringIO()
    call_command(command, stdout=out, **options)
    return out.getvalue()
