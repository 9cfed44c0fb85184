"""佐证资料: filing it on an item, what the branch has filed already, and serving it."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_safe

from .. import files, workflow
from ..enums import Verb
from ..forms.evidence import AttachForm, FilingForm
from ..models import Evidence
from ..permissions import may_compare
from ..rules.uploads import OFFERED, megabytes, size_blockers
from .access import evidence_for, evidence_of, item_to_act_on, posted_from

PER_PAGE = 24


@dataclass(frozen=True, slots=True)
class Shown:
    """A file on an item's page: its older versions, and where else its content was filed."""

    evidence: Evidence
    older: list
    elsewhere: list


def evidence_context(user, item):
    """What the section of evidence on an item's page shows."""
    versions = list(item.evidence.select_related("uploaded_by", "cycle"))
    return {
        "item": item,
        "evidence": _shown(versions, user),
        "may_file": workflow.may_now(Verb.FILE_EVIDENCE, item, user),
        "filing_form": FilingForm(),
        "offered": ",".join(OFFERED),
        "file_bytes": settings.EVIDENCE_FILE_BYTES,
        "file_limit": megabytes(settings.EVIDENCE_FILE_BYTES),
    }


def _shown(versions, user):
    """The newest versions, each with those before it. Who judges is told of the same elsewhere."""
    by_pk = {version.pk: version for version in versions}
    replaced = {version.replaces_id for version in versions}
    elsewhere = []
    if versions and may_compare(user):
        elsewhere = list(Evidence.objects.same_content_elsewhere(versions, user))
    return [
        Shown(
            version,
            older=list(_older(version, by_pk)),
            elsewhere=[other for other in elsewhere if other.sha256 == version.sha256],
        )
        for version in versions
        if version.pk not in replaced
    ]


def _older(version, by_pk):
    while version := by_pk.get(version.replaces_id):
        yield version


@posted_from("item")
def file(request, pk):
    """Several files at once without a script; with one, each comes in a request of its own."""
    item = item_to_act_on(request.user, pk, Verb.FILE_EVIDENCE)
    workflow.allowed(Verb.FILE_EVIDENCE, item, request.user)

    def act(reading, taken_on):
        workflow.file_evidence(item, reading, taken_on, by=request.user)

    return _answer(request, item, act)


@posted_from("item")
def replace(request, pk, evidence_pk):
    item = item_to_act_on(request.user, pk, Verb.REPLACE_EVIDENCE)
    evidence = evidence_of(item, evidence_pk)
    workflow.allowed(Verb.REPLACE_EVIDENCE, item, request.user)

    def act(reading, taken_on):
        workflow.replace_evidence(item, evidence, reading, taken_on, by=request.user)

    return _answer(request, item, act, most=1)


def _answer(request, item, act, most=None):
    return _said(request, item, *read_each(request, act, most))


def read_each(request, act, most=None):
    """Read what was sent and `act` on each file that is fit: how many, and why not the others."""
    form = FilingForm(request.POST, request.FILES)
    filed, refused = 0, []
    if cut_off := getattr(request, "cut_off_at", None):
        limit = settings.EVIDENCE_FILE_BYTES
        refused = [_named(cut_off, reason) for reason in size_blockers(limit + 1, limit)]
    elif not form.is_valid():
        refused = [reason for reasons in form.errors.values() for reason in reasons]
    else:
        for upload in form.cleaned_data["files"][:most]:
            try:
                act(files.read(upload), form.cleaned_data["taken_on"])
                filed += 1
            except (files.Unfit, workflow.Blocked) as refusal:
                refused.append(_named(upload.name, refusal))
    return filed, refused


def _named(name, reason):
    return _("{name}：{reason}").format(name=name, reason=reason)


def _said(request, item, filed, refused):
    """The item's page; to a script the list alone, or the reasons in plain words."""
    if request.htmx and refused:
        return in_plain_words(refused)
    if request.htmx:
        context = evidence_context(request.user, item)
        return render(request, "assessment/includes/evidence_list.html", context)
    say(request, filed, refused)
    return _back_to(item)


def in_plain_words(refused):
    """For a script, which shows them beside the file."""
    words = "\n".join(map(str, refused))
    return HttpResponse(words, status=422, content_type="text/plain; charset=utf-8")


def say(request, filed, refused):
    for sentence in refused:
        messages.error(request, sentence)
    if filed:
        messages.success(request, _("收下了 {count} 个文件。").format(count=filed))


def _back_to(item):
    return redirect(f"{item.get_absolute_url()}#evidence")


@require_http_methods(["GET", "POST"])
def attach(request, pk):
    """What the branch has filed this year, to let it back this item too."""
    item = item_to_act_on(request.user, pk, Verb.ATTACH_EVIDENCE)
    if request.method == "GET" and not workflow.may_now(Verb.ATTACH_EVIDENCE, item, request.user):
        return redirect("item", pk)
    workflow.allowed(Verb.ATTACH_EVIDENCE, item, request.user)
    filed = Evidence.objects.of_sheet(item.assessment).current()
    form = AttachForm(request.POST if request.method == "POST" else None, filed=filed)
    if form.is_valid():
        workflow.attach_evidence(item, form.cleaned_data["evidence"], by=request.user)
        messages.success(request, _("已引用到这一项。"))
        return _back_to(item)
    if form.has_error("evidence", "invalid_choice"):
        raise Http404
    others = filed.exclude(items=item).select_related("uploaded_by").order_by("-pk")
    page = Paginator(others, PER_PAGE).get_page(request.GET.get("page"))
    context = {"item": item, "sheet": item.assessment, "page": page, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "assessment/attach_evidence.html", context, status=status)


@posted_from("item")
def detach(request, pk, evidence_pk):
    item = item_to_act_on(request.user, pk, Verb.DETACH_EVIDENCE)
    evidence = evidence_of(item, evidence_pk)
    workflow.detach_evidence(item, evidence, by=request.user)
    said = _("“{name}”已移出这一项，仍留在本支部的资料里。").format(name=evidence)
    messages.success(request, said)
    return _back_to(item)


@require_safe
@cache_control(private=True, max_age=3600)
def content(request, pk):
    """A file to save; what we drew ourselves is shown in the browser."""
    evidence = evidence_for(request.user, pk)
    return served(evidence.file, evidence, is_inline=evidence.is_image)


@require_safe
@cache_control(private=True, max_age=3600)
def thumbnail(request, pk):
    evidence = evidence_for(request.user, pk)
    if not evidence.is_image:
        raise Http404
    return served(evidence.thumbnail, evidence, is_inline=True)


def served(file, stored, *, is_inline):
    try:
        opened = file.open()
    except FileNotFoundError:
        raise Http404 from None
    return FileResponse(
        opened,
        as_attachment=not is_inline,
        filename=stored.name,
        content_type=stored.content_type,
    )
