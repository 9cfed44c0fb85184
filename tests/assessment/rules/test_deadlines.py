"""How a due date stands to a day, at its edges."""

from datetime import date

import pytest

from assessment.enums import DueState
from assessment.rules.deadlines import due_state


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        (None, DueState.NONE),
        (date(2022, 10, 30), DueState.OVERDUE),
        # On the day itself there is still time.
        (date(2022, 10, 31), DueState.SOON),
        (date(2022, 11, 1), DueState.SOON),
        (date(2022, 11, 7), DueState.SOON),
        (date(2022, 11, 8), DueState.LATER),
        (date(2023, 10, 31), DueState.LATER),
        (date(2021, 10, 31), DueState.OVERDUE),
    ],
)
def test_due_state(due, expected):
    assert due_state(due, date(2022, 10, 31)) == expected
