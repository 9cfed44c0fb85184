"""Events as a page tells them: labels for fields, words for marks."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..enums import FindingState, NoticeState, Rating, ReturnField, Step
from ..models import (
    Assessment,
    Event,
    Finding,
    FindingExtension,
    Inspection,
    ItemRating,
    Notice,
    Rectification,
)
from ..models.assessment import level_label


def _labels(*models):
    """Field → its name on screen; where two bear the same, the later model's."""
    return {field.name: field.verbose_name for model in models for field in model._meta.fields}


LABELS = _labels(Assessment, ItemRating) | {
    "targeted": _("拟创星"),
    "department": _("部门"),
    "level": _("星级"),
    "phrases": _("常用语"),
    "evidence": _("佐证资料"),
}
SUPERVISION_LABELS = _labels(Rectification, FindingExtension, Inspection, Finding) | {
    "files": _("资料"),
    "branches": _("联查支部"),
    "departments": _("参加部门"),
}
NOTICE_LABELS = _labels(Notice) | {"findings": _("问题")}
WORDS = {
    **dict(Rating.choices),
    **dict(ReturnField.choices),
    True: _("评定"),
    False: _("不评定"),
    None: _("空"),
    "": _("空"),
}
YES_OR_NO = {**WORDS, True: _("是"), False: _("否")}


@dataclass(frozen=True, slots=True)
class Line:
    """One field's change in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One event with its changes in words, and its steps where it moved the sheet."""

    event: Event
    lines: list
    moved: tuple


def entries(events):
    """Events, newest first, ready to be shown."""
    return [Entry(event, _lines_of(event), _moved(event)) for event in events]


def _lines_of(event):
    if event.notice_id:
        return lines(event.changes, NOTICE_LABELS)
    if event.finding_id or event.inspection_id:
        return lines(event.changes, SUPERVISION_LABELS, YES_OR_NO)
    return lines(event.changes)


def lines(changes, labels=LABELS, words=WORDS):
    return [
        Line(labels.get(name, name), *(_said(name, value, words) for value in pair))
        for name, pair in changes.items()
    ]


def _said(name, value, words):
    is_level = name in ("level", "target_level") and value is not None
    return level_label(value) if is_level else in_words(value, words)


def in_words(value, words=WORDS):
    if isinstance(value, list):
        return gettext("、").join(value) or str(_("空"))
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return str(words.get(value, value))


def _moved(event):
    if event.from_state == event.to_state:
        return ()
    states = NoticeState if event.notice_id else FindingState if event.finding_id else Step
    labels = dict(states.choices)
    return (labels.get(event.from_state), labels.get(event.to_state))
