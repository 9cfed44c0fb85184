"""The bytes of workbooks: the same content at the same moment makes the same bytes."""

from datetime import UTC
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from openpyxl.writer.excel import ExcelWriter

from .cells import TextTooLong
from .names import file_title, safe_file_name
from .public import public_title
from .workbook import write


class Archive(ZipFile):
    """A zip whose members all bear one moment: Python would stamp each with the time it is made."""

    def __init__(self, file, moment, compression):
        super().__init__(file, "w", compression)
        self.stamp = timezone.localtime(moment).timetuple()[:6]

    def writestr(self, name, data):
        member = ZipInfo(name, self.stamp)
        member.compress_type = self.compression
        super().writestr(member, data)

    def write(self, path, name):
        self.writestr(name, Path(path).read_bytes())


def as_bytes(workbook):
    buffer = BytesIO()
    moment = workbook.properties.modified.replace(tzinfo=UTC)
    ExcelWriter(workbook, Archive(buffer, moment, ZIP_DEFLATED)).save()
    return buffer.getvalue()


def file_name(contents):
    with translation.override(settings.LANGUAGE_CODE):
        return safe_file_name(file_title(contents))


def public_name(contents):
    with translation.override(settings.LANGUAGE_CODE):
        return safe_file_name(public_title(contents.public))


def archive_name(contents):
    with translation.override(settings.LANGUAGE_CODE):
        return safe_file_name(file_title(contents, _("各支部")), ".zip")


class _Sink(BytesIO):
    """What has been written since it was last taken; places count from the very beginning.

    A zip goes back to the head of the member it has just written, and no further; so that
    each head says how long its member is, which not every reader can do without.
    """

    taken_before = 0

    def tell(self):
        return self.taken_before + super().tell()

    def seek(self, place):
        return super().seek(place - self.taken_before)

    def take(self):
        content = self.getvalue()
        self.taken_before += len(content)
        super().seek(0)
        self.truncate()
        return content


def zipped(contents):
    """The bytes of a zip with a workbook a branch, each written when the one before is taken.

    A branch whose words no cell holds gets a text in its place that says so: the others' ledgers
    do not wait for it.
    """
    sink = _Sink()
    with Archive(sink, contents.moment, ZIP_STORED) as archive:
        for number, sheet in enumerate(contents.sheets, start=1):
            archive.writestr(*_member(number, contents.of_sheet(sheet)))
            yield sink.take()
    yield sink.take()


def _member(number, contents):
    """The name and the bytes of one branch's file."""
    with translation.override(settings.LANGUAGE_CODE):
        title = f"{number:02} {file_title(contents)}"
        try:
            return safe_file_name(title), as_bytes(write(contents))
        except TextTooLong as refusal:
            name = safe_file_name(_("{title}（没有写出）").format(title=title), ".txt")
            return name, str(refusal).encode("utf-8-sig")
