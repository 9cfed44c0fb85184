"""Where the sheets of the town stand; for the committee also what waits for it, and on whom."""

from collections import Counter
from dataclasses import dataclass

from branches.enums import Role

from ...enums import DueState, Step
from ...models import Assessment, ItemRating
from ...rules.deadlines import due_state


@dataclass(frozen=True, slots=True)
class Town:
    """The town's progress. Who is late or has not answered is the committee's to see to."""

    steps: list
    departments: list
    late: list
    returned: list
    to_decide: list
    supervises: bool

    @property
    def open_work(self):
        """What the committee can move on: stars to decide, branches and departments overdue."""
        late = sum(row["late"] > 0 for row in self.departments)
        return len(self.to_decide) + len(self.late) + late if self.supervises else 0


def town(user, today):
    """Three queries for any number of sheets."""
    sheets = list(Assessment.objects.going_on_for(user))
    items = ItemRating.objects.filter(assessment__in=sheets)
    steps = Counter(sheet.step for sheet in sheets)
    late = [
        (sheet, sheet.due(sheet.step))
        for sheet in sheets
        if sheet.step == Step.SELF_RATING
        and due_state(sheet.due(sheet.step), today) == DueState.OVERDUE
    ]
    return Town(
        steps=[(step, steps[step]) for step in Step],
        departments=list(items.unsigned_by_department(today)),
        late=late,
        returned=list(items.returned().with_places().order_by("returned_at")),
        to_decide=[sheet for sheet in sheets if sheet.step == Step.SUPERVISION],
        supervises=user.has_role(Role.SUPERVISOR),
    )
