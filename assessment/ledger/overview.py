"""The overview: every branch against its target, and totals by level."""

from collections import Counter
from math import ceil

from django.conf import settings
from django.utils.translation import gettext as _

from ..models.assessment import level_label
from .cells import Writer
from .columns import OVERVIEW_AFTER, OVERVIEW_BEFORE
from .looks import HEADER, SHORT, STAR, TITLE, UNDECIDED, set_up_page

HEADER_ROW = 2
# The totals stand on the page of the branches that they sum up.
BRANCHES_A_PAGE = 40
FIRST_STAR = len(OVERVIEW_BEFORE) + 1
STAR_WIDTH = 10.5


def write_overview(worksheet, contents):
    columns = [
        *((column.header, column.width) for column in OVERVIEW_BEFORE),
        *((category.name, STAR_WIDTH) for category in contents.categories),
        *((column.header, column.width) for column in OVERVIEW_AFTER),
    ]
    totals = _totals(contents)
    spare = FIRST_STAR - 1 + len(totals) - len(columns)
    writer = Writer(worksheet, [width for _header, width in columns] + [STAR_WIDTH] * spare)
    title = _("{year}年{town}“五星”支部创建总览").format(
        year=contents.cycle.year, town=settings.TOWN_NAME
    )
    writer.put_line(1, title, TITLE)
    for number, (header, _width) in enumerate(columns, start=1):
        writer.put(HEADER_ROW, number, str(header), HEADER)
    for row, record in enumerate(contents.overview_rows(), start=HEADER_ROW + 1):
        _write_branch(writer, row, record, contents.categories)
    _write_totals(writer, totals)
    writer.add_lines(_notes(contents))
    pages = ceil(len(contents.sheets) / BRANCHES_A_PAGE) or 1
    set_up_page(writer, HEADER_ROW, first_to_move=4, pages_high=pages)


def _write_branch(writer, row, record, categories):
    awarded = {star.category_id: star.awarded for star in record.sheet.stars.all()}
    cells = (
        *((column.value(record), column.look) for column in OVERVIEW_BEFORE),
        *(_star(awarded.get(category.pk)) for category in categories),
        *((column.value(record), column.look) for column in OVERVIEW_AFTER),
    )
    for column, (value, look) in enumerate(cells, start=1):
        writer.put(row, column, value, look)


def _star(awarded):
    """A star as it shows: not decided is a word, not an empty star."""
    if awarded is None:
        return _("未定"), UNDECIDED
    return ("★", STAR) if awarded else ("☆", SHORT)


def _totals(contents):
    """How many branches aim at each level and how many are fixed at it: (name, aimed, fixed)."""
    sheets = contents.sheets
    aims = Counter(sheet.target_level for sheet in sheets)
    levels = Counter(sheet.level for sheet in sheets)
    awarded = sum(bool(star.awarded) for sheet in sheets for star in sheet.stars.all())
    highest = max([len(contents.categories), *aims, *filter(None, levels)])
    return [
        *((level_label(level), aims[level], levels[level]) for level in range(highest, -1, -1)),
        (_("未定星级"), None, levels[None]),
        (_("支部合计"), len(sheets), len(sheets)),
        (_("星数合计"), sum(aims.elements()), awarded),
    ]


def _write_totals(writer, totals):
    names, aimed, fixed = zip(*totals, strict=True)
    lines = (
        (_("按星级合计"), names, HEADER),
        (_("创建目标（支部数）"), aimed, SHORT),
        (_("评定结果（支部数）"), fixed, SHORT),
    )
    for row, (label, values, look) in enumerate(lines, start=writer.last_row + 1):
        writer.put(row, 1, label, HEADER, to_column=FIRST_STAR - 1)
        for column, value in enumerate(values, start=FIRST_STAR):
            writer.put(row, column, value, look)


def _notes(contents):
    """What a reader must know before quoting a figure."""
    if contents.cycle.targets_note:
        yield _("创建目标说明：{note}").format(note=contents.cycle.targets_note)
    yield _(
        "星：★ 已评定，☆ 未获评，“未定”是党委还没有定星。"
        "评定结果中的星级只计已办结的支部，星数合计计全部已评定的星。"
    )
    yield _(
        "达标项数按各支部现处步骤计：村组标星按自评，部门瞄星按部门标记（含尚未办结的），"
        "党委督星和已定星按党委标记，党委没有标记的按部门标记。适用项数不含“不适用”的项。"
    )
    yield from notes_on_every_sheet(contents)


def notes_on_every_sheet(contents):
    """What is made up says so, and what is only a part does not pass for the whole."""
    if contents.is_demonstration:
        yield _("演示数据，不是真实的评定。")
    if contents.hidden:
        yield _("本表只含下载人有权查阅的任务项，另有 {count} 项没有列出。").format(
            count=contents.hidden
        )
