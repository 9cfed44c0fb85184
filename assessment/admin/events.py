"""What was done, to read."""

from django.contrib import admin
from django.utils.html import format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from branches.enums import Role

from ..enums import CycleState, FindingState, NoticeState, Step
from ..models import (
    Assessment,
    Catalogue,
    Category,
    Cycle,
    DepartmentSignOff,
    Event,
    Evidence,
    Finding,
    FindingExtension,
    FindingFile,
    Inspection,
    ItemRating,
    Notice,
    Phrase,
    Rectification,
    ReportNote,
    Star,
    TaskItem,
    Visit,
)
from .sheets import ReadOnly


def _fields(*models):
    """Field by its name; where two are named alike, the later model's."""
    return {
        field.name: field
        for model in models
        for field in (*model._meta.concrete_fields, *model._meta.many_to_many)
    }


# A catalogue's and a category's "name" is the plain word for a task item's too.
OF_THE_YEAR = _fields(
    ReportNote,
    DepartmentSignOff,
    TaskItem,
    Star,
    Assessment,
    ItemRating,
    Cycle,
    Category,
    Catalogue,
)
OF_FINDINGS = _fields(Rectification, FindingExtension, Inspection, Finding)
OF_NOTICES = _fields(Notice)
# What the verbs keep under a name that is no column's.
NAMES = {
    "evidence": Evidence._meta.get_field("name").verbose_name,
    "files": FindingFile._meta.get_field("name").verbose_name,
    "branches": Visit._meta.verbose_name,
    "departments": Inspection._meta.get_field("departments").verbose_name,
    "phrases": Phrase._meta.verbose_name,
    "administrator": Role.ADMINISTRATOR.label,
    "reference": _("参考数据"),
}


def fields_of(event):
    if event.notice_id:
        return OF_NOTICES
    return OF_FINDINGS if event.finding_id or event.inspection_id else OF_THE_YEAR


def states_of(event):
    """State → its name; the years, the findings and the notices have some of one name."""
    if event.notice_id:
        return dict(NoticeState.choices)
    return dict(FindingState.choices if event.finding_id else [*CycleState.choices, *Step.choices])


def in_words(value, field=None):
    """A kept value as it reads on screen."""
    if value in ("", None, []):
        return "—"
    if isinstance(value, list):
        return gettext("、").join(map(str, value))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return dict(getattr(field, "flatchoices", ())).get(value, value)


def in_a_line(name, pair, field=None):
    """One change: `name` is a column's, or a word of NAMES, or the name of what was changed."""
    label = field.verbose_name if field else NAMES.get(name, name)
    old, new = (in_words(value, field) for value in pair)
    return gettext("{field}：{old} → {new}").format(field=label, old=old, new=new)


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
        places = ("cycle", "assessment", "item_rating", "inspection", "finding", "notice")
        return (*shown, *places, "department")

    @admin.display(description=_("原状态 → 新状态"))
    def moved(self, event):
        states = [states_of(event).get(name, name) for name in (event.from_state, event.to_state)]
        return " → ".join(map(str, dict.fromkeys(filter(None, states)))) or None

    @admin.display(description=_("改动"))
    def changed(self, event):
        fields = fields_of(event)
        lines = ((in_a_line(name, pair, fields.get(name)),) for name, pair in event.changes.items())
        return format_html_join("", "<p>{}</p>", lines) or None
