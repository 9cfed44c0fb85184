"""该谁办: who owes the next move on a whole sheet."""

from dataclasses import dataclass

from ..enums import Owner, Step
from .transitions import owner


@dataclass(frozen=True, slots=True)
class Turn:
    """Who is to move: in the order of Owner, and the departments by their codes."""

    owners: tuple
    departments: tuple = ()


def turn(rows, step):
    """Whose pens lie on the rows of one sheet at `step`.

    In review the committee waits for whoever still marks or answers, though it holds the pen on
    what is signed off.
    """
    holders = {row: _owner(row, step) for row in rows}
    owners = set(holders.values()) or {owner(step)}
    if step == Step.REVIEW and len(owners) > 1:
        owners.discard(Owner.COMMITTEE)
    owing = (row.department for row, holder in holders.items() if holder == Owner.DEPARTMENT)
    return Turn(
        owners=tuple(each for each in Owner if each in owners),
        departments=tuple(dict.fromkeys(code for code in owing if code)),
    )


def _owner(row, step):
    return owner(step, is_returned=row.is_returned, is_signed_off=row.is_signed_off)
