"""What the administrator has to mend before others can work."""

from dataclasses import dataclass

from branches.models import Branch, Department, User

from ...models import TaskItem


@dataclass(frozen=True, slots=True)
class Mending:
    """Work that would reach nobody, and people who have not come."""

    items: list
    branches: list
    departments: list
    people: list

    @property
    def open_work(self):
        """People who have not signed in yet are told of, not counted: they may still come."""
        return len(self.items) + len(self.branches) + len(self.departments)


def to_mend():
    return Mending(
        items=list(TaskItem.objects.without_lead().select_related("category__catalogue")),
        branches=list(Branch.objects.active().without_clerk()),
        departments=list(Department.objects.without_reviewer()),
        people=list(User.people.never_signed_in()),
    )
