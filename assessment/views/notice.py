"""督查通报: the year's notices, and one as it reads, with who has read it."""

from io import BytesIO

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import FileResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from branches.enums import Role

from .. import documents, workflow
from ..enums import CycleState, NoticeState, Verb
from ..forms.notice import IssueForm
from ..forms.review import ReasonForm
from ..ledger.names import safe_file_name
from ..models import Assessment, Notice
from ..permissions import may
from ..workflow.checks import check_person
from .access import cycle_for, notice_for, posted_from
from .history import entries
from .item import EVENTS_PER_PAGE, attempt

PER_PAGE = 20
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
LONGEST_NAME = 60  # of a title in a file's name: with 100 it would be more than disks take


def notices(request, year):
    cycle, user = cycle_for(year), request.user
    seen = Notice.objects.visible_to(user).filter(cycle=cycle).with_counts().in_order()
    page = Paginator(seen, PER_PAGE).get_page(request.GET.get("page"))
    unread = Notice.objects.unread_at(_own_sheets(user, cycle))
    context = {
        "cycle": cycle,
        "page": page,
        "unread": set(unread.values_list("pk", flat=True)) if user.branch_ids else set(),
        "may_draft": may(user, Verb.DRAFT_NOTICE),
    }
    return render(request, "assessment/notices.html", context)


def _own_sheets(user, cycle):
    """The sheets of the year for which `user` confirms."""
    own = Assessment.objects.filter(cycle=cycle, branch__in=user.branch_ids)
    return own.select_related("branch").order_by("branch__order")


def notice(request, pk):
    return _page(request, notice_for(request.user, pk))


ACTS = (Verb.EDIT_NOTICE, Verb.ISSUE_NOTICE, Verb.DISCARD_NOTICE, Verb.WITHDRAW_NOTICE)


def _page(request, notice, status=200, **bound):
    user = request.user
    can = {verb.value: workflow.may_on_notice(verb, notice, user) for verb in ACTS}
    context = {
        "notice": notice,
        "cycle": notice.cycle,
        "text": documents.text_of(notice, _annex(notice)),
        "may": can,
        "blockers": workflow.blockers_to_issue(notice) if can["issue_notice"] else [],
        "withdraw_form": ReasonForm(),
        **_readers(user, notice),
        **bound,
    }
    if user.has_role(*Role.reading_all()):
        events = notice.events.select_related("actor")
        page = Paginator(events, EVENTS_PER_PAGE).get_page(request.GET.get("page"))
        context |= {"page": page, "entries": entries(page.object_list)}
    return render(request, "assessment/notice.html", context, status=status)


def _annex(notice):
    """As it was kept; of a draft, as it would be kept now."""
    return workflow.annex_of(notice) if notice.state == NoticeState.DRAFT else notice.annex


def _readers(user, notice):
    """Who has read it and who has not: all for the office, their own for the others."""
    if notice.state == NoticeState.DRAFT:
        return {}
    rows = notice.readings.select_related("assessment__branch", "read_by")
    read = {row.assessment_id: row for row in rows.order_by("read_at")}
    sheets = Assessment.objects.filter(cycle=notice.cycle).select_related("branch")
    sheets = list(sheets.order_by("branch__order"))
    return {
        "sees_all": user.has_role(*Role.reading_all()),
        "own": [(each, read.get(each.pk)) for each in sheets if each.branch_id in user.branch_ids],
        "readings": list(read.values()),
        "unread": [each for each in sheets if each.pk not in read],
        "asked": len(sheets),
        "may_confirm": _is_open(notice),
    }


def _is_open(notice):
    """Whether branches may still confirm it."""
    return notice.state == NoticeState.ISSUED and notice.cycle.state == CycleState.OPEN


@require_safe
def document(request, pk):
    """As a Word document; that it was taken is kept."""
    found = notice_for(request.user, pk)
    text = documents.text_of(found, _annex(found))
    moment = found.withdrawn_at or found.issued_at or timezone.now()
    content = BytesIO(documents.notice_document(text, moment))
    parts = [text.mark, found.reference, found.title[:LONGEST_NAME]]
    name = safe_file_name(" ".join(filter(None, parts)), ".docx")
    workflow.keep(Verb.DOWNLOAD, request.user, name, cycle=found.cycle, notice=found)
    return FileResponse(content, as_attachment=True, filename=name, content_type=DOCX)


@posted_from("notice")
def issue(request, pk):
    """Sent out as it was read: what somebody has changed since is shown first."""
    found = notice_for(request.user, pk)
    check_person(Verb.ISSUE_NOTICE, request.user)
    form = IssueForm(request.POST)

    def act(done):
        workflow.issue_notice(found, by=request.user, version=done["version"])

    status, _conflict = attempt(form, act)
    if status != 302:
        return _page(request, notice_for(request.user, pk), status, issue_form=form)
    messages.success(request, _("已印发，各支部马上就能看到。"))
    return redirect(found)


@posted_from("notice")
def discard(request, pk):
    found = notice_for(request.user, pk)
    workflow.discard_notice(found, by=request.user)
    messages.success(request, _("草稿已作废。"))
    return redirect("cycle-notices", found.cycle.year)


@posted_from("notice")
def withdraw(request, pk):
    found = notice_for(request.user, pk)
    check_person(Verb.WITHDRAW_NOTICE, request.user)
    form = ReasonForm(request.POST)

    def act(done):
        workflow.withdraw_notice(found, done["reason"], by=request.user)

    status, _conflict = attempt(form, act)
    if status != 302:
        return _page(request, notice_for(request.user, pk), status, withdraw_form=form)
    messages.success(request, _("已撤回，仍可查阅；这个文号不再使用。"))
    return redirect(found)


@posted_from("notice")
def confirm(request, pk):
    found = notice_for(request.user, pk)
    own = {str(sheet.pk): sheet for sheet in _own_sheets(request.user, found.cycle)}
    if not own:
        check_person(Verb.CONFIRM_NOTICE, request.user)
    sheet = own.get(request.POST.get("sheet", ""))
    if sheet is None:
        raise workflow.Blocked([_("没有选是哪个支部已阅知。")])
    workflow.confirm_notice(found, sheet, by=request.user)
    said = _("已记下：{branch}已阅知。").format(branch=sheet.branch.name)
    messages.success(request, said)
    return redirect(found)
