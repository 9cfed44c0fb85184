"""Keeps an uploaded file and its row together: both or neither."""

from contextlib import contextmanager

from django.conf import settings
from django.core.files.base import ContentFile

from ..models import Evidence, FindingFile
from ..rules.uploads import quota_blockers
from .checks import check


@contextmanager
def removed_on_failure():
    """Collects the files that are written, and takes them away if their rows are not."""
    written = []
    try:
        yield written
    except BaseException:
        for file in written:
            file.storage.delete(file.name)
        raise


def store(row, reading, taken_on, by, written):
    """Fill in a new row of a stored file from what was read, and keep both."""
    row.name, row.kind, row.sha256 = reading.name, reading.kind, reading.sha256
    row.size = len(reading.content)
    row.taken_on, row.uploaded_by = taken_on or reading.taken_on, by
    for file, content in ((row.file, reading.content), (row.thumbnail, reading.thumbnail)):
        if content:
            file.save(reading.name, ContentFile(content), save=False)
            written.append(file)
    row.save()
    return row


def check_quota(sheet, reading):
    """What a branch files in a year has a limit, evidence and rectifications together."""
    used = Evidence.objects.of_sheet(sheet).bytes_used()
    used += FindingFile.objects.by_branch_of(sheet).bytes_used()
    check(quota_blockers(len(reading.content), used, settings.EVIDENCE_YEAR_BYTES))
