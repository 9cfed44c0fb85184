"""Workbooks to fill in offline: what may be written is open, everything else is locked.

What the way back needs stands on a hidden sheet: what the workbook is of, and of each row the
version it was read at and a mark of what stood in each box, by which one tells what was filled in.
"""

from collections import Counter
from dataclasses import asdict, dataclass, replace
from datetime import date
from hashlib import sha256

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from ..enums import Rating, Step
from ..rules.characters import seen
from .boxes import OPEN, RETURNED, REVIEW, SELF_RATING, TASK
from .cells import Writer
from .contents import contents_of
from .looks import CODE, HEADER, TITLE, set_up_page
from .measure import widened
from .names import safe_file_name, safe_title
from .notes import notes_on_every_sheet
from .workbook import new_workbook

IDS, CHOICES = "ids", "choices"  # titles of the hidden sheets
KEY = "key"  # the header of the hidden column, by which a row is known wherever it is moved
FIRST_ID_ROW = 10  # of the hidden sheet, below what the workbook is of
KEY_WIDTH = 20  # hidden; wide enough that no key makes its row higher
LOWEST = 45  # points: room for three lines to be written


@dataclass(frozen=True, slots=True)
class Place:
    """What a workbook to fill in is of: a branch or a department in a year."""

    step: str
    year: str
    code: str
    name: str
    catalogue: str
    catalogue_name: str

    def __str__(self):
        step = Step(self.step).label
        return _("{name} {year} 年的{step}填报表").format(name=self.name, year=self.year, step=step)

    @property
    def title(self):
        return _("{year}年{town}{name}“五星”支部创建{step}填报表").format(
            year=self.year, town=settings.TOWN_NAME, name=self.name, step=Step(self.step).label
        )


def place_of(step, cycle, whose):
    """`whose` is the branch or the department."""
    catalogue = cycle.catalogue
    return Place(
        step.value, str(cycle.year), whose.code, whose.name, str(catalogue.year), catalogue.name
    )


def key_of(branch, item):
    """What an item of a branch is called from one file to another."""
    return f"{branch.code}/{item.task_item.code}"


def mark_of(value):
    """A short mark of what a box says; the same when it is read again unchanged."""
    text = value.isoformat() if isinstance(value, date) else seen(value or "").strip()
    return sha256(text.encode()).hexdigest()[:8]


def fill_in_name(place):
    """The file's name."""
    with translation.override(settings.LANGUAGE_CODE):
        return safe_file_name(place.title)


def self_rating_workbook(sheet, open_items):
    """One branch's items; those in `open_items`, a set of ids, are open."""
    place = place_of(Step.SELF_RATING, sheet.cycle, sheet.branch)
    alone = sheet.cycle.assessments.filter(pk=sheet.pk)
    contents = contents_of(sheet.cycle, alone, sheet.items.all())
    return _workbook(SELF_RATING, place, contents, open_items)


def review_workbook(cycle, department, sheets, items, open_items):
    """One department's items of a year, of the branches in `sheets`."""
    place = place_of(Step.REVIEW, cycle, department)
    return _workbook(REVIEW, place, contents_of(cycle, sheets, items), open_items)


def _workbook(form, place, contents, open_items):
    rows = contents.ledger_rows()
    if not any(row.item.is_returned for row in rows):
        columns = tuple(column for column in form.columns if column is not RETURNED)
        form = replace(form, columns=columns)
    with translation.override(settings.LANGUAGE_CODE):
        workbook = new_workbook(place.title)
        workbook.security.lockStructure = True
        worksheet = workbook.active
        worksheet.title = safe_title(place.name)
        _write_rows(worksheet, form, place, contents, open_items)
        _write_choices(workbook.create_sheet(CHOICES))
        _write_ids(workbook.create_sheet(IDS), form, place, rows)
    return workbook


def _write_rows(worksheet, form, place, contents, open_items):
    rows = contents.ledger_rows()
    columns = (*form.columns, *form.boxes)
    writer = Writer(worksheet, [*_widths(columns, rows), KEY_WIDTH], hidden=1)
    writer.put_line(1, place.title, TITLE)
    has_closed = len(open_items) < len(rows)
    for number, line in enumerate(_how_to(form, has_closed=has_closed), start=2):
        writer.put_line(number, line)
    header = writer.last_row + 1
    _write_header(writer, header, form)
    for number, row in enumerate(rows, start=header + 1):
        _write_row(writer, number, form, row, is_open=row.item.pk in open_items)
    _offer_choices(worksheet, form, header)
    if form.step == Step.REVIEW:
        letter = get_column_letter(len(columns))
        worksheet.auto_filter.ref = f"A{header}:{letter}{writer.last_row}"
    _lock(worksheet)
    writer.add_lines(notes_on_every_sheet(replace(contents, missing=Counter())))
    worksheet.column_dimensions[get_column_letter(len(columns) + 1)].hidden = True
    names = form.columns.index(TASK) + 1
    set_up_page(writer, header, first_to_move=names + 1)


def _widths(columns, rows):
    """Wide enough for the longest words, as in the ledger."""
    return [widened(each.width, _texts(each, rows)) for each in columns]


def _texts(column, rows):
    return {text for row in rows if isinstance(text := column.value(row), str)}


def _how_to(form, *, has_closed):
    """What to do, above the table, in the order in which one does it."""
    step = form.step.label
    yield _("① 只填浅黄色的格子，别的格子锁住了。") + (
        _("灰色的任务项现在不能填。") if has_closed else ""
    )
    yield _(
        "② {step}点开下拉选，也可以写“达标”或“√”。空着的格子不改动已经保存的内容；"
        "要清空，请在网页上改。"
    ).format(step=step)
    if form.step == Step.REVIEW:
        yield _("③ 未达标或不适用，要在瞄星意见里写明理由。填完以后，办结仍在网页上办。")
        yield _(
            "④ 保存后，在网页上打开“部门瞄星”，点“离线填报”，传上这张表。"
            "先给您看会改什么，确认后才写入。"
        )
    else:
        yield _(
            "③ 保存后，在网页上打开本支部台账，点“离线填报”，传上这张表。"
            "先给您看会改什么，确认后才写入。"
        )


def _write_header(writer, row, form):
    for number, column in enumerate(form.columns, start=1):
        writer.put(row, number, str(column.header), HEADER)
    for number, box in enumerate(form.boxes, start=len(form.columns) + 1):
        writer.put(row, number, str(box.header), replace(HEADER, shade=OPEN))
    writer.put(row, len(writer.widths), KEY, CODE)


def _write_row(writer, number, form, row, *, is_open):
    for at, column in enumerate(form.columns, start=1):
        writer.put(number, at, column.value(row), column.look)
    for at, box in enumerate(form.boxes, start=len(form.columns) + 1):
        writer.put(number, at, box.value(row), box.look_when(is_open=is_open))
    writer.put(number, len(writer.widths), key_of(row.branch, row.item), CODE)
    size = writer.worksheet.row_dimensions[number]
    size.height = max(size.height, LOWEST)


def _offer_choices(worksheet, form, header):
    """A list of marks to choose from, on a sheet of its own: written out it has a limit.

    It helps and does not hinder: √ is understood too, as is what was copied from elsewhere.
    """
    listed = f"{CHOICES}!$A$1:$A${len(Rating)}"
    for number, box in enumerate(form.boxes, start=len(form.columns) + 1):
        if box.is_mark:
            letter = get_column_letter(number)
            choice = DataValidation("list", formula1=listed, allow_blank=True)
            choice.showErrorMessage = False
            choice.add(f"{letter}{header + 1}:{letter}{worksheet.max_row}")
            worksheet.add_data_validation(choice)


def _lock(worksheet):
    """Against slips of the hand, so without a password; sizes and the filter stay free."""
    protection = worksheet.protection
    protection.sheet = True
    protection.formatRows = protection.formatColumns = protection.autoFilter = False


def _write_choices(worksheet):
    for rating in Rating:
        worksheet.append([str(rating.label)])
    worksheet.sheet_state = "hidden"


def _write_ids(worksheet, form, place, rows):
    writer = Writer(worksheet, [20, 20, *(10 for _box in form.boxes)])
    for number, (name, value) in enumerate(asdict(place).items(), start=1):
        writer.put(number, 1, name, CODE)
        writer.put(number, 2, value, CODE)
    names = [KEY, "version", *(box.name for box in form.boxes)]
    for number, name in enumerate(names, start=1):
        writer.put(FIRST_ID_ROW, number, name, CODE)
    for number, row in enumerate(rows, start=FIRST_ID_ROW + 1):
        marks = [mark_of(box.value(row)) for box in form.boxes]
        ids = [key_of(row.branch, row.item), str(row.item.version), *marks]
        for column, value in enumerate(ids, start=1):
            writer.put(number, column, value, CODE)
    worksheet.sheet_state = "hidden"
