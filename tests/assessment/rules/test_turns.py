"""该谁办: who owes the next move on a sheet."""

import pytest

from assessment.enums import Owner, Step
from assessment.rules.rows import ItemRow
from assessment.rules.turns import turn

BRANCH, DEPARTMENT, COMMITTEE, NOBODY = Owner
WAITING = ItemRow("ZB", department="DJ")
RETURNED = ItemRow("ST", department="NY", is_returned=True)
SIGNED_OFF = ItemRow("PA", department="PA", is_signed_off=True)


@pytest.mark.parametrize(
    ("step", "rows", "owners", "departments"),
    [
        (Step.SELF_RATING, [WAITING], (BRANCH,), ()),
        (Step.SELF_RATING, [], (BRANCH,), ()),
        (Step.REVIEW, [WAITING], (DEPARTMENT,), ("DJ",)),
        (Step.REVIEW, [RETURNED], (BRANCH,), ()),
        (Step.REVIEW, [WAITING, RETURNED], (BRANCH, DEPARTMENT), ("DJ",)),
        (Step.REVIEW, [SIGNED_OFF, WAITING], (DEPARTMENT,), ("DJ",)),
        (Step.REVIEW, [SIGNED_OFF, RETURNED], (BRANCH,), ()),
        (Step.REVIEW, [SIGNED_OFF], (COMMITTEE,), ()),
        (Step.SUPERVISION, [SIGNED_OFF], (COMMITTEE,), ()),
        (Step.CONCLUDED, [SIGNED_OFF], (NOBODY,), ()),
        (Step.CONCLUDED, [], (NOBODY,), ()),
    ],
)
def test_whose_turn_it_is(step, rows, owners, departments):
    moves = turn(rows, step)
    assert (moves.owners, moves.departments) == (owners, departments)


def test_each_department_is_named_once_in_the_order_of_the_items():
    rows = [ItemRow("ZB", department=code) for code in ("NY", "DJ", "NY", "PA", "DJ")]
    assert turn(rows, Step.REVIEW).departments == ("NY", "DJ", "PA")


def test_an_item_that_nobody_leads_names_no_department():
    assert turn([ItemRow("ZB")], Step.REVIEW).departments == ()
