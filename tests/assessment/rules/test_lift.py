"""还差哪些项: the fewest items to the target, as a truth table and against brute force."""

from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assessment.enums import Step
from assessment.rules.lift import fewest, lift
from assessment.rules.rows import CategoryRow, ItemRow, StarRow
from assessment.rules.stars import level, tally

CODES = ("ZB", "CY", "ST", "PA", "WM")
MARKS = {"+": "met", "/": "partly_met", "-": "unmet", "0": "not_applicable", ".": ""}


def rows(code, marks, **facts):
    """Rows of one category by signs: + met, / partly met, - unmet, 0 not applicable, . blank."""
    return [
        ItemRow(code, f"{code} {n}", n, review=MARKS[sign], **facts)
        for n, sign in enumerate(marks, 1)
    ]


def stars(**facts):
    """The five stars; each keyword names one and gives what differs of it."""
    return [replace(StarRow(CategoryRow(code, code)), **facts.get(code, {})) for code in CODES]


def sheet(*marks):
    return [row for code, signs in zip(CODES, marks, strict=True) for row in rows(code, signs)]


def labels(found):
    return [row.label for row in found.rows]


@pytest.mark.parametrize(
    ("marks", "threshold", "expected"),
    [
        ("+++", 100, []),
        ("++-", 100, [3]),
        ("++/", 100, [3]),
        ("++.", 100, [3]),
        ("++0", 100, []),
        ("000", 100, []),
        ("", 100, []),
        ("---", 100, [1, 2, 3]),
        ("+-/-", 50, [2]),
        ("//--", 50, [3]),
        ("////", 75, [1, 2]),
        ("+---", 60, [2, 3]),
        ("----", 0, []),
        ("-0-", 50, [1]),
    ],
)
def test_the_fewest_items_of_one_category(marks, threshold, expected):
    found = fewest(rows("ZB", marks), Step.REVIEW, threshold)
    assert [row.pk for row in found] == expected


@pytest.mark.parametrize(
    ("points", "marks", "threshold", "expected"),
    [
        ((1, 1, 3), "---", 60, [3]),
        ((3, 1, 1), "/--", 50, [1]),
        ((1, 1, 3), "--/", 60, [3]),
        ((2, 2, 2), "---", 60, [1, 2]),
        ((5, 1, 1), "+--", 80, [2]),
    ],
)
def test_the_weightiest_items_come_first(points, marks, threshold, expected):
    weighed = [replace(row, points=n) for row, n in zip(rows("ZB", marks), points, strict=True)]
    assert [row.pk for row in fewest(weighed, Step.REVIEW, threshold)] == expected


@pytest.mark.parametrize(
    ("mark", "facts", "expected"),
    [
        ("", {}, [1]),
        ("unmet", {}, [1]),
        ("partly_met", {}, []),
        ("met", {}, []),
        ("not_applicable", {}, []),
        ("met", {"has_open_finding": True}, [1]),
        ("not_applicable", {"has_open_finding": True}, []),
    ],
)
def test_a_key_item_must_be_met_whatever_the_points(mark, facts, expected):
    key = ItemRow("ZB", pk=1, is_key=True, review=mark, **facts)
    others = [replace(row, pk=row.pk + 1) for row in rows("ZB", "++++++++")]
    assert [row.pk for row in fewest([key, *others], Step.REVIEW, 50)] == expected


def test_a_finding_does_not_count_against_the_branchs_own_marks():
    key = ItemRow("ZB", pk=1, is_key=True, self_rating="met", has_open_finding=True)
    assert fewest([key], Step.SELF_RATING, 100) == ()


def test_two_rows_that_look_the_same_are_two():
    same = ItemRow("ZB", review="unmet")
    assert len(fewest([same, same, same, same], Step.REVIEW, 50)) == 2


def test_the_cheapest_categories_are_chosen():
    found = lift(sheet("+++", "---", "--+", "+-+", "/++"), stars(), Step.REVIEW, 100, 3)
    assert (found.level, found.count, found.is_reached, found.is_reachable) == (1, 2, False, True)
    assert labels(found) == ["PA 2", "WM 1"]


def test_of_two_equally_cheap_the_one_set_out_for_comes_first():
    wanted = stars(PA={"targeted": True})
    found = lift(sheet("-", "-", "-", "-", "-"), wanted, Step.REVIEW, 100, 1)
    assert labels(found) == ["PA 1"]
    assert labels(lift(sheet("-", "-", "-", "-", "-"), stars(), Step.REVIEW, 100, 1)) == ["ZB 1"]


@pytest.mark.parametrize(("target", "reached"), [(0, True), (2, True), (3, False)])
def test_what_is_reached_lacks_nothing(target, reached):
    found = lift(sheet("+", "+", "-", "-", "-"), stars(), Step.REVIEW, 100, target)
    assert (found.is_reached, found.count) == (reached, 0 if reached else 1)


def test_what_is_decided_stands():
    decided = stars(ZB={"awarded": False}, CY={"awarded": True}, ST={"awarded": False})
    marks = sheet("+", "-", "-", "-", "--")
    found = lift(marks, decided, Step.SUPERVISION, 100, 3)
    assert (found.level, labels(found)) == (1, ["PA 1", "WM 1", "WM 2"])
    found = lift(marks, decided, Step.SUPERVISION, 100, 4)
    assert (found.is_reachable, found.count) == (False, 0)


def test_a_category_of_no_use_cannot_be_lifted():
    found = lift(sheet("+", "-", "0", "", "0"), stars(), Step.REVIEW, 100, 3)
    assert (found.level, found.is_reachable, found.count) == (1, False, 0)


def test_a_concluded_sheet_is_above_or_below():
    decided = {code: {"awarded": code in ("ZB", "CY")} for code in CODES}
    marks = sheet("+", "+", "-", "-", "-")
    for target, reached in ((2, True), (3, False)):
        found = lift(marks, stars(**decided), Step.CONCLUDED, 100, target)
        assert (found.is_reached, found.is_reachable, found.level) == (reached, reached, 2)


class TestPrerequisite:
    """A category whose star must be held, or the level is none."""

    def lift(self, *marks, target, **facts):
        party = CategoryRow("ZB", "ZB", is_prerequisite=True)
        wanted = stars(ZB={"category": party, **facts})
        return lift(sheet(*marks), wanted, Step.REVIEW, 100, target)

    def test_it_is_lifted_though_it_is_dear(self):
        found = self.lift("---", "+", "+", "-", "-", target=2)
        assert (found.level, labels(found)) == (0, ["ZB 1", "ZB 2", "ZB 3"])

    def test_it_counts_as_one_of_the_stars(self):
        found = self.lift("--", "+", "-", "-", "-", target=3)
        assert labels(found) == ["ZB 1", "ZB 2", "ST 1"]

    def test_where_it_is_held_nothing_changes(self):
        found = self.lift("+", "+", "-", "-", "-", target=3)
        assert (found.level, found.count) == (2, 1)

    def test_where_it_is_denied_nothing_helps(self):
        found = self.lift("+", "+", "+", "-", "-", target=1, awarded=False)
        assert (found.level, found.is_reached, found.is_reachable) == (0, False, False)

    def test_no_stars_at_all_are_always_reached(self):
        assert self.lift("-", "-", "-", "-", "-", target=0).is_reached


marks = some.sampled_from(list(MARKS.values()))
small_items = some.builds(
    ItemRow,
    category=some.sampled_from(CODES[:3]),
    points=some.integers(1, 4),
    is_key=some.booleans(),
    self_rating=marks,
    review=marks,
    supervision=marks,
    has_open_finding=some.booleans(),
)
small_stars = some.tuples(
    *(
        some.builds(
            StarRow,
            category=some.builds(
                CategoryRow,
                code=some.just(code),
                name=some.just(code),
                is_prerequisite=some.booleans(),
            ),
            targeted=some.booleans(),
            awarded=some.sampled_from([None, None, None, True, False]),
        )
        for code in CODES[:3]
    )
)


def level_with(items, wanted, step, threshold):
    """The level by the rule of levels, what is decided left as it stands."""
    held = []
    for star in wanted:
        own = [row for row in items if row.category == star.category.code]
        earned = tally(own, step, threshold).is_earned
        held.append(replace(star, awarded=earned if star.awarded is None else star.awarded))
    return level(held)


def mended(items, places):
    """The rows with those at `places` met, and nothing left to find at them."""
    done = {"self_rating": "met", "review": "met", "supervision": "met", "has_open_finding": False}
    return [replace(row, **done) if place in places else row for place, row in enumerate(items)]


@given(
    items=some.lists(small_items, max_size=7),
    wanted=small_stars,
    step=some.sampled_from(list(Step)),
    threshold=some.integers(0, 100),
    target=some.integers(0, 3),
)
def test_no_smaller_set_of_items_reaches_the_target(items, wanted, step, threshold, target):
    items = [replace(row, pk=n) for n, row in enumerate(items)]
    open_ = [n for n, row in enumerate(items) if row.mark(step) != "not_applicable"]
    smallest = next(
        (
            size
            for size in range(len(open_) + 1)
            for places in combinations(open_, size)
            if level_with(mended(items, places), wanted, step, threshold) >= target
        ),
        None,
    )
    found = lift(items, wanted, step, threshold, target)
    assert found.level == level_with(items, wanted, step, threshold)
    assert found.is_reachable == (smallest is not None)
    assert found.count == (smallest or 0)
    if found.is_reachable:
        lifted = mended(items, {row.pk for row in found.rows})
        assert level_with(lifted, wanted, step, threshold) >= target
