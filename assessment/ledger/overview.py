"""The overview: every branch against its target, and totals by level."""

from math import ceil

from django.utils.translation import gettext as _

from .columns import OVERVIEW_BEFORE, overview_columns
from .looks import HEADER, SHORT, TITLE
from .notes import notes_on_counting, notes_on_targets
from .table import write_table
from .totals import levels

# The totals stand on the page of the branches that they sum up.
BRANCHES_A_PAGE = 40
FIRST_STAR = len(OVERVIEW_BEFORE) + 1
SPARE_WIDTH = 10.5


def write_overview(worksheet, contents):
    columns = overview_columns(contents)
    totals = levels(contents)

    def head(writer):
        title = _("{year}年{town}“五星”支部创建总览")
        town = contents.names.town
        writer.put_line(1, title.format(year=contents.cycle.year, town=town), TITLE)

    def foot(writer, _header_row):
        _write_totals(writer, totals)
        writer.add_lines([*notes_on_targets(contents), *notes_on_counting()])

    is_for_print = not contents.choices.is_for_filtering
    spare = FIRST_STAR - 1 + len(totals) - len(columns) if is_for_print else 0
    write_table(
        worksheet,
        contents,
        columns,
        contents.overview_rows(),
        first_to_move=4,
        head=head,
        foot=foot,
        spare=[SPARE_WIDTH] * spare,
        pages_high=ceil(len(contents.sheets) / BRANCHES_A_PAGE) or 1,
    )


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
