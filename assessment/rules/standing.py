"""How a sheet stands: each star at each step side by side, and how many items are met."""

from dataclasses import dataclass

from ..enums import Rating, Step
from .rows import StarRow
from .stars import Tally, tallies


@dataclass(frozen=True, slots=True)
class StarStanding:
    """One star of one sheet. `now` is the tally at the sheet's own step."""

    star: StarRow
    self_rated: bool
    reviewed: bool
    proposed: bool
    now: Tally | None

    @property
    def code(self):
        return self.star.category.code

    @property
    def name(self):
        return self.star.category.name

    @property
    def differs(self):
        """Whether the rules propose something else than the branch set out for."""
        return self.star.targeted != self.proposed


@dataclass(frozen=True, slots=True)
class Standing:
    """One sheet at a glance. `met` counts the items met at its own step, of `total`."""

    stars: tuple
    met: int
    marked: int
    total: int

    @property
    def awarded(self):
        return sum(bool(star.star.awarded) for star in self.stars)

    @property
    def differing(self):
        return [star for star in self.stars if star.differs]

    @property
    def undecided(self):
        return [star for star in self.stars if star.star.awarded is None]


def standing(rows, stars, step, threshold):
    """Side by side what the three steps make of `rows`; `stars` come in their order."""
    sums = {each: tallies(rows, each, threshold) for each in Step.marking()}
    own = sums.get(step, sums[Step.SUPERVISION])

    def is_earned(code, at):
        return code in sums[at] and sums[at][code].is_earned

    return Standing(
        stars=tuple(
            StarStanding(
                star=star,
                self_rated=is_earned(star.category.code, Step.SELF_RATING),
                reviewed=is_earned(star.category.code, Step.REVIEW),
                proposed=is_earned(star.category.code, Step.SUPERVISION),
                now=own.get(star.category.code),
            )
            for star in stars
        ),
        met=sum(row.mark(step) == Rating.MET for row in rows),
        marked=sum(row.mark(step) != "" for row in rows),
        total=len(rows),
    )
