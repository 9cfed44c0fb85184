"""What a year's public list (公示名单) says: levels and stars, and nobody's marks or reasons."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone

from .assessment import Assessment, Star, level_label
from .cycle import Cycle
from .names import BranchNames, Names, names_of


@dataclass(frozen=True, slots=True)
class PublicBranch:
    """A branch on the list; `awarded` are the ids of the categories whose star it holds, and
    `stars` their names. `level` is None until it is concluded, and then no star is told.
    """

    branch: BranchNames
    level: int | None
    awarded: frozenset
    stars: tuple

    @property
    def label(self):
        return level_label(self.level)


@dataclass(frozen=True, slots=True)
class PublicList:
    """`day` is what it stands for: when the year closed, or today."""

    cycle: Cycle
    names: Names
    day: date
    branches: tuple

    @property
    def decided(self):
        """The highest level first, within it in the order of the branches."""
        known = [one for one in self.branches if one.level is not None]
        return sorted(known, key=lambda one: -one.level)

    @property
    def levels(self):
        """(level in words, its branches), the highest first."""
        groups = {}
        for one in self.decided:
            groups.setdefault(one.label, []).append(one)
        return list(groups.items())

    @property
    def pending(self):
        return [one for one in self.branches if one.level is None]


def public_list(cycle, names=None):
    """Two queries, and those of the names where they are not given."""
    stars = Star.objects.select_related("category").order_by("category__order")
    found = Assessment.objects.filter(cycle=cycle).order_by()
    sheets = list(found.prefetch_related(Prefetch("stars", stars)))
    # After the sheets: a branch that has just joined has its name too.
    names = names or names_of(cycle)
    listed = [_listed(sheet, names.branches[sheet.branch_id]) for sheet in sheets]
    return PublicList(
        cycle,
        names,
        timezone.localdate(cycle.closed_at or timezone.now()),
        tuple(sorted(listed, key=lambda one: one.branch.place)),
    )


def _listed(sheet, branch):
    held = [] if sheet.level is None else [star for star in sheet.stars.all() if star.awarded]
    return PublicBranch(
        branch,
        sheet.level,
        frozenset(star.category_id for star in held),
        tuple(star.category.name for star in held),
    )
