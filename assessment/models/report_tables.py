"""The tables of a progress report as data: each column once, for the page, Excel and Word."""

from collections.abc import Callable
from dataclasses import dataclass
from operator import attrgetter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..enums import Step
from .assessment import level_label


@dataclass(frozen=True, slots=True)
class ReportColumn:
    """`value` reads a line; with `before`, the column tells both ends of the span.

    `is_name` is what a row goes by; `is_words` tells words where the others count.
    """

    header: str
    value: Callable
    before: Callable | None = None
    is_name: bool = False
    is_words: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One value, with what it was at the beginning of the span where the column tells that too.

    `sheet` is whose page the name of a row leads to.
    """

    value: str | int
    before: str | int | None = None
    has_before: bool = False
    sheet: int | None = None

    @property
    def is_number(self):
        return isinstance(self.value, int)

    @property
    def pair(self):
        """Both ends where they differ, or else the one value."""
        if not self.has_before or self.before == self.value:
            return str(self.value)
        return f"{self.before} → {self.value}"


@dataclass(frozen=True, slots=True)
class ReportTable:
    """`rows` are tuples of Cells, and `total` one more below them."""

    name: str
    columns: tuple
    rows: tuple
    total: tuple


def _pair(header, name):
    return ReportColumn(header, attrgetter(name), attrgetter(f"{name}_before"))


def _one(header, name):
    return ReportColumn(header, attrgetter(name))


def _name(header, value):
    return ReportColumn(header, value, is_name=True)


def _step(name):
    return lambda line: str(Step(getattr(line, name)).label)


ITEMS = (
    _one(gettext_lazy("退回"), "traffic.returned"),
    _one(gettext_lazy("重新提交"), "traffic.answered"),
)
FINDINGS = (
    _one(gettext_lazy("新增问题"), "traffic.opened"),
    _one(gettext_lazy("销号"), "traffic.closed"),
    _one(gettext_lazy("没有销号"), "traffic.unresolved"),
    _one(gettext_lazy("逾期"), "traffic.overdue"),
)
BRANCHES = (
    _name(gettext_lazy("支部"), attrgetter("name")),
    _one(gettext_lazy("目标星数"), "target"),
    _pair(gettext_lazy("星数"), "stars"),
    ReportColumn(gettext_lazy("步骤"), _step("step"), _step("step_before"), is_words=True),
    _pair(gettext_lazy("自评达标"), "own_met"),
    _pair(gettext_lazy("审核达标"), "met"),
    *ITEMS,
    *FINDINGS,
)
STARS = (
    _name(gettext_lazy("类别"), lambda line: line.name or _("不对应任务项")),
    _one(gettext_lazy("拟创星"), "targeted"),
    _pair(gettext_lazy("星数"), "held"),
    _pair(gettext_lazy("评定星"), "awarded"),
    *ITEMS,
    *FINDINGS,
)
DEPARTMENTS = (
    _name(gettext_lazy("部门"), attrgetter("name")),
    _one(gettext_lazy("牵头任务项"), "led"),
    _one(gettext_lazy("部门瞄星"), "marked"),
    *ITEMS,
    _one(gettext_lazy("等瞄星"), "waiting"),
    _one(gettext_lazy("办结支部"), "signed"),
    *FINDINGS,
)


def tables(report):
    """By branch, by star, by department; each with its sums."""
    return (
        _table(_("按支部"), BRANCHES, report.branches),
        _table(_("按类别"), STARS, report.stars),
        _table(_("按部门"), DEPARTMENTS, report.departments),
    )


def _table(name, columns, lines):
    rows = tuple(tuple(_cell(column, line) for column in columns) for line in lines)
    sums = (_sum(column) for column in list(zip(*rows, strict=True))[1:])
    return ReportTable(name, columns, rows, (Cell(_("合计")), *sums) if rows else ())


def _cell(column, line):
    if column.before is None:
        sheet = getattr(line, "sheet", None) if column.is_name else None
        return Cell(column.value(line), sheet=sheet)
    return Cell(column.value(line), column.before(line), has_before=True)


def _sum(cells):
    first = cells[0]
    if not first.is_number:
        return Cell("", "", first.has_before)
    before = sum(cell.before for cell in cells) if first.has_before else None
    return Cell(sum(cell.value for cell in cells), before, first.has_before)


def facts(report):
    """(what, Cell) of the whole town."""
    yield _("目标星数"), Cell(report.target)
    yield _("星数"), Cell(report.held, report.held_before, has_before=True)
    yield _("评定星"), Cell(report.awarded, report.awarded_before, has_before=True)
    for step, before, after in report.steps:
        yield _("{step}的支部").format(step=step.label), Cell(after, before, has_before=True)


def levels(report):
    """(level in words, how many aim at it, Cell of how many are fixed at it)."""
    return [
        (level_label(each.level), each.aimed, Cell(each.fixed, each.fixed_before, has_before=True))
        for each in report.levels
    ]


def moves(report):
    """(what happened, how often, at which branches)."""
    return [(str(each.kind.label), each.count, _("、").join(each.names)) for each in report.moves]


def note_on_arrows():
    return _("“→”左边是这段时间开始时，右边是结束时（还没有结束的，是现在）；没有变化的只写一次。")


def notes():
    """What a reader must know before quoting a figure."""
    return (
        _(
            "星数：党委已定星的按评定，没有定的按部门和党委的标记提议，支部自评不算；"
            "评定星只计党委已评定的。"
        ),
        _("自评达标是支部标为达标的任务项；审核达标按党委标记，党委没有标记的按部门标记。"),
        _(
            "退回、重新提交、新增问题、销号是这段时间里的数；没有销号、逾期、等瞄星、办结支部是结束时的。"
        ),
        _("登记后撤销的问题不算；更正过的问题按更正后的内容算。"),
    )
