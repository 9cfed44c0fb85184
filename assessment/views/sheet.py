"""A sheet: its thirty items by star, how far it is, and what whoever looks may do with it."""

from itertools import groupby

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone

from .. import workflow
from ..enums import Step, Verb
from ..forms.review import ReasonForm
from ..forms.self_rating import TargetStarsForm
from ..models import Event
from ..permissions import may
from ..rules.completeness import overdue_blockers
from ..rules.standing import standing
from .access import sheet_for
from .history import entries
from .item import EVENTS_PER_PAGE
from .star import lifted, seen_items


def sheet(request, pk):
    found = sheet_for(request.user, pk)
    items = list(found.items.for_rules())
    rows, stars = [item.as_row() for item in items], found.star_rows()
    stands = standing(rows, stars, found.step, found.cycle.star_threshold)
    seen = seen_items(found, items, request.user)
    context = {
        "sheet": found,
        "standing": stands,
        "groups": _groups(stands, [item for item in items if item.pk in seen]),
        "returned": [item for item in items if item.is_returned and item.pk in seen],
        "sees_all": len(seen) == len(items),
        "lift": lifted(found, rows, stars, seen),
        "due": found.due(found.step),
        "is_extended": found.extended_to(found.step) is not None,
        "today": timezone.localdate(),
        "has_held_before": found.cycle.has_stars_held_before(),
        **_panels(found, request.user, items, rows, stars),
    }
    return render(request, "assessment/sheet.html", context)


def _groups(stands, items):
    """(star, its items) in the catalogue's order, for the items that are seen."""
    by_code = {
        code: list(group)
        for code, group in groupby(items, key=lambda item: item.task_item.category.code)
    }
    return [(star, by_code[star.code]) for star in stands.stars if star.code in by_code]


def _panels(sheet, user, items, rows, stars):
    """What the person may do with the sheet where it stands, each with what blocks it."""
    is_clerk = may(user, Verb.SUBMIT, branch_id=sheet.branch_id)
    supervises = may(user, Verb.COLLECT)
    panels = {"is_clerk": is_clerk, "supervises": supervises}
    panels["extends"] = supervises and sheet.step in Step.marking() and sheet.cycle.is_open
    panels["may_fill"] = any(workflow.may_now(Verb.SELF_RATE, item, user) for item in items)
    if sheet.step == Step.SELF_RATING and is_clerk:
        panels["submit_blockers"] = workflow.blockers_to_submit(sheet, rows, stars)
        panels["targets_form"] = TargetStarsForm(stars=stars)
    if sheet.step == Step.SELF_RATING and supervises:
        panels["collect_blockers"] = _not_due(sheet)
    if sheet.step == Step.REVIEW:
        panels["departments"] = _departments(items, rows)
        panels["own_departments"] = user.department_ids
        panels["silent_blockers"] = _not_due(sheet)
        panels["reason_form"] = ReasonForm()
    return panels


def _not_due(sheet):
    return overdue_blockers(sheet.step, sheet.due(sheet.step), timezone.localdate())


def _departments(items, rows):
    """Each department that leads an item here: whether it has signed off, and what it lacks."""
    leads = {item.task_item.lead_department: item.is_signed_off for item in items}
    return [
        {
            "department": department,
            "is_signed_off": is_signed_off,
            "blockers": workflow.blockers_to_sign_off(rows, department),
        }
        for department, is_signed_off in sorted(leads.items(), key=lambda pair: pair[0].order)
    ]


def history(request, pk):
    """Everything that was done to the sheet and to those of its items that one may see."""
    found = sheet_for(request.user, pk)
    events = Event.objects.visible_on(found, request.user).select_related("actor", "item_rating")
    page = Paginator(events, EVENTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"sheet": found, "page": page, "entries": entries(page.object_list)}
    return render(request, "assessment/history.html", context)
