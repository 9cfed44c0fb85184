"""How a due date stands to a day. Dates warn; they never lock anything."""

from ..enums import DueState

# Days before a due date from which it is said to be near: ours.
NEAR = 7


def due_state(due, today):
    """`due` and `today` are dates in the town's time zone; `due` may be None."""
    if due is None:
        return DueState.NONE
    if due < today:
        return DueState.OVERDUE
    return DueState.SOON if (due - today).days <= NEAR else DueState.LATER
