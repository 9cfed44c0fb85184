"""Events as a page tells them: labels for fields, words for marks."""

from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..enums import Rating, ReturnField, Step
from ..models import Assessment, Event, ItemRating
from ..models.assessment import level_label

LABELS = {
    field.name: field.verbose_name
    for model in (Assessment, ItemRating)
    for field in model._meta.fields
} | {
    "targeted": _("拟创星"),
    "department": _("部门"),
    "level": _("星级"),
    "phrases": _("常用语"),
    "evidence": _("佐证资料"),
}
WORDS = {
    **dict(Rating.choices),
    **dict(ReturnField.choices),
    True: _("评定"),
    False: _("不评定"),
    None: _("空"),
    "": _("空"),
}


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
    return [Entry(event, lines(event.changes), _moved(event)) for event in events]


def lines(changes):
    return [
        Line(LABELS.get(name, name), *(_said(name, value) for value in pair))
        for name, pair in changes.items()
    ]


def _said(name, value):
    return level_label(value) if name == "level" and value is not None else in_words(value)


def in_words(value):
    if isinstance(value, list):
        return gettext("、").join(value) or str(_("空"))
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return str(WORDS.get(value, value))


def _moved(event):
    if event.from_state == event.to_state:
        return ()
    labels = dict(Step.choices)
    return (labels.get(event.from_state), labels.get(event.to_state))
