"""The columns of every table as data: one line each, in the order of the form."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from branches.enums import BranchKind

from ..enums import Rating, Step
from ..models.assessment import level_label
from .looks import CODE, DATE, SHORT, STAR, TEXT, UNDECIDED, Look


@dataclass(frozen=True, slots=True)
class Column:
    """`width` is in half characters, as in measure.py; `value` reads a cell's value off a row.

    `look_of` gives the look that goes with a value, where cells of the column differ in it;
    `is_counted` asks for the number of branches that have what the column is about.
    """

    header: str
    width: float
    look: Look
    value: Callable
    look_of: Callable | None = None
    is_counted: bool = False


@cache
def _labels(language):
    return {rating.value: str(rating.label) for rating in Rating}


def mark_in_words(rating):
    return _labels(get_language()).get(rating)


def evidence(row):
    """The files that back the item; until there are any, what the catalogue asks for."""
    if row.evidence:
        return gettext("已备：{names}").format(names="、".join(row.evidence))
    materials = row.item.task_item.materials
    return gettext("应备：{materials}").format(materials=materials) if materials else ""


def _lines(*texts):
    return "\n".join(filter(None, texts))


def _silence(item):
    """A blank that counts is said."""
    return gettext("部门：留白按未达标计") if item.is_silent else ""


def own_remarks(row):
    """The branch's note, and no reviewer's words."""
    return _lines(row.item.self_rating_note, _silence(row.item))


def remarks(row):
    """The branch's note, then the reviewers' under their names."""
    item = row.item
    review, supervision = item.review_note, item.supervision_note
    return _lines(
        item.self_rating_note,
        review and gettext("部门：{note}").format(note=review),
        _silence(item),
        supervision and gettext("党委：{note}").format(note=supervision),
    )


BRANCH = Column(_("支部"), 9.5, SHORT, lambda row: row.branch.name)
CODE_OF_BRANCH = Column(_("统计代码"), 16, CODE, lambda row: row.branch.code)

WITHOUT_REMARKS = (
    Column(_("序号"), 5.5, SHORT, lambda row: row.number),
    Column(_("星级类别"), 5.5, SHORT, lambda row: row.item.task_item.category.name),
    Column(_("任务内容"), 14, TEXT, lambda row: row.item.task_item.name),
    Column(_("考核指标"), 21, TEXT, lambda row: row.item.task_item.standard),
    Column(_("具体举措"), 24, TEXT, lambda row: row.item.measures),
    Column(_("责任领导"), 9.5, SHORT, lambda row: row.item.responsible_leader),
    Column(_("责任人"), 8, SHORT, lambda row: row.item.responsible_person),
    Column(_("牵头部门"), 9.5, SHORT, lambda row: row.department),
    Column(_("完成时限"), 16, DATE, lambda row: row.item.due_date),
    Column(_("进展情况"), 24, TEXT, lambda row: row.item.progress),
    Column(_("村组标星"), 5.5, SHORT, lambda row: mark_in_words(row.item.self_rating)),
    Column(_("佐证资料"), 18, TEXT, evidence),
    Column(_("部门瞄星"), 5.5, SHORT, lambda row: mark_in_words(row.item.review)),
    Column(_("党委督星"), 5.5, SHORT, lambda row: mark_in_words(row.item.supervision)),
)
REMARKS = Column(_("备注"), 18, TEXT, remarks)
OWN_REMARKS = Column(_("备注"), 18, TEXT, own_remarks)
# In a table to be filtered, each speaker has a column.
REVIEW_WORDS = Column(_("瞄星意见"), 18, TEXT, lambda row: row.item.review_note)
SUPERVISION_WORDS = Column(_("督星意见"), 18, TEXT, lambda row: row.item.supervision_note)


def ledger_columns(choices):
    """Of one branch's ledger; the form's own where nothing else is asked."""
    if not choices.has_reviewers_words:
        return (*WITHOUT_REMARKS, OWN_REMARKS)
    if choices.is_for_filtering:
        return (*WITHOUT_REMARKS, OWN_REMARKS, REVIEW_WORDS, SUPERVISION_WORDS)
    return (*WITHOUT_REMARKS, REMARKS)


def star_look(shown):
    """A star as it shows: not decided is a word, not an empty star."""
    return {"★": STAR, "☆": SHORT}.get(shown, UNDECIDED)


def star_column(header, width, star_of):
    """What was decided on a star; `star_of` reads the star off a row."""

    def value(row):
        star = star_of(row)
        if star is None or star.awarded is None:
            return gettext("未定")
        return "★" if star.awarded else "☆"

    return Column(header, width, UNDECIDED, value, star_look, is_counted=True)


# The overview's columns before and after one a category.
OVERVIEW_BEFORE = (
    Column(_("序号"), 6, SHORT, lambda row: row.number),
    CODE_OF_BRANCH,
    Column(_("支部"), 13, SHORT, lambda row: row.branch.name),
    Column(_("类型"), 8, SHORT, lambda row: str(BranchKind(row.branch.kind).label)),
    Column(_("创建目标"), 10.5, SHORT, lambda row: row.sheet.target_label),
)
OVERVIEW_AFTER = (
    Column(_("星级"), 8, SHORT, lambda row: level_in_words(row.sheet)),
    Column(_("达标项数"), 10.5, SHORT, lambda row: row.met),
    Column(_("适用项数"), 10.5, SHORT, lambda row: row.applicable),
    Column(_("步骤"), 10.5, SHORT, lambda row: row.sheet.get_step_display()),
    Column(_("待办"), 22, SHORT, lambda row: row.turn),
)


def overview_columns(contents):
    def of(category):
        return lambda row: row.stars.get(category.pk)

    stars = (star_column(category.name, 10.5, of(category)) for category in contents.categories)
    return (*OVERVIEW_BEFORE, *stars, *OVERVIEW_AFTER)


def level_in_words(sheet):
    """The level once it is fixed; until then a word that no level has."""
    return gettext("未定") if sheet.level is None else level_label(sheet.level)


def _ticked(header, is_so):
    return Column(
        header, 7, SHORT, lambda row: gettext("是") if is_so(row) else "", is_counted=True
    )


def _earned(step):
    """Whether the marks of `step` earn the star; where they do not, or not yet, nothing stands."""
    return lambda row: step in row.sums and row.sums[step].is_earned


# The columns of one star: before those of the items, after them, worked out, and decided.
STAR_BEFORE = (
    Column(_("序号"), 6, SHORT, lambda row: row.number),
    Column(_("支部"), 11, SHORT, lambda row: row.branch.name),
    _ticked(_("现有星"), lambda row: row.star and row.star.held_before),
    _ticked(_("拟创星"), lambda row: row.star and row.star.targeted),
)
STAR_COUNTS = (
    Column(_("达标项数"), 7, SHORT, lambda row: row.now.met if row.now else 0),
    Column(_("适用项数"), 7, SHORT, lambda row: row.now.counted if row.now else 0),
)
STAR_EARNED = (
    _ticked(_("自评得星"), _earned(Step.SELF_RATING)),
    _ticked(_("瞄星得星"), _earned(Step.REVIEW)),
    _ticked(_("提议得星"), _earned(Step.SUPERVISION)),
)
STAR_DECIDED = (
    star_column(_("评定星"), 7, lambda row: row.star),
    Column(_("定星人"), 12, SHORT, lambda row: row.decided_by),
    Column(
        _("定星日期"),
        16,
        DATE,
        lambda row: timezone.localdate(row.star.decided_at) if row.decided_by else None,
    ),
)
STAR_COUNTED = (Rating.MET.label, _("是"), "★")
STAR_WORDS = Column(_("定星理由"), 26, TEXT, lambda row: row.star.reason if row.star else "")


def star_columns(contents, records):
    """One an item that is shown; where some are not, what they would earn is left out."""
    [category] = contents.categories
    shown = {row.task_id for row in contents.ledger_rows()}
    earned = STAR_EARNED if any(record.sums for record in records) else ()

    def of(item):
        return lambda row: mark_in_words(row.marks.get(item.pk))

    items = (
        Column(f"{item.number} {item.name}", 10, SHORT, of(item), is_counted=True)
        for item in category.items.all()
        if item.pk in shown
    )
    words = (STAR_WORDS,) if contents.choices.has_reviewers_words else ()
    return (*STAR_BEFORE, *items, *STAR_COUNTS, *earned, *STAR_DECIDED, *words)
