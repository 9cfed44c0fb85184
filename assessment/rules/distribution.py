"""星级分布: how many branches set out for each level, stand at it now, and were awarded it."""

from collections import Counter
from dataclasses import dataclass

HIGHEST = 5


@dataclass(frozen=True, slots=True)
class Series:
    """How many branches there are at each level, highest first, and their stars together."""

    counts: tuple
    stars: int

    @property
    def branches(self):
        return sum(self.counts)


def distribution(*columns):
    """The levels, from five stars down to none, and a Series for each list of levels.

    A level that is not yet fixed is None and is left out.
    """
    counted = [Counter(level for level in column if level is not None) for column in columns]
    levels = range(max([HIGHEST, *(level for counts in counted for level in counts)]), -1, -1)
    return list(levels), [
        Series(tuple(counts[level] for level in levels), sum(counts.elements()))
        for counts in counted
    ]
