"""What stands between a branch and its stars, and who owes the next move."""

import pytest

from assessment.enums import Owner, Step
from assessment.rules.gaps import gaps
from assessment.rules.rows import ItemRow


def category(code, *marks, **facts):
    return [ItemRow(code, f"{code} {n}", review=mark, **facts) for n, mark in enumerate(marks, 1)]


def test_nearest_star_first():
    rows = (
        category("ZB", "unmet", "unmet", "met")
        + category("CY", "met", "met", "partly_met")
        + category("ST", "met", "unmet", "met")
        + category("PA", "met", "met", "met")
        + category("WM", "not_applicable")
    )
    found = gaps(rows, Step.REVIEW, 100)
    assert [(gap.category, gap.short) for gap in found] == [("CY", 1), ("ST", 2), ("ZB", 4)]
    assert [[row.label for row in gap.rows] for gap in found] == [
        ["CY 3"],
        ["ST 2"],
        ["ZB 1", "ZB 2"],
    ]


def test_of_two_stars_equally_short_the_one_with_fewer_items_comes_first():
    rows = category("ZB", "partly_met", "partly_met") + category("CY", "unmet", "met")
    assert [gap.category for gap in gaps(rows, Step.REVIEW, 100)] == ["CY", "ZB"]


@pytest.mark.parametrize(
    ("threshold", "short"), [(100, 5), (80, 3), (75, 2.5), (60, 1), (51, 0.1), (50, None)]
)
def test_short_counts_half_points_up_to_the_threshold(threshold, short):
    rows = category("ZB", "met", "met", "partly_met", "unmet", "unmet")
    found = gaps(rows, Step.REVIEW, threshold)
    assert [gap.short for gap in found] == ([] if short is None else [pytest.approx(short)])


def test_a_key_item_in_the_way_is_a_gap_though_nothing_is_short():
    rows = [ItemRow("ZB", review="unmet", is_key=True), *category("ZB", *["met"] * 9)]
    [gap] = gaps(rows, Step.REVIEW, 80)
    assert (gap.short, gap.rows) == (0, (rows[0],))


@pytest.mark.parametrize(
    ("step", "facts", "expected"),
    [
        (Step.SELF_RATING, {}, Owner.BRANCH),
        (Step.REVIEW, {}, Owner.DEPARTMENT),
        (Step.REVIEW, {"is_returned": True}, Owner.BRANCH),
        (Step.REVIEW, {"is_signed_off": True}, Owner.COMMITTEE),
        (Step.SUPERVISION, {"is_signed_off": True}, Owner.COMMITTEE),
        (Step.CONCLUDED, {"is_signed_off": True}, Owner.NOBODY),
    ],
)
def test_who_owes_the_next_move(step, facts, expected):
    [gap] = gaps(category("ZB", "unmet", **facts), step, 100)
    assert gap.owners == (expected,)


def test_each_item_in_the_way_has_its_own_owner():
    rows = category("ZB", "unmet", is_returned=True) + category("ZB", "met", "unmet")
    [gap] = gaps(rows, Step.REVIEW, 100)
    assert gap.owners == (Owner.BRANCH, Owner.DEPARTMENT)
