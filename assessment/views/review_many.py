"""部门瞄星 by the lot: one mark on many items, one sign-off for many sheets.

Each over a set that is listed and counted on a page, and confirmed there.
"""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from .. import workflow
from ..enums import Rating, Verb
from ..forms.review import ReviewManyForm
from ..models import Assessment, ItemRating
from .access import cycle_for, cycle_to_review, department_to_act_on, posted_from
from .review import sheet_rows


@posted_from("cycle-review")
def review_many(request, year):
    """Without `confirmed`, the page that lists what would be done; with it, all or nothing."""
    cycle_to_review(request.user, year)
    form = ReviewManyForm(request.POST)
    if not form.is_valid():
        return _again(request, year, form)
    done = form.cleaned_data
    items = _chosen(request.user, year, done["chosen"])
    given = (done["chosen"], done["review"], done["review_note"])
    blockers = workflow.blockers_to_review_many(items, *given, request.user)
    if blockers or "confirmed" not in request.POST:
        return _confirm(request, form, items, blockers)
    count = workflow.review_many(*given, by=request.user)
    said = ngettext("已瞄星 %(count)d 项。", "已瞄星 %(count)d 项。", count)
    messages.success(request, said % {"count": count})
    return redirect(_back(request, year))


def _chosen(user, year, versions):
    """The items that were ticked, if one may see every one of them."""
    seen = ItemRating.objects.visible_to(user).filter(assessment__cycle__year=year)
    items = list(
        seen.filter(pk__in=versions)
        .with_places()
        .order_by("assessment__branch__order", "task_item__category__order", "task_item__number")
    )
    if len(items) != len(versions):
        raise Http404
    return items


def _again(request, year, form):
    """Nothing was ticked, or no mark chosen: back to the table with the reason."""
    for sentence in dict.fromkeys(text for errors in form.errors.values() for text in errors):
        messages.error(request, sentence)
    return redirect(_back(request, year))


def _confirm(request, form, items, blockers):
    rating = Rating(form.cleaned_data["review"])
    context = {
        "form": form,
        "items": items,
        "marked": [item for item in items if item.review],
        "rating": rating,
        "note": form.cleaned_data["review_note"],
        "blockers": blockers,
        "cycle": items[0].assessment.cycle,
        "back": _back(request, items[0].assessment.cycle.year),
    }
    status = 409 if blockers else 200
    return render(request, "assessment/review_many.html", context, status=status)


def _back(request, year):
    """The table that was left, on this site."""
    asked = request.POST.get("next", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, None):
        return asked
    return reverse("cycle-review", args=[year])


@require_http_methods(["GET", "POST"])
def sign_off_ready(request, year, code):
    """GET lists the sheets that are ready and what the others lack; POST signs off the listed."""
    cycle = cycle_for(year)
    department = department_to_act_on(request.user, code, Verb.SIGN_OFF)
    if request.method == "POST":
        return _sign_off(request, cycle, department)
    waiting = [row for row in sheet_rows(cycle, department, request.user) if not row.is_signed_off]
    context = {
        "cycle": cycle,
        "department": department,
        "ready": [row for row in waiting if not row.blockers],
        "others": [row for row in waiting if row.blockers],
    }
    return render(request, "assessment/sign_off_ready.html", context)


def _sign_off(request, cycle, department):
    chosen = {int(pk) for pk in request.POST.getlist("sheet") if pk.isdigit()}
    sheets = Assessment.objects.visible_to(request.user).with_places()
    sheets = list(sheets.filter(cycle=cycle, pk__in=chosen))
    if len(sheets) != len(chosen):
        raise Http404
    workflow.sign_off_many(sheets, department, by=request.user)
    said = ngettext("已办结 %(count)d 个支部。", "已办结 %(count)d 个支部。", len(sheets))
    messages.success(request, said % {"count": len(sheets)})
    return redirect(f"{reverse('cycle-review', args=[cycle.year])}?department={department.code}")
