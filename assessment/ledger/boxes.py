"""The columns of the workbooks to fill in, as data: what stands there, and the boxes."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from ..enums import Step
from .columns import BRANCH, Column, evidence
from .looks import DATE, SHORT, TEXT, Look

OPEN, CLOSED = "FFF8DC", "EDEDED"
# Kept as typed: in any other format “3-5” becomes a day, and “-逐户排查” a formula.
WORDS = Look(number_format="@")
NAME = replace(WORDS, horizontal="center")


@dataclass(frozen=True, slots=True)
class Box:
    """A column to fill in: `name` is the item's field, `is_mark` has it chosen from a list."""

    name: str
    header: str
    width: float
    look: Look
    value: Callable
    is_mark: bool = False

    def look_when(self, *, is_open):
        return replace(self.look, shade=OPEN if is_open else CLOSED, is_locked=not is_open)


@dataclass(frozen=True, slots=True)
class FillIn:
    """A kind of workbook to fill in, by the step that it is for."""

    step: Step
    columns: tuple
    boxes: tuple


def _box(name, header, width, look):
    return Box(name, header, width, look, lambda row: getattr(row.item, name))


def _mark_box(step):
    def value(row):
        return getattr(row.item, f"get_{step}_display")()

    return Box(step.value, step.label, 9, SHORT, value, is_mark=True)


NUMBER = Column(_("序号"), 5.5, SHORT, lambda row: row.number)
CATEGORY = Column(_("星级类别"), 5.5, SHORT, lambda row: row.item.task_item.category.name)
TASK = Column(_("任务内容"), 14, TEXT, lambda row: row.item.task_item.name)
STANDARD = Column(_("考核指标"), 24, TEXT, lambda row: row.item.task_item.standard)
RETURNED = Column(
    _("退回理由"), 16, TEXT, lambda row: row.item.return_reason if row.item.is_returned else None
)

SELF_RATING = FillIn(
    step=Step.SELF_RATING,
    columns=(NUMBER, CATEGORY, TASK, STANDARD, RETURNED),
    boxes=(
        _mark_box(Step.SELF_RATING),
        _box("measures", _("具体举措"), 30, WORDS),
        _box("progress", _("进展情况"), 30, WORDS),
        _box("responsible_leader", _("责任领导"), 9.5, NAME),
        _box("responsible_person", _("责任人"), 9.5, NAME),
        _box("due_date", _("完成时限"), 16, DATE),
        _box("self_rating_note", _("备注"), 16, WORDS),
    ),
)
REVIEW = FillIn(
    step=Step.REVIEW,
    columns=(
        NUMBER,
        BRANCH,
        CATEGORY,
        TASK,
        STANDARD,
        Column(_("村组标星"), 5.5, SHORT, lambda row: row.item.get_self_rating_display()),
        Column(_("具体举措"), 24, TEXT, lambda row: row.item.measures),
        Column(_("进展情况"), 24, TEXT, lambda row: row.item.progress),
        Column(_("备注"), 14, TEXT, lambda row: row.item.self_rating_note),
        Column(_("佐证资料"), 16, TEXT, evidence),
    ),
    boxes=(_mark_box(Step.REVIEW), _box("review_note", _("瞄星意见"), 24, WORDS)),
)
BY_STEP = {each.step: each for each in (SELF_RATING, REVIEW)}
