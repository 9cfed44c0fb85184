"""Tells what a file is by its content. Its name and the type that the browser gives are not asked.

Anything that is not recognised is refused: a page, a drawing with scripts, a program.
"""

from io import BytesIO
from zipfile import ZipFile

from ..enums import BlockerKind, FileKind
from ..rules.completeness import Blocker
from ..rules.uploads import Unfit, archive_blockers, macro_blockers, refuse

HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# The member or the entry that makes a container a document of its kind.
ZIPPED = {
    "word/document.xml": FileKind.DOCX,
    "xl/workbook.xml": FileKind.XLSX,
    "ppt/presentation.xml": FileKind.PPTX,
}
OLE_ENTRIES = {
    "WordDocument": FileKind.WPS,
    "Workbook": FileKind.ET,
    "Book": FileKind.ET,
    "PowerPoint Document": FileKind.DPS,
}
MACRO_ENTRIES = ("_VBA_PROJECT", "_VBA_PROJECT_CUR", "Macros", "VBA")
LIST_OF_TYPES = "[Content_Types].xml"
LONGEST_LIST = 2**20


def recognised(content):
    """The kind of file that `content` is."""
    kind = _image(content) or _pdf(content) or _zipped(content) or _ole(content)
    if kind is None:
        raise Unfit([Blocker(BlockerKind.UNKNOWN_KIND)])
    return kind


def _image(content):
    is_image = (
        content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"))
        or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")
        or (content[4:8] == b"ftyp" and content[8:12] in HEIF_BRANDS)
    )
    return FileKind.IMAGE if is_image else None


def _pdf(content):
    # At the very beginning: readers look for it further on too, and a page could stand before it.
    return FileKind.PDF if content.startswith(b"%PDF-") else None


def _zipped(content):
    if not content.startswith(b"PK\x03\x04"):
        return None
    try:
        with ZipFile(BytesIO(content)) as archive:
            refuse(archive_blockers([member.file_size for member in archive.infolist()]))
            return _office(archive)
    except Unfit:
        raise
    except Exception:  # an archive or a part of it that is rubbish may raise anything
        return None


def _office(archive):
    names = {name.lower() for name in archive.namelist()}
    kinds = [kind for member, kind in ZIPPED.items() if member in names]
    if len(kinds) != 1:
        return None
    with archive.open(LIST_OF_TYPES) as listed:
        refuse(macro_blockers(names, listed.read(LONGEST_LIST)))
    return kinds[0]


def _ole(content):
    if not content.startswith(OLE):
        return None
    kinds = {kind for name, kind in OLE_ENTRIES.items() if _has_entry(content, name)}
    if len(kinds) != 1:
        return None
    if any(_has_entry(content, name) for name in MACRO_ENTRIES):
        raise Unfit([Blocker(BlockerKind.HAS_MACROS)])
    return kinds.pop()


def _has_entry(content, name):
    """Whether the container's directory names `name`: an entry begins at a multiple of 128."""
    sought = name.encode("utf-16-le") + b"\0\0"
    at = content.find(sought)
    while at >= 0:
        if at % 128 == 0:
            return True
        at = content.find(sought, at + 1)
    return False
