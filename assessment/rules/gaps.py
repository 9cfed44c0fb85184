"""What stands between a branch and each star it has not earned, nearest star first."""

from dataclasses import dataclass

from ..enums import Rating, Step
from .stars import tally
from .transitions import owner


@dataclass(frozen=True, slots=True)
class Gap:
    """An unearned star: the rows in its way, and how many half points it is short of."""

    category: str
    rows: tuple
    short: float
    owners: tuple


def gaps(rows, step, threshold):
    """The unearned stars of a sheet at `step`, nearest first; a category of no use is left out."""
    found = []
    for code in dict.fromkeys(row.category for row in rows):
        group = [row for row in rows if row.category == code]
        sums = tally(group, step, threshold)
        if sums.is_earned or not sums.applicable:
            continue
        short = max(threshold * sums.applicable / 100 - sums.halves, 0)
        missing = tuple(row for row in group if is_in_the_way(row, step))
        found.append(Gap(code, missing, short, tuple(_owner(row, step) for row in missing)))
    return sorted(found, key=lambda gap: (gap.short, len(gap.rows)))


def is_in_the_way(row, step):
    is_held_up = row.is_held_up and step != Step.SELF_RATING
    return is_held_up or row.mark(step) not in (Rating.MET, Rating.NOT_APPLICABLE)


def _owner(row, step):
    """Who owes the next move on an item in the way; nobody once the sheet is concluded."""
    return owner(step, is_returned=row.is_returned, is_signed_off=row.is_signed_off)
