"""A sheet at a glance."""

import pytest

from assessment.enums import Step
from assessment.rules.rows import CategoryRow, ItemRow, StarRow
from assessment.rules.standing import standing

PARTY, TRADE = CategoryRow("ZB", "支部过硬"), CategoryRow("CY", "产业兴旺")
ROWS = [
    ItemRow("ZB", self_rating="met", review="met"),
    ItemRow("ZB", self_rating="met", review="unmet", supervision="met"),
    ItemRow("CY", self_rating="met", review="met", supervision="unmet"),
    ItemRow("CY", self_rating="not_applicable", review=""),
]


@pytest.mark.parametrize(
    ("step", "met", "marked"),
    [(Step.SELF_RATING, 3, 4), (Step.REVIEW, 2, 3), (Step.SUPERVISION, 2, 3)],
)
def test_items_are_counted_at_the_sheets_own_step(step, met, marked):
    stands = standing(ROWS, [StarRow(PARTY), StarRow(TRADE)], step, 100)
    assert (stands.met, stands.marked, stands.total) == (met, marked, 4)


def test_the_three_steps_side_by_side():
    stars = [StarRow(PARTY, targeted=True), StarRow(TRADE, awarded=True)]
    stands = standing(ROWS, stars, Step.CONCLUDED, 100)
    assert [
        (star.code, star.self_rated, star.reviewed, star.proposed) for star in stands.stars
    ] == [
        ("ZB", True, False, True),
        ("CY", True, False, False),
    ]
    assert stands.awarded == 1
    assert [star.now.met for star in stands.stars] == [2, 0]


def test_a_category_without_items_earns_nothing():
    stands = standing([], [StarRow(PARTY)], Step.REVIEW, 0)
    [star] = stands.stars
    assert (star.self_rated, star.reviewed, star.proposed, star.now) == (False, False, False, None)


def one_star(*, targeted, proposed, awarded=None):
    rows = [ItemRow("ZB", review="met" if proposed else "unmet")]
    return standing(rows, [StarRow(PARTY, targeted, awarded)], Step.SUPERVISION, 100)


@pytest.mark.parametrize("targeted", [True, False])
@pytest.mark.parametrize("proposed", [True, False])
def test_a_star_differs_where_the_proposal_is_not_what_was_targeted(targeted, proposed):
    stands = one_star(targeted=targeted, proposed=proposed)
    assert [star.code for star in stands.differing] == ([] if targeted == proposed else ["ZB"])


@pytest.mark.parametrize(("awarded", "undecided"), [(None, 1), (True, 0), (False, 0)])
def test_a_star_that_is_refused_is_decided(awarded, undecided):
    stands = one_star(targeted=True, proposed=True, awarded=awarded)
    assert len(stands.undecided) == undecided
