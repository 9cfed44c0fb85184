"""The cover: which year, whose, how far; what the workbook holds and for whom; what to mind."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import totals
from .cells import Writer
from .columns import Column
from .form import write_head, write_signatures
from .looks import HEADER, SHORT, TEXT, set_up_paper
from .names import day_in_words, scope_in_words
from .notes import (
    notes_on_catalogue,
    notes_on_counting,
    notes_on_every_sheet,
    notes_on_targets,
)
from .table import write_table

# Two halves of three and five columns with one between them.
WIDTHS = (18, 17, 17, 4, 18, 14, 14, 14, 14)
LEFT, RIGHT = 1, 5
LAST = len(WIDTHS)

# The same for filtering: one row a fact.
COLUMNS = (
    Column(gettext_lazy("类目"), 24, TEXT, lambda row: row[0]),
    Column(gettext_lazy("项目"), 24, TEXT, lambda row: row[1]),
    Column(gettext_lazy("内容"), 90, TEXT, lambda row: row[2]),
)


def cover_name(contents):
    return _("说明") if contents.choices.is_for_filtering else _("封面")


def write_cover(worksheet, contents, listed):
    """`listed` says of each part of the workbook: (name, what it holds, for whom)."""
    if contents.choices.is_for_filtering:
        records = _records(contents, listed)
        write_table(worksheet, contents, COLUMNS, records, first_to_move=1, head=None)
        return
    writer = Writer(worksheet, WIDTHS)
    write_head(writer, contents, contents.names.town, contents.day)
    _write_facts(writer, _facts(contents))
    row = writer.last_row + 2
    _write_columns(writer, row, LEFT, _level_heads(), totals.levels(contents))
    _write_columns(writer, row, RIGHT, _star_heads(), totals.stars(contents))
    _write_list(writer, listed)
    writer.add_lines(_notes(contents))
    write_signatures(
        writer,
        (3, _("党委负责人(签字)：")),
        (6, _("审核人(签字)：")),
        (8, _("填表人：")),
        (LAST, _("联系电话：")),
    )
    set_up_paper(writer, pages_high=1)


def _facts(contents):
    cycle = contents.cycle
    state = cycle.get_state_display()
    if cycle.closed_at:
        closed = day_in_words(timezone.localdate(cycle.closed_at))
        state = _("{state}（{date}）").format(state=state, date=closed)
    items = {row.task_id for row in contents.ledger_rows()}
    return (
        (_("年度"), cycle.year),
        (_("状态"), state),
        (_("任务清单"), cycle.catalogue.name),
        (
            _("任务项"),
            _("{stars} 类 {items} 项").format(stars=len(contents.stars_shown), items=len(items)),
        ),
        (_("范围"), scope_in_words(contents)),
        (_("支部数"), len(contents.sheets)),
        (_("得星比例"), f"{cycle.star_threshold}%"),
        (_("部门和党委的意见"), _("含") if contents.choices.has_reviewers_words else _("不含")),
    )


def _level_heads():
    return _("按星级的支部数"), _("创建目标"), _("评定结果")


def _star_heads():
    return _("按类别的支部数"), _("拟创星"), _("评定星"), _("未获评"), _("尚未定星")


def _notes(contents):
    yield from notes_on_catalogue(contents)
    yield from notes_on_targets(contents)
    yield from notes_on_counting()
    yield from notes_on_every_sheet(contents)


def _write_facts(writer, facts):
    """Two in a row, each with its name before it."""
    first = writer.last_row + 1
    for place, (name, value) in enumerate(facts):
        row, column = first + place // 2, (LEFT, RIGHT)[place % 2]
        writer.put(row, column, name, HEADER)
        end = LAST if column == RIGHT else RIGHT - 2
        writer.put(row, column + 1, value, SHORT, to_column=end)


def _write_columns(writer, row, column, heads, rows):
    """A small table that begins there."""
    for place, head in enumerate(heads):
        writer.put(row, column + place, head, HEADER)
    for below, values in enumerate(rows, start=1):
        for place, value in enumerate(values):
            writer.put(row + below, column + place, value, SHORT if place else HEADER)


def _write_list(writer, listed):
    rows = [(_("工作表"), _("内容"), _("供谁用")), *listed]
    for row, (name, holds, reader) in enumerate(rows, start=writer.last_row + 2):
        look = HEADER if row == writer.last_row + 2 else TEXT
        writer.put(row, 1, name, HEADER, to_column=3)
        writer.put(row, 4, holds, look, to_column=7)
        writer.put(row, 8, reader, look, to_column=LAST)


def _records(contents, listed):
    for name, value in _facts(contents):
        yield _("基本情况"), name, value
    yield _("基本情况"), _("填报日期"), day_in_words(contents.day)
    for heads, rows in (
        (_level_heads(), totals.levels(contents)),
        (_star_heads(), totals.stars(contents)),
    ):
        for name, *values in rows:
            for head, value in zip(heads[1:], values, strict=True):
                yield _("{label}：{names}").format(label=heads[0], names=head), name, value
    for name, holds, _reader in listed:
        yield _("本簿内容"), name, holds
    for note in _notes(contents):
        yield _("说明"), None, note
