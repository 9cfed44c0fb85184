"""Reads a workbook of fill_in.py that has been filled in: what of it is new, and where it stands.

Columns are known by their headers and rows by their keys, so that either may have been moved.
"""

from dataclasses import dataclass, field, fields

from django.conf import settings
from django.utils import translation

from ..enums import BlockerKind
from ..rules.completeness import Blocker
from ..rules.uploads import LONGEST_NAME, Unfit
from .boxes import BY_STEP
from .fill_in import FIRST_ID_ROW, IDS, KEY, Place, mark_of


@dataclass(frozen=True, slots=True)
class Row:
    """One item's row: its number, the version it was read at, and field → what was filled in."""

    number: int
    version: int
    cells: dict


@dataclass(slots=True)
class FilledIn:
    """What the workbook is of, key → row, and what could not be made out."""

    place: Place
    rows: dict = field(default_factory=dict)
    blockers: list = field(default_factory=list)


def filled_in(sheets):
    """What was filled in on `sheets`, title → sheet; Unfit where they are no such workbook."""
    ids = sheets.get(IDS)
    found = [(sheet, row) for sheet in sheets.values() if (row := header_row(sheet))]
    if not ids or not found:
        raise Unfit([Blocker(BlockerKind.NO_FORM)])
    place = Place(*(ids.text(row, 2)[:LONGEST_NAME] for row in range(1, len(fields(Place)) + 1)))
    if place.step not in BY_STEP:
        raise Unfit([Blocker(BlockerKind.NO_FORM)])
    return _rows(FilledIn(place), *found[0], ids)


def header_row(sheet):
    """The number of the row in which the columns are named."""
    if sheet.title == IDS:
        return None
    return next(
        (
            number
            for number, cells in sheet.rows.items()
            if any(cell.text == KEY for cell in cells.values())
        ),
        None,
    )


def _rows(found, sheet, header, ids):
    names = {cell.text: column for column, cell in reversed(sheet.rows[header].items())}
    with translation.override(settings.LANGUAGE_CODE):
        headers = {box.name: str(box.header) for box in BY_STEP[found.place.step].boxes}
    lost = [title for title in headers.values() if title not in names]
    if lost:
        raise Unfit([Blocker(BlockerKind.COLUMN_LOST, title) for title in lost])
    columns = {name: names[title] for name, title in headers.items()}
    exported = _exported(ids, list(headers))
    for number, cells in sheet.rows.items():
        if number > header:
            said = {name: cells[at] for name, at in columns.items() if at in cells}
            key = sheet.text(number, names[KEY])
            _add(found, key, number, said, exported)
    return found


def _exported(ids, names):
    """Key → (version, field → mark of what stood there), as they went out."""
    exported = {}
    for number in ids.rows:
        version = ids.text(number, 2)
        if number > FIRST_ID_ROW and version.isdecimal() and len(version) < 10:
            marks = {name: ids.text(number, at) for at, name in enumerate(names, start=3)}
            exported[ids.text(number, 1)] = (int(version), marks)
    return exported


def _add(found, key, number, said, exported):
    if key in found.rows:
        twice = f"{found.rows[key].number}、{number}"
        found.blockers.append(Blocker(BlockerKind.ROW_TWICE, twice))
    elif key in exported:
        version, marks = exported[key]
        cells = {name: cell for name, cell in said.items() if _is_new(cell, marks[name])}
        found.rows[key] = Row(number, version, cells)
    elif said:
        found.blockers.append(Blocker(BlockerKind.ROW_LOST, str(number)))


def _is_new(cell, mark):
    """Whether a cell says something else than when it went out, be it as words or as a formula."""
    return mark not in [mark_of(said) for said in (cell.text, cell.formula) if said]
