"""日历: what is due, was held, issued and closed in a year, as far as one may see it."""

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.shortcuts import render
from django.urls import NoReverseMatch
from django.utils import timezone
from django.utils.translation import gettext as _

from ..enums import Step
from ..models import Assessment, Finding, Inspection, Notice, Visit
from .access import cycle_for


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing on one day; `about` says more of it, `url` leads there, if anywhere."""

    day: date
    kind: str
    title: str
    url: str = ""
    about: str = ""

    @property
    def month(self):
        return self.day.replace(day=1)


def calendar(request, year):
    """By month, the earliest first."""
    cycle, user, today = cycle_for(year), request.user, timezone.localdate()
    found = [
        *_dates(cycle),
        *_extensions(cycle, user),
        *_inspections(cycle, user),
        *_findings(cycle, user),
        *_notices(cycle, user),
    ]
    entries = sorted(found, key=lambda entry: entry.day)
    days = [(entry, (entry.day - today).days) for entry in entries]
    context = {
        "cycle": cycle,
        "months": [(month, list(of)) for month, of in groupby(days, lambda each: each[0].month)],
        "coming": next((entry for entry, left in days if left >= 0), None),
    }
    return render(request, "assessment/calendar.html", context)


def _dates(cycle):
    """The town's own due dates, and the end of the year."""
    for step in Step.marking():
        if cycle.due(step):
            yield Entry(cycle.due(step), _("期限"), _("{step}到期").format(step=step.label))
    if cycle.closed_at:
        yield Entry(timezone.localdate(cycle.closed_at), _("关闭"), _("年度创建关闭"))


def _extensions(cycle, user):
    sheets = Assessment.objects.visible_to(user).filter(cycle=cycle).with_places()
    for sheet in sheets.order_by("branch__order"):
        for step in Step.marking():
            if day := sheet.extended_to(step):
                title = _("{branch} {step}延期至这一天").format(
                    branch=sheet.branch.name, step=step.label
                )
                yield Entry(day, _("延期"), title, sheet.get_absolute_url())


def _inspections(cycle, user):
    seen = Visit.objects.visible_to(user).filter(inspection__cycle=cycle)
    visited = {}
    for visit in seen.select_related("assessment__branch"):
        visited.setdefault(visit.inspection_id, []).append(visit.assessment.branch.name)
    for held in Inspection.objects.visible_to(user).filter(cycle=cycle):
        about = _("、").join(visited.get(held.pk, []))
        title = held.purpose or _("部门联查")
        yield Entry(held.held_on, _("部门联查"), title, held.get_absolute_url(), about)


def _findings(cycle, user):
    """Of those that are not closed."""
    seen = Finding.objects.visible_to(user).unresolved().filter(assessment__cycle=cycle)
    for finding in seen.with_places().in_order():
        about = f"{finding.department} · {finding.get_state_display()}"
        yield Entry(
            finding.due_date, _("整改期限"), str(finding), finding.get_absolute_url(), about
        )


def _notices(cycle, user):
    seen = Notice.objects.visible_to(user).filter(cycle=cycle, issued_at__isnull=False)
    for notice in seen:
        state = "" if notice.withdrawn_at is None else notice.get_state_display()
        day = timezone.localdate(notice.issued_at)
        yield Entry(day, _("督查通报"), str(notice), _page_of(notice), state)


def _page_of(notice):
    try:
        return notice.get_absolute_url()
    except NoReverseMatch:
        return ""
