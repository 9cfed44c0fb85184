"""定期汇报: what has moved in a month, a quarter or any span, for those who read everything."""

from io import BytesIO
from urllib.parse import urlencode

from django.contrib import messages
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from .. import ledger, workflow
from ..documents import report_document
from ..enums import CycleState, Verb
from ..forms.report import ReportNoteForm, SpanForm
from ..models import Event, ReportNote, progress_in, report_tables, span_label
from ..permissions import may
from ..workflow.checks import check_person
from .access import cycle_to_report_on, posted_from
from .item import attempt
from .ledger import XLSX

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
def report(request, year):
    cycle = cycle_to_report_on(request.user, year)
    form = _span_form(cycle, request.GET)
    return _page(request, cycle, form, 200 if form.is_valid() else 422)


@posted_from("cycle-report")
def write_note(request, year):
    cycle = cycle_to_report_on(request.user, year)
    check_person(Verb.WRITE_REPORT, request.user)
    form = ReportNoteForm(request.POST, today=timezone.localdate())

    def act(done):
        span = (form.span.begins_on, form.span.ends_on)
        workflow.write_report(cycle, *span, done["text"], done["version"], by=request.user)

    status, conflict = attempt(form, act)
    if status == 302:
        messages.success(request, _("汇报说明已保存。"))
        return redirect(f"{reverse('cycle-report', args=[year])}?{urlencode(form.span.query)}")
    asked = _span_form(cycle, form.span.query if form.span else {})
    asked.is_valid()
    return _page(request, cycle, asked, status, note_form=form, conflict=conflict)


@require_safe
def workbook(request, year):
    def content(progress, note):
        return ledger.as_bytes(ledger.report_workbook(progress, note))

    return _file(request, year, content, ".xlsx", XLSX)


@require_safe
def document(request, year):
    return _file(request, year, report_document, ".docx", DOCX)


def _file(request, year, make, suffix, content_type):
    """The report as a file; that it was taken is kept, the only thing a GET writes."""
    cycle = cycle_to_report_on(request.user, year)
    form = _span_form(cycle, request.GET)
    if not form.is_valid():
        return _page(request, cycle, form, 422)
    progress = progress_in(cycle, form.span, timezone.localdate())
    content = make(progress, ReportNote.objects.on(cycle, form.span))
    name = ledger.report_name(progress, suffix)
    workflow.keep(Verb.DOWNLOAD, request.user, name, cycle=cycle)
    return FileResponse(
        BytesIO(content), as_attachment=True, filename=name, content_type=content_type
    )


def _span_form(cycle, asked):
    today = timezone.localdate()
    first, last = Event.objects.reported_of(cycle).days() or (today, today)
    return SpanForm(asked, first=first, last=last, today=today)


def _page(request, cycle, form, status, **bound):
    context = {"cycle": cycle, "span_form": form}
    if form.span:
        context |= _report(request.user, cycle, form)
    return render(request, "assessment/report.html", context | bound, status=status)


def _report(user, cycle, form):
    span, today = form.span, timezone.localdate()
    progress, note = progress_in(cycle, span, today), ReportNote.objects.on(cycle, span)
    return {
        "progress": progress,
        "label": span_label(span),
        "query": urlencode(span.query),
        "is_going_on": span.ends_on >= today,
        "facts": list(report_tables.facts(progress.report)),
        "levels": report_tables.levels(progress.report),
        "moves": report_tables.moves(progress.report),
        "tables": report_tables.tables(progress.report),
        "notes": [report_tables.note_on_arrows(), *report_tables.notes()],
        "note": note,
        "note_form": ReportNoteForm.over(note, span, today),
        "may_write": cycle.state == CycleState.OPEN and may(user, Verb.WRITE_REPORT),
        "neighbours": _neighbours(form),
    }


def _neighbours(form):
    """(its words, its query) of the span before and the one after, where there may be any."""
    before, after = form.span.previous, form.span.following
    before = before if before and before.ends_on >= form.first else None
    after = after if after and after.begins_on <= form.today else None
    return [each and (span_label(each), urlencode(each.query)) for each in (before, after)]
