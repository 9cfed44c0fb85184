"""村组标星: the branch fills its items, chooses its stars, and hands the sheet in."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from .. import workflow
from ..enums import Step, Verb
from ..forms.self_rating import SelfRatingForm, TargetStarsForm
from ..models import ItemRating
from .access import item_for, item_to_act_on, posted_from, sheet_to_act_on
from .item import posted, save_in_place, step_page


@require_http_methods(["GET", "POST"])
@never_cache
def self_rate(request, pk):
    """The item's page; a save by itself, through htmx, is answered without the page around it."""
    item = item_to_act_on(request.user, pk, Verb.SELF_RATE)
    initial = {name: getattr(item, name) for name in SelfRatingForm.base_fields}
    form = SelfRatingForm(posted(request), initial=initial)

    def act(done):
        _save(item, done, request.user)

    if form.is_bound and request.htmx:
        return save_in_place(request, item, form, act)
    forms = {"form": form, "year_before": _year_before(request.user, item)}
    return step_page(request, item, Step.SELF_RATING, forms, act)


def _save(item, done, by):
    """Save, and let `item` say what stands there now without reading it again."""
    words = {name: value for name, value in done.items() if name != "version"}
    if workflow.self_rate(item, words, done["version"], by=by):
        item.version, item.changed_at, item.changed_by = done["version"] + 1, timezone.now(), by


def _year_before(user, item):
    """Asked for when the page is shown: a save leads away from it."""
    rows = ItemRating.objects.visible_to(user)
    return SimpleLazyObject(lambda: rows.of_the_year_before(item))


@posted_from("item")
def resubmit(request, pk):
    """Save what is in the form and hand the item in again: both or neither."""
    item = item_to_act_on(request.user, pk, Verb.RESUBMIT)
    forms = {
        "form": SelfRatingForm(request.POST),
        "year_before": _year_before(request.user, item),
    }

    @transaction.atomic
    def act(done):
        _save(item, done, request.user)
        saved = item_for(request.user, pk)
        workflow.resubmit(saved, saved.version, by=request.user)

    said = _("已重新提交：{item}")
    return step_page(request, item, Step.SELF_RATING, forms, act, said=said)


@posted_from("assessment")
def target_stars(request, pk):
    sheet = sheet_to_act_on(request.user, pk, Verb.TARGET_STARS)
    form = TargetStarsForm(request.POST, stars=sheet.star_rows())
    if form.is_valid():
        workflow.target_stars(sheet, form.cleaned_data["stars"], by=request.user)
        messages.success(request, _("拟创星已保存。"))
    else:
        messages.error(request, " ".join(form.errors["stars"]))
    return redirect(sheet)


@posted_from("assessment")
def submit(request, pk):
    sheet = sheet_to_act_on(request.user, pk, Verb.SUBMIT)
    workflow.submit(sheet, by=request.user)
    messages.success(request, _("台账已提交，现在由各部门瞄星。如有退回，会显示在首页。"))
    return redirect(sheet)


@posted_from("assessment")
def collect(request, pk):
    sheet = sheet_to_act_on(request.user, pk, Verb.COLLECT)
    workflow.collect(sheet, by=request.user)
    messages.success(request, _("台账已按现状收取，空着的任务项按未达标计。"))
    return redirect(sheet)
