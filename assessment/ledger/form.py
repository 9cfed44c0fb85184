"""The ledger in its form: the year's, one sheet of every item, and one branch's, to be signed."""

from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from .columns import BRANCH, CODE_OF_BRANCH, ledger_columns, level_in_words
from .looks import LINE, LINE_RIGHT, SHORT_ON_TOP, TITLE
from .names import day_in_words, ledger_title
from .table import write_table

CATEGORY = 2  # the column of a branch's ledger whose cells are merged down
# The columns that name an item stay in sight: its number, category and name.
NAMED = 3
ROOM_TO_SIGN = 36  # points


def write_year_ledger(worksheet, contents):
    """All branches, the branch first; no row is merged, so that it can be filtered and sorted."""
    places = (CODE_OF_BRANCH, BRANCH) if contents.choices.is_for_filtering else (BRANCH,)

    def foot(writer, header_row):
        worksheet.auto_filter.ref = writer.range_from(header_row)

    write_table(
        worksheet,
        contents,
        (*places, *ledger_columns(contents.choices)),
        contents.ledger_rows(),
        first_to_move=len(places) + NAMED + 1,
        head=lambda writer: write_head(writer, contents, contents.names.town, contents.day),
        foot=foot,
    )


def write_branch_ledger(worksheet, contents):
    """One branch: its stars above the table, categories merged down, places to sign below."""
    sheet, branch = contents.sheet, contents.branch(contents.sheet)
    records = contents.ledger_rows()

    def head(writer):
        handed_in = sheet.submitted_at and timezone.localdate(sheet.submitted_at)
        write_head(writer, contents, branch.name, handed_in)
        writer.put_line(3, _stars_in_words(sheet, contents.categories))

    def foot(writer, header_row):
        _merge_categories(writer, header_row, records)
        _write_signatures(writer, branch)

    write_table(
        worksheet,
        contents,
        ledger_columns(contents.choices),
        records,
        first_to_move=NAMED + 1,
        head=head,
        foot=foot,
    )


def write_head(writer, contents, unit, day):
    """Title, who fills it in, and when."""
    last = len(writer.widths)
    middle = last // 2
    writer.put_line(1, ledger_title(contents), TITLE)
    unit = _("填报单位(盖章)：{unit}").format(unit=unit)
    writer.put(2, 1, unit, LINE, to_column=middle)
    # Without a date there is room to write one by hand.
    words = day_in_words(day) if day else _("　　年　　月　　日")
    writer.put(2, middle + 1, _("填报日期：{date}").format(date=words), LINE_RIGHT, to_column=last)


def _merge_categories(writer, header_row, records):
    row = header_row + 1
    for _category, group in groupby(records, key=lambda row: row.category_id):
        end = row + len(list(group)) - 1
        writer.merge_down(CATEGORY, row, end, SHORT_ON_TOP)
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
    """What is known is filled in, the rest is written by hand."""
    write_signatures(
        writer,
        (4, _("支部书记(签字)：{name}").format(name=branch.secretary)),
        (7, _("包村领导(签字)：")),
        (10, _("填表人：")),
        (len(writer.widths), _("联系电话：{phone}").format(phone=branch.phone)),
    )


def write_signatures(writer, *places):
    """The closing line; each place reaches up to the given column."""
    row, first = writer.last_row + 1, 1
    for last, words in places:
        writer.put(row, first, words, LINE, to_column=last)
        first = last + 1
    writer.worksheet.row_dimensions[row].height = ROOM_TO_SIGN
