"""The ledger's columns as data: one line each, in the order of the form."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ..enums import Rating
from ..models import Assessment, ItemRating
from ..models.assessment import level_label
from .looks import CODE, DATE, SHORT, TEXT, Look


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is in half characters, as in measure.py; `value` reads a cell's value off a row."""

    header: str
    width: float
    look: Look
    value: Callable


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """An item of a sheet and its place in the catalogue, which starts again with each branch."""

    sheet: Assessment
    item: ItemRating
    number: int
    evidence: tuple = ()


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """A sheet, its place in the list, its items by the marks that count now, and whose turn."""

    sheet: Assessment
    number: int
    met: int
    applicable: int
    turn: str


@cache
def _labels(language):
    return {rating.value: str(rating.label) for rating in Rating}


def _mark(rating):
    return _labels(get_language()).get(rating)


def evidence(row):
    """The files that back the item; until there are any, what the catalogue asks for."""
    if row.evidence:
        return gettext("已备：{names}").format(names="、".join(row.evidence))
    materials = row.item.task_item.materials
    return gettext("应备：{materials}").format(materials=materials) if materials else ""


def remarks(row):
    """The branch's note, then the reviewers' under their names; a blank that counts is said."""
    item = row.item
    lines = [item.self_rating_note]
    if item.review_note:
        lines.append(gettext("部门：{note}").format(note=item.review_note))
    if item.is_silent:
        lines.append(gettext("部门：留白按未达标计"))
    if item.supervision_note:
        lines.append(gettext("党委：{note}").format(note=item.supervision_note))
    return "\n".join(filter(None, lines))


BRANCH = Column(_("支部"), 9.5, SHORT, lambda row: row.sheet.branch.name)

COLUMNS = (
    Column(_("序号"), 5.5, SHORT, lambda row: row.number),
    Column(_("星级类别"), 5.5, SHORT, lambda row: row.item.task_item.category.name),
    Column(_("任务内容"), 14, TEXT, lambda row: row.item.task_item.name),
    Column(_("考核指标"), 21, TEXT, lambda row: row.item.task_item.standard),
    Column(_("具体举措"), 24, TEXT, lambda row: row.item.measures),
    Column(_("责任领导"), 9.5, SHORT, lambda row: row.item.responsible_leader),
    Column(_("责任人"), 8, SHORT, lambda row: row.item.responsible_person),
    Column(_("牵头部门"), 9.5, SHORT, lambda row: row.item.task_item.lead_department.name),
    Column(_("完成时限"), 16, DATE, lambda row: row.item.due_date),
    Column(_("进展情况"), 24, TEXT, lambda row: row.item.progress),
    Column(_("村组标星"), 5.5, SHORT, lambda row: _mark(row.item.self_rating)),
    Column(_("佐证资料"), 18, TEXT, evidence),
    Column(_("部门瞄星"), 5.5, SHORT, lambda row: _mark(row.item.review)),
    Column(_("党委督星"), 5.5, SHORT, lambda row: _mark(row.item.supervision)),
    Column(_("备注"), 18, TEXT, remarks),
)

# The overview's columns before and after one a category.
OVERVIEW_BEFORE = (
    Column(_("序号"), 6, SHORT, lambda row: row.number),
    Column(_("统计代码"), 16, CODE, lambda row: row.sheet.branch.code),
    Column(_("支部"), 13, SHORT, lambda row: row.sheet.branch.name),
    Column(_("类型"), 8, SHORT, lambda row: row.sheet.branch.get_kind_display()),
    Column(_("创建目标"), 10.5, SHORT, lambda row: row.sheet.target_label),
)
OVERVIEW_AFTER = (
    Column(_("星级"), 8, SHORT, lambda row: level_in_words(row.sheet)),
    Column(_("达标项数"), 10.5, SHORT, lambda row: row.met),
    Column(_("适用项数"), 10.5, SHORT, lambda row: row.applicable),
    Column(_("步骤"), 10.5, SHORT, lambda row: row.sheet.get_step_display()),
    Column(_("待办"), 22, SHORT, lambda row: row.turn),
)


def level_in_words(sheet):
    """The level once it is fixed; until then a word that no level has."""
    return gettext("未定") if sheet.level is None else level_label(sheet.level)
