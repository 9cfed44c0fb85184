"""Two catalogues side by side, as a truth table."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.enums import ItemChange
from assessment.rules.catalogues import Line, compare, counted, renamed, source_year

A, B = Line(1, "ST", 1, "一"), Line(2, "ST", 2, "二")


def later(line, key, **changed):
    """The same item a year later."""
    facts = {name: getattr(line, name) for name in Line.__slots__}
    return Line(**{**facts, "key": key, "previous": line.key, **changed})


def kinds(old, new, earlier=None):
    """(code before, code after, changes) of each pair."""
    earlier = {line.key: line.previous for line in (*old, *new)} | (earlier or {})
    return [
        (pair.old and pair.old.code, pair.new and pair.new.code, list(pair.changes))
        for pair in compare(old, new, earlier)
    ]


@pytest.mark.parametrize(
    ("changed", "changes"),
    [
        ({}, ["same"]),
        ({"name": "改"}, ["reworded"]),
        ({"standard": "改"}, ["reworded"]),
        ({"materials": "改"}, ["reworded"]),
        ({"points": 2}, ["weighed"]),
        ({"is_key": True}, ["weighed"]),
        ({"lead": "办"}, ["reassigned"]),
        ({"cooperating": ("办",)}, ["reassigned"]),
        ({"number": 5}, ["moved"]),
        ({"category": "PA"}, ["moved"]),
        ({"category_name": "改了名的类别"}, ["same"]),
        (
            {"name": "改", "points": 2, "lead": "办", "number": 9},
            ["reworded", "weighed", "reassigned", "moved"],
        ),
    ],
)
def test_what_changed_on_an_item(changed, changes):
    new = later(A, 11, **changed)
    assert kinds([A], [new]) == [("ST-1", new.code, changes)]


def test_added_and_dropped():
    new = [later(A, 11), Line(12, "ST", 2, "新")]
    # What is new in an old place is not what was dropped there.
    assert kinds([A, B], new) == [
        ("ST-1", "ST-1", ["same"]),
        (None, "ST-2", ["added"]),
        ("ST-2", None, ["dropped"]),
    ]


def test_over_several_years():
    new = [later(A, 31, previous=21)]
    assert kinds([A], new, {31: 21, 21: 11, 11: 1}) == [("ST-1", "ST-1", ["same"])]


def test_a_circle_has_an_end():
    assert kinds([B], [later(A, 31, number=2, previous=21)], {31: 21, 21: 31}) == [
        ("ST-2", "ST-2", ["reworded"])
    ]


def test_without_lineage_by_code():
    new = [Line(11, "ST", 1, "一"), Line(12, "ST", 2, "改"), Line(13, "PA", 1, "新")]
    assert kinds([A, B], new) == [
        ("ST-1", "ST-1", ["same"]),
        ("ST-2", "ST-2", ["reworded"]),
        (None, "PA-1", ["added"]),
    ]


def test_one_that_was_split_is_beside_each_part():
    new = [later(A, 11), later(A, 12, number=7)]
    assert kinds([A], new) == [("ST-1", "ST-1", ["same"]), ("ST-1", "ST-7", ["moved"])]


@pytest.mark.parametrize(("old", "new"), [([], []), ([], [A]), ([A], [])])
def test_an_empty_one(old, new):
    assert len(compare(old, new, {})) == len(old) + len(new)


def test_counted():
    pairs = compare([A, B], [later(A, 11, name="改", points=2)], {11: 1})
    assert counted(pairs) == [
        (ItemChange.DROPPED, 1),
        (ItemChange.REWORDED, 1),
        (ItemChange.WEIGHED, 1),
    ]
    assert [pair.differs for pair in pairs] == [True, True]
    assert not compare([A], [later(A, 11)], {11: 1})[0].differs


def test_the_fields_that_differ():
    [pair] = compare([A], [later(A, 11, name="改", number=3)], {11: 1})
    assert pair.fields == ("name", "number")
    assert compare([], [A], {})[0].fields == ()


def test_categories():
    old, new = (
        {"ST": "生态", "PA": "平安", "ZB": "支部"},
        {"ST": "宜居", "XF": "新风", "ZB": "支部"},
    )
    assert renamed(old, new) == [("ST", "生态", "宜居"), ("XF", "", "新风"), ("PA", "平安", "")]


@pytest.mark.parametrize(
    ("previous", "year"), [([1, 1, 2], 2021), ([2], 2022), ([1, 2], 2022), ([9], None), ([], None)]
)
def test_where_it_came_from(previous, year):
    lines = [Line(n, "ST", n, "", previous=key) for n, key in enumerate(previous, start=10)]
    assert source_year(lines, {1: 2021, 2: 2022}) == year


LINES = st.lists(st.tuples(st.integers(1, 9), st.sampled_from(["一", "二"])), max_size=6)


@given(LINES, LINES, st.dictionaries(st.integers(101, 106), st.integers(1, 6), max_size=6))
def test_nothing_is_lost(old, new, earlier):
    """Every item of either stands in a pair, whatever came from what."""
    old = [Line(key, "ST", number, name) for key, (number, name) in enumerate(old, start=1)]
    new = [Line(key, "ST", number, name) for key, (number, name) in enumerate(new, start=101)]
    pairs = compare(old, new, earlier)
    assert [pair.new for pair in pairs if pair.new] == new
    assert {pair.old.key for pair in pairs if pair.old} == {line.key for line in old}
