"""今日短板: what a clerk's sheets lack, those with work to do first."""

from dataclasses import dataclass

from ...enums import DueState, Step
from ...models import Assessment, ItemRating, Star
from ...rules.completeness import item_blockers
from ...rules.deadlines import due_state
from ...rules.shortfalls import Shortfalls, shortfalls


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """A clerk's sheet: what it still lacks, which items came back, and what to see to next."""

    sheet: Assessment
    due: object
    is_pressing: bool
    lacking: list
    total: int
    returned: list
    has_targets: bool
    shortfalls: Shortfalls

    @property
    def done(self):
        return self.total - len(self.lacking)

    @property
    def open_work(self):
        """Items to fill in or to put right; a sheet that is filled is still to be submitted."""
        if self.sheet.step == Step.SELF_RATING:
            return len(self.lacking) or 1
        return len(self.returned)


def own_sheets(user, today):
    """Three queries for any number of sheets."""
    sheets = list(Assessment.objects.going_on_for(user).filter(branch__in=user.branch_ids))
    items = {sheet.pk: [] for sheet in sheets}
    for item in ItemRating.objects.filter(assessment__in=sheets).for_rules():
        items[item.assessment_id].append(item)
    stars = Star.objects.filter(assessment__in=sheets).by_sheet()
    own = [_own_sheet(sheet, items[sheet.pk], stars[sheet.pk], today) for sheet in sheets]
    return sorted(own, key=lambda each: not each.open_work)


def _own_sheet(sheet, items, stars, today):
    rows = [item.as_row() for item in items]
    due = sheet.due(sheet.step)
    is_near = due_state(due, today) in (DueState.SOON, DueState.OVERDUE)
    returned = [item for item in items if item.is_returned]
    return OwnSheet(
        sheet=sheet,
        due=due,
        is_pressing=is_near and sheet.step == Step.SELF_RATING,
        lacking=[row for row in rows if item_blockers(row)],
        total=len(rows),
        returned=sorted(returned, key=lambda item: item.returned_at),
        has_targets=any(star.targeted for star in stars),
        shortfalls=shortfalls(rows, stars, sheet.step, sheet.cycle.star_threshold, today),
    )
