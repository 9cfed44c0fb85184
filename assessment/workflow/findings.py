"""Verbs of rectification (整改): the branch answers a finding, a named person re-checks it."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from ..enums import Moment, Verb
from ..models import Finding, FindingExtension, FindingFile, Rectification
from ..rules.completeness import (
    asked_blockers,
    reason_blockers,
    set_aside_blockers,
    words_blockers,
)
from .checks import check, check_person, check_year, locked, moved, row_for
from .inspections import taking_part
from .record import keep_on_finding
from .refusals import NotAllowed, OutOfOrder, Refusal
from .storing import check_quota, removed_on_failure, store

RECHECKING = (Verb.CLOSE_FINDING, Verb.REFUSE_RECTIFICATION)
FILING = {Moment.FOUND: Verb.FILE_FOUND} | dict.fromkeys(Moment.by_branch(), Verb.FILE_RECTIFIED)
REMOVING = {Moment.FOUND: Verb.REMOVE_FOUND} | dict.fromkeys(
    Moment.by_branch(), Verb.REMOVE_RECTIFIED
)


@transaction.atomic
def rectify(finding, measure, responsible_person, by):
    """Report what has been done; the files filed since the last report go with it."""
    current, transition = _held(Verb.RECTIFY, finding, by)
    check(blockers_to_rectify(measure, responsible_person))
    last = current.rounds.aggregate(last=Max("number"))["last"] or 0
    moved(current, transition)
    reported = Rectification.objects.create(
        finding=current,
        number=last + 1,
        measure=measure,
        responsible_person=responsible_person,
        answered_by=by,
    )
    FindingFile.objects.filter(finding=current).not_yet_reported().update(round=reported)
    keep_on_finding(
        Verb.RECTIFY,
        by,
        current,
        to_state=transition.target,
        changes={
            "measure": ["", measure],
            "responsible_person": ["", responsible_person],
            "files": [[], [file.name for file in reported.files.all()]],
        },
    )
    return reported


def close_finding(finding, number, note, by):
    """The re-check passes: the finding is closed (销号). `number` is the round that was read."""
    _recheck(Verb.CLOSE_FINDING, finding, number, note, by)


def refuse_rectification(finding, number, note, by):
    """The re-check does not pass: the branch has the finding again, with the reason."""
    _recheck(Verb.REFUSE_RECTIFICATION, finding, number, note, by)


@transaction.atomic
def _recheck(verb, finding, number, note, by):
    current, transition = _held(verb, finding, by)
    is_closed = verb == Verb.CLOSE_FINDING
    if not is_closed:
        check(reason_blockers(verb, note))
    now = timezone.now()
    waiting = current.rounds.filter(number=number, rechecked_at=None)
    if not waiting.update(
        is_closed=is_closed, recheck_note=note, rechecked_at=now, rechecked_by=by
    ):
        raise OutOfOrder([_("支部又上报了一次整改，请看过新的内容再复核。")])
    moved(current, transition, **({"closed_at": now, "closed_by": by} if is_closed else {}))
    keep_on_finding(verb, by, current, to_state=transition.target, reason=note)


@transaction.atomic
def ask_extension(finding, due, reason, by):
    """Ask for a later due date, before the present one is past."""
    current, _transition = _held(Verb.ASK_EXTENSION, finding, by)
    check(
        asked_blockers(
            current.due_date,
            due,
            timezone.localdate(),
            is_waiting=current.extensions.filter(answered_at=None).exists(),
        )
        + reason_blockers(Verb.ASK_EXTENSION, reason)
    )
    asked = FindingExtension.objects.create(
        finding=current, due_date=due, reason=reason, asked_by=by
    )
    changes = {"due_date": [current.due_date.isoformat(), due.isoformat()]}
    keep_on_finding(Verb.ASK_EXTENSION, by, current, changes=changes, reason=reason)
    return asked


@transaction.atomic
def grant_extension(finding, answer, by):
    current, _transition = _held(Verb.GRANT_EXTENSION, finding, by)
    asked = _answered(current, answer, by, is_granted=True)
    Finding.objects.filter(pk=current.pk).update(due_date=asked.due_date)
    changes = {"due_date": [current.due_date.isoformat(), asked.due_date.isoformat()]}
    keep_on_finding(Verb.GRANT_EXTENSION, by, current, changes=changes, reason=answer)


@transaction.atomic
def refuse_extension(finding, answer, by):
    current, _transition = _held(Verb.REFUSE_EXTENSION, finding, by)
    check(reason_blockers(Verb.REFUSE_EXTENSION, answer))
    _answered(current, answer, by, is_granted=False)
    keep_on_finding(Verb.REFUSE_EXTENSION, by, current, reason=answer)


def _answered(finding, answer, by, *, is_granted):
    asked = finding.extensions.filter(answered_at=None).first()
    if asked is None:
        raise OutOfOrder([_("这个问题没有等答复的延期申请。")])
    FindingExtension.objects.filter(pk=asked.pk).update(
        is_granted=is_granted, answer=answer, answered_at=timezone.now(), answered_by=by
    )
    return asked


@transaction.atomic
def set_aside(finding, reason, by):
    """Let an open finding stand in the way of no star; it is still to be put right."""
    current, _transition = _held(Verb.SET_ASIDE, finding, by)
    if current.set_aside_at:
        raise OutOfOrder([_("这个问题已经认定不影响定星。")])
    check(set_aside_blockers(current.item_rating, Verb.SET_ASIDE, reason))
    Finding.objects.filter(pk=current.pk).update(
        set_aside_at=timezone.now(), set_aside_by=by, set_aside_reason=reason
    )
    keep_on_finding(Verb.SET_ASIDE, by, current, reason=reason)


def file_on_finding(finding, reading, moment, taken_on, by):
    """Keep a file that was read; the same content is not kept twice for one moment."""
    with removed_on_failure() as written, transaction.atomic():
        current, _transition = _held(FILING[moment], finding, by)
        same = current.files.shown().filter(moment=moment, round=None, sha256=reading.sha256)
        if filed := same.first():
            return filed
        if moment in Moment.by_branch():
            check_quota(current.assessment, reading)
        row = FindingFile(finding=current, moment=moment)
        filed = store(row, reading, taken_on, by, written)
        changes = {"files": ["", filed.name]}
        keep_on_finding(FILING[moment], by, current, changes=changes)
    return filed


@transaction.atomic
def remove_from_finding(file, by):
    """Take a file off that is part of no report yet; it stays on the disk."""
    verb = REMOVING[file.moment]
    current, _transition = _held(verb, file.finding, by)
    taken_off = FindingFile.objects.shown().filter(pk=file.pk, round=None)
    if not taken_off.update(removed_at=timezone.now(), removed_by=by):
        raise OutOfOrder([_("这份资料已经随整改上报，或者刚刚被移出了。")])
    keep_on_finding(verb, by, current, changes={"files": [file.name, ""]})


def may_on_finding(verb, finding, by):
    """Whether `by` could do `verb` on the finding as it stands."""
    try:
        allowed_on_finding(verb, finding, by)
    except (Refusal, NotAllowed):
        return False
    return True


def blockers_to_rectify(measure, responsible_person):
    fields = {"measure": measure, "responsible_person": responsible_person}
    return words_blockers(
        {
            Rectification._meta.get_field(name).verbose_name: words.strip()
            for name, words in fields.items()
        }
    )


def _held(verb, finding, by):
    """The finding as it stands, its sheet held, and the table's row, if `by` may do `verb`."""
    locked(finding.assessment)
    current = Finding.objects.with_places().get(pk=finding.pk)
    return current, allowed_on_finding(verb, current, by)


def allowed_on_finding(verb, finding, by):
    """The table's row for a verb on a finding, if it begins here and is theirs."""
    check_year(finding.assessment.cycle)
    transition = row_for(verb, finding)
    check_person_on_finding(verb, finding, by)
    return transition


def check_person_on_finding(verb, finding, by):
    check_person(
        verb,
        by,
        branch_id=finding.assessment.branch_id,
        department_id=_department_for(verb, finding, by),
    )


def _department_for(verb, finding, by):
    """The department on whose behalf it would be done: the one responsible, or one taking part."""
    return finding.department_id if verb in RECHECKING else taking_part(finding.inspection, by)
