"""The parts of a workbook that somebody sent, guarded: however they are made, reading stays short.

What the archive lists is refused before it is unpacked; what a part holds is counted as it comes.
"""

from io import BytesIO
from posixpath import join, normpath
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import iterparse

from ..enums import BlockerKind
from ..rules.completeness import Blocker
from ..rules.uploads import (
    LONGEST_CELL,
    WORKBOOK_MEMBERS,
    WORKBOOK_XML,
    Unfit,
    archive_blockers,
    link_blockers,
    macro_blockers,
    refuse,
)

ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
LISTED = b"PK\x01\x02"  # what each member has in the archive's list
WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
TYPES = "[Content_Types].xml"
# Elements and attributes of all parts together; a table of a thousand rows has half as many.
COUNTED = 150_000
DEEPEST = 64
# Bytes from one "<" to the next: a cell's words at their longest, each sign as &#26449;.
LONGEST_STRETCH = 9 * LONGEST_CELL


class Package:
    """An archive whose list is harmless, and what it may still unpack."""

    def __init__(self, content):
        if not content.startswith(ZIP):
            is_older = content.startswith(OLE)
            kind = BlockerKind.OLDER_WORKBOOK if is_older else BlockerKind.NO_WORKBOOK
            raise Unfit([Blocker(kind)])
        refuse(archive_blockers([0] * content.count(LISTED), WORKBOOK_MEMBERS))
        self._archive = ZipFile(BytesIO(content))
        members = self._archive.infolist()
        refuse(archive_blockers([member.file_size for member in members], WORKBOOK_MEMBERS))
        self._members = {member.filename.lower(): member for member in members}
        if WORKBOOK not in self._members:
            raise Unfit([Blocker(BlockerKind.NO_WORKBOOK)])
        self._bytes, self._counted = WORKBOOK_XML, COUNTED
        types = self._content(TYPES)
        refuse(macro_blockers(self._members, types) + link_blockers(self._members, types))

    def related(self):
        """Each part of the workbook as (its id, its kind, its name)."""
        for each in self.elements(RELATIONS, "Relationship"):
            if each.get("TargetMode") != "External":
                name = normpath(join("/xl", each.get("Target"))).lstrip("/")
                yield each.get("Id"), each.get("Type").rpartition("/")[2], name

    def elements(self, name, *tags):
        """The elements of a part called one of `tags`, each as it ends, with all that is in it."""
        depth, content = 0, BytesIO(self._content(name))
        try:
            for event, element in iterparse(content, ("start", "end"), forbid_dtd=True):
                if event == "start":
                    depth += 1
                    self._count(1 + len(element.attrib), depth)
                    continue
                depth -= 1
                if tag_of(element) in tags:
                    yield element
                    element.clear()
        except DefusedXmlException:
            raise Unfit([Blocker(BlockerKind.HAS_ENTITIES)]) from None

    def _content(self, name):
        member = self._members[name.lower()]
        if member.compress_type not in (ZIP_STORED, ZIP_DEFLATED):
            raise ValueError(f"{name} is packed in no way that Excel packs")
        self._bytes -= member.file_size
        if self._bytes < 0:
            raise Unfit([Blocker(BlockerKind.WORKBOOK_TOO_LARGE)])
        content = self._archive.read(member)
        # Only UTF-8, as all offices write it: the lengths below are of its signs.
        if b"\0" in content:
            raise ValueError(f"{name} is not in UTF-8")
        # An element ends as well as it begins.
        is_crowded = content.count(b"<") > 2 * COUNTED
        if is_crowded or max(map(len, content.split(b"<"))) > LONGEST_STRETCH:
            raise Unfit([Blocker(BlockerKind.WORKBOOK_TOO_LARGE)])
        return content

    def _count(self, number, depth):
        self._counted -= number
        if self._counted < 0 or depth > DEEPEST:
            raise Unfit([Blocker(BlockerKind.WORKBOOK_TOO_LARGE)])


def tag_of(element):
    """Without its namespace, of which there are two: as Excel writes it, and the strict one."""
    return element.tag.rpartition("}")[2]
