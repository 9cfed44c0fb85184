"""The committee's verbs on a sheet: decide each star, conclude, reopen."""

from django.db import transaction
from django.utils import timezone

from ..enums import Verb
from ..rules.completeness import conclude_blockers, decide_blockers, reason_blockers
from ..rules.stars import level, proposed
from .checks import check, check_person, held_year, locked, move, transition_for
from .record import keep_on_sheet


@transaction.atomic
def decide(assessment, decisions, by):
    """Decide stars in the name of `by`: all of them or none.

    `decisions` maps a category code to (awarded, reason); a decision that stands is left alone.
    """
    sheet = locked(assessment)
    transition_for(Verb.DECIDE, sheet)
    check_person(Verb.DECIDE, by)
    rows = sheet.item_rows()
    proposal = proposed(rows, sheet.cycle.star_threshold)
    stars = {star.category.code: star for star in sheet.stars.for_rules()}
    check(
        [
            blocker
            for code, (awarded, reason) in decisions.items()
            for blocker in decide_blockers(stars[code].as_row(), awarded, reason, proposal, rows)
        ]
    )
    decided = [
        _decide(sheet, stars[code], awarded, reason, by)
        for code, (awarded, reason) in decisions.items()
        if (stars[code].awarded, stars[code].reason) != (awarded, reason)
    ]
    return len(decided)


def _decide(sheet, star, awarded, reason, by):
    changes = {star.category.name: [star.awarded, awarded]}
    sheet.stars.filter(pk=star.pk).update(
        awarded=awarded, reason=reason, decided_at=timezone.now(), decided_by=by
    )
    return keep_on_sheet(
        Verb.DECIDE, by, sheet, subject=star.category.name, changes=changes, reason=reason
    )


@transaction.atomic
def conclude(assessment, by):
    """Fix the stars and the level."""
    sheet = locked(assessment)
    transition = transition_for(Verb.CONCLUDE, sheet)
    check_person(Verb.CONCLUDE, by)
    stars = sheet.star_rows()
    check(conclude_blockers(sheet.item_rows(), stars, sheet.cycle.star_threshold))
    fixed = level(stars)
    move(sheet, transition, concluded_at=timezone.now(), concluded_by=by, level=fixed)
    keep_on_sheet(
        Verb.CONCLUDE, by, sheet, to_state=transition.target, changes={"level": [None, fixed]}
    )


@transaction.atomic
def reopen(assessment, reason, by, withdrawn=()):
    """Take a concluded sheet back to the committee's desk while the year is open.

    `withdrawn` are codes of awarded stars that are taken away (摘星) for the same reason.
    """
    # Closing holds the year and asks whether all sheets are concluded: one of the two waits.
    held_year(assessment.cycle)
    sheet = locked(assessment)
    transition = transition_for(Verb.REOPEN, sheet)
    check_person(Verb.REOPEN, by)
    check(reason_blockers(Verb.REOPEN, reason))
    move(sheet, transition, concluded_at=None, concluded_by=None, level=None)
    keep_on_sheet(
        Verb.REOPEN,
        by,
        sheet,
        to_state=transition.target,
        changes={"level": [sheet.level, None]},
        reason=reason,
    )
    sheet.step = transition.target  # what is taken away is taken there
    awarded = sheet.stars.select_related("category").filter(awarded=True)
    for star in awarded.filter(category__code__in=withdrawn):
        _decide(sheet, star, False, reason, by)
