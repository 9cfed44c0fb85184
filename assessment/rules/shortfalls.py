"""今日短板: what a branch should see to next, each item once, the most urgent first."""

from collections import Counter
from dataclasses import dataclass

from ..enums import DueState, Owner, Step
from .deadlines import due_state
from .gaps import gaps, is_in_the_way
from .transitions import owner


@dataclass(frozen=True, slots=True)
class StarShortfall:
    """A targeted star not yet earned: how many items are in its way, and with whom they are.

    `own` are those among them that the branch can see to now, but for the returned ones.
    """

    name: str
    count: int
    owners: tuple
    own: tuple


@dataclass(frozen=True, slots=True)
class Shortfalls:
    """Returned items, targeted stars nearest first, and what else is due soon or past its date."""

    returned: tuple = ()
    stars: tuple = ()
    due: tuple = ()


def shortfalls(rows, stars, step, threshold, today):
    """What stands between the branch and what it set out for; nothing once it is concluded."""
    if step == Step.CONCLUDED:
        return Shortfalls()
    targeted = {star.category.code: star.category.name for star in stars if star.targeted}
    own = [row for row in rows if _is_own(row, step)]
    short = tuple(
        StarShortfall(
            name=targeted[gap.category],
            count=len(gap.rows),
            owners=tuple(Counter(gap.owners).items()),
            own=tuple(row for row in gap.rows if row in own),
        )
        for gap in gaps(rows, step, threshold)
        if gap.category in targeted
    )
    shown = {row for star in short for row in star.own}
    due = [row for row in own if row not in shown and _presses(row, step, today)]
    return Shortfalls(
        returned=tuple(row for row in rows if row.is_returned),
        stars=short,
        due=tuple(sorted(due, key=lambda row: row.due_date)),
    )


def _is_own(row, step):
    holder = owner(step, is_returned=row.is_returned, is_signed_off=row.is_signed_off)
    return holder == Owner.BRANCH and not row.is_returned


def _presses(row, step, today):
    """Not met, and its date is near or past."""
    is_near = due_state(row.due_date, today) in (DueState.SOON, DueState.OVERDUE)
    return is_near and is_in_the_way(row, step)
