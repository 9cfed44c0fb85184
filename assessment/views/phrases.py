"""A department's phrases: one box, a line each."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .. import workflow
from ..enums import Verb
from ..forms.review import PhrasesForm
from .access import department_to_act_on
from .item import posted


@require_http_methods(["GET", "POST"])
def phrases(request, code):
    department = department_to_act_on(request.user, code, Verb.KEEP_PHRASES)
    kept = "\n".join(department.phrases.values_list("text", flat=True))
    form = PhrasesForm(posted(request), initial={"phrases": kept})
    status = 200
    if form.is_bound:
        if form.is_valid():
            workflow.keep_phrases(department, form.cleaned_data["phrases"], by=request.user)
            messages.success(request, _("常用语已保存。"))
            return redirect("phrases", code)
        status = 422
    context = {"department": department, "form": form}
    return render(request, "assessment/phrases.html", context, status=status)
