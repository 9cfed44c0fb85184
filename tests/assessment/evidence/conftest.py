"""A disk of the test's own, so that what is left on it can be counted."""

import pytest
from django.core.files.storage import default_storage

from assessment import files, workflow
from tests.town import item_of, person

from .samples import PDF, sent


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    """Where files are kept and where they wait while they come in."""
    kept, waiting = tmp_path / "files", tmp_path / "temporary"
    kept.mkdir()
    waiting.mkdir()
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": kept},
        },
    }
    settings.FILE_UPLOAD_TEMP_DIR = str(waiting)
    return tmp_path


@pytest.fixture
def on_disk(disk):
    """The files that are there now."""

    def _on_disk():
        return sorted(path for path in disk.rglob("*") if path.is_file())

    return _on_disk


@pytest.fixture
def file_on():
    """Files content on an item, as its clerk."""

    def _file_on(item, content=PDF, name="方案.pdf", by=None, taken_on=None):
        clerk = by or clerk_of(item)
        return workflow.file_evidence(item, files.read(sent(name, content)), taken_on, by=clerk)

    return _file_on


def clerk_of(item):
    clerks = {"卫坡村": "clerk_weipo", "南陈村": "clerk_nanchen"}
    return person(clerks.get(item.assessment.branch.name, "liaison"))


@pytest.fixture
def another(sheet):
    """Another item of the same sheet and department."""
    return item_of(sheet, "ST-2")


def stored(file):
    with default_storage.open(file.name) as opened:
        return opened.read()
