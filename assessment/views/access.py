"""Fetch and authorise in one call: what one may not see answers 404."""

from functools import wraps

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from branches.models import Department

from ..enums import Verb
from ..models import (
    Assessment,
    Catalogue,
    Cycle,
    Evidence,
    Finding,
    FindingFile,
    Inspection,
    ItemRating,
    Notice,
    TaskItem,
)
from ..permissions import may
from ..workflow import taking_part
from ..workflow.checks import check_person


def posted_from(page):
    """A verb's POST-only leaf. A GET, as after signing in again, leads to the `page` it is on."""

    def decorate(view):
        @wraps(view)
        def leaf(request, **place):
            if request.method != "POST":
                return redirect(page, next(iter(place.values())))
            return view(request, **place)

        return leaf

    return decorate


def cycle_for(year):
    """An opened year. Everybody who is signed in may see that it exists."""
    return get_object_or_404(Cycle.objects.begun().select_related("catalogue"), year=year)


def cycle_to_report_on(user, year):
    """The year for those who read everything: a report is about the whole town."""
    cycle = cycle_for(year)
    if not user.reads_all:
        raise Http404
    return cycle


def cycle_to_target(user, year):
    """A year, also in preparation, for those who set its targets or read everything."""
    if not (user.reads_all or may(user, Verb.SET_TARGET)):
        raise Http404
    return get_object_or_404(Cycle.objects.select_related("catalogue"), year=year)


def cycle_to_review(user, year):
    """The year for somebody who reviews; 403 with the reason for those who only read all."""
    cycle = cycle_for(year)
    if not departments_of(user):
        raise Http404
    check_person(Verb.REVIEW, user, department_id=next(iter(user.department_ids), None))
    return cycle


def cycle_to_supervise(user, year):
    """The year for those who look over all its sheets together: the committee, or who reads all."""
    if not user.reads_all:
        raise Http404
    return cycle_for(year)


def cycle_to_publish(user, year):
    """The year for its public list: of everybody who holds anything here."""
    if not (user.held or user.is_administrator):
        raise Http404
    return cycle_for(year)


def catalogue_for(user, year):
    return get_object_or_404(Catalogue.objects.visible_to(user), year=year)


def sheet_for(user, pk):
    return get_object_or_404(Assessment.objects.visible_to(user).with_places(), pk=pk)


def item_for(user, pk):
    return get_object_or_404(ItemRating.objects.visible_to(user).with_places(), pk=pk)


def sheet_to_act_on(user, pk, verb, department=None):
    """A sheet that `user` may see; 403 with the reason where the verb is not theirs."""
    sheet = sheet_for(user, pk)
    check_person(verb, user, branch_id=sheet.branch_id, department_id=department and department.pk)
    return sheet


def item_to_act_on(user, pk, verb):
    """An item that `user` may see; 403 with the reason where it is not theirs to act on."""
    item = item_for(user, pk)
    check_person(
        verb,
        user,
        branch_id=item.assessment.branch_id,
        department_id=item.task_item.lead_department_id,
    )
    return item


def department_to_act_on(user, code, verb):
    """A department that `user` may read; 403 with the reason where the verb is not theirs."""
    department = get_object_or_404(departments_of(user), code=code)
    check_person(verb, user, department_id=department.pk)
    return department


def task_for(user, cycle, category, number):
    """A task item of the year that a department of `user` leads or supports."""
    tasks = TaskItem.objects.select_related("category", "lead_department").filter(
        category__catalogue=cycle.catalogue_id, category__code=category, number=number
    )
    if not user.reads_all:
        tasks = tasks.of_departments(user.department_ids)
    return get_object_or_404(tasks)


def inspection_for(user, pk):
    return get_object_or_404(Inspection.objects.visible_to(user).with_places(), pk=pk)


def inspection_to_act_on(user, pk, verb):
    """An inspection that `user` may see; 403 with the reason where the verb is not theirs."""
    inspection = inspection_for(user, pk)
    check_person(verb, user, department_id=taking_part(inspection, user))
    return inspection


def finding_for(user, pk):
    return get_object_or_404(Finding.objects.visible_to(user).with_places(), pk=pk)


def finding_file_for(user, pk):
    return get_object_or_404(FindingFile.objects.visible_to(user).shown(), pk=pk)


def notice_for(user, pk):
    return get_object_or_404(Notice.objects.visible_to(user).with_people(), pk=pk)


def evidence_for(user, pk):
    """A file that backs an item `user` may see, in whichever version."""
    return get_object_or_404(Evidence.objects.visible_to(user), pk=pk)


def evidence_of(item, pk):
    """A file that backs the item now."""
    return get_object_or_404(item.evidence.current(), pk=pk)


def departments_of(user):
    """The departments whose review pages `user` may read, in their order."""
    if user.reads_all:
        return Department.objects.all()
    return Department.objects.filter(pk__in=user.department_ids)
