"""Reads the words in the cells of a workbook that somebody sent.

Not with openpyxl's own reader, which trusts a wrong <dimension>, works shared formulas out cell by
cell, keeps Excel's escapes, and takes the dates of Chinese desks for numbers.
"""

import re
from collections import defaultdict
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime

from openpyxl.styles.numbers import is_date_format
from openpyxl.utils import coordinate_to_tuple, get_column_letter
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from ..enums import BlockerKind
from ..rules.characters import seen
from ..rules.completeness import Blocker
from ..rules.uploads import (
    WORKBOOK_BYTES,
    Unfit,
    cell_blockers,
    refuse,
    sheets_blockers,
    size_blockers,
)
from .package import WORKBOOK, Package, tag_of

ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
# Formats with a number of their own that show dates; 27–36 and 50–58 are those of Chinese desks.
DATES = {*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)}


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell that says something. `formula` is what it works out, or the error it stands at.

    Then `text` is what was worked out when the file was saved, and may be blank or out of date.
    """

    row: int
    column: int
    text: str
    formula: str = ""

    @property
    def address(self):
        return address(self.row, self.column)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Row → column → cell, from the top; only cells that say something are held."""

    title: str
    rows: dict

    def text(self, row, column):
        """What a cell says; nothing where there is none."""
        cell = self.rows.get(row, {}).get(column)
        return cell.text if cell else ""


def address(row, column):
    return f"{get_column_letter(column)}{row}"


def read(upload):
    """Title → sheet of an UploadedFile; raises Unfit with the reasons why nothing of it is read."""
    refuse(size_blockers(upload.size, WORKBOOK_BYTES))
    return sheets_of(upload.read())


def sheets_of(content):
    """The same of bytes, whatever they are."""
    try:
        return _Workbook(Package(content)).sheets()
    except Unfit:
        raise
    except Exception as error:  # an archive or a part of it that is rubbish may raise anything
        raise Unfit([Blocker(BlockerKind.WORKBOOK_BROKEN)]) from error


class _Workbook:
    """What the cells refer to: strings, styles that show dates, and the day that dates begin."""

    def __init__(self, package):
        self.package = package
        self.parts, self.worksheets = {}, {}
        for key, kind, name in package.related():
            self.parts.setdefault(kind, name)
            if kind == "worksheet":
                self.worksheets[key] = name
        self.epoch = WINDOWS_EPOCH
        self.strings = [_words(each) for each in self._in("sharedStrings", "si")]
        self.dates = self._dates()

    def sheets(self):
        listed = []
        for each in self.package.elements(WORKBOOK, "workbookPr", "sheet"):
            if tag_of(each) == "sheet":
                listed.append((each.get("name"), _relation(each)))
                refuse(sheets_blockers(len(listed)))
            elif each.get("date1904") in ("1", "true"):
                self.epoch = MAC_EPOCH
        return {
            title: Sheet(title, self._rows(self.worksheets[key]))
            for title, key in listed
            if key in self.worksheets  # a chart has no cells
        }

    def _in(self, kind, *tags):
        """The elements of the part of a kind, if there is one."""
        return self.package.elements(self.parts[kind], *tags) if kind in self.parts else ()

    def _dates(self):
        """The places of the cell styles that show a number as a date."""
        codes = {}
        for each in self._in("styles", "numFmts", "cellXfs"):
            if tag_of(each) == "numFmts":
                codes = {form.get("numFmtId"): form.get("formatCode", "") for form in each}
                continue
            formats = [style.get("numFmtId", "0") for style in each]
            return {
                str(place)
                for place, number in enumerate(formats)
                if (is_date_format(codes[number]) if number in codes else int(number) in DATES)
            }
        return set()

    def _rows(self, name):
        rows, row = defaultdict(dict), 0
        for each in self.package.elements(name, "row"):
            row, column = int(each.get("r", row + 1)), 0
            for cell in each:
                at = cell.get("r")
                row, column = coordinate_to_tuple(at) if at else (row, column + 1)
                text, formula = self._said(cell)
                if text or formula:
                    refuse(cell_blockers(row, column, address(row, column), text + formula))
                    rows[row][column] = Cell(row, column, text, formula)
        return dict(sorted(rows.items()))

    def _said(self, cell):
        """A cell's text without blanks around it, and its formula or error."""
        inside = {tag_of(child): child for child in cell}
        kind, value = cell.get("t", "n"), ""
        if kind == "inlineStr" and "is" in inside:
            value = _words(inside["is"])
        elif "v" in inside:
            value = self._value(kind, inside["v"].text or "", cell.get("s", "0"))
        formula = f"={inside['f'].text or ''}" if "f" in inside else ""
        return value.strip(), formula or (value if kind == "e" else "")

    def _value(self, kind, text, style):
        if kind == "s":
            return self.strings[int(text)] if text else ""
        if kind == "b":
            return "TRUE" if text == "1" else "FALSE"
        if kind == "n":
            return self._number(text, is_date=style in self.dates)
        return _unescaped(text)

    def _number(self, text, *, is_date):
        """As one would write it; what is no number, or no date, stays as it stands."""
        with suppress(ValueError, OverflowError):
            number = float(text)
            if is_date:
                return _moment(from_excel(number, self.epoch))
            return f"{number:.0f}" if number.is_integer() else f"{number:.15g}"
        return _unescaped(text)


def _moment(value):
    """A day, or a day and a time, or a time alone."""
    if isinstance(value, datetime):
        is_day = not (value.hour or value.minute or value.second)
        return value.date().isoformat() if is_day else value.isoformat(" ", "minutes")
    return str(value)


def _relation(element):
    return next(value for name, value in element.attrib.items() if name.endswith("}id"))


def _words(element):
    """The text of a string or of its runs; not what says how to pronounce it."""
    texts = []
    for child in element:
        runs = child if tag_of(child) == "r" else (child,)
        texts += [run.text or "" for run in runs if tag_of(run) == "t"]
    return _unescaped("".join(texts))


def _unescaped(text):
    """With the signs that XML cannot hold as Excel meant them, less those that nobody wants."""
    return seen(ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))
