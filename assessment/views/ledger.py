"""工作台账 as a workbook or a zip of workbooks, with what one may see of what is asked for."""

from io import BytesIO

from django.contrib import messages
from django.http import FileResponse, Http404, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from .. import ledger, workflow
from ..enums import LedgerScope, Verb
from ..forms.ledger import LedgerForm, scope_value
from ..models import Cycle, Finding, ItemRating
from .access import cycle_for, sheet_for

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def choose(request, year):
    """The page where it is chosen what a workbook holds; an address may choose beforehand."""
    cycle = cycle_for(year)
    return _page(request, cycle, _form(request.user, cycle, initial=request.GET.dict()))


@require_safe
def of_cycle(request, year):
    return _answer(request, cycle_for(year), request.GET, _workbook)


@require_safe
def by_branch(request, year):
    return _answer(request, cycle_for(year), request.GET, _archive)


@require_safe
def of_branch(request, pk):
    sheet = sheet_for(request.user, pk)
    asked = request.GET.dict() | {"scope": scope_value(LedgerScope.BRANCH, sheet.branch)}
    return _answer(request, sheet.cycle, asked, _workbook)


def _page(request, cycle, form, status=200):
    years = Cycle.objects.begun()
    context = {"cycle": cycle, "form": form, "sheets": form.sheets, "years": years}
    return render(request, "assessment/ledger.html", context, status=status)


def _form(user, cycle, *asked, **options):
    items = _items(user, cycle)
    return LedgerForm(
        *asked,
        sheets=list(_sheets(user, cycle)),
        departments=list(items.departments()),
        categories=list(items.categories()),
        **options,
    )


def _sheets(user, cycle):
    return cycle.assessments.visible_to(user).with_places().order_by("branch__order")


def _items(user, cycle):
    return ItemRating.objects.visible_to(user).filter(assessment__cycle=cycle)


def _answer(request, cycle, asked, respond):
    """The answer to a choice, or the page again with what is wrong with it."""
    user = request.user
    form = _form(user, cycle, asked)
    if form.has_error("scope"):
        raise Http404
    if not form.is_valid():
        return _page(request, cycle, form, status=422)
    sheets, items = _sheets(user, cycle), _items(user, cycle)
    findings = Finding.objects.visible_to(user)
    contents = ledger.contents_of(cycle, sheets, items, form.choices, findings)
    return respond(request, contents, cycle=cycle, assessment=contents.sheet)


def _workbook(request, contents, **about):
    name = ledger.file_name(contents)
    return download(request, lambda: ledger.write(contents), name, **about)


def _archive(request, contents, **about):
    """Sent while it is written: the rows are loaded, and each workbook is forgotten once sent."""
    name = ledger.archive_name(contents)
    workflow.keep(Verb.DOWNLOAD, request.user, name, **about)
    response = StreamingHttpResponse(ledger.zipped(contents), content_type="application/zip")
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


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
