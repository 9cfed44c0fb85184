"""待定星: the sheets that wait for the committee, and those that are decided or concluded together.

Each set is listed and counted on a page, and confirmed there.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from .. import workflow
from ..enums import Step, Verb
from ..forms.supervision import ManySheetsForm
from ..models import Assessment, Finding
from ..permissions import may
from ..workflow.checks import check_person
from .access import cycle_to_supervise, posted_from


@dataclass(frozen=True, slots=True)
class Row:
    """A sheet that waits for the committee, with how many of its findings are unresolved."""

    desk: object
    open_findings: int
    due: object


def waiting(request, year):
    """Who waits for the committee, who is still on the way, and who is done."""
    cycle, user = cycle_to_supervise(request.user, year), request.user
    sheets = list(_sheets(user, year))
    steps = Counter(sheet.step for sheet in sheets)
    rows = _rows(user, [sheet for sheet in sheets if sheet.step == Step.SUPERVISION])
    context = {
        "cycle": cycle,
        "categories": list(cycle.catalogue.categories.all()),
        "rows": rows,
        "to_decide": [row for row in rows if row.desk.is_to_decide],
        "to_conclude": [row for row in rows if row.desk.is_to_conclude],
        "earlier": [(step, steps[step]) for step in (Step.SELF_RATING, Step.REVIEW)],
        "concluded": [sheet for sheet in sheets if sheet.step == Step.CONCLUDED],
        "all_chosen": "all" in request.GET,
        "may_decide": may(user, Verb.DECIDE) and cycle.is_open,
        "today": timezone.localdate(),
    }
    return render(request, "assessment/deciding.html", context)


def _sheets(user, year):
    sheets = Assessment.objects.visible_to(user).filter(cycle__year=year)
    return sheets.with_places().order_by("branch__order")


def _rows(user, sheets):
    findings = Finding.objects.visible_to(user).filter(assessment__in=sheets)
    counts = findings.counted_by("assessment")
    return [
        Row(
            desk,
            counts.get(desk.sheet.pk, {"unresolved": 0})["unresolved"],
            desk.sheet.due(Step.SUPERVISION),
        )
        for desk in workflow.desks(sheets)
    ]


@dataclass(frozen=True, slots=True)
class Together:
    """What is done to many sheets at once: the verb, what blocks it, and what the pages say."""

    verb: Verb
    act: Callable
    blockers: Callable
    name: str
    title: str
    said: Callable


DECIDE = Together(
    Verb.DECIDE,
    workflow.decide_as_proposed,
    workflow.blockers_to_decide_many,
    "decide-many",
    _("一次定多个支部"),
    ngettext_lazy("已定 %(count)d 颗星。", "已定 %(count)d 颗星。", "count"),
)
CONCLUDE = Together(
    Verb.CONCLUDE,
    workflow.conclude_many,
    workflow.blockers_to_conclude_many,
    "conclude-many",
    _("一次办结多个支部"),
    ngettext_lazy("已办结 %(count)d 个支部。", "已办结 %(count)d 个支部。", "count"),
)


@posted_from("cycle-supervision")
def decide_many(request, year):
    return _together(request, year, DECIDE)


@posted_from("cycle-supervision")
def conclude_many(request, year):
    return _together(request, year, CONCLUDE)


def _together(request, year, what):
    """Without `confirmed`, the page that lists what would be done; with it, all or nothing."""
    cycle = cycle_to_supervise(request.user, year)
    check_person(what.verb, request.user)
    form = ManySheetsForm(request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["chosen"]))
        return redirect("cycle-supervision", year)
    seals = form.cleaned_data["chosen"]
    found = _chosen(request.user, year, seals)
    blockers = what.blockers(found, seals)
    if blockers or "confirmed" not in request.POST:
        return _confirm(request, cycle, what, found, blockers)
    try:
        count = what.act(seals, by=request.user)
    except workflow.Refusal as refusal:
        return _confirm(request, cycle, what, found, refusal.blockers)
    messages.success(request, what.said % {"count": count})
    return redirect("cycle-supervision", year)


def _chosen(user, year, seals):
    """The sheets that were ticked, if one may see every one of them."""
    sheets = list(_sheets(user, year).filter(pk__in=seals))
    if len(sheets) != len(seals):
        raise Http404
    return workflow.desks(sheets)


def _confirm(request, cycle, what, found, blockers):
    context = {
        "cycle": cycle,
        "what": what,
        "desks": found,
        "stars": sum(_counted(desk, what) for desk in found),
        "blockers": blockers,
        "back": reverse("cycle-supervision", args=[cycle.year]),
    }
    status = 409 if blockers else 200
    return render(request, "assessment/decide_many.html", context, status=status)


def _counted(desk, what):
    """The stars of a sheet that the act is about: those still undecided, or those awarded."""
    return len(desk.standing.undecided) if what is DECIDE else desk.standing.awarded
