"""部门联查: what was inspected where, and the findings that are written down on the spot."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .. import workflow
from ..enums import Verb
from ..forms.finding import FindingForm
from ..forms.inspection import InspectionForm
from ..models import Assessment, Finding, Inspection, TaskItem, Visit
from ..permissions import may
from ..workflow.checks import check_person
from .access import cycle_for, inspection_for, inspection_to_act_on
from .item import attempt, posted

PER_PAGE = 20


def inspections(request, year):
    cycle = cycle_for(year)
    found = Inspection.objects.visible_to(request.user).filter(cycle=cycle)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    visits = _visits(request.user, page.object_list)
    counts = Finding.objects.visible_to(request.user).counted_by("inspection")
    context = {
        "cycle": cycle,
        "page": page,
        "rows": [(one, visits.get(one.pk, []), counts.get(one.pk)) for one in page.object_list],
        "may_record": may(request.user, Verb.RECORD_INSPECTION),
    }
    return render(request, "assessment/inspections.html", context)


def _visits(user, inspections):
    """Inspection id → those of its visits that `user` may read."""
    seen = Visit.objects.visible_to(user).filter(inspection__in=list(inspections))
    found = {}
    for visit in seen.select_related("assessment__branch"):
        found.setdefault(visit.inspection_id, []).append(visit)
    return found


def inspection(request, pk):
    found = inspection_for(request.user, pk)
    findings = Finding.objects.visible_to(request.user).filter(inspection=found)
    by_sheet = {}
    for finding in findings.with_places().in_order():
        by_sheet.setdefault(finding.assessment_id, []).append(finding)
    visits = _visits(request.user, [found]).get(pk, [])
    part = workflow.taking_part(found, request.user)
    context = {
        "inspection": found,
        "cycle": found.cycle,
        "rows": [(visit, by_sheet.get(visit.assessment_id, [])) for visit in visits],
        "may_edit": may(request.user, Verb.EDIT_INSPECTION),
        "may_record": may(request.user, Verb.RECORD_FINDING, department_id=part),
        "today": timezone.localdate(),
    }
    return render(request, "assessment/inspection.html", context)


@require_http_methods(["GET", "POST"])
def record(request, year):
    cycle = cycle_for(year)
    check_person(Verb.RECORD_INSPECTION, request.user)
    form = InspectionForm(posted(request), sheets=_sheets(cycle, request.user))

    def act(form):
        return workflow.record_inspection(
            cycle,
            form.facts(),
            form.cleaned_data["departments"],
            form.visits(),
            by=request.user,
        )

    return _saved(request, form, act, {"cycle": cycle})


@require_http_methods(["GET", "POST"])
def edit(request, pk):
    found = inspection_to_act_on(request.user, pk, Verb.EDIT_INSPECTION)
    sheets = _sheets(found.cycle, request.user)
    form = InspectionForm(posted(request), sheets=sheets, inspection=found)

    def act(form):
        done = form.cleaned_data
        return workflow.edit_inspection(
            found,
            form.facts(),
            done["departments"],
            form.visits(),
            done["version"],
            by=request.user,
        )

    return _saved(request, form, act, {"cycle": found.cycle, "inspection": found})


def _sheets(cycle, user):
    sheets = Assessment.objects.visible_to(user).filter(cycle=cycle)
    return list(sheets.with_places().order_by("branch__order"))


def _saved(request, form, act, context):
    """The inspection's page once it is saved; until then its form, with what was typed."""
    status, conflict, made = 200, None, None
    if form.is_bound:

        def keep(_done):
            nonlocal made
            made = act(form)

        status, conflict = attempt(form, keep)
    if made:
        messages.success(request, _("联查已保存。"))
        return redirect(made)
    context |= {"form": form, "conflict": conflict}
    return render(request, "assessment/inspection_form.html", context, status=status)


@require_http_methods(["GET", "POST"])
def record_finding(request, pk):
    """On the spot: one finding, then its page, where photos are taken, or the next one."""
    found = inspection_to_act_on(request.user, pk, Verb.RECORD_FINDING)
    sheets = [visit.assessment for visit in _visits(request.user, [found]).get(pk, [])]
    initial = {"version": 0, "sheet": request.GET.get("sheet")}
    form = FindingForm(posted(request), sheets=sheets, tasks=tasks_of(found.cycle), initial=initial)
    made = None

    def act(_done):
        nonlocal made
        made = workflow.record_finding(found, form.chosen_sheet, form.facts(), by=request.user)

    status = attempt(form, act)[0] if form.is_bound else 200
    if made:
        messages.success(request, _("问题已登记，支部马上就能看到。可以接着拍照上传。"))
        return redirect(made)
    context = {"inspection": found, "cycle": found.cycle, "form": form}
    return render(request, "assessment/finding_form.html", context, status=status)


def tasks_of(cycle):
    """The task items of the year that a finding may be about."""
    tasks = TaskItem.objects.filter(category__catalogue=cycle.catalogue_id)
    return list(tasks.select_related("category", "lead_department"))
