"""工作台账 as a workbook, of a year or of one branch, with what one may see of it."""

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from .. import ledger, workflow
from ..enums import Verb
from ..models import ItemRating
from .access import cycle_for, sheet_for

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def choose(request, year):
    """The page where a ledger is chosen: the whole year, or one branch."""
    cycle = cycle_for(year)
    context = {"cycle": cycle, "sheets": _sheets(cycle, request.user)}
    return render(request, "assessment/ledger.html", context)


@require_safe
def of_cycle(request, year):
    cycle = cycle_for(year)
    sheets = _sheets(cycle, request.user)
    if not sheets:
        raise Http404
    items = ItemRating.objects.visible_to(request.user).filter(assessment__cycle=cycle)
    return download(
        request,
        lambda: ledger.cycle_workbook(cycle, sheets, items),
        ledger.file_name(cycle),
        cycle=cycle,
    )


@require_safe
def of_branch(request, pk):
    sheet = sheet_for(request.user, pk)
    items = sheet.items.visible_to(request.user)
    return download(
        request,
        lambda: ledger.branch_workbook(sheet, items),
        ledger.file_name(sheet.cycle, sheet.branch),
        cycle=sheet.cycle,
        assessment=sheet,
    )


def _sheets(cycle, user):
    return cycle.assessments.visible_to(user).with_places().order_by("branch__order")


def download(request, write, name, *, cycle, **about):
    """A workbook as a file; that it was taken is kept, the only thing a GET writes."""
    try:
        content = BytesIO(ledger.as_bytes(write()))
    except ledger.TextTooLong as refusal:
        messages.error(request, str(refusal))
        return redirect("cycle-ledger", cycle.year)
    about["cycle"] = cycle
    workflow.keep(Verb.DOWNLOAD, request.user, name, **about)
    return FileResponse(content, as_attachment=True, filename=name, content_type=XLSX)
