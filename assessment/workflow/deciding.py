"""The committee's verbs over many sheets, where nothing is left to weigh: all of them or none."""

from dataclasses import dataclass, replace
from hashlib import sha256

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from ..enums import Verb
from ..models import Assessment, ItemRating, Star
from ..rules.completeness import as_proposed_blockers, changed_blockers, conclude_blockers
from ..rules.standing import Standing, standing
from .checks import check, check_person, transition_for
from .record import keep_on_sheets
from .stars import conclude


@dataclass(frozen=True, slots=True)
class Desk:
    """One sheet as it lies before the committee, and what keeps it from going with others.

    `seal` changes with every mark, finding and decision that the stars rest on; there is no one
    version of a sheet. `differing` says why its stars are not decided together with others', and
    `waiting` why it is not concluded.
    """

    sheet: Assessment
    standing: Standing
    seal: str
    differing: list
    waiting: list

    @property
    def is_to_decide(self):
        """Nothing in it differs, and something is undecided."""
        return not self.differing and bool(self.standing.undecided)

    @property
    def is_to_conclude(self):
        return not self.waiting


def desks(sheets):
    """How each of `sheets` stands, in their order: two queries for any number of them."""
    marks = ItemRating.objects.filter(assessment__in=sheets).marks_by_sheet()
    stars = Star.objects.filter(assessment__in=sheets).by_sheet()
    return [_desk(sheet, marks[sheet.pk], stars[sheet.pk]) for sheet in sheets]


def _desk(sheet, marks, stars):
    threshold = sheet.cycle.star_threshold
    stands = standing(marks, stars, sheet.step, threshold)
    rests_on = repr((sheet.step, threshold, sorted(map(repr, marks)), stars))
    return Desk(
        sheet,
        stands,
        sha256(rests_on.encode()).hexdigest()[:20],
        as_proposed_blockers(sheet.branch.name, stands.stars),
        conclude_blockers(marks, stars, threshold),
    )


@transaction.atomic
def decide_as_proposed(seals, by):
    """Decide every star of many sheets as the rules propose, where the branches set out for it.

    `seals` maps a sheet's id to the seal it was read with. Returns how many stars were decided;
    each has an event of its own.
    """
    found = _before_the_committee(Verb.DECIDE, seals, by)
    check(blockers_to_decide_many(found, seals))
    undecided = Star.objects.filter(assessment__in=seals, awarded=None)
    # Nothing differs, so that what is proposed is what was set out for.
    count = undecided.update(
        awarded=F("targeted"), reason="", decided_at=timezone.now(), decided_by=by
    )
    keep_on_sheets(
        Verb.DECIDE,
        by,
        [
            (desk.sheet, {"subject": star.name, "changes": {star.name: [None, star.proposed]}})
            for desk in found
            for star in desk.standing.undecided
        ],
    )
    return count


@transaction.atomic
def conclude_many(seals, by):
    """Fix the stars and levels of many sheets; `seals` are as above. Returns how many."""
    found = _before_the_committee(Verb.CONCLUDE, seals, by)
    check(blockers_to_conclude_many(found, seals))
    for desk in found:
        conclude(desk.sheet, by)
    return len(found)


def _before_the_committee(verb, seals, by):
    """The sheets as they lie there now, held in one order; refuses where one is elsewhere."""
    held = Assessment.objects.select_for_update(of=("self",)).select_related("branch")
    # The year is read after the wait for the lock, as it stands then.
    sheets = list(held.filter(pk__in=seals).prefetch_related("cycle").order_by("pk"))
    for sheet in sheets:
        transition_for(verb, sheet)
    check_person(verb, by)
    return desks(sheets)


def blockers_to_decide_many(found, seals):
    """What stands in the way of deciding them together; the page shows it, the verb obeys it."""
    return _changed(found, seals) + [each for desk in found for each in desk.differing]


def blockers_to_conclude_many(found, seals):
    """The same for concluding them."""
    return _changed(found, seals) + [
        replace(each, subject=f"{desk.sheet.branch.name} {each.subject}".strip())
        for desk in found
        for each in desk.waiting
    ]


def _changed(found, seals):
    return changed_blockers(
        [desk.sheet.branch.name for desk in found if desk.seal != seals[desk.sheet.pk]]
    )
