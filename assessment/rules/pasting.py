"""What a block of cells copied from Excel or WPS says: text → rows of cells → places in a sheet."""

import re
from dataclasses import dataclass
from unicodedata import normalize

from ..enums import Rating

# A cell with a line end, a tab or a quotation mark in it comes in quotes, those inside doubled.
QUOTED = re.compile(r'"([^"]*(?:""[^"]*)*)"(?=[\t\n]|\Z)')
PLAIN = re.compile(r"[^\t\n]*")
MARKS = {
    **dict.fromkeys(("达标", "√", "✓", "✔"), Rating.MET),
    "基本达标": Rating.PARTLY_MET,
    "未达标": Rating.UNMET,
    "不适用": Rating.NOT_APPLICABLE,
}


@dataclass(frozen=True, slots=True)
class Placed:
    """One cell of the block that says something, and the row and column it would go to."""

    row: int
    column: int
    text: str


def cells(text):
    """The rows of the block, each a list of cells; rows may differ in length. Never raises."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n")
    rows, at = [[]], 0
    while True:
        cell, at = _cell(text, at)
        rows[-1].append(cell)
        if at == len(text):
            return rows
        if text[at] == "\n":
            rows.append([])
        at += 1


def _cell(text, at):
    """The cell that begins at `at`, and where it ends."""
    found = QUOTED.match(text, at)
    # Excel leaves a cell such as “"五星"” as it is, so quotes that were not needed are words.
    if found and re.search(r'[\t\n]|""', found[1]):
        return found[1].replace('""', '"'), found.end()
    found = PLAIN.match(text, at)
    return found[0], found.end()


def placed(rows, top=0, left=0):
    """The cells that say something, the block's first at (`top`, `left`); blanks say nothing."""
    return [
        Placed(top + down, left + across, cell.strip())
        for down, row in enumerate(rows)
        for across, cell in enumerate(row)
        if cell.strip()
    ]


def plain(text):
    """Without spaces, and full width made half: how a mark or a date is read."""
    return "".join(normalize("NFKC", text).split())


def mark(text):
    """The mark a cell means, or None where it means none."""
    return MARKS.get(plain(text))
