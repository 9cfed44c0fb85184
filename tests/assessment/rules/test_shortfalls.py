"""今日短板: what comes first, what comes once, and what does not come at all."""

from datetime import date

import pytest

from assessment.enums import Owner, Step
from assessment.rules.rows import CategoryRow, ItemRow, StarRow
from assessment.rules.shortfalls import Shortfalls, shortfalls

TODAY = date(2022, 10, 15)
NEAR, PAST, FAR = date(2022, 10, 22), date(2022, 10, 14), date(2022, 10, 23)
STARS = [
    StarRow(CategoryRow(code, f"{code} star"), targeted=code != "WM") for code in ("ZB", "CY", "WM")
]


def item(category, number, mark="", **facts):
    step = facts.pop("step", "self_rating")
    return ItemRow(category, f"{category} {number}", number, **{step: mark}, **facts)


def found(rows, step=Step.SELF_RATING, threshold=100):
    return shortfalls(rows, STARS, step, threshold, TODAY)


def labels(rows):
    return [row.label for row in rows]


def test_targeted_stars_nearest_first_with_the_items_in_their_way():
    rows = [
        item("ZB", 1),
        item("ZB", 2, "met"),
        item("CY", 1, "partly_met"),
        item("CY", 2, "met"),
        item("WM", 1),
    ]
    nearest, farther = found(rows).stars
    assert (nearest.name, nearest.count, labels(nearest.own)) == ("CY star", 1, ["CY 1"])
    assert (farther.name, farther.count, labels(farther.own)) == ("ZB star", 1, ["ZB 1"])
    assert nearest.owners == ((Owner.BRANCH, 1),)


def test_a_star_earned_or_not_set_out_for_is_no_shortfall():
    rows = [item("ZB", 1, "met"), item("CY", 1, "not_applicable"), item("WM", 1, "unmet")]
    assert found(rows) == Shortfalls()


def test_returned_items_come_first_and_only_once():
    back = item("CY", 1, "unmet", step="review", is_returned=True, due_date=PAST)
    rows = [back, item("CY", 2, "unmet", step="review"), item("WM", 1, is_returned=True)]
    seen = found(rows, Step.REVIEW)
    assert labels(seen.returned) == ["CY 1", "WM 1"]
    [star] = seen.stars
    assert (star.count, star.own) == (2, ())
    assert star.owners == ((Owner.BRANCH, 1), (Owner.DEPARTMENT, 1))
    assert seen.due == ()


@pytest.mark.parametrize(
    ("due", "mark", "category", "pressing"),
    [
        (NEAR, "", "WM", True),
        (PAST, "unmet", "WM", True),
        (TODAY, "partly_met", "WM", True),
        (FAR, "", "WM", False),
        (None, "", "WM", False),
        (NEAR, "met", "WM", False),
        (PAST, "not_applicable", "WM", False),
        # It stands under its star already.
        (NEAR, "", "CY", False),
    ],
)
def test_what_is_due_soon(due, mark, category, pressing):
    assert bool(found([item(category, 1, mark, due_date=due)]).due) == pressing


def test_what_is_due_comes_by_its_date():
    rows = [item("WM", 1, due_date=NEAR), item("WM", 2, due_date=PAST)]
    assert labels(found(rows).due) == ["WM 2", "WM 1"]


@pytest.mark.parametrize(
    ("step", "facts", "holder"),
    [
        (Step.REVIEW, {}, Owner.DEPARTMENT),
        (Step.REVIEW, {"is_signed_off": True}, Owner.COMMITTEE),
        (Step.SUPERVISION, {"is_signed_off": True}, Owner.COMMITTEE),
    ],
)
def test_what_the_branch_does_not_hold_is_said_but_not_asked_of_it(step, facts, holder):
    rows = [item("CY", 1, "unmet", step="review", due_date=PAST, **facts)]
    seen = found(rows, step)
    [star] = seen.stars
    assert (star.own, star.owners, seen.due) == ((), ((holder, 1),), ())


def test_nothing_once_concluded():
    assert found([item("CY", 1, "unmet", due_date=PAST)], Step.CONCLUDED) == Shortfalls()


def test_a_lower_threshold_earns_a_star_though_an_item_is_unmet():
    rows = [item("CY", n, "met") for n in range(4)] + [item("CY", 5, "unmet", due_date=PAST)]
    seen = found(rows, threshold=80)
    assert seen.stars == ()
    # Its star is earned, yet its date is past.
    assert labels(seen.due) == ["CY 5"]
