"""What earns a star, and what level stars make: truth tables, no database."""

import pytest

from assessment.enums import Step
from assessment.rules.rows import CategoryRow, ItemRow, StarRow
from assessment.rules.stars import earned, level, proposed, tallies, tally

MARKS = {"M": "met", "P": "partly_met", "U": "unmet", "N": "not_applicable", "-": ""}


def rows(letters, *, key="", points=(), category="ZB"):
    """One row a letter, all marked in the review; `key` are positions of key items."""
    return [
        ItemRow(
            category,
            review=MARKS[letter],
            is_key=str(place) in key,
            points=points[place] if points else 1,
        )
        for place, letter in enumerate(letters)
    ]


@pytest.mark.parametrize(
    ("letters", "threshold", "is_earned"),
    [
        # Threshold 100 is "every item met".
        ("MMMMM", 100, True),
        ("MMMMP", 100, False),
        ("MMMMU", 100, False),
        ("MMMM-", 100, False),
        ("MMMMN", 100, True),
        # 80 at its edge: 4 of 5, by whole and by half points, and half a point below.
        ("MMMMU", 80, True),
        ("MMMPP", 80, True),
        ("MMMPU", 80, False),
        ("MMMM-", 80, True),
        ("MMMUN", 80, False),
        ("MMMMMMMMUU", 80, True),
        ("MMMMMMMPUU", 80, False),
        ("MMMMMMPPPP", 80, True),
        ("MMMMMPPPPP", 80, False),
        # A threshold that no sum of half points hits: three items are 83.3 % at two and a half.
        ("MMP", 83, True),
        ("MMP", 84, False),
        # 0 asks for nothing but an item that applies.
        ("UUU", 0, True),
        ("---", 0, True),
        ("NNU", 0, True),
        ("NNN", 0, False),
        # Nothing applicable earns none, whatever the threshold.
        ("NNN", 80, False),
        ("NNN", 100, False),
        ("", 0, False),
        ("", 100, False),
    ],
)
def test_threshold(letters, threshold, is_earned):
    assert tally(rows(letters), Step.REVIEW, threshold).is_earned is is_earned


@pytest.mark.parametrize(
    ("letters", "threshold", "is_earned", "in_the_way"),
    [
        # The first item is the key item.
        ("MMMMM", 100, True, False),
        ("UMMMM", 80, False, True),
        ("-MMMM", 80, False, True),
        ("PMMMM", 80, True, False),
        ("PMMMM", 100, False, False),
        ("NMMMM", 100, True, False),
        ("MUMMM", 80, True, False),
        ("U", 0, False, True),
        ("-", 0, False, True),
        ("P", 0, True, False),
        ("N", 0, False, False),
    ],
)
def test_key_item(letters, threshold, is_earned, in_the_way):
    sums = tally(rows(letters, key="0"), Step.REVIEW, threshold)
    assert (sums.is_earned, sums.key_in_the_way) == (is_earned, in_the_way)


def test_one_of_two_key_items_is_enough_to_stand_in_the_way():
    assert not tally(rows("MUMMMMMMMM", key="01"), Step.REVIEW, 80).is_earned


@pytest.mark.parametrize(
    ("letters", "points", "threshold", "is_earned"),
    [
        ("MU", (4, 1), 80, True),
        ("MU", (1, 4), 80, False),
        ("MP", (3, 2), 80, True),
        ("PM", (3, 2), 80, False),
        ("PM", (3, 2), 70, True),
        ("PM", (3, 2), 71, False),
        ("NM", (50, 1), 100, True),
    ],
)
def test_points_weigh(letters, points, threshold, is_earned):
    assert tally(rows(letters, points=points), Step.REVIEW, threshold).is_earned is is_earned


@pytest.mark.parametrize(
    ("letters", "points", "halves", "applicable", "met", "counted", "percent"),
    [
        ("MPU-N", (), 3, 8, 1, 4, 37),
        ("MPU-N", (3, 2, 1, 1, 9), 8, 14, 1, 4, 57),
        ("MMM", (), 6, 6, 3, 3, 100),
        # Rounded down: 100 is said of all and of nothing less.
        ("M" * 199 + "P", (), 399, 400, 199, 200, 99),
        ("NN", (), 0, 0, 0, 0, 0),
        ("", (), 0, 0, 0, 0, 0),
    ],
)
def test_sums(letters, points, halves, applicable, met, counted, percent):
    sums = tally(rows(letters, points=points), Step.REVIEW, 100)
    assert (sums.halves, sums.applicable) == (halves, applicable)
    assert (sums.met, sums.counted, sums.percent) == (met, counted, percent)


@pytest.mark.parametrize(
    ("self_rating", "review", "supervision", "expected"),
    [
        # What counts in self-rating, in review, and in supervision and after it.
        ("met", "unmet", "partly_met", ("met", "unmet", "partly_met")),
        ("met", "unmet", "", ("met", "unmet", "unmet")),
        ("met", "", "", ("met", "", "")),
        ("", "met", "", ("", "met", "met")),
        ("", "", "met", ("", "", "met")),
        ("unmet", "met", "not_applicable", ("unmet", "met", "not_applicable")),
    ],
)
def test_mark_that_counts(self_rating, review, supervision, expected):
    row = ItemRow("ZB", self_rating=self_rating, review=review, supervision=supervision)
    assert tuple(row.mark(step) for step in Step.marking()) == expected
    assert row.mark(Step.CONCLUDED) == row.mark(Step.SUPERVISION)


def test_each_step_has_its_own_stars():
    row = ItemRow("ZB", self_rating="met", review="unmet", supervision="met")
    steps = [step for step in Step if earned([row], step, 100)]
    assert steps == [Step.SELF_RATING, Step.SUPERVISION, Step.CONCLUDED]
    assert proposed([row], 100) == {"ZB"}


def test_categories_are_summed_apart():
    mixed = rows("MM", category="ZB") + rows("MU", category="CY") + rows("N", category="ST")
    assert earned(mixed, Step.REVIEW, 100) == {"ZB"}
    assert earned(mixed, Step.REVIEW, 50) == {"ZB", "CY"}
    assert {code: sums.met for code, sums in tallies(mixed, Step.REVIEW, 100).items()} == {
        "ZB": 2,
        "CY": 1,
        "ST": 0,
    }


def stars(letters, *, prerequisite=""):
    """One star a letter: Y awarded, n refused, ? undecided; `prerequisite` are positions."""
    awarded = {"Y": True, "n": False, "?": None}
    return [
        StarRow(CategoryRow(str(place), "", str(place) in prerequisite), awarded=awarded[letter])
        for place, letter in enumerate(letters)
    ]


@pytest.mark.parametrize(
    ("letters", "prerequisite", "expected"),
    [
        ("YYYYY", "", 5),
        ("YnY?n", "", 2),
        ("nnnnn", "", 0),
        ("", "", 0),
        # Without the prerequisite's star the others count for nothing.
        ("YYYYY", "0", 5),
        ("nYYYY", "0", 0),
        ("?YYYY", "0", 0),
        ("YnYYY", "0", 4),
        ("YnYYY", "01", 0),
        ("Ynnnn", "0", 1),
    ],
)
def test_level(letters, prerequisite, expected):
    assert level(stars(letters, prerequisite=prerequisite)) == expected
