"""What may be sent: names, sizes and kinds of evidence, and what an archive may hold."""

import re
import unicodedata

from ..enums import BlockerKind, FileKind
from .completeness import Blocker

# The endings of each kind; the first is given where a name has none of them. WPS writes the
# containers of the older Office, so that content alone does not tell the two apart.
SUFFIXES = {
    FileKind.IMAGE: ("jpg",),
    FileKind.PDF: ("pdf",),
    FileKind.DOCX: ("docx",),
    FileKind.XLSX: ("xlsx",),
    FileKind.PPTX: ("pptx",),
    FileKind.WPS: ("wps", "doc"),
    FileKind.ET: ("et", "xls"),
    FileKind.DPS: ("dps", "ppt"),
}
OFFICE = "application/vnd.openxmlformats-officedocument."
CONTENT_TYPES = {
    FileKind.IMAGE: "image/jpeg",
    FileKind.PDF: "application/pdf",
    FileKind.DOCX: f"{OFFICE}wordprocessingml.document",
    FileKind.XLSX: f"{OFFICE}spreadsheetml.sheet",
    FileKind.PPTX: f"{OFFICE}presentationml.presentation",
    FileKind.WPS: "application/msword",
    FileKind.ET: "application/vnd.ms-excel",
    FileKind.DPS: "application/vnd.ms-powerpoint",
}
# What a picker offers; images of every kind are kept as JPEG.
OFFERED = (
    "image/*",
    *(f".{suffix}" for suffix in ("jpg", "jpeg", "png", "webp", "heic", "heif")),
    *(f".{suffix}" for kind in FileKind if kind != FileKind.IMAGE for suffix in SUFFIXES[kind]),
)

LONGEST_NAME = 100
ENDING = re.compile(r"\.[A-Za-z][A-Za-z0-9]{1,5}$")
UNSAFE = re.compile(r'[\\/:*?"<>|]')

# An office file is listed, never unpacked; a long presentation has some hundred members.
MEMBERS = 1000
UNPACKED = 50 * 2**20
# Where Office and WPS keep macros, and links to other files.
MACRO_MEMBERS = ("vbaproject.bin", "jdedata.bin")
MACRO_TYPES = (b"vbaproject", b"macroenabled")
LINK_TYPES = (b"externallink", b"connections+xml", b"querytable")

# A workbook is read as well, so it may hold less: some hundred rows of words.
WORKBOOK_BYTES = 5 * 2**20
WORKBOOK_MEMBERS = 200
WORKBOOK_XML = 16 * 2**20
SHEETS, ROWS, COLUMNS = 20, 5000, 256
LONGEST_CELL = 32_767  # characters: Excel's own limit


class Unfit(Exception):
    """A file that is not taken; `blockers` say why."""

    def __init__(self, blockers):
        self.blockers = list(blockers)
        super().__init__(" ".join(str(blocker) for blocker in self.blockers))


def refuse(blockers):
    if blockers:
        raise Unfit(blockers)


def safe_name(name, kind):
    """`name` without folders, signs that change how it reads, and with the ending of its kind."""
    last = re.split(r"[\\/]", name)[-1]
    plain = "".join(sign for sign in last if unicodedata.category(sign)[0] != "C")
    plain = UNSAFE.sub(" ", plain).rstrip(" .")
    found = ENDING.search(plain)
    stem = plain[: found.start()] if found else plain
    ending = found.group()[1:].lower() if found else ""
    suffixes = SUFFIXES[kind]
    suffix = ending if ending in suffixes else suffixes[0]
    stem = stem.strip(" .") or str(kind.label)
    return f"{stem[: LONGEST_NAME - len(suffix) - 1]}.{suffix}"


def megabytes(number):
    return f"{number // 2**20} MB"


def size_blockers(size, limit):
    if not size:
        return [Blocker(BlockerKind.FILE_EMPTY)]
    return [Blocker(BlockerKind.FILE_TOO_LARGE, megabytes(limit))] if size > limit else []


def quota_blockers(size, used, limit):
    """What a branch files in a year has a limit; old versions count, for they are kept."""
    return [Blocker(BlockerKind.QUOTA_FULL, megabytes(limit))] if used + size > limit else []


def pixel_blockers(width, height, limit):
    """`limit` is in millions: a small file may unpack to more than a server's memory."""
    return (
        [Blocker(BlockerKind.IMAGE_TOO_LARGE, str(limit))] if width * height > limit * 1e6 else []
    )


def archive_blockers(sizes, members=MEMBERS):
    """`sizes` are those that an archive's list gives for its members, unpacked."""
    is_bomb = len(sizes) > members or sum(sizes) > UNPACKED
    return [Blocker(BlockerKind.ARCHIVE_TOO_LARGE)] if is_bomb else []


def macro_blockers(names, types):
    """`names` are an office file's members, `types` its own list of what they are."""
    has_macros = any(name.lower().endswith(MACRO_MEMBERS) for name in names)
    return _typed_blockers(BlockerKind.HAS_MACROS, has_macros, MACRO_TYPES, types)


def link_blockers(names, types):
    """A table that fetches words from elsewhere would say something else tomorrow."""
    has_links = any("externallinks/" in name.lower() for name in names)
    return _typed_blockers(BlockerKind.HAS_LINKS, has_links, LINK_TYPES, types)


def _typed_blockers(kind, is_found, wanted, types):
    # An XML list may be in UTF-16.
    types = types.replace(b"\0", b"").lower()
    return [Blocker(kind)] if is_found or any(each in types for each in wanted) else []


def sheets_blockers(count):
    return [Blocker(BlockerKind.TOO_MANY_SHEETS, str(SHEETS))] if count > SHEETS else []


def cell_blockers(row, column, address, text):
    """A filled cell lies within reach of the table, and is no longer than Excel writes one."""
    if row > ROWS or column > COLUMNS:
        return [Blocker(BlockerKind.CELL_TOO_FAR, address)]
    return [Blocker(BlockerKind.CELL_TOO_LONG, address)] if len(text) > LONGEST_CELL else []


def taken_blockers(taken_on, today):
    is_later = taken_on is not None and taken_on > today
    return [Blocker(BlockerKind.TAKEN_LATER)] if is_later else []
