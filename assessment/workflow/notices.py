"""Verbs about supervision notices (督查通报)."""

from django.conf import settings
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from ..enums import FindingState, Verb
from ..models import Notice, NoticeReading
from ..rules.completeness import draft_blockers, issue_blockers, reason_blockers
from ..rules.notice_text import reference as reference_of
from .checks import check, check_person, check_year, held_year, moved, row_for
from .record import changes_between, keep
from .refusals import NotAllowed, OutOfOrder, Refusal, Stale

# What a person writes in a notice; nothing else can be written through its verbs.
WORDS = ("title", "opening", "done_well", "problems", "requirements", "issuer")


@transaction.atomic
def draft_notice(cycle, inspections, findings, words, by):
    """Begin a notice from inspections and findings; `words` maps each of WORDS to its text."""
    year = held_year(cycle)
    check_person(Verb.DRAFT_NOTICE, by)
    check(draft_blockers(inspections, findings))
    notice = Notice.objects.create(
        cycle=year, drafted_by=by, **{name: words[name] for name in WORDS}
    )
    notice.inspections.set(inspections)
    notice.findings.set(findings)
    keep(Verb.DRAFT_NOTICE, by, notice, cycle=year, notice=notice)
    return notice


@transaction.atomic
def edit_notice(notice, words, findings, version, by):
    """Write a draft anew; `findings` are those that its annex lists."""
    current, _transition = _held(Verb.EDIT_NOTICE, notice, by)
    if current.version != version:
        raise Stale(current)
    values = {name: words[name] for name in WORDS}
    changes = changes_between(current, values)
    before, after = (
        [str(each) for each in rows]
        for rows in (current.findings.with_places().in_order(), findings)
    )
    if before != after:
        changes["findings"] = [before, after]
    if changes:
        Notice.objects.filter(pk=current.pk).update(**values, version=F("version") + 1)
        current.findings.set(findings)
        _keep(Verb.EDIT_NOTICE, by, current, changes=changes)
    return current


@transaction.atomic
def discard_notice(notice, by):
    """Put a draft away; a number was never given, so none is lost."""
    current, transition = _held(Verb.DISCARD_NOTICE, notice, by)
    moved(current, transition)
    _keep(Verb.DISCARD_NOTICE, by, current, to_state=transition.target)


@transaction.atomic
def issue_notice(notice, by, version=None):
    """Give it the year's next number and send it out: from here on it is never changed.

    `version` is the one that was read: what somebody has changed since is not sent out unread.
    """
    current, transition = _held(Verb.ISSUE_NOTICE, notice, by)
    if version is not None and current.version != version:
        raise Stale(current)
    check(blockers_to_issue(current))
    last = current.cycle.notices.aggregate(last=Max("number"))["last"] or 0
    number = last + 1
    reference = reference_of(settings.NOTICE_PREFIX, current.cycle.year, number)
    stamps = {"number": number, "issued_at": timezone.now(), "issued_by": by}
    moved(current, transition, reference=reference, annex=annex_of(current), **stamps)
    changes = {"reference": ["", reference]}
    _keep(Verb.ISSUE_NOTICE, by, current, to_state=transition.target, changes=changes)


@transaction.atomic
def withdraw_notice(notice, reason, by):
    """Take an issued notice back; it stays to be read, and its number is used up."""
    current, transition = _held(Verb.WITHDRAW_NOTICE, notice, by)
    check(reason_blockers(Verb.WITHDRAW_NOTICE, reason))
    stamps = {"withdrawn_at": timezone.now(), "withdrawn_by": by, "withdrawn_reason": reason}
    moved(current, transition, **stamps)
    _keep(Verb.WITHDRAW_NOTICE, by, current, to_state=transition.target, reason=reason)


@transaction.atomic
def confirm_notice(notice, assessment, by):
    """A branch has read the notice; done again, it changes nothing."""
    current, _transition = _held(Verb.CONFIRM_NOTICE, notice, by, branch_id=assessment.branch_id)
    if assessment.cycle_id != current.cycle_id:
        raise OutOfOrder([_("这份通报不是这一年度的。")])
    _reading, is_new = NoticeReading.objects.get_or_create(
        notice=current, assessment=assessment, defaults={"read_by": by}
    )
    if is_new:
        _keep(Verb.CONFIRM_NOTICE, by, current, assessment=assessment)


def may_on_notice(verb, notice, by):
    """Whether `by` could do `verb` on the notice as it stands."""
    try:
        allowed_on_notice(verb, notice, by)
    except (Refusal, NotAllowed):
        return False
    return True


def allowed_on_notice(verb, notice, by):
    """The table's row for a verb on a notice, if it begins here and is theirs."""
    check_year(notice.cycle)
    transition = row_for(verb, notice)
    check_person(verb, by)
    return transition


def blockers_to_issue(notice):
    """What a draft lacks; the page shows this list and `issue_notice` obeys it."""
    texts = {
        Notice._meta.get_field(name).verbose_name: getattr(notice, name).strip()
        for name in ("title", "opening", "requirements", "issuer")
    }
    withdrawn = notice.findings.with_places().filter(state=FindingState.WITHDRAWN)
    return issue_blockers(texts, [str(finding) for finding in withdrawn])


def annex_of(notice):
    """The list of problems as it stands now, in the town's language, a dict a line."""
    with override(settings.LANGUAGE_CODE):
        return [
            {
                "branch": finding.assessment.branch.name,
                "item": str(finding.item_rating.task_item) if finding.item_rating else "",
                "problem": finding.problem,
                "requirement": finding.requirement,
                "department": finding.department.name,
                "due_date": finding.due_date.isoformat(),
            }
            for finding in notice.findings.with_places().in_order()
        ]


def _held(verb, notice, by, branch_id=None):
    """The notice as it stands, its year held so that two numbers are never the same."""
    year = held_year(notice.cycle)
    current = Notice.objects.select_for_update().get(pk=notice.pk)
    current.cycle = year
    transition = row_for(verb, current)
    check_person(verb, by, branch_id=branch_id)
    return current, transition


def _keep(verb, by, notice, **facts):
    facts = {"from_state": notice.state, "to_state": notice.state, **facts}
    return keep(verb, by, notice, cycle=notice.cycle, notice=notice, **facts)
