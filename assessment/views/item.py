"""One item of one sheet: its page, whoever looks, and the saving that all three steps share."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _

from .. import workflow
from ..enums import Step, Verb
from ..forms.review import OpinionForm
from ..models import Event, Finding, ItemRating, Opinion, ReportNote
from ..rules.differences import merged
from ..rules.transitions import owner
from .access import item_for
from .evidence import evidence_context
from .history import YES_OR_NO, entries, in_words, lines

SAVING = {
    Step.SELF_RATING: Verb.SELF_RATE,
    Step.REVIEW: Verb.REVIEW,
    Step.SUPERVISION: Verb.SUPERVISE,
}
EVENTS_PER_PAGE = 50


def item(request, pk):
    """The item to read; whoever holds the pen is taken to their form."""
    found = item_for(request.user, pk)
    for step, verb in SAVING.items():
        if workflow.may_now(verb, found, request.user):
            return redirect(f"item-{step.value.replace('_', '-')}", pk)
    return render(request, "assessment/item.html", item_context(request.user, found))


def history(request, pk):
    """Everything that was done to the item."""
    found = item_for(request.user, pk)
    events = Event.objects.visible_about(found, request.user).select_related("actor")
    page = Paginator(events, EVENTS_PER_PAGE).get_page(request.GET.get("page"))
    context = {"item": found, "sheet": found.assessment, "page": page}
    return render(
        request, "assessment/history.html", {**context, "entries": entries(page.object_list)}
    )


def item_context(user, item):
    """What the page of an item shows beside a form."""
    sheet = item.assessment
    siblings = list(sheet.items.visible_to(user).values_list("pk", flat=True))
    at = siblings.index(item.pk)
    changes = {}
    if item.returned_at:
        changes = merged(Event.objects.since_return(item).values_list("changes", flat=True))
    return {
        "item": item,
        "sheet": sheet,
        "task": item.task_item,
        "holder": owner(sheet.step, is_returned=item.is_returned, is_signed_off=item.is_signed_off),
        "position": at + 1,
        "total": len(siblings),
        "previous_pk": siblings[at - 1] if at else None,
        "next_pk": siblings[at + 1] if at + 1 < len(siblings) else None,
        "changes_since_return": lines(changes),
        "findings": Finding.objects.visible_to(user).filter(item_rating=item).with_places(),
        "today": timezone.localdate(),
        **evidence_context(user, item),
        **_opinions(user, item),
    }


def _opinions(user, item):
    """The opinions that `user` may read on the item, and department → form where it is theirs."""
    seen = Opinion.objects.visible_to(user).filter(item_rating=item)
    opinions = list(seen.select_related("department", "by"))
    said = {opinion.department: opinion for opinion in opinions}
    own = []
    if user.department_ids:
        own = item.task_item.cooperating_departments.filter(pk__in=user.department_ids)
    return {
        "opinions": opinions,
        "opinion_forms": {
            department: OpinionForm.over(said.get(department))
            for department in own
            if workflow.may_opine(item, department, user)
        },
    }


def step_page(request, item, step, forms, act, *, form="form", said=None):
    """GET shows the step's forms; POST acts on one of them, or shows again what was typed.

    `forms` is the template's context of forms; `form` names the one that was posted.
    """
    if request.method == "GET" and not workflow.may_now(SAVING[step], item, request.user):
        return redirect("item", item.pk)
    status, conflict = 200, None
    if request.method == "POST":
        status, conflict = attempt(forms[form], act)
        if status == 302:
            messages.success(request, (said or _("已保存：{item}")).format(item=item.task_item))
            return redirect(_next(request, item))
    context = {**item_context(request.user, item), "form_step": step, "conflict": conflict}
    return render(request, "assessment/item.html", {**context, **forms}, status=status)


def save_in_place(request, item, form, act):
    """A save that leaves the page open: answers with what has become of it, and no more."""
    status, conflict = attempt(form, act)
    is_saved = status == 302
    context = {
        "item": item,
        "form": form,
        "conflict": conflict,
        "saved_at": timezone.localtime() if is_saved else None,
        "version": item.version if is_saved else form["version"].value() if conflict else None,
    }
    template = "assessment/includes/save_state.html"
    return render(request, template, context, status=200 if is_saved else status)


def posted(request):
    """The data for a bound form, or None; an empty POST is bound too."""
    return request.POST if request.method == "POST" else None


def attempt(form, act):
    """The status of the answer, and the other person's words where two saved at once."""
    if not form.is_valid():
        # A hidden field shows no error of its own.
        for sentence in form.errors.get("version", []):
            form.add_error(None, sentence)
        return 422, None
    try:
        act(form.cleaned_data)
    except workflow.Stale as refusal:
        form.add_error(None, str(refusal))
        return 409, _conflict(form, refusal.current)
    except workflow.Refusal as refusal:
        form.add_error(None, [str(blocker) for blocker in refusal.blockers])
        return 409, None
    return 302, None


def _conflict(form, current):
    """The other person's words beside what was typed; the next save is made knowing them."""
    labels = {field.name: field.verbose_name for field in current._meta.fields}
    typed = {name: new for name, new in form.cleaned_data.items() if name in labels}
    form.data = form.data.copy()
    form.data[form.add_prefix("version")] = current.version
    lines = [
        {
            "label": labels[name],
            "theirs": in_words(theirs, YES_OR_NO),
            "mine": in_words(mine, YES_OR_NO),
        }
        for name, mine in typed.items()
        if name != "version" and mine != (theirs := getattr(current, name))
    ]
    return {"by": _changed_by(current), "lines": lines}


def _changed_by(row):
    """Whoever changed it last: some rows say so themselves, of the others the events do."""
    if isinstance(row, ReportNote):
        return row.written_by
    return row.changed_by if isinstance(row, ItemRating) else row.events.first().actor


def _next(request, item):
    """Where a save leads: to the item or the table that was asked for, or back here."""
    asked = request.POST.get("next", "")
    if asked.startswith("/") and url_has_allowed_host_and_scheme(asked, None):
        return asked
    if asked.isdigit():
        seen = ItemRating.objects.visible_to(request.user).filter(pk=asked).first()
        if seen:
            return seen.get_absolute_url()
    return item.get_absolute_url()
