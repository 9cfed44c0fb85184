"""A list that comes back as a workbook: shown what it would change, then written as a whole."""

from collections.abc import Callable
from dataclasses import dataclass, field
from io import BytesIO

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext

from .. import ledger, workflow
from ..enums import Verb
from ..forms.lists import LONGEST_SEAL, SealedForm

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a workbook would do, in what JSON can keep; taking something away is agreed to."""

    plan: object
    told: list
    wrong: list
    takes_away: bool = False


@dataclass(frozen=True, slots=True)
class Desk:
    """Where a list comes back: `form` makes its form, `propose` a proposal of a valid one.

    `write` carries a plan out and returns the answer.
    """

    title: str
    crumbs: list
    back: str
    download: str
    seal: list
    form: Callable
    propose: Callable
    write: Callable
    more: dict = field(default_factory=dict)


def upload_page(request, context, desk):
    """GET asks for a workbook; POST with one shows what it would do; POST with a plan does it."""
    if "plan" in request.POST:
        return _write(request, desk)
    context = {**context, "title": desk.title, "subtitle": None, "desk": desk, **desk.more}
    form = desk.form()
    if request.method == "POST":
        sent = request.POST, request.FILES  # read first: only then is it known what was cut off
        form = desk.form(*sent, cut_off=getattr(request, "cut_off_at", None))
        if form.is_valid():
            context |= _proposed(desk, desk.propose(form))
    is_bad = context.get("wrong") or (form.is_bound and form.errors)
    context["form"] = form if not form.is_bound or form.errors else desk.form()
    status = 422 if is_bad else 200
    return TemplateResponse(request, "admin/assessment/upload.html", context, status=status)


def _proposed(desk, proposal):
    wrong, sealed = list(proposal.wrong), ""
    if not wrong and proposal.told:
        sealed = SealedForm.sealed(desk.seal, proposal.plan, takes_away=proposal.takes_away)
        if len(sealed) > LONGEST_SEAL:
            wrong.append(gettext("一次改动的内容太多，没有收下。请分几次改，分几次上传。"))
    return {"proposal": proposal, "wrong": wrong, "sealed": "" if wrong else sealed}


def _write(request, desk):
    form = SealedForm(request.POST, seal=desk.seal)
    refused = []
    if form.is_valid():
        try:
            return desk.write(form.cleaned_data["plan"])
        except workflow.Refusal as refusal:
            refused = refusal.blockers
    said = [message for each in form.errors.values() for message in each]
    for sentence in [*said, *refused]:
        messages.error(request, sentence)
    return redirect(request.path)


def list_file(request, workbook, name):
    """A list as a file; that it was taken is kept, the only thing a GET writes."""
    content = BytesIO(ledger.as_bytes(workbook))
    workflow.keep(Verb.DOWNLOAD, request.user, name)
    return FileResponse(content, as_attachment=True, filename=name, content_type=XLSX)
