"""Verbs about a whole sheet, up to the committee's desk."""

from dataclasses import replace

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from ..enums import Step, Verb
from ..models import Assessment, DepartmentSignOff
from ..rules.completeness import (
    extend_blockers,
    overdue_blockers,
    reason_blockers,
    sign_off_blockers,
    standing_blockers,
    submit_blockers,
)
from .checks import check, check_person, locked, move, transition_for
from .items import NOT_RETURNED
from .record import changes_between, keep_on_sheet
from .refusals import Blocked, OutOfOrder


@transaction.atomic
def target_stars(assessment, codes, by):
    """Choose the stars the branch sets out for; `codes` are category codes."""
    sheet = locked(assessment)
    transition_for(Verb.TARGET_STARS, sheet)
    check_person(Verb.TARGET_STARS, by, branch_id=sheet.branch_id)
    stars = list(sheet.stars.select_related("category"))
    old = [star for star in stars if star.targeted]
    new = [star for star in stars if star.category.code in codes]
    if old == new:
        return
    sheet.stars.update(targeted=False)
    sheet.stars.filter(pk__in=[star.pk for star in new]).update(targeted=True)
    changes = {"targeted": [[star.category.name for star in chosen] for chosen in (old, new)]}
    keep_on_sheet(Verb.TARGET_STARS, by, sheet, changes=changes)


@transaction.atomic
def submit(assessment, by):
    """Hand the sheet in: from here on the departments hold the pen."""
    sheet = locked(assessment)
    transition = transition_for(Verb.SUBMIT, sheet)
    check_person(Verb.SUBMIT, by, branch_id=sheet.branch_id)
    check(blockers_to_submit(sheet, sheet.item_rows(), sheet.star_rows()))
    _hand_in(sheet, transition, by)


@transaction.atomic
def collect(assessment, by):
    """Take a late sheet as it stands; its blanks count as unmet."""
    sheet = locked(assessment)
    transition = transition_for(Verb.COLLECT, sheet)
    check_person(Verb.COLLECT, by)
    check(overdue_blockers(Step.SELF_RATING, sheet.due(Step.SELF_RATING), timezone.localdate()))
    _hand_in(sheet, transition, by, is_collected=True)


def _hand_in(sheet, transition, by, **stamps):
    move(sheet, transition, submitted_at=timezone.now(), submitted_by=by, **stamps)
    keep_on_sheet(transition.verb, by, sheet, to_state=transition.target)


@transaction.atomic
def extend(assessment, step, due, reason, by):
    """Give one branch a later due date for `step`."""
    sheet = locked(assessment)
    transition_for(Verb.EXTEND, sheet)
    check_person(Verb.EXTEND, by)
    if step not in Step.marking_from(sheet.step):
        raise OutOfOrder(
            [_("这份台账的“{step}”已经过去，不能延期。").format(step=Step(step).label)]
        )
    old = sheet.due(step)
    check(extend_blockers(old, due, timezone.localdate()) + reason_blockers(Verb.EXTEND, reason))
    field = f"{step}_due"
    Assessment.objects.filter(pk=sheet.pk).update(**{field: due})
    changes = {field: [old and old.isoformat(), due.isoformat()]}
    keep_on_sheet(Verb.EXTEND, by, sheet, changes=changes, reason=reason)


@transaction.atomic
def sign_off(assessment, department, by):
    """The department has done its part; the last one's sign-off moves the sheet on."""
    sheet = locked(assessment)
    transition = transition_for(Verb.SIGN_OFF, sheet)
    check_person(Verb.SIGN_OFF, by, department_id=department.pk)
    rows = sheet.item_rows()
    check(blockers_to_sign_off(rows, department))
    _sign(sheet, department, transition, by, rows)


@transaction.atomic
def sign_off_many(sheets, department, by):
    """Sign off all of `sheets`, or none where one of them is not ready."""
    for sheet in sorted(sheets, key=lambda sheet: sheet.pk):
        try:
            sign_off(sheet, department, by)
        except Blocked as refusal:
            raise Blocked(
                replace(blocker, subject=f"{sheet.branch.name} {blocker.subject}")
                for blocker in refusal.blockers
            ) from refusal


@transaction.atomic
def sign_off_for(assessment, department, reason, by):
    """Sign off for a silent department; what it left open counts as unmet until it is marked."""
    sheet = locked(assessment)
    transition = transition_for(Verb.SIGN_OFF_FOR, sheet)
    check_person(Verb.SIGN_OFF_FOR, by)
    rows = sheet.item_rows()
    own = [row for row in rows if row.department == department.code]
    check(
        standing_blockers(own, department.name)
        + overdue_blockers(Step.REVIEW, sheet.due(Step.REVIEW), timezone.localdate())
        + reason_blockers(Verb.SIGN_OFF_FOR, reason)
    )
    for item in sheet.items.led_by(department).returned().select_related("task_item__category"):
        _end_return(sheet, item, reason, by)
    _sign(sheet, department, transition, by, rows, reason)


def _end_return(sheet, item, reason, by):
    """A return nobody answered is over; the mark it interrupted must not pass the item."""
    sheet.items.filter(pk=item.pk).update(**NOT_RETURNED, review="")
    keep_on_sheet(
        Verb.SIGN_OFF_FOR,
        by,
        sheet,
        subject=item.task_item,
        item_rating=item,
        changes=changes_between(item, {"review": ""}),
        reason=reason,
    )


def _sign(sheet, department, transition, by, rows, reason=""):
    DepartmentSignOff.objects.create(
        assessment=sheet, department=department, signed_by=by, reason=reason
    )
    # The pen changes hands, so a save that was read before it is stale.
    sheet.items.led_by(department).update(version=F("version") + 1)
    waiting = {
        row.department
        for row in rows
        if not row.is_signed_off and row.department != department.code
    }
    to_state = sheet.step if waiting else transition.target
    keep_on_sheet(
        transition.verb,
        by,
        sheet,
        to_state=to_state,
        reason=reason,
        department=department,
        changes={"department": [None, department.name]},
    )
    if not waiting:
        move(sheet, transition)


def blockers_to_submit(sheet, rows, stars):
    """What the branch's sheet lacks; the page shows this list and `submit` obeys it."""
    return submit_blockers(rows, stars, sheet.target_level, sheet.target_label)


def blockers_to_sign_off(rows, department):
    """What the department's part of a sheet lacks; the page shows it and `sign_off` obeys it."""
    return sign_off_blockers(rows, department.code, department.name)
