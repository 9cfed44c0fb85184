"""Verbs about joint inspections and what they find."""

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ..enums import Verb
from ..models import Finding, Inspection, ItemRating, Notice, Visit
from ..rules.completeness import (
    dropped_visit_blockers,
    finding_blockers,
    inspection_blockers,
    issued_blockers,
    reason_blockers,
    words_blockers,
)
from .checks import check, check_person, check_year, held_year, locked, moved, row_for
from .record import changes_between, keep, keep_on_finding, plain
from .refusals import Stale

# What a finding says; nothing else can be written through its verbs.
FACTS = ("item_rating", "problem", "requirement", "department", "due_date")


@transaction.atomic
def record_inspection(cycle, facts, departments, visits, by):
    """`facts` maps columns to values, `visits` each sheet visited to what is done well there."""
    year = held_year(cycle)
    check_person(Verb.RECORD_INSPECTION, by)
    check(inspection_blockers(facts, visits, timezone.localdate()))
    inspection = Inspection.objects.create(cycle=year, **facts, recorded_by=by)
    inspection.departments.set(departments)
    _visit(inspection, visits)
    keep(
        Verb.RECORD_INSPECTION,
        by,
        inspection,
        cycle=year,
        inspection=inspection,
        changes={"branches": [[], _names(visits)]},
    )
    return inspection


@transaction.atomic
def edit_inspection(inspection, facts, departments, visits, version, by):
    """The same again for an inspection as it was read; a branch with findings stays in it."""
    year = held_year(inspection.cycle)
    current = Inspection.objects.select_for_update().get(pk=inspection.pk)
    check_person(Verb.EDIT_INSPECTION, by)
    if current.version != version:
        raise Stale(current)
    check(inspection_blockers(facts, visits, timezone.localdate()))
    dropped = Finding.objects.filter(inspection=current).exclude(assessment__in=visits)
    check(dropped_visit_blockers(dict.fromkeys(_branch_names(dropped))))
    changes = changes_between(current, facts) | _other_changes(current, departments, visits)
    if not changes:
        return current
    Inspection.objects.filter(pk=current.pk).update(**facts, version=F("version") + 1)
    current.departments.set(departments)
    current.visits.exclude(assessment__in=visits).delete()
    _visit(current, visits)
    keep(Verb.EDIT_INSPECTION, by, current, cycle=year, inspection=current, changes=changes)
    return current


@transaction.atomic
def record_finding(inspection, assessment, facts, by):
    """Write down a problem on the spot; the branch reads it at once."""
    # Closing holds the year and asks whether all findings are closed: one of the two waits.
    held_year(assessment.cycle)
    sheet = locked(assessment)
    check_person(Verb.RECORD_FINDING, by, department_id=taking_part(inspection, by))
    check(_blockers(inspection, sheet, facts))
    finding = Finding.objects.create(
        inspection=inspection, assessment=sheet, recorded_by=by, **{f: facts[f] for f in FACTS}
    )
    keep_on_finding(Verb.RECORD_FINDING, by, finding, changes=_changes(None, facts))
    return finding


@transaction.atomic
def correct_finding(finding, facts, version, by):
    """Write a finding anew while the branch has not answered it and no notice tells of it."""
    sheet = locked(finding.assessment)
    current = Finding.objects.with_places().get(pk=finding.pk)
    check_year(sheet.cycle)
    row_for(Verb.CORRECT_FINDING, current)
    inspection = current.inspection
    check_person(Verb.CORRECT_FINDING, by, department_id=taking_part(inspection, by))
    if current.version != version:
        raise Stale(current)
    check(blockers_to_change(current) + _blockers(inspection, sheet, facts))
    changes = _changes(current, facts)
    if changes:
        values = {name: facts[name] for name in FACTS}
        Finding.objects.filter(pk=current.pk).update(**values, version=F("version") + 1)
        keep_on_finding(Verb.CORRECT_FINDING, by, current, changes=changes)
    return current


@transaction.atomic
def withdraw_finding(finding, reason, by):
    """Take back a finding that should not have been made; it stays on record as withdrawn."""
    locked(finding.assessment)
    current = Finding.objects.with_places().get(pk=finding.pk)
    check_year(current.assessment.cycle)
    transition = row_for(Verb.WITHDRAW_FINDING, current)
    check_person(Verb.WITHDRAW_FINDING, by)
    check(blockers_to_change(current) + reason_blockers(Verb.WITHDRAW_FINDING, reason))
    stamps = {"withdrawn_at": timezone.now(), "withdrawn_by": by, "withdrawn_reason": reason}
    moved(current, transition, **stamps)
    keep_on_finding(Verb.WITHDRAW_FINDING, by, current, to_state=transition.target, reason=reason)


def blockers_to_change(finding):
    """What keeps a finding from being corrected or withdrawn; the page shows it too."""
    notice = Notice.objects.issued().filter(findings=finding).first()
    return issued_blockers(notice and notice.reference)


def taking_part(inspection, user):
    """A department of `user`'s that takes part in the inspection, or None."""
    if not user.department_ids:
        return None
    part = inspection.departments.filter(pk__in=user.department_ids).first()
    return part and part.pk


def _blockers(inspection, sheet, facts):
    item = facts["item_rating"]
    words = {
        Finding._meta.get_field(name).verbose_name: facts[name].strip()
        for name in ("problem", "requirement")
    }
    return words_blockers(words) + finding_blockers(
        sheet.branch.name,
        is_visited=inspection.visits.filter(assessment=sheet).exists(),
        is_of_sheet=item is None or item.assessment_id == sheet.pk,
        found_on=inspection.held_on,
        due=facts["due_date"],
        item="" if item is None else str(item.task_item),
    )


def _changes(finding, facts):
    """Field → [old, new] against the finding as it stands, or against none."""
    pairs = {name: (finding and getattr(finding, name), facts[name]) for name in FACTS}
    return {name: [_said(old), _said(new)] for name, (old, new) in pairs.items() if old != new}


def _said(value):
    """An item by its own name: whose it is says the event's sheet."""
    return str(value.task_item) if isinstance(value, ItemRating) else plain(value)


def _visit(inspection, visits):
    for sheet, done_well in visits.items():
        Visit.objects.update_or_create(
            inspection=inspection, assessment=sheet, defaults={"done_well": done_well}
        )


def _other_changes(inspection, departments, visits):
    """What changes beside the columns: who takes part, and where they went."""
    before = {visit.assessment: visit.done_well for visit in inspection.visits.all()}
    pairs = {
        "departments": (inspection.departments.all(), departments),
        "branches": (_names(before), _names(visits)),
    }
    changes = {
        name: [sorted(map(str, old)), sorted(map(str, new))] for name, (old, new) in pairs.items()
    }
    changes |= {
        f"{sheet.branch.name}": [before.get(sheet, ""), done_well]
        for sheet, done_well in visits.items()
    }
    return {name: pair for name, pair in changes.items() if pair[0] != pair[1]}


def _names(sheets):
    return [sheet.branch.name for sheet in sheets]


def _branch_names(findings):
    return findings.values_list("assessment__branch__name", flat=True)
