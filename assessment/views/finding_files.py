"""The files of a finding: as it was found, and before and after it was put right."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from .. import workflow
from ..enums import Moment
from ..forms.evidence import FilingForm
from ..rules.uploads import megabytes
from ..workflow.findings import FILING, REMOVING
from .access import finding_file_for, finding_for, posted_from
from .evidence import in_plain_words, read_each, say, served


def files_context(user, finding):
    """What stands on the finding's page: what was found, and what the next report takes along.

    `of_rounds` maps the id of a round to the files that went with it.
    """
    files = list(finding.files.shown().select_related("uploaded_by"))
    of_rounds = {}
    for file in files:
        of_rounds.setdefault(file.round_id, []).append(file)
    unreported = of_rounds.pop(None, [])
    may_file = [
        moment for moment in Moment if workflow.may_on_finding(FILING[moment], finding, user)
    ]
    return {
        "finding": finding,
        "moments": [
            (moment, [file for file in unreported if file.moment == moment], moment in may_file)
            for moment in Moment
        ],
        "of_rounds": of_rounds,
        "filing_form": FilingForm(),
        "file_bytes": settings.EVIDENCE_FILE_BYTES,
        "file_limit": megabytes(settings.EVIDENCE_FILE_BYTES),
    }


@posted_from("finding")
def file(request, pk, moment):
    found = finding_for(request.user, pk)
    if moment not in Moment.values:
        raise Http404
    workflow.allowed_on_finding(FILING[moment], found, request.user)

    def act(reading, taken_on):
        workflow.file_on_finding(found, reading, moment, taken_on, by=request.user)

    filed, refused = read_each(request, act)
    if request.htmx and refused:
        return in_plain_words(refused)
    if request.htmx:
        context = files_context(request.user, found)
        return render(request, "assessment/includes/finding_files.html", context)
    say(request, filed, refused)
    return redirect(f"{found.get_absolute_url()}#files")


@posted_from("finding")
def remove(request, pk, file_pk):
    found = finding_for(request.user, pk)
    chosen = finding_file_for(request.user, file_pk)
    if chosen.finding_id != found.pk:
        raise Http404
    workflow.allowed_on_finding(REMOVING[chosen.moment], found, request.user)
    workflow.remove_from_finding(chosen, by=request.user)
    messages.success(request, _("“{name}”已移出。").format(name=chosen))
    return redirect(f"{found.get_absolute_url()}#files")


@require_safe
@cache_control(private=True, max_age=3600)
def content(request, pk):
    stored = finding_file_for(request.user, pk)
    return served(stored.file, stored, is_inline=stored.is_image)


@require_safe
@cache_control(private=True, max_age=3600)
def thumbnail(request, pk):
    stored = finding_file_for(request.user, pk)
    if not stored.is_image:
        raise Http404
    return served(stored.thumbnail, stored, is_inline=True)
