"""党委督星: the committee reads all three steps, decides each star, concludes, reopens."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .. import workflow
from ..enums import Step, Verb
from ..forms.review import ItemReasonForm
from ..forms.supervision import DecisionForm, ReopenForm, SupervisionForm
from ..models import Finding, Notice
from ..rules.completeness import conclude_blockers
from ..rules.standing import standing
from .access import item_to_act_on, posted_from, sheet_to_act_on
from .item import posted, step_page


@require_http_methods(["GET", "POST"])
def supervise(request, pk):
    item = item_to_act_on(request.user, pk, Verb.SUPERVISE)
    forms = _forms(item, form=SupervisionForm(posted(request), initial=_as_read(item)))

    def act(done):
        workflow.supervise(
            item, done["supervision"], done["supervision_note"], done["version"], by=request.user
        )

    return step_page(request, item, Step.SUPERVISION, forms, act)


@posted_from("item")
def send_back(request, pk):
    item = item_to_act_on(request.user, pk, Verb.SEND_BACK)
    forms = _forms(item, send_back_form=ItemReasonForm(request.POST, prefix="back"))

    def act(done):
        workflow.send_back(item, done["reason"], done["version"], by=request.user)

    said = _("已发回部门：{item}")
    return step_page(request, item, Step.SUPERVISION, forms, act, form="send_back_form", said=said)


def _as_read(item):
    return {name: getattr(item, name) for name in ("supervision", "supervision_note", "version")}


def _forms(item, **bound):
    return {
        "form": SupervisionForm(initial=_as_read(item)),
        "send_back_form": ItemReasonForm(initial={"version": item.version}, prefix="back"),
        **bound,
    }


@require_http_methods(["GET", "POST"])
def decide(request, pk):
    """Five stars side by side; saving decides those that are filled in, all or none."""
    sheet = sheet_to_act_on(request.user, pk, Verb.DECIDE)
    context = _desk(sheet, request.user)
    forms = [DecisionForm(posted(request), star=star) for star in context["standing"].stars]
    status, refused = 200, []
    if request.method == "POST":
        status, refused = _decide(sheet, forms, request.user)
        if status == 302:
            messages.success(request, _("定星已保存。"))
            return redirect("assessment-supervision", pk)
    context |= {"forms": forms, "refused": refused}
    return render(request, "assessment/supervision.html", context, status=status)


def _desk(sheet, user):
    """What lies on the committee's desk for one sheet."""
    items = list(sheet.items.for_rules())
    rows, stars = [item.as_row() for item in items], sheet.star_rows()
    threshold = sheet.cycle.star_threshold
    findings = Finding.objects.visible_to(user).unresolved().filter(assessment=sheet)
    return {
        "sheet": sheet,
        "items": items,
        "standing": standing(rows, stars, sheet.step, threshold),
        "silent": [item for item in items if item.is_silent],
        "blockers": conclude_blockers(rows, stars, threshold),
        "findings": list(findings.with_places().in_order()),
        "notices": list(_notices(sheet, user)),
        "has_held_before": sheet.cycle.has_stars_held_before(),
        "reopen_form": ReopenForm(stars=stars),
        "today": timezone.localdate(),
    }


def _notices(sheet, user):
    """Those that name the branch, of this year and the one before."""
    year = sheet.cycle.year
    named = Notice.objects.visible_to(user).issued().naming(sheet.branch)
    return named.filter(cycle__year__in=(year - 1, year)).select_related("cycle")


def _decide(sheet, forms, by):
    """The status of the answer, and the sentences where it was refused."""
    valid = [form.is_valid() for form in forms]
    if not all(valid):
        return 422, []
    decisions = {
        form.star.code: (form.cleaned_data["awarded"], form.cleaned_data["reason"])
        for form in forms
        if form.cleaned_data["awarded"] is not None
    }
    try:
        workflow.decide(sheet, decisions, by=by)
    except workflow.Refusal as refusal:
        return 409, refusal.blockers
    return 302, []


@posted_from("assessment")
def conclude(request, pk):
    sheet = sheet_to_act_on(request.user, pk, Verb.CONCLUDE)
    workflow.conclude(sheet, by=request.user)
    messages.success(request, _("{branch}已办结定星。").format(branch=sheet.branch))
    return redirect(sheet)


@posted_from("assessment")
def reopen(request, pk):
    """Back to the committee's desk, with or without a star that is withdrawn (摘星)."""
    sheet = sheet_to_act_on(request.user, pk, Verb.REOPEN)
    context = _desk(sheet, request.user)
    stars = [star.star for star in context["standing"].stars]
    form = ReopenForm(request.POST, stars=stars)
    if not form.is_valid():
        context |= {"reopen_form": form, "forms": [], "refused": []}
        return render(request, "assessment/supervision.html", context, status=422)
    done = form.cleaned_data
    workflow.reopen(sheet, done["reason"], by=request.user, withdrawn=done["withdrawn"])
    messages.success(request, _("{branch}的台账已重新打开。").format(branch=sheet.branch))
    return redirect("assessment-supervision", pk)
