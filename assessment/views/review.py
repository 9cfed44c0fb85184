"""部门瞄星: a department marks the items it leads, returns what falls short, and signs off."""

from dataclasses import dataclass
from itertools import groupby

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from branches.models import Department

from .. import workflow
from ..enums import Step, Verb
from ..forms.review import ReasonForm, ReturnForm, ReviewForm
from ..models import Assessment, ItemRating
from .access import cycle_for, departments_of, item_to_act_on, posted_from, sheet_to_act_on
from .item import posted, step_page
from .review_table import phrases_for, row_answer


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One sheet in a department's table: the department's items, and what its sign-off lacks."""

    sheet: Assessment
    items: list
    blockers: list
    is_signed_off: bool


def department(request, year):
    """All sheets of the year down, the department's items across."""
    cycle = cycle_for(year)
    departments = list(departments_of(request.user))
    if not departments:
        raise Http404
    code = request.GET.get("department", departments[0].code)
    chosen = get_object_or_404(departments_of(request.user), code=code)
    rows = sheet_rows(cycle, chosen, request.user)
    context = {
        "cycle": cycle,
        "departments": departments,
        "department": chosen,
        **_tables(rows),
        "tasks": [item.task_item for item in rows[0].items] if rows else [],
        "may_sign_off": chosen.pk in request.user.department_ids,
        "not_handed_in": cycle.assessments.filter(step=Step.SELF_RATING).count(),
        "due": cycle.due(Step.REVIEW),
        "today": timezone.localdate(),
    }
    return render(request, "assessment/department.html", context)


def _tables(rows):
    """What waits for the department apart from what is done."""
    waiting = [row for row in rows if not row.is_signed_off]
    done = [row for row in rows if row.is_signed_off]
    return {
        "rows": rows,
        "tables": [(_("要办的支部"), waiting, True), (_("已办结的支部"), done, False)],
        "waiting": len(waiting),
        "ready": sum(not row.blockers for row in waiting),
    }


def sheet_rows(cycle, chosen, user):
    """A row a sheet, each with what the department's sign-off of it lacks."""
    items = (
        ItemRating.objects.visible_to(user)
        .filter(assessment__cycle=cycle)
        .exclude(assessment__step=Step.SELF_RATING)
        .led_by(chosen)
        .for_rules()
        .select_related("assessment__branch")
        .order_by("assessment__branch__order", "task_item__category__order", "task_item__number")
    )
    rows = []
    for sheet, group in groupby(items, key=lambda item: item.assessment):
        own = list(group)
        blockers = workflow.blockers_to_sign_off([item.as_row() for item in own], chosen)
        rows.append(SheetRow(sheet, own, blockers, own[0].is_signed_off))
    return rows


@require_http_methods(["GET", "POST"])
def review(request, pk):
    item = item_to_act_on(request.user, pk, Verb.REVIEW)
    form = ReviewForm(posted(request), initial=_as_read(item))

    def act(done):
        workflow.review(item, done["review"], done["review_note"], done["version"], by=request.user)

    if request.htmx and form.is_bound:
        return row_answer(request, item, form, act)
    forms = _forms(item, request.user, form=form)
    return step_page(request, item, Step.REVIEW, forms, act)


@posted_from("item")
def return_item(request, pk):
    item = item_to_act_on(request.user, pk, Verb.RETURN)
    form = ReturnForm(request.POST, prefix="return")

    def act(done):
        reason, field = done["reason"], done["field"]
        workflow.return_item(item, reason, done["version"], by=request.user, field=field)

    if request.htmx:
        return row_answer(request, item, form, act)
    forms = _forms(item, request.user, return_form=form)
    said = _("已退回支部：{item}")
    return step_page(request, item, Step.REVIEW, forms, act, form="return_form", said=said)


def _as_read(item):
    return {name: getattr(item, name) for name in ("review", "review_note", "version")}


def _forms(item, user, **bound):
    return {
        "form": ReviewForm(initial=_as_read(item)),
        "return_form": ReturnForm(initial={"version": item.version}, prefix="return"),
        "phrases": phrases_for(user),
        "next_branch": ItemRating.objects.next_to_review(item),
        **bound,
    }


@posted_from("assessment")
def sign_off(request, pk, code):
    chosen = get_object_or_404(Department, code=code)
    sheet = sheet_to_act_on(request.user, pk, Verb.SIGN_OFF, chosen)
    workflow.sign_off(sheet, chosen, by=request.user)
    messages.success(request, _said(chosen, sheet))
    return redirect(f"{reverse('cycle-review', args=[sheet.cycle.year])}?department={code}")


@posted_from("assessment")
def sign_off_for(request, pk, code):
    chosen = get_object_or_404(Department, code=code)
    sheet = sheet_to_act_on(request.user, pk, Verb.SIGN_OFF_FOR)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("代为办结要写明理由，这次没有办理。"))
        return redirect(sheet)
    workflow.sign_off_for(sheet, chosen, form.cleaned_data["reason"], by=request.user)
    messages.success(request, _said(chosen, sheet))
    return redirect(sheet)


def _said(department, sheet):
    return _("{department}对{branch}的瞄星已办结。").format(
        department=department, branch=sheet.branch
    )
