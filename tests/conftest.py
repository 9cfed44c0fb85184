"""What every test may ask for."""

import pytest
from django.db import connection
from django.db.backends.sqlite3.base import DatabaseOperations

from assessment.models import Cycle

from .town import item_of, load_town, person, sheet_of


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The town is loaded once; each test's changes are rolled back."""
    with django_db_blocker.unblock():
        load_town()


@pytest.fixture(autouse=True, scope="session")
def _flush_may_remove_events():
    """Tests that commit are cleaned up by DELETE on SQLite, which the events' trigger refuses."""
    plain = DatabaseOperations.sql_flush

    def sql_flush(self, *args, **kwargs):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        drop = [f"DROP TRIGGER {name}" for name, _ in triggers]
        return [*drop, *plain(self, *args, **kwargs), *(sql for _, sql in triggers)]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(DatabaseOperations, "sql_flush", sql_flush)
        yield


@pytest.fixture
def town(db):
    """The open 2022 cycle over 27 branches; loaded afresh where a flush has emptied the tables."""
    if not Cycle.objects.exists():
        load_town()
    return Cycle.objects.get(year=2022)


@pytest.fixture
def committed_town(transactional_db):
    """The same town, committed: for live servers and parallel connections."""
    if not Cycle.objects.exists():
        load_town()
    return Cycle.objects.get(year=2022)


@pytest.fixture
def clerk(town):
    return person("clerk_weipo")


@pytest.fixture
def supervisor(town):
    return person("supervisor")


@pytest.fixture
def sheet(town):
    """卫坡村's sheet: target four stars, nothing filled in."""
    return sheet_of("卫坡村")


@pytest.fixture
def item(sheet):
    """An item of that sheet which 农业服务中心 leads and 人居环境整治办公室 supports."""
    return item_of(sheet, "ST-3")


@pytest.fixture
def on_postgresql():
    return connection.vendor == "postgresql"
