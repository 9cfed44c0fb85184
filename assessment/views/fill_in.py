"""Filling in offline: the workbook to take away, and what it would change when it comes back.

For a branch's sheet, and for a department's items of a year.
"""

from dataclasses import dataclass
from functools import cached_property

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from branches.models import User

from .. import ledger, workflow
from ..enums import Step, Verb
from ..forms.workbook import FilledInForm
from ..models import ItemRating
from .access import cycle_for, department_to_act_on, posted_from, sheet_to_act_on
from .ledger import download
from .preview import Target, preview, sheet_target
from .preview import apply as apply_to


@dataclass
class Desk:
    """Where a workbook goes out and comes in again: what it is of, and the target of its words."""

    place: ledger.Place
    target: Target
    user: User

    @cached_property
    def open_items(self):
        """The ids of the items that may be written now."""
        verb, items = self.target.verb, self.target.items
        return {item.pk for item in items if workflow.may_now(verb, item, self.user)}

    def name_of(self, item):
        branch = f"{item.assessment.branch.name} " if self.target.pages["with_branch"] else ""
        return f"{branch}{item.task_item}"


@require_http_methods(["GET", "POST"])
def of_sheet(request, pk):
    """The page of the workbook; posted with one, it shows what that would change."""
    _sheet, desk = _of_sheet(request.user, pk)
    if request.method == "GET" and not desk.open_items:
        return redirect("assessment", pk)
    return _page(request, desk)


@require_safe
def sheet_workbook(request, pk):
    sheet, desk = _of_sheet(request.user, pk)
    if not desk.open_items:
        return redirect(sheet)
    return download(
        request,
        lambda: ledger.self_rating_workbook(sheet, desk.open_items),
        ledger.fill_in_name(desk.place),
        cycle=sheet.cycle,
        assessment=sheet,
    )


@posted_from("assessment")
def apply_to_sheet(request, pk):
    """Write what was shown."""
    return apply_to(request, lambda: _of_sheet(request.user, pk)[1].target)


@require_http_methods(["GET", "POST"])
def of_department(request, year, code):
    """The same for a department's review."""
    _cycle, _department, desk = _of_department(request.user, year, code)
    return _page(request, desk)


@require_safe
def department_workbook(request, year, code):
    cycle, department, desk = _of_department(request.user, year, code)
    if not desk.open_items:
        return redirect(desk.target.pages["page"])
    sheets = cycle.assessments.visible_to(request.user).exclude(step=Step.SELF_RATING)
    items = _led_by(department, cycle, request.user)
    return download(
        request,
        lambda: ledger.review_workbook(cycle, department, sheets, items, desk.open_items),
        ledger.fill_in_name(desk.place),
        cycle=cycle,
    )


@posted_from("cycle-review")
def apply_to_department(request, year, code):
    """Write what was shown."""
    return apply_to(request, lambda: _of_department(request.user, year, code)[2].target)


def _of_sheet(user, pk):
    sheet = sheet_to_act_on(user, pk, Verb.SELF_RATE)
    items = sheet.items.for_rules().select_related("changed_by")
    page = sheet.get_absolute_url()
    pages = {
        "sheet": sheet,
        "crumbs": [(sheet.cycle.get_absolute_url(), sheet.cycle), (page, sheet.branch.name)],
        "of": sheet.branch.name,
        "done": page,
        "with_branch": False,
        **_addresses("assessment-fill-in", pk),
    }
    target = sheet_target(user, sheet, items, pages)
    place = ledger.place_of(Step.SELF_RATING, sheet.cycle, sheet.branch)
    return sheet, Desk(place, target, user)


def _of_department(user, year, code):
    cycle = cycle_for(year)
    department = department_to_act_on(user, code, Verb.REVIEW)
    items = _led_by(department, cycle, user).with_places()
    page = f"{reverse('cycle-review', args=[year])}?department={code}"
    pages = {
        "crumbs": [(cycle.get_absolute_url(), cycle), (page, _("部门瞄星"))],
        "of": department.name,
        "done": page,
        "with_branch": True,
        **_addresses("cycle-fill-in", year, code),
    }

    def write(changes):
        return workflow.review_each(changes, by=user)

    def blockers(changes):
        changed = [item for item in items if item.pk in changes]
        return workflow.blockers_to_review_each(changed, changes, user)

    target = Target(Verb.REVIEW, ["review", year, code], items, pages, write, blockers)
    place = ledger.place_of(Step.REVIEW, cycle, department)
    return cycle, department, Desk(place, target, user)


def _led_by(department, cycle, user):
    """The department's items of the branches that have handed in, in their order."""
    items = ItemRating.objects.visible_to(user).filter(assessment__cycle=cycle).led_by(department)
    return items.exclude(assessment__step=Step.SELF_RATING).order_by(
        "assessment__branch__order", "task_item__category__order", "task_item__number"
    )


def _addresses(name, *args):
    page = reverse(name, args=args)
    return {
        "page": page,
        "upload": page,
        "workbook": reverse(f"{name}-workbook", args=args),
        "apply": reverse(f"{name}-apply", args=args),
        "back": page,
        "back_to": _("重新上传"),
    }


def _page(request, desk):
    form, status = _form(request, desk), 200
    if form.is_bound and form.is_valid():
        return preview(request, desk.target, form.reading(), workbook_form=_form(None, desk))
    if form.is_bound:
        status = 422
    context = {
        **desk.target.pages,
        "workbook_form": form,
        "open": len(desk.open_items),
        "closed": len(desk.target.items) - len(desk.open_items),
    }
    return render(request, "assessment/fill_in.html", context, status=status)


def _form(request, desk):
    """The form, bound to what was sent."""
    about = {"place": desk.place, "items": desk.target.items, "name_of": desk.name_of}
    if request is None or request.method == "GET":
        return FilledInForm(**about)
    sent = request.POST, request.FILES  # read first: only then is it known what was cut off
    return FilledInForm(*sent, cut_off=getattr(request, "cut_off_at", None), **about)
