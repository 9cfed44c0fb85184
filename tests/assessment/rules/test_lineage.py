"""Which category goes on from which."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.rules.lineage import lineage

CODES = st.sampled_from("ABCDEF")


@pytest.mark.parametrize(
    ("before", "descents", "links"),
    [
        # The same codes, whatever their items come from.
        ({"A", "B"}, {"A": ["A"], "B": []}, {"A": "A", "B": "B"}),
        ({"A", "B"}, {"A": ["B", "B"], "B": ["A", "A"]}, {"A": "A", "B": "B"}),
        # Another code: from where most of its items come.
        ({"A", "B"}, {"A": ["A"], "C": ["B", "B", "A"]}, {"A": "A", "C": "B"}),
        # A category that was divided: the part that keeps the code goes on from it alone.
        ({"A"}, {"A": ["A"], "C": ["A", "A"]}, {"A": "A"}),
        # Divided with neither code kept: the larger part, or else the first.
        ({"A"}, {"C": ["A"], "D": ["A", "A"]}, {"D": "A"}),
        ({"A"}, {"C": ["A"], "D": ["A"]}, {"C": "A"}),
        # Two made one: from the larger.
        ({"A", "B"}, {"C": ["A", "B", "B"]}, {"C": "B"}),
        # The second best where the best is taken.
        ({"A", "B"}, {"C": ["A"] * 3, "D": ["A", "A", "B"]}, {"C": "A", "D": "B"}),
        # New altogether, and gone altogether.
        ({"A"}, {"A": ["A"], "C": []}, {"A": "A"}),
        ({"A", "B"}, {"A": ["A"]}, {"A": "A"}),
        (set(), {"A": []}, {}),
        # An item from a catalogue further back says nothing of this one.
        ({"A"}, {"C": ["Z"]}, {}),
    ],
)
def test_lineage(before, descents, links):
    assert lineage(before, descents) == links


@given(st.sets(CODES), st.dictionaries(CODES, st.lists(CODES)))
def test_no_two_go_on_from_the_same_and_all_from_what_there_was(before, descents):
    links = lineage(before, descents)
    assert len(set(links.values())) == len(links)
    assert set(links.values()) <= before
    assert links.keys() <= descents.keys()
    for code in descents.keys() & before:
        assert links[code] == code
    for code, old in links.items():
        assert code == old or old in descents[code]
