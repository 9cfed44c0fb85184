"""公示名单: levels and stars of a year, for everybody to read, to print and to download."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from .. import ledger
from ..forms.public import SpanForm
from ..models import public_list
from .access import cycle_to_publish
from .ledger import download


@require_safe
def listed(request, year):
    cycle = cycle_to_publish(request.user, year)
    return _page(request, cycle, SpanForm(request.GET))


def _page(request, cycle, form):
    status = 200 if form.is_valid() else 422
    found = public_list(cycle)
    context = {
        "cycle": cycle,
        "listed": found,
        "span": ledger.Span(**form.cleaned_data) if status == 200 else ledger.Span(),
        "form": form,
        "title": ledger.public_title(found),
    }
    return render(request, "assessment/public.html", context, status=status)


@require_safe
def workbook(request, year):
    cycle = cycle_to_publish(request.user, year)
    form = SpanForm(request.GET)
    if not form.is_valid():
        return _page(request, cycle, form)
    contents, span = ledger.public_contents(cycle), ledger.Span(**form.cleaned_data)
    name = ledger.public_name(contents)
    return download(request, lambda: ledger.write_public_list(contents, span), name, cycle=cycle)
