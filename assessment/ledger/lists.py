"""Workbooks of a list that an administrator keeps: written here, read when they come back changed.

Rows are known by a hidden key, columns by their headers, so that rows may be moved and sorted. What
stood in each cell is kept as a mark on a hidden sheet: what nobody touched in the workbook undoes
nothing that was saved on the website since.
"""

from dataclasses import asdict, dataclass, field, fields, replace
from datetime import UTC

from django.conf import settings
from django.utils import timezone, translation
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from ..enums import BlockerKind
from ..rules.completeness import Blocker
from ..rules.uploads import LONGEST_NAME, Unfit
from .boxes import OPEN
from .cells import Writer
from .fill_in import CHOICES, FIRST_ID_ROW, IDS, KEY, KEY_WIDTH, mark_of
from .filled_in import header_row
from .looks import CODE, HEADER, TITLE, Look, set_up_page
from .measure import widened
from .names import safe_title
from .reading import Cell
from .workbook import new_workbook

SPARE = 12  # empty rows below, in which to write
OFFERED_ROWS = 500  # below the header, in which choices are offered


@dataclass(frozen=True, slots=True)
class ListColumn:
    """`name` is the field; `choices` are offered, and not insisted upon."""

    name: str
    header: str
    width: float
    look: Look
    choices: tuple = ()


@dataclass(frozen=True, slots=True)
class About:
    """What a workbook is of: the kind of list, and which one."""

    kind: str
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What is to be written: `rows` are (key, field → text or number)."""

    about: About
    title: str
    columns: tuple
    rows: list
    lines: tuple


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row that came back: field → cell, only those that differ from what went out.

    A row that is new has no key, and all its cells differ.
    """

    number: int
    key: str
    cells: dict


@dataclass(slots=True)
class ListRead:
    """`known` are the keys that went out; those that came back have rows, touched or not."""

    about: About
    columns: dict
    known: set
    rows: list = field(default_factory=list)
    blockers: list = field(default_factory=list)

    @property
    def missing(self):
        return self.known - {row.key for row in self.rows}

    def address(self, row, name):
        return Cell(row.number, self.columns[name], "").address


def list_workbook(listing):
    with translation.override(settings.LANGUAGE_CODE):
        workbook = new_workbook(listing.title)
        now = timezone.now().astimezone(UTC).replace(tzinfo=None, microsecond=0)
        workbook.properties.created = workbook.properties.modified = now
        worksheet = workbook.active
        worksheet.title = safe_title(listing.about.name)
        header = _write_rows(worksheet, listing)
        _offer_choices(worksheet, workbook.create_sheet(CHOICES), listing.columns, header)
        _write_ids(workbook.create_sheet(IDS), listing)
    return workbook


def _write_rows(worksheet, listing):
    """Returns the number of the row in which the columns are named."""
    columns, rows = listing.columns, listing.rows
    widths = [widened(each.width, _texts(each.name, rows)) for each in columns]
    writer = Writer(worksheet, [*widths, KEY_WIDTH], hidden=1)
    writer.put_line(1, listing.title, TITLE)
    for number, line in enumerate(listing.lines, start=2):
        writer.put_line(number, line)
    header = writer.last_row + 1
    for number, column in enumerate(columns, start=1):
        writer.put(header, number, str(column.header), replace(HEADER, shade=OPEN))
    last = len(writer.widths)
    writer.put(header, last, KEY, CODE)
    spare = [("", {})] * SPARE
    for number, (key, values) in enumerate([*rows, *spare], start=header + 1):
        for at, column in enumerate(columns, start=1):
            writer.put(number, at, values.get(column.name), column.look)
        writer.put(number, last, key, CODE)
    # The hidden column too: what is sorted by the filter takes its key along.
    worksheet.auto_filter.ref = writer.range_from(header)
    worksheet.column_dimensions[get_column_letter(last)].hidden = True
    set_up_page(writer, header, first_to_move=1)
    return header


def _texts(name, rows):
    return {text for _key, values in rows if isinstance(text := values.get(name), str)}


def _offer_choices(worksheet, choices, columns, header):
    """Lists to choose from, on a sheet of their own: written out they have a limit."""
    choices.sheet_state = "hidden"
    for number, column in enumerate(columns, start=1):
        if column.choices:
            letter = get_column_letter(number)
            for row, word in enumerate(column.choices, start=1):
                cell = choices.cell(row, number)
                cell._value, cell.data_type = str(word), "s"
            listed = f"{CHOICES}!${letter}$1:${letter}${len(column.choices)}"
            offer = DataValidation("list", formula1=listed, allow_blank=True)
            offer.showErrorMessage = False
            offer.add(f"{letter}{header + 1}:{letter}{header + OFFERED_ROWS}")
            worksheet.add_data_validation(offer)


def _write_ids(worksheet, listing):
    writer = Writer(worksheet, [20, 20, *(10 for _column in listing.columns)])
    for number, (name, value) in enumerate(asdict(listing.about).items(), start=1):
        writer.put(number, 1, name, CODE)
        writer.put(number, 2, value, CODE)
    for number, name in enumerate([KEY, *(each.name for each in listing.columns)], start=1):
        writer.put(FIRST_ID_ROW, number, name, CODE)
    for number, (key, values) in enumerate(listing.rows, start=FIRST_ID_ROW + 1):
        marks = [text_mark(values.get(each.name)) for each in listing.columns]
        for column, value in enumerate([key, *marks], start=1):
            writer.put(number, column, value, CODE)
    worksheet.sheet_state = "hidden"


def text_mark(value):
    """The mark of a text or a number."""
    return mark_of("" if value is None else str(value))


def read_list(sheets, kind, columns):
    """What came back on `sheets`, title → sheet; Unfit where they are no list of this kind."""
    ids = sheets.get(IDS)
    found = [(sheet, row) for sheet in sheets.values() if (row := header_row(sheet))]
    if not ids or not found or ids.text(1, 2) != kind:
        raise Unfit([Blocker(BlockerKind.NO_FORM)])
    about = About(*(ids.text(row, 2)[:LONGEST_NAME] for row in range(1, len(fields(About)) + 1)))
    sheet, header = found[0]
    names = {cell.text: at for at, cell in reversed(sheet.rows[header].items())}
    with translation.override(settings.LANGUAGE_CODE):
        headers = {column.name: str(column.header) for column in columns}
    lost = [title for title in headers.values() if title not in names]
    if lost:
        raise Unfit([Blocker(BlockerKind.COLUMN_LOST, title) for title in lost])
    exported = _exported(ids, list(headers))
    places = {name: names[title] for name, title in headers.items()}
    read = ListRead(about, places, set(exported))
    for number, cells in sheet.rows.items():
        if number > header:
            _add(read, number, cells, sheet.text(number, names[KEY]), exported)
    return read


def _exported(ids, names):
    """Key → field → mark of what stood there, as they went out."""
    return {
        key: {name: ids.text(number, at) for at, name in enumerate(names, start=2)}
        for number in ids.rows
        if number > FIRST_ID_ROW and (key := ids.text(number, 1))
    }


def _add(read, number, cells, key, exported):
    """A row that says nothing but its key is gone, as if it had been deleted."""
    said = {name: cells[at] for name, at in read.columns.items() if at in cells}
    if not said:
        return
    twice = next((row.number for row in read.rows if key and row.key == key), None)
    if twice:
        read.blockers.append(Blocker(BlockerKind.ROW_COPIED, f"{twice}、{number}"))
    elif key and key not in exported:
        read.blockers.append(Blocker(BlockerKind.KEY_LOST, str(number)))
    elif not key:
        read.rows.append(ListRow(number, "", said))
    else:
        every = {name: said.get(name) or Cell(number, at, "") for name, at in read.columns.items()}
        marks = exported[key]
        changed = {name: cell for name, cell in every.items() if _is_new(cell, marks[name])}
        read.rows.append(ListRow(number, key, changed))


def _is_new(cell, mark):
    """Whether a cell says something else than when it went out, be it as words or as a formula."""
    return mark not in {text_mark(cell.text)} | (
        {text_mark(cell.formula)} if cell.formula else set()
    )
