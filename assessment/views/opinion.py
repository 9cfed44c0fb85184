"""A cooperating department writes its opinion on an item, for the lead and the committee."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from branches.models import Department

from .. import workflow
from ..forms.review import OpinionForm
from .access import item_for, posted_from
from .item import item_context


@posted_from("item")
def opine(request, pk, code):
    item = item_for(request.user, pk)
    department = get_object_or_404(Department, code=code)
    workflow.check_opinion(item, department, request.user)
    form = OpinionForm(request.POST, auto_id="opinion-%s")
    status = _attempt(item, department, form, request.user)
    if status == 302:
        messages.success(request, _("配合意见已保存。"))
        return redirect(item)
    context = item_context(request.user, item)
    context["opinion_forms"] = {**context["opinion_forms"], department: form}
    return render(request, "assessment/item.html", context, status=status)


def _attempt(item, department, form, by):
    """The status of the answer; what was typed stays in the form."""
    if not form.is_valid():
        return 422
    done = form.cleaned_data
    try:
        workflow.opine(item, department, done["text"], done["version"], by=by)
    except workflow.Refusal as refusal:
        form.add_error(None, [str(blocker) for blocker in refusal.blockers])
        if isinstance(refusal, workflow.Stale):
            # The other opinion stands on the page; the next save is made knowing it.
            form.data = {**form.data.dict(), "version": refusal.current.version}
        return 409
    return 302
