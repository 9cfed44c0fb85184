"""The ledger in its form: the year's, one sheet of every item, and one branch's, to be signed."""

from itertools import groupby

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from .cells import Writer
from .columns import BRANCH, COLUMNS, level_in_words
from .looks import LINE, LINE_RIGHT, TEXT, TITLE, set_up_page
from .measure import widened
from .names import ledger_title
from .overview import notes_on_every_sheet

MIDDLE = len(COLUMNS) // 2
CATEGORY = 2  # the column of a branch's ledger whose cells are merged down
YEAR_HEADER_ROW = 3
BRANCH_HEADER_ROW = 4
ROOM_TO_SIGN = 36  # points


def write_year_ledger(worksheet, contents):
    """All branches, the branch first; no row is merged, so that it can be filtered and sorted."""
    columns = (BRANCH, *COLUMNS)
    records = contents.ledger_rows()
    writer, grid = _prepare(worksheet, columns, records)
    _write_head(writer, ledger_title(contents.cycle), settings.TOWN_NAME, timezone.localdate())
    writer.put_table(YEAR_HEADER_ROW, columns, grid)
    worksheet.auto_filter.ref = writer.range_from(YEAR_HEADER_ROW)
    _finish(writer, contents, YEAR_HEADER_ROW)


def write_branch_ledger(worksheet, contents):
    """One branch: its stars above the table, categories merged down, places to sign below."""
    sheet = contents.sheets[0]
    records = contents.ledger_rows()
    writer, grid = _prepare(worksheet, COLUMNS, records)
    handed_in = sheet.submitted_at and timezone.localdate(sheet.submitted_at)
    _write_head(writer, ledger_title(contents.cycle, sheet.branch), sheet.branch.name, handed_in)
    writer.put_line(3, _stars_in_words(sheet, contents.categories))
    writer.put_table(BRANCH_HEADER_ROW, COLUMNS, grid)
    _merge_categories(worksheet, records)
    _write_signatures(writer, sheet.branch)
    _finish(writer, contents, BRANCH_HEADER_ROW)


def _prepare(worksheet, columns, records):
    """A writer whose columns are wide enough for the longest words, and the values to write."""
    grid = [[column.value(record) for column in columns] for record in records]
    widths = [
        widened(column.width, {values[place] for values in grid})
        if column.look is TEXT
        else column.width
        for place, column in enumerate(columns)
    ]
    return Writer(worksheet, widths), grid


def _write_head(writer, title, unit, day):
    last = len(writer.widths)
    writer.put_line(1, title, TITLE)
    unit = _("填报单位(盖章)：{unit}").format(unit=unit)
    writer.put(2, 1, unit, LINE, to_column=MIDDLE)
    # Without a date there is room to write one by hand.
    words = (
        _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)
        if day
        else _("　　年　　月　　日")
    )
    writer.put(2, MIDDLE + 1, _("填报日期：{date}").format(date=words), LINE_RIGHT, to_column=last)


def _merge_categories(worksheet, records):
    row = BRANCH_HEADER_ROW + 1
    for _category, group in groupby(records, key=lambda row: row.item.task_item.category_id):
        end = row + len(list(group)) - 1
        worksheet.merge_cells(
            start_row=row, end_row=end, start_column=CATEGORY, end_column=CATEGORY
        )
        row = end + 1


def _stars_in_words(sheet, categories):
    """Target, stars set out for, stars decided, level and step, in one line."""
    stars = {star.category_id: star for star in sheet.stars.all()}
    known = [(category.name, stars[category.pk]) for category in categories if category.pk in stars]
    awarded = [name for name, star in known if star.awarded]
    refused = [name for name, star in known if star.awarded is False]
    undecided = [name for name, star in known if star.awarded is None]
    parts = (
        (_("创建目标"), [sheet.target_label]),
        (_("拟创星"), [name for name, star in known if star.targeted] or [_("未选")]),
        (_("评定星"), awarded or ([] if undecided else [_("无")])),
        (_("未获评"), refused),
        (_("尚未定星"), undecided),
        (_("星级"), [level_in_words(sheet)]),
        (_("步骤"), [sheet.get_step_display()]),
    )
    lines = (
        _("{label}：{names}").format(label=label, names=_("、").join(names))
        for label, names in parts
        if names
    )
    return "　　".join(lines)


def _write_signatures(writer, branch):
    """The closing line; what is known is filled in, the rest is written by hand."""
    places = (
        (1, 4, _("支部书记(签字)：{name}").format(name=branch.secretary)),
        (5, 7, _("包村领导(签字)：")),
        (8, 10, _("填表人：")),
        (11, len(COLUMNS), _("联系电话：{phone}").format(phone=branch.phone)),
    )
    row = writer.last_row + 1
    for first, last, words in places:
        writer.put(row, first, words, LINE, to_column=last)
    writer.worksheet.row_dimensions[row].height = ROOM_TO_SIGN


def _finish(writer, contents, header_row):
    writer.add_lines(notes_on_every_sheet(contents))
    # What names the item stays in sight.
    first_to_move = len(writer.widths) - len(COLUMNS) + 4
    set_up_page(writer, header_row, first_to_move)
