"""What waits for a reviewer's departments, by item and by branch, the longest waiting first."""

from dataclasses import dataclass

from branches.models import Department

from ...enums import Step
from ...models import Cycle, ItemRating


@dataclass(frozen=True, slots=True)
class Waiting:
    """Items of one task, or of one branch, that wait for a mark, the longest waiting first."""

    items: list

    @property
    def first(self):
        return self.items[0]

    @property
    def due(self):
        """The earliest date that holds for one of them, or None."""
        dates = [item.assessment.due(Step.REVIEW) for item in self.items]
        return min((date for date in dates if date), default=None)


@dataclass(frozen=True, slots=True)
class OwnDepartment:
    """A reviewer's department in one year: items that wait, and sheets ready to sign off."""

    department: Department
    cycle: Cycle
    waiting: list
    returned: int
    ready: list

    @property
    def by_item(self):
        return _gathered(self.waiting, lambda item: item.task_item_id)

    @property
    def by_branch(self):
        return _gathered(self.waiting, lambda item: item.assessment_id)

    @property
    def open_work(self):
        return len(self.waiting) + len(self.ready)


def own_departments(user, cycles):
    """Two queries for any number of departments."""
    items = (
        ItemRating.objects.visible_to(user)
        .filter(assessment__step=Step.REVIEW, assessment__cycle__in=cycles)
        .filter(task_item__lead_department__in=user.department_ids)
        .for_rules()
        .select_related("assessment__cycle", "assessment__branch")
    )
    by_place = {}
    for item in items:
        if not item.is_signed_off:
            place = (item.assessment.cycle_id, item.task_item.lead_department_id)
            by_place.setdefault(place, []).append(item)
    departments = Department.objects.filter(pk__in=user.department_ids)
    return [
        _own_department(department, cycle, by_place.get((cycle.pk, department.pk), []))
        for department in departments
        for cycle in cycles
    ]


def _own_department(department, cycle, items):
    """`items` are all that the department has not signed off."""
    returned = [item for item in items if item.is_returned]
    waiting = [item for item in items if not item.review and not item.is_returned]
    unready = {item.assessment_id for item in (*returned, *waiting)}
    ready = {item.assessment for item in items if item.assessment_id not in unready}
    return OwnDepartment(
        department=department,
        cycle=cycle,
        waiting=sorted(waiting, key=lambda item: item.waiting_since),
        returned=len(returned),
        ready=sorted(ready, key=lambda sheet: sheet.branch.order),
    )


def _gathered(items, key):
    """The items by what they share; a group stands where its longest waiting item does."""
    groups = {}
    for item in items:
        groups.setdefault(key(item), []).append(item)
    return [Waiting(group) for group in groups.values()]
