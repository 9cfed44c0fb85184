"""Verbs about one item. Each save carries the version it was read at."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ..enums import Step, Verb
from ..models import Assessment, DepartmentSignOff, ItemRating
from ..rules.completeness import item_blockers, reason_blockers
from .checks import allowed, check, locked, move
from .record import changes_between, keep_on_sheet
from .refusals import NotAllowed, Refusal, Stale

# What the branch writes; nothing else can be saved through its verb.
WORDS = (
    "self_rating",
    "measures",
    "progress",
    "responsible_leader",
    "responsible_person",
    "due_date",
    "self_rating_note",
)
NOT_RETURNED = {
    "returned_at": None,
    "returned_by": None,
    "return_reason": None,
    "return_field": "",
    "resubmitted_at": None,
}


def self_rate(item, words, version, by):
    """Save the branch's words and mark; blanks are allowed until the sheet is submitted."""
    allowed(Verb.SELF_RATE, item, by)
    values = {name: words[name] for name in WORDS if name in words}
    return _save(Verb.SELF_RATE, item, values, version, by)


def review(item, rating, note, version, by):
    """Save the department's mark, a draft until it signs off; a mark answers a send-back."""
    allowed(Verb.REVIEW, item, by)
    values = {"review": rating, "review_note": note}
    if rating:
        values["sent_back_reason"] = ""
    return _save(Verb.REVIEW, item, values, version, by)


def supervise(item, rating, note, version, by):
    """Save the committee's own mark with its reason; a blank mark lets the department's count."""
    allowed(Verb.SUPERVISE, item, by)
    if rating:
        check(reason_blockers(Verb.SUPERVISE, note))
    values = {"supervision": rating, "supervision_note": note}
    return _save(Verb.SUPERVISE, item, values, version, by)


def return_item(item, reason, version, by, field=""):
    """Hand one item back to the branch, at once; the rest of the sheet stays where it is.

    `field` is a ReturnField where the reason is about one box; each return is kept with its own.
    """
    allowed(Verb.RETURN, item, by)
    check(reason_blockers(Verb.RETURN, reason))
    values = {
        "returned_at": timezone.now(),
        "returned_by": by,
        "return_reason": reason,
        "return_field": field,
        "resubmitted_at": None,
    }
    changes = {"return_field": ["", field]} if field else {}
    return _save(Verb.RETURN, item, values, version, by, changes=changes, reason=reason)


def resubmit(item, version, by):
    """Hand a returned item in again: its mark is cleared, so that it is read anew."""
    allowed(Verb.RESUBMIT, item, by)
    check(item_blockers(item.as_row()))
    values = {"resubmitted_at": timezone.now(), "review": ""}
    changes = changes_between(item, {"review": ""})
    return _save(Verb.RESUBMIT, item, values, version, by, changes=changes)


def send_back(item, reason, version, by):
    """Send one item back to its department, whose sign-off lapses; the sheet is in review again."""
    transition = allowed(Verb.SEND_BACK, item, by)
    check(reason_blockers(Verb.SEND_BACK, reason))
    marks = {"review": "", "supervision": "", "supervision_note": "", "sent_back_reason": reason}
    # An earlier round with the branch is over: the item is not changed since this review.
    values = {**marks, **NOT_RETURNED}
    facts = {"changes": changes_between(item, marks), "reason": reason, "to_state": Step.REVIEW}
    with transaction.atomic():
        sheet = locked(item.assessment)
        _save(Verb.SEND_BACK, item, values, version, by, **facts)
        move(sheet, transition)
        DepartmentSignOff.objects.filter(
            assessment=sheet, department=item.task_item.lead_department
        ).delete()


def may_now(verb, item, by):
    """Whether `by` could do `verb` on the item as it stands."""
    return why_not(verb, item, by) is None


def why_not(verb, item, by):
    """What `by` would be told who tried `verb` on the item as it stands, or None."""
    try:
        allowed(verb, item, by)
    except (Refusal, NotAllowed) as refusal:
        return refusal
    return None


def _save(verb, item, values, version, by, *, changes=None, **facts):
    """Write `values` if the item is still at `version` and its sheet where it was; keep the event.

    Saving what stands there already writes nothing. Returns the changes, field → [old, new].
    """
    if changes is None:
        changes = changes_between(item, values)
        if not changes:
            return changes
    # The sheet's row is held too, so that nobody submits it between the check and the write.
    sheet = Assessment.objects.select_for_update().filter(
        pk=item.assessment_id, step=item.assessment.step
    )
    with transaction.atomic(savepoint=False):
        saved = ItemRating.objects.filter(
            pk=item.pk, version=version, assessment__in=sheet.values("pk")
        ).update(**values, version=F("version") + 1, changed_at=timezone.now(), changed_by=by)
        if saved:
            keep_on_sheet(
                verb,
                by,
                item.assessment,
                subject=item.task_item,
                item_rating=item,
                changes=changes,
                **facts,
            )
            return changes
    _explain(verb, item, by)


def _explain(verb, item, by):
    """Nothing was written: say whether the sheet has moved on or somebody else has saved."""
    current = ItemRating.objects.with_places().get(pk=item.pk)
    allowed(verb, current, by)
    raise Stale(current)
