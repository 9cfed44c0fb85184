"""What may be filed as evidence: names, sizes, kinds, and what an archive may hold."""

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


def archive_blockers(sizes):
    """`sizes` are those that an archive's list gives for its members, unpacked."""
    is_bomb = len(sizes) > MEMBERS or sum(sizes) > UNPACKED
    return [Blocker(BlockerKind.ARCHIVE_TOO_LARGE)] if is_bomb else []


def taken_blockers(taken_on, today):
    is_later = taken_on is not None and taken_on > today
    return [Blocker(BlockerKind.TAKEN_LATER)] if is_later else []
