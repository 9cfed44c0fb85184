"""How tall a row must be for its text: no writer of Excel files sets that by itself.

Widths are in Excel's unit, a digit of the Normal style's font. That is 仿宋 of 10.5 points, whose
digits are half as wide as its Chinese characters; in a font that stands in they are no narrower.
"""

from bisect import bisect_right
from itertools import accumulate
from math import ceil
from unicodedata import east_asian_width

from .looks import BODY

TALLEST = 409  # points: Excel's own limit
WIDEST = 90
# A text too long for the tallest row is set smaller, then its column is widened.
SIZES = (BODY, 9, 8, 7)
# Generous, so that a stand-in font, taller than 仿宋, is not cut.
LEADING = 1.48
PADDING = 4
ONE_LINE = 20  # points that a line of the body takes
# A cell's own margins, and what printers and screens differ by.
MARGIN = 1.2
# Punctuation that does not begin a line, or does not end one.
CLOSING = frozenset("，。、；：！？”’）》】…")
OPENING = frozenset("“‘（《【")
# Wider than half a character where a proportional font stands in.
BROAD = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZmw@%&")


class _Widths(dict):
    """Character → its width in half characters, worked out once each."""

    def __missing__(self, character):
        wide = 2 if east_asian_width(character) in "WFA" else 1
        self[character] = width = 1.5 if character in BROAD else wide
        return width


WIDTHS = _Widths()


def lines(text, room):
    """How many lines `text` wraps to where a line holds `room` half characters."""
    return sum(_wrapped(paragraph, room) for paragraph in text.split("\n"))


def _wrapped(paragraph, room):
    if 2 * len(paragraph) <= room:
        return 1
    ends = list(accumulate(map(WIDTHS.__getitem__, paragraph)))
    count, start, used = 1, 0, 0
    while ends[-1] - used > room:
        start = _line_end(paragraph, start, bisect_right(ends, used + room, start))
        used = ends[start - 1]
        count += 1
    return count


def _line_end(paragraph, start, full):
    """Where the line from `start` ends that has no room beyond `full`."""
    for end in range(full, start, -1):
        before, after = paragraph[end - 1], paragraph[end]
        in_a_word = "!" <= before <= "~" and "!" <= after <= "~"
        if not (in_a_word or after in CLOSING or before in OPENING):
            return end
    return full


def _room(width, size):
    return max((width - MARGIN) * BODY / size, 2)


def height(text, width, size=BODY):
    """Points that `text` takes in a column of `width`."""
    return ceil(lines(text, _room(width, size)) * size * LEADING + PADDING)


def fit(text, width, size=BODY):
    """(font size, row height): the largest size at which the text fits the tallest row."""
    needed = height(text, width, size)
    smaller = (small for small in SIZES if small < size)
    while needed > TALLEST and (small := next(smaller, None)):
        size, needed = small, height(text, width, small)
    return size, min(needed, TALLEST)


def widened(width, texts):
    """The least width, from `width` on, at which every text fits the tallest row.

    A text that would not fit at any width, for its many line breaks, widens nothing.
    """
    for text in texts:
        if _fits(text, width) or not _fits(text, WIDEST):
            continue
        while not _fits(text, width):
            width += 3
    return width


def _fits(text, width):
    """Whether `text` fits the tallest row in the smallest size."""
    # Of two lines of one paragraph, more than one line's width is filled; mostly that settles it.
    most = 4 * len(text) / _room(width, SIZES[-1]) + text.count("\n") + 1
    if most * SIZES[-1] * LEADING + PADDING <= TALLEST:
        return True
    return height(text, width, SIZES[-1]) <= TALLEST
