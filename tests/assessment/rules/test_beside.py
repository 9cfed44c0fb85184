"""Two years side by side."""

import pytest

from assessment.enums import StarTurn
from assessment.rules.beside import (
    Column,
    SheetYear,
    beside,
    column_sums,
    turn,
    year_sums,
)

COLUMNS = [Column("A", "A", "甲"), Column("C", "B", "乙"), Column("D", None, "丙")]
GONE = Column(None, "E", "丁")


@pytest.mark.parametrize(
    ("was", "now", "goes_on", "became"),
    [
        (True, True, True, "kept"),
        (True, False, True, "lost"),
        (True, None, True, "to_keep"),
        (False, True, True, "won"),
        (False, False, True, "none"),
        (False, None, True, "undecided"),
        (True, None, False, "ended"),
        (False, None, False, "none"),
    ],
)
def test_turn(was, now, goes_on, became):
    assert turn(was, now, goes_on=goes_on) == became


def turns(before, now, columns=(*COLUMNS, GONE)):
    return [each.value for each in beside(before, now, columns).turns]


def test_categories_are_matched_along_the_columns():
    before = SheetYear(2, 3, {"A": True, "B": True, "E": True})
    now = SheetYear(3, 2, {"A": False, "C": True, "D": True})
    assert turns(before, now) == ["lost", "kept", "won", "ended"]
    years = beside(before, now, [*COLUMNS, GONE])
    assert (years.won, years.kept, years.lost) == (1, 1, 1)


def test_a_sheet_that_is_not_concluded_has_decided_nothing():
    before = SheetYear(2, None, {"A": None, "B": None, "E": None})
    now = SheetYear(3, None, {"A": None, "C": None, "D": None})
    assert turns(before, now) == ["undecided", "undecided", "undecided", "none"]


def test_a_branch_without_a_sheet_in_one_of_the_years():
    sheet = SheetYear(2, 1, {"A": True, "B": False, "E": False})
    assert turns(sheet, None) == ["ended", "none", "none", "none"]
    assert turns(None, SheetYear(2, 1, {"A": True, "C": False, "D": False})) == [
        "won",
        "none",
        "none",
        "none",
    ]


def test_a_year_added_up():
    years = [SheetYear(2, 2, {}), SheetYear(2, 0, {}), SheetYear(4, None, {}), None]
    sums = year_sums(years)
    assert (sums.targets, sums.stars) == (8, 2)
    assert sums.counts == ((4, 1, 0), (2, 2, 1), (0, 0, 1))
    assert year_sums([]).counts == ()


def test_a_star_added_up():
    def row(*names):
        return type("Row", (), {"turns": [StarTurn(name) for name in names]})

    rows = [row("won", "lost"), row("won", "kept"), row("undecided", "lost"), row("none", "ended")]
    assert column_sums(rows, 0) == (2, 0, 0)
    assert column_sums(rows, 1) == (0, 1, 2)
