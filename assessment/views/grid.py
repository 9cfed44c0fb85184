"""村组标星 as a grid: the sheet's items edited in place, and blocks of cells pasted into it."""

from dataclasses import dataclass, field
from itertools import groupby

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from .. import workflow
from ..enums import Step, Verb
from ..forms.pasting import PasteForm, Reading, about
from ..forms.self_rating import COLUMNS, RowForm, SelfRatingForm
from ..models import ItemRating
from ..workflow.record import changes_between
from . import preview
from .access import item_to_act_on, posted_from, sheet_to_act_on
from .history import LABELS
from .item import attempt, step_page


@dataclass(slots=True)
class Row:
    """One item of the grid; without a form it is only read. `wrong` says why it was not saved."""

    number: int
    item: ItemRating
    form: RowForm | None = None
    wrong: list = field(default_factory=list)
    is_stale: bool = False


@require_http_methods(["GET", "POST"])
def grid(request, pk):
    """The grid; posted whole, as without a script, it shows what would change."""
    sheet, items = _to_fill(request, pk)
    rows = [Row(number, item) for number, item in enumerate(items, start=1)]
    status = 200
    if request.method == "POST":
        words = _typed(rows, request)
        if not any(row.wrong for row in rows):
            target = _target(request.user, sheet, items)
            return preview.preview(request, target, Reading(words))
        status = 422
    for row in rows:
        if not row.form and workflow.may_now(Verb.SELF_RATE, row.item, request.user):
            row.form = RowForm(item=row.item)
    if not any(row.form for row in rows):
        return redirect(sheet)
    return render(request, "assessment/self_rating.html", _context(sheet, rows), status=status)


def _to_fill(request, pk):
    sheet = sheet_to_act_on(request.user, pk, Verb.SELF_RATE)
    return sheet, list(sheet.items.for_rules())


def _context(sheet, rows):
    groups = groupby(rows, key=lambda row: row.item.task_item.category)
    return {
        "sheet": sheet,
        "groups": [(category, list(group)) for category, group in groups],
        "columns": [(name, LABELS[name]) for name in COLUMNS],
        "paste_form": PasteForm(items=[row.item for row in rows]),
        "is_returned": sheet.step != Step.SELF_RATING,
    }


def _typed(rows, request):
    """Item id → words, of the rows that were posted; each row learns what is wrong with it."""
    words = {}
    for row in rows:
        if f"{row.item.pk}-version" not in request.POST:
            continue
        row.form = RowForm(request.POST, item=row.item)
        if not row.form.is_valid():
            row.wrong = _said(row.form)
            continue
        done = row.form.cleaned_data
        words[row.item.pk] = {name: done[name] for name in COLUMNS}
        if changes_between(row.item, words[row.item.pk]):
            refusal = workflow.why_not(Verb.SELF_RATE, row.item, request.user)
            row.is_stale = not refusal and done["version"] != row.item.version
            if refusal or row.is_stale:
                row.wrong = [str(refusal or workflow.Stale(row.item))]
    return words


def _said(form):
    """A form's complaints, each under the name of its column."""
    return [
        about(LABELS[name], " ".join(errors)) if name in COLUMNS else " ".join(errors)
        for name, errors in form.errors.items()
    ]


@posted_from("item")
def save_row(request, pk):
    """Save one row in place; without a script, as the page of the item does."""
    item = item_to_act_on(request.user, pk, Verb.SELF_RATE)
    posted = {name: request.POST.get(f"{pk}-{name}", "") for name in SelfRatingForm.base_fields}
    form = SelfRatingForm(posted)
    version = posted["version"]

    def act(done):
        nonlocal version
        words = {name: done[name] for name in COLUMNS}
        changes = workflow.self_rate(item, words, done["version"], by=request.user)
        version = done["version"] + 1 if changes else item.version

    if not request.htmx:
        return step_page(request, item, Step.SELF_RATING, {"form": form}, act)
    status, conflict = attempt(form, act)
    row = Row(0, item, form, _said(form) if status != 302 else [], bool(conflict))
    context = {"row": row, "version": version, "saved_at": timezone.localtime()}
    status = 200 if status == 302 else status
    return render(request, "assessment/includes/grid_state.html", context, status=status)


@posted_from("assessment")
def paste(request, pk):
    """Show what a block would change; nothing is written."""
    sheet, items = _to_fill(request, pk)
    form = PasteForm(request.POST, items=items)
    reading = form.reading() if form.is_valid() else Reading()
    target = _target(request.user, sheet, items)
    return preview.preview(request, target, reading, paste_form=form)


@posted_from("assessment")
def apply(request, pk):
    """Write what was shown."""
    return preview.apply(request, lambda: _target(request.user, *_to_fill(request, pk)))


def _target(user, sheet, items):
    page = reverse("assessment-self-rating", args=[sheet.pk])
    pages = {
        "sheet": sheet,
        "crumbs": [(sheet.get_absolute_url(), sheet.branch.name), (page, gettext("表格填写"))],
        "of": sheet.branch.name,
        "back": page,
        "back_to": gettext("返回表格"),
        "done": page,
        "apply": reverse("paste-apply", args=[sheet.pk]),
    }
    return preview.sheet_target(user, sheet, items, pages)
