"""Two years side by side: what each branch has won, kept and lost."""

from collections import Counter
from dataclasses import dataclass

from ..enums import StarTurn


@dataclass(frozen=True, slots=True)
class SheetYear:
    """One branch's year. `stars` map a category's code to whether its star was awarded.

    The level, and each star, is None until the sheet is concluded.
    """

    target: int
    level: int | None
    stars: dict


@dataclass(frozen=True, slots=True)
class Column:
    """One kind of star; `now` or `before` is None where that year's catalogue lacks it."""

    now: str | None
    before: str | None
    name: str


@dataclass(frozen=True, slots=True)
class Beside:
    """One branch's two years, either of which may be missing; `turns` go with the columns."""

    before: SheetYear | None
    now: SheetYear | None
    turns: tuple

    def count(self, turn):
        return sum(each == turn for each in self.turns)

    @property
    def won(self):
        return self.count(StarTurn.WON)

    @property
    def lost(self):
        return self.count(StarTurn.LOST)

    @property
    def kept(self):
        return self.count(StarTurn.KEPT)


@dataclass(frozen=True, slots=True)
class YearSums:
    """A year's branches added up; `counts` are (level, targeting it, awarded it), highest first."""

    targets: int
    stars: int
    counts: tuple


def turn(was, now, *, goes_on):
    """What became of one star. `goes_on`: this year the branch is rated in the category too."""
    if not goes_on:
        return StarTurn.ENDED if was else StarTurn.NONE
    if now is None:
        return StarTurn.TO_KEEP if was else StarTurn.UNDECIDED
    if now:
        return StarTurn.KEPT if was else StarTurn.WON
    return StarTurn.LOST if was else StarTurn.NONE


def beside(before, now, columns):
    """One branch's SheetYears, or None, along `columns`."""
    turns = tuple(
        turn(
            bool(before and before.stars.get(column.before)),
            now and now.stars.get(column.now),
            goes_on=bool(now) and column.now is not None,
        )
        for column in columns
    )
    return Beside(before, now, turns)


def year_sums(years):
    """`years` are the SheetYears of one year; a branch without one is not counted."""
    years = [year for year in years if year]
    targets = Counter(year.target for year in years)
    levels = Counter(year.level for year in years if year.level is not None)
    return YearSums(
        targets=sum(year.target for year in years),
        stars=sum(level * count for level, count in levels.items()),
        counts=tuple(
            (level, targets[level], levels[level])
            for level in sorted(targets.keys() | levels.keys(), reverse=True)
        ),
    )


def column_sums(rows, place):
    """(won, kept, lost) of the star at `place` over all rows."""
    turns = Counter(row.turns[place] for row in rows)
    return turns[StarTurn.WON], turns[StarTurn.KEPT], turns[StarTurn.LOST]
