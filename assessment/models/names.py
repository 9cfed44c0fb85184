"""What a year's papers call the town, its branches, its departments and its people.

A year that is going on calls them what they are called now; a closed one, what they were called
when it closed. Nothing here belongs to the year, so closing keeps a copy on the cycle.
"""

from dataclasses import asdict, dataclass

from django.conf import settings
from django.db.models import Q

from branches.models import Branch, Department, User

from .assessment import Star
from .finding import Finding


@dataclass(frozen=True, slots=True)
class BranchNames:
    """A branch as papers show it, and its place among the others."""

    code: str
    name: str
    kind: str
    secretary: str
    phone: str
    order: int

    @property
    def place(self):
        return self.order, self.code


@dataclass(frozen=True, slots=True)
class Names:
    """`branches`, `departments` and `people` go by the ids of the rows."""

    town: str
    branches: dict
    departments: dict
    people: dict

    def as_json(self):
        return asdict(self)


def names_of(cycle):
    """As kept when the year closed, or else as of now."""
    return _read(cycle.names_kept) if cycle.names_kept else names_now(cycle)


def names_now(cycle):
    """Three queries. People are those who decided a star or closed a finding."""
    columns = BranchNames.__slots__
    branches = Branch.objects.filter(assessments__cycle=cycle).order_by()
    decided = Star.objects.filter(assessment__cycle=cycle, decided_by__isnull=False)
    closed = Finding.objects.filter(assessment__cycle=cycle, closed_by__isnull=False)
    named = Q(pk__in=decided.values("decided_by")) | Q(pk__in=closed.values("closed_by"))
    people = User.objects.filter(named).order_by()
    return Names(
        town=settings.TOWN_NAME,
        branches={pk: BranchNames(*row) for pk, *row in branches.values_list("pk", *columns)},
        departments=dict(Department.objects.order_by().values_list("pk", "name")),
        people={person.pk: person.get_full_name() for person in people},
    )


def _read(kept):
    """What JSON has made of it; its keys are always text."""
    branches = {int(pk): BranchNames(**row) for pk, row in kept["branches"].items()}
    return Names(
        town=kept["town"],
        branches=branches,
        departments={int(pk): name for pk, name in kept["departments"].items()},
        people={int(pk): name for pk, name in kept["people"].items()},
    )
