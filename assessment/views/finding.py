"""问题整改: the list of findings, and one finding from the day it was found until it is closed."""

from collections import Counter

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .. import workflow
from ..enums import FindingState, Verb
from ..forms.finding import (
    AnswerExtensionForm,
    AskExtensionForm,
    FindingFilterForm,
    FindingForm,
    RecheckForm,
    RectificationForm,
)
from ..forms.review import ReasonForm
from ..models import Event, Finding, ItemRating
from .access import cycle_for, finding_for, posted_from
from .finding_files import files_context
from .history import entries
from .inspection import tasks_of
from .item import EVENTS_PER_PAGE, attempt, posted

PER_PAGE = 50


def findings(request, year):
    """Every finding of the year that one may see: the list of problems, and how each stands."""
    cycle, today = cycle_for(year), timezone.localdate()
    seen = Finding.objects.visible_to(request.user).filter(assessment__cycle=cycle)
    form = FindingFilterForm(request.GET)
    rows = form.rows(seen, today).with_places().in_order()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    states = Counter(seen.values_list("state", flat=True))
    context = {
        "cycle": cycle,
        "page": page,
        "filter_form": form,
        "is_filtered": any(form.cleaned_data.values()),
        "counts": [(state.label, states[state]) for state in FindingState if states[state]],
        "overdue": seen.overdue(today).count(),
        "today": today,
    }
    return render(request, "assessment/findings.html", context)


def finding(request, pk):
    return _page(request, finding_for(request.user, pk))


# What one may do on the page: the verb, the name of its form in the template, and the form.
FORMS = (
    (Verb.RECTIFY, "rectification_form", RectificationForm),
    (Verb.CLOSE_FINDING, "recheck_form", RecheckForm),
    (Verb.ASK_EXTENSION, "ask_form", AskExtensionForm),
    (Verb.GRANT_EXTENSION, "answer_form", AnswerExtensionForm),
    (Verb.SET_ASIDE, "set_aside_form", ReasonForm),
    (Verb.WITHDRAW_FINDING, "withdraw_form", ReasonForm),
)


def _page(request, finding, status=200, **bound):
    user = request.user
    rounds = list(finding.rounds.select_related("answered_by", "rechecked_by"))
    files = files_context(user, finding)
    extensions = list(finding.extensions.select_related("asked_by", "answered_by"))
    may = {verb.value: workflow.may_on_finding(verb, finding, user) for verb, *_rest in FORMS}
    context = {
        "finding": finding,
        "cycle": finding.assessment.cycle,
        "rounds": [(one, files["of_rounds"].get(one.pk, [])) for one in rounds],
        "extensions": extensions,
        "waiting": next((one for one in extensions if one.is_granted is None), None),
        "may": may,
        "may_correct": workflow.may_on_finding(Verb.CORRECT_FINDING, finding, user),
        "change_blockers": workflow.blockers_to_change(finding),
        "sees_item": _sees_item(user, finding),
        "today": timezone.localdate(),
        **{name: form(auto_id=f"{name}-%s") for _verb, name, form in FORMS},
        **files,
        **bound,
    }
    context["recheck_form"].initial.setdefault("number", rounds[-1].number if rounds else 0)
    return render(request, "assessment/finding.html", context, status=status)


def _sees_item(user, finding):
    seen = ItemRating.objects.visible_to(user).filter(pk=finding.item_rating_id)
    return finding.item_rating_id is not None and seen.exists()


def _act(request, pk, verb, name, act, said):
    """Do what the form asks for, or show the page again with what was typed.

    `act` is told the finding and what the form holds; `name` is the form's in the template.
    """
    found = finding_for(request.user, pk)
    workflow.check_person_on_finding(verb, found, request.user)
    kind = next(form for _verb, form_name, form in FORMS if form_name == name)
    form = kind(request.POST, auto_id=f"{name}-%s")
    status, _conflict = attempt(form, lambda done: act(found, done))
    if status != 302:
        return _page(request, finding_for(request.user, pk), status, **{name: form})
    messages.success(request, said)
    return redirect(found)


@posted_from("finding")
def rectify(request, pk):
    def act(found, done):
        workflow.rectify(found, done["measure"], done["responsible_person"], by=request.user)

    said = _("整改已上报，等复核。复核结果会显示在首页和这里。")
    return _act(request, pk, Verb.RECTIFY, "rectification_form", act, said)


@posted_from("finding")
def recheck(request, pk):
    """Two buttons on one form: closed, or not."""
    is_closed = request.POST.get("outcome") == "closed"
    verb = workflow.close_finding if is_closed else workflow.refuse_rectification

    def act(found, done):
        verb(found, done["number"], done["note"], by=request.user)

    said = _("已销号。") if is_closed else _("已退回支部继续整改。")
    return _act(request, pk, Verb.CLOSE_FINDING, "recheck_form", act, said)


@posted_from("finding")
def ask_extension(request, pk):
    def act(found, done):
        workflow.ask_extension(found, done["due"], done["reason"], by=request.user)

    said = _("延期申请已提交，等答复。")
    return _act(request, pk, Verb.ASK_EXTENSION, "ask_form", act, said)


@posted_from("finding")
def answer_extension(request, pk):
    """Two buttons on one form: granted, or not."""
    is_granted = request.POST.get("outcome") == "granted"
    verb = workflow.grant_extension if is_granted else workflow.refuse_extension

    def act(found, done):
        verb(found, done["answer"], by=request.user)

    said = _("已同意延期。") if is_granted else _("已答复：不同意延期。")
    return _act(request, pk, Verb.GRANT_EXTENSION, "answer_form", act, said)


@posted_from("finding")
def set_aside(request, pk):
    def act(found, done):
        workflow.set_aside(found, done["reason"], by=request.user)

    said = _("已认定这个问题不影响定星。")
    return _act(request, pk, Verb.SET_ASIDE, "set_aside_form", act, said)


@posted_from("finding")
def withdraw(request, pk):
    def act(found, done):
        workflow.withdraw_finding(found, done["reason"], by=request.user)

    said = _("这个问题已撤销，仍可查阅。")
    return _act(request, pk, Verb.WITHDRAW_FINDING, "withdraw_form", act, said)


@require_http_methods(["GET", "POST"])
def correct(request, pk):
    found = finding_for(request.user, pk)
    workflow.allowed_on_finding(Verb.CORRECT_FINDING, found, request.user)
    tasks = tasks_of(found.assessment.cycle)
    form = FindingForm.over(found, posted(request), tasks=tasks)

    def act(done):
        workflow.correct_finding(found, form.facts(), done["version"], by=request.user)

    status, conflict = attempt(form, act) if form.is_bound else (200, None)
    if status == 302:
        messages.success(request, _("问题已更正。"))
        return redirect(found)
    context = {"finding": found, "inspection": found.inspection, "form": form}
    context |= {"cycle": found.assessment.cycle, "conflict": conflict}
    return render(request, "assessment/finding_form.html", context, status=status)


def history(request, pk):
    """Everything that was done to the finding."""
    found = finding_for(request.user, pk)
    events = Event.objects.filter(finding=found).select_related("actor")
    page = Paginator(events, EVENTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"finding": found, "sheet": found.assessment, "page": page}
    context["entries"] = entries(page.object_list)
    return render(request, "assessment/history.html", context)
