"""督查通报 while it is a draft: chosen from what was found, and written on."""

from django.contrib import messages
from django.db.models import Prefetch, Q
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .. import workflow
from ..enums import Verb
from ..forms.notice import NoticeChoiceForm, NoticeForm
from ..models import Finding, Inspection, Notice
from ..workflow.checks import check_person
from .access import cycle_for, notice_for
from .item import attempt, posted


@require_http_methods(["GET", "POST"])
def new(request, year):
    """Which inspections and problems it is about; the text is drafted from them."""
    cycle = cycle_for(year)
    check_person(Verb.DRAFT_NOTICE, request.user)
    form = NoticeChoiceForm(posted(request), **_choices(request.user, cycle))
    made = None

    def act(_done):
        nonlocal made
        chosen = (form.inspections, form.findings)
        made = workflow.draft_notice(cycle, *chosen, form.drafted, by=request.user)

    status = attempt(form, act)[0] if form.is_bound else 200
    if made:
        messages.success(request, _("草稿已经起好，请核对、改写，保存以后再印发。"))
        return redirect("notice-edit", made.pk)
    context = {"cycle": cycle, "form": form, "groups": form.groups()}
    return render(request, "assessment/notice_new.html", context, status=status)


def _choices(user, cycle):
    told = Prefetch("notices", Notice.objects.issued(), to_attr="told_in")
    findings = Finding.objects.visible_to(user).filter(assessment__cycle=cycle).on_record()
    inspections = Inspection.objects.visible_to(user).filter(cycle=cycle).with_places()
    return {
        "inspections": list(inspections),
        "findings": list(findings.with_places().prefetch_related(told).in_order()),
    }


@require_http_methods(["GET", "POST"])
def edit(request, pk):
    found = notice_for(request.user, pk)
    check_person(Verb.EDIT_NOTICE, request.user)
    if request.method == "GET":
        workflow.allowed_on_notice(Verb.EDIT_NOTICE, found, request.user)
    form = NoticeForm.over(found, posted(request), candidates=_candidates(found))

    def act(done):
        workflow.edit_notice(found, form.words(), form.chosen(), done["version"], by=request.user)

    status, conflict = attempt(form, act) if form.is_bound else (200, None)
    if status == 302:
        if form.has_unseen:
            messages.warning(request, _("写的内容里有看不见的控制字符，已经去掉。"))
        messages.success(request, _("草稿已保存。"))
        return redirect(found)
    if conflict:
        conflict["lines"] += _annexes(found, form)
    context = {"notice": found, "cycle": found.cycle, "form": form, "conflict": conflict}
    return render(request, "assessment/notice_form.html", context, status=status)


def _candidates(notice):
    """Problems of the inspections that it tells of, and those that it lists already."""
    listed = Q(pk__in=notice.findings.values("pk"))
    told = Finding.objects.on_record().filter(inspection__in=notice.inspections.values("pk"))
    rows = Finding.objects.filter(listed | Q(pk__in=told.values("pk")))
    return list(rows.with_places().in_order())


def _annexes(notice, form):
    """The problems that the other person and this one have chosen, where they differ."""
    theirs = list(notice.findings.with_places().in_order())
    mine = form.chosen()
    if theirs == mine:
        return []
    names = [_("、").join(map(str, rows)) for rows in (theirs, mine)]
    return [{"label": form["findings"].label, "theirs": names[0], "mine": names[1]}]
