"""Row heights: how text wraps, and what happens to text that no row is tall enough for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.ledger.looks import BODY
from assessment.ledger.measure import SIZES, TALLEST, WIDEST, WIDTHS, fit, height, lines, widened


@pytest.mark.parametrize(
    ("character", "width"),
    [("中", 2), ("，", 2), ("“", 2), ("★", 2), ("Ａ", 2), ("1", 1), ("a", 1), (" ", 1), ("W", 1.5)],
)
def test_chinese_is_twice_as_wide(character, width):
    assert WIDTHS[character] == width


@pytest.mark.parametrize(
    ("text", "room", "count"),
    [
        ("", 10, 1),
        ("五个汉字宽", 10, 1),
        ("五个汉字宽了", 10, 2),
        ("1234567890", 10, 1),
        ("一\n二\n三", 10, 3),
        ("一\n\n三", 10, 3),
        ("末尾换行\n", 10, 2),
        # Punctuation goes with what it closes or opens.
        ("一二三四五，六", 10, 2),
        ("一二三四五，六七八九", 10, 3),
        ("一二三四“五”", 10, 2),
        # A word is not broken unless it is longer than a line.
        ("一二 abcdefg", 10, 2),
        ("一二 abcdef ghijkl", 10, 3),
        ("a" * 25, 10, 3),
        # An odd half of a line holds no character.
        ("一二三四五六七八九十", 11, 2),
        ("一二三四五六七八九十一", 11, 3),
    ],
)
def test_lines(text, room, count):
    assert lines(text, room) == count


def test_height_follows_the_lines_and_the_size():
    one, two = height("一" * 5, 12), height("一" * 10, 12)
    assert two - one == pytest.approx(BODY * 1.48, abs=1)
    assert height("一" * 100, 12, size=7) < height("一" * 100, 12)


def test_text_that_fits_keeps_its_size():
    assert fit("一" * 100, 24) == (BODY, height("一" * 100, 24))


@pytest.mark.parametrize("length", [300, 400, 500, 600])
def test_longer_text_is_set_as_large_as_fits(length):
    text = "一" * length
    size, points = fit(text, 24)
    assert size < BODY
    assert points == height(text, 24, size) <= TALLEST
    larger = SIZES[SIZES.index(size) - 1]
    assert height(text, 24, larger) > TALLEST


def test_longest_words_of_a_box_fit_once_the_column_is_widened():
    """2,000 characters are allowed in a box."""
    text = "举措" * 1000
    width = widened(24, ["短", text])
    assert 24 < width <= WIDEST
    size, points = fit(text, width)
    assert (size, points <= TALLEST) == (SIZES[-1], True)
    assert fit(text, width - 3)[1] == TALLEST


def test_column_of_usual_words_is_not_widened():
    assert widened(24, ["", "一" * 600, "a b " * 100]) == 24


def test_line_breaks_without_end_widen_nothing_and_stop_at_the_tallest_row():
    text = "一\n" * 1000
    assert widened(24, [text]) == 24
    assert fit(text, 24) == (SIZES[-1], TALLEST)


@given(st.text(max_size=300), st.floats(5.5, 90))
def test_no_row_is_lower_than_its_lines_or_taller_than_excel_allows(text, width):
    size, points = fit(text, width)
    assert size in SIZES
    assert size + 4 <= points <= TALLEST


@given(st.text(st.sampled_from("中文，。“”（）ab 1W"), max_size=120), st.integers(4, 60))
def test_lines_hold_all_the_text_and_are_mostly_full(text, room):
    width = sum(WIDTHS[character] for character in text)
    count = lines(text, room)
    assert count >= width / room
    assert count <= 4 * len(text) / room + 1
