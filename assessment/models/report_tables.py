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
    """One value, with what it was at the beginning of the span where the column tells that too."""

    value: str | int
    before: str | int | None = None
    has_before: bool = False

    @property
    def is_number(self):
        return isinstance(self.value, int)

    @property
    def pair(self):
        """Both ends where they differ, or else the one value."""
        if not self.has_before or (self.before == self.value and not self.is_number):
            return str(self.value)
        return f"{self.before} → {self.value}"


@dataclass(frozen=True, slots=True)
class ReportTable:
    """`rows` are tuples of Cells, `total` one more below them; `keys` say what each row is of."""

    name: str
    columns: tuple
    rows: tuple
    total: tuple
    keys: tuple


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
    _one(gettext_lazy("创建目标"), "target"),
    _pair(gettext_lazy("得星"), "stars"),
    ReportColumn(gettext_lazy("步骤"), _step("step"), _step("step_before"), is_words=True),
    _pair(gettext_lazy("自评达标"), "own_met"),
    _pair(gettext_lazy("审核达标"), "met"),
    *ITEMS,
    *FINDINGS,
)
STARS = (
    _name(gettext_lazy("类别"), lambda line: line.name or _("不对应任务项")),
    _one(gettext_lazy("拟创星"), "targeted"),
    _pair(gettext_lazy("得星"), "held"),
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
        _table(_("各支部"), BRANCHES, report.branches, [each.sheet for each in report.branches]),
        _table(_("各类别"), STARS, report.stars, [each.code for each in report.stars]),
        _table(_("各部门"), DEPARTMENTS, report.departments, [e.code for e in report.departments]),
    )


def _table(name, columns, lines, keys):
    rows = tuple(tuple(_cell(column, line) for column in columns) for line in lines)
    sums = (_sum(column) for column in list(zip(*rows, strict=True))[1:])
    total = (Cell(_("合计")), *sums) if rows else ()
    return ReportTable(name, columns, rows, total, tuple(keys))


def _cell(column, line):
    if column.before is None:
        return Cell(column.value(line))
    return Cell(column.value(line), column.before(line), has_before=True)


def _sum(cells):
    first = cells[0]
    if not first.is_number:
        return Cell("", "", first.has_before)
    before = sum(cell.before for cell in cells) if first.has_before else None
    return Cell(sum(cell.value for cell in cells), before, first.has_before)


def facts(report):
    """(what, Cell) of the whole town."""
    yield _("创建目标"), Cell(report.target)
    yield _("得星"), Cell(report.held, report.held_before, has_before=True)
    yield _("评定星"), Cell(report.awarded, report.awarded_before, has_before=True)
    for step, before, after in report.steps:
        yield str(step.label), Cell(after, before, has_before=True)


def levels(report):
    """(level in words, how many aim at it, Cell of how many are fixed at it)."""
    return [
        (level_label(each.level), each.aimed, Cell(each.fixed, each.fixed_before, has_before=True))
        for each in report.levels
    ]


def moves(report):
    """(what happened, how often, at which branches)."""
    return [(str(each.kind.label), each.count, _("、").join(each.names)) for each in report.moves]


def notes():
    """What a reader must know before quoting a figure."""
    return (
        _("“→”左边是这段时间开始时，右边是结束时；还没有结束的，是现在。"),
        _(
            "得星：党委已定星的按评定，没有定的按部门和党委的标记提议；"
            "支部自评不算。目标是拟创的星数。"
        ),
        _("自评达标是支部标为达标的任务项；审核达标按党委标记，党委没有标记的按部门标记。"),
        _(
            "退回、重新提交、新增问题、销号是这段时间里的数；没有销号、逾期、等瞄星、办结支部是结束时的。"
        ),
        _("登记后撤销的问题不算；更正过的问题按更正后的内容算。"),
    )
