"""延期: a later due date for one branch, with a reason."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from .. import workflow
from ..enums import Verb
from ..forms.supervision import ExtensionForm
from .access import sheet_to_act_on
from .item import posted


@require_http_methods(["GET", "POST"])
def extend(request, pk):
    sheet = sheet_to_act_on(request.user, pk, Verb.EXTEND)
    form = ExtensionForm(posted(request), sheet=sheet)
    if request.method == "GET":
        return render(request, "assessment/extension.html", {"sheet": sheet, "form": form})
    if form.is_valid():
        try:
            workflow.extend(sheet, **form.cleaned_data, by=request.user)
        except workflow.Refusal as refusal:
            form.add_error(None, [str(blocker) for blocker in refusal.blockers])
        else:
            messages.success(request, _("{branch}已延期。").format(branch=sheet.branch))
            return redirect(sheet)
    return render(request, "assessment/extension.html", {"sheet": sheet, "form": form}, status=422)
