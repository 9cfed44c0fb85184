"""What earns a star, and what level stars make. Thresholds and key items are settings: ours."""

from collections import defaultdict
from dataclasses import dataclass

from ..enums import Rating, Step

# Half points, so that every sum stays a whole number.
HALVES = {Rating.MET: 2, Rating.PARTLY_MET: 1}


@dataclass(frozen=True, slots=True)
class Tally:
    """How one category stands at one step. `halves` and `applicable` are in half points."""

    halves: int
    applicable: int
    met: int
    counted: int
    key_in_the_way: bool
    is_earned: bool

    @property
    def percent(self):
        """Attained share in whole per cent, rounded down so that 100 means all of it."""
        return self.halves * 100 // self.applicable if self.applicable else 0


def tally(rows, step, threshold):
    """How `rows` of one category stand at `step`; `threshold` is in per cent of their points."""
    halves = applicable = met = counted = 0
    key_in_the_way = False
    for row in rows:
        mark = row.mark(step)
        if mark == Rating.NOT_APPLICABLE:
            continue
        counted += 1
        applicable += 2 * row.points
        halves += HALVES.get(mark, 0) * row.points
        met += mark == Rating.MET
        key_in_the_way |= bars_the_star(row, step)
    is_earned = bool(applicable) and halves * 100 >= threshold * applicable and not key_in_the_way
    return Tally(halves, applicable, met, counted, key_in_the_way, is_earned)


def bars_the_star(row, step):
    """Whether the row, which applies, keeps its category's star away by itself, as a key item.

    One that is blank stands in the way as an unmet one does: silence never passes an item.
    So does one with an open finding, but for the branch's own marks: those are its own word.
    """
    if row.is_held_up and step != Step.SELF_RATING:
        return True
    return row.is_key and row.mark(step) in ("", Rating.UNMET)


def tallies(rows, step, threshold):
    """Category code → Tally, for the rows of one sheet."""
    by_category = defaultdict(list)
    for row in rows:
        by_category[row.category].append(row)
    return {code: tally(group, step, threshold) for code, group in by_category.items()}


def earned(rows, step, threshold):
    """The codes of the categories whose star `rows` earn at `step`."""
    return {code for code, sums in tallies(rows, step, threshold).items() if sums.is_earned}


def proposed(rows, threshold):
    """The stars the rules propose to the committee."""
    return earned(rows, Step.SUPERVISION, threshold)


def level(stars):
    """The number of awarded stars; 0 where a prerequisite category's star is not held."""
    if any(star.category.is_prerequisite and not star.awarded for star in stars):
        return 0
    return sum(bool(star.awarded) for star in stars)
