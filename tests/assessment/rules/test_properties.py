"""What must hold for every mix of marks, points, key items and thresholds: no database."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as some

from assessment.enums import Step
from assessment.rules.gaps import gaps
from assessment.rules.rows import CategoryRow, ItemRow, StarRow
from assessment.rules.stars import earned, level, tallies, tally

# A mark can only rise along this ladder; "not applicable" stands beside it.
LADDER = ("", "unmet", "partly_met", "met")
CATEGORIES = ("ZB", "CY", "ST", "PA", "WM")

marks = some.sampled_from([*LADDER, "not_applicable"])
thresholds = some.integers(0, 100)
steps = some.sampled_from(list(Step))
items = some.builds(
    ItemRow,
    category=some.sampled_from(CATEGORIES),
    points=some.integers(1, 7),
    is_key=some.booleans(),
    self_rating=marks,
    review=marks,
    supervision=marks,
    is_returned=some.booleans(),
    is_signed_off=some.booleans(),
)
sheets = some.lists(items, max_size=30)


@given(
    rows=some.lists(items, min_size=1, max_size=30),
    column=some.sampled_from(["self_rating", "review", "supervision"]),
    threshold=thresholds,
    data=some.data(),
)
def test_a_better_mark_never_loses_a_star(rows, column, threshold, data):
    place = data.draw(some.integers(0, len(rows) - 1))
    old = data.draw(some.sampled_from(LADDER[:-1]))
    new = data.draw(some.sampled_from(LADDER[LADDER.index(old) + 1 :]))
    # A blank committee mark lets the department's count, so the department's stays blank here.
    blank = {"review": ""} if column == "supervision" else {}
    before, after = list(rows), list(rows)
    before[place] = replace(rows[place], **blank, **{column: old})
    after[place] = replace(rows[place], **blank, **{column: new})
    for step in Step:
        assert earned(before, step, threshold) <= earned(after, step, threshold)


@given(rows=sheets, step=steps, lower=thresholds, higher=thresholds)
def test_a_higher_threshold_never_adds_a_star(rows, step, lower, higher):
    lower, higher = sorted((lower, higher))
    assert earned(rows, step, higher) <= earned(rows, step, lower)


@given(rows=sheets, step=steps)
def test_all_of_a_category_is_a_hundred_per_cent(rows, step):
    for sums in tallies(rows, step, 100).values():
        assert 0 <= sums.percent <= 100
        if not sums.key_in_the_way:
            assert (sums.percent == 100) == sums.is_earned


@given(rows=sheets, step=steps, threshold=thresholds)
def test_an_item_that_does_not_apply_might_as_well_not_be_there(rows, step, threshold):
    applying = [row for row in rows if row.mark(step) != "not_applicable"]
    assert earned(applying, step, threshold) == earned(rows, step, threshold)


@given(rows=sheets, step=steps, threshold=thresholds)
def test_a_blank_is_as_good_as_unmet(rows, step, threshold):
    spoken = [
        replace(row, self_rating=mark, review=mark, supervision=mark)
        for row in rows
        for mark in [row.mark(step) or "unmet"]
    ]
    assert earned(spoken, step, threshold) == earned(rows, step, threshold)


@given(rows=sheets, step=steps, threshold=thresholds)
def test_gaps_are_the_unearned_categories_of_use(rows, step, threshold):
    found = gaps(rows, step, threshold)
    unearned = {
        code
        for code, sums in tallies(rows, step, threshold).items()
        if sums.applicable and not sums.is_earned
    }
    assert {gap.category for gap in found} == unearned
    assert len(found) == len(unearned)


@given(rows=sheets, step=steps, threshold=thresholds)
def test_filling_a_gap_earns_its_star(rows, step, threshold):
    for gap in gaps(rows, step, threshold):
        assert len(gap.rows) == len(gap.owners) > 0
        filled = [
            replace(row, self_rating="met", review="met", supervision="met")
            if row in gap.rows
            else row
            for row in rows
            if row.category == gap.category
        ]
        assert tally(filled, step, threshold).is_earned


@given(rows=sheets, step=steps, threshold=thresholds)
def test_the_nearest_star_comes_first(rows, step, threshold):
    shorts = [gap.short for gap in gaps(rows, step, threshold)]
    assert shorts == sorted(shorts)
    assert all(short >= 0 for short in shorts)


@given(decisions=some.lists(some.sampled_from([True, False, None]), max_size=8))
def test_without_prerequisites_the_level_counts_the_stars(decisions):
    stars = [
        StarRow(CategoryRow(str(n), ""), awarded=awarded) for n, awarded in enumerate(decisions)
    ]
    assert level(stars) == decisions.count(True)


@given(
    decisions=some.lists(some.tuples(some.sampled_from([True, False, None]), some.booleans())),
)
def test_a_prerequisite_never_raises_the_level(decisions):
    stars = [
        StarRow(CategoryRow("", "", switched), awarded=is_held) for is_held, switched in decisions
    ]
    count = sum(is_held is True for is_held, _ in decisions)
    held = all(is_held for is_held, switched in decisions if switched)
    assert level(stars) == (count if held else 0)
