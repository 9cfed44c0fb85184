"""What was done, to read."""

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..enums import CycleState, Step
from ..models import (
    Assessment,
    Catalogue,
    Category,
    Cycle,
    DepartmentSignOff,
    Event,
    Evidence,
    ItemRating,
    Star,
    TaskItem,
)
from .sheets import ReadOnly

STATES = dict([*CycleState.choices, *Step.choices])
# Later ones win where two tables name a field alike: a catalogue's and a category's "name" is the
# plain word for a task item's too.
FIELDS = {
    field.name: field
    for model in (
        DepartmentSignOff,
        TaskItem,
        Star,
        Assessment,
        ItemRating,
        Cycle,
        Category,
        Catalogue,
    )
    for field in model._meta.concrete_fields
} | {"evidence": Evidence._meta.get_field("name")}


def in_words(name, value):
    """A kept value as it reads on screen."""
    if value in ("", None, []):
        return "—"
    choices = dict(FIELDS[name].flatchoices) if name in FIELDS else {}
    if isinstance(value, list):
        return gettext("、").join(map(str, value))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return choices.get(value, value)


@admin.register(Event)
class EventAdmin(ReadOnly):
    list_display = ("at", "actor", "verb", "subject", "moved", "reason")
    list_filter = ("verb", "cycle")
    search_fields = ("subject", "reason", "actor__username", "actor__name")
    list_select_related = ("actor",)
    date_hierarchy = "at"
    readonly_fields = ("moved", "changed")

    def get_fields(self, request, obj=None):
        shown = ("at", "actor", "verb", "subject", "moved", "changed", "reason")
        return (*shown, "cycle", "assessment", "item_rating")

    @admin.display(description=_("原状态 → 新状态"))
    def moved(self, event):
        states = [STATES.get(name, name) for name in (event.from_state, event.to_state)]
        return " → ".join(map(str, dict.fromkeys(filter(None, states)))) or None

    @admin.display(description=_("改动"))
    def changed(self, event):
        rows = (
            (
                gettext("{field}：{old} → {new}").format(
                    field=FIELDS[name].verbose_name if name in FIELDS else name,
                    old=in_words(name, old),
                    new=in_words(name, new),
                ),
            )
            for name, (old, new) in event.changes.items()
        )
        return format_html_join("", "<p>{}</p>", rows) or None
