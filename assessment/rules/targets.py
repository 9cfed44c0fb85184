"""What a branch might set out for after the level it held, and how a town's targets add up."""

from collections import Counter
from dataclasses import dataclass

from ..enums import BlockerKind
from .completeness import Blocker

HIGHEST = 5


def proposed_target(held, categories):
    """One star above the level held last year, of as many as the catalogue has.

    None where no level was held to go on from.
    """
    return None if held is None else min(held + 1, categories, HIGHEST)


@dataclass(frozen=True, slots=True)
class Plan:
    """A town's targets added up. `planned` is the number of stars that the town means to win."""

    counts: tuple
    stars: int
    planned: int | None

    @property
    def difference(self):
        """Stars above the plan, or below it; None where nothing is planned."""
        return None if self.planned is None else self.stars - self.planned


def plan(levels, planned):
    """`levels` are the branches' targets; `counts` are (level, branches), the highest first."""
    counts = tuple(sorted(Counter(levels).items(), reverse=True))
    return Plan(counts, sum(level * count for level, count in counts), planned)


@dataclass(frozen=True, slots=True)
class TargetChange:
    """One sheet's target: as it was read, as it stands, and as it is to be."""

    branch: str
    read: int
    stands: int
    wanted: int

    @property
    def is_new(self):
        return self.wanted != self.stands


def target_blockers(changes):
    """What keeps a table of targets from being saved; the branches are named."""
    kinds = {
        BlockerKind.NO_SUCH_LEVEL: lambda one: not 0 <= one.wanted <= HIGHEST,
        BlockerKind.STALE: lambda one: one.read != one.stands,
    }
    return [
        Blocker(kind, one.branch)
        for kind, stands_in_the_way in kinds.items()
        for one in changes
        if one.is_new and stands_in_the_way(one)
    ]
