"""What the cells of a list say, however they were written: nothing where they say none of it."""

import re

from .pasting import plain

CODE = re.compile(r"[A-Z][A-Z0-9]{0,7}")
PLACE = re.compile(r"([0-9]{4})年?·?([A-Z][A-Z0-9]{0,7})-([0-9]{1,4})")
PARTED = re.compile(r"[、，,;；\n]+")
YES = ("是", "√", "✓", "✔", "1", "y", "yes", "true", "关键", "关键项")
NO = ("", "否", "×", "✗", "0", "n", "no", "false")


def yes_or_no(text):
    """An empty cell is a no."""
    word = plain(text).lower()
    return word in YES if word in YES + NO else None


def whole_number(text, highest):
    """A number from one."""
    digits = plain(text)
    if not (digits.isascii() and digits.isdigit() and len(digits) < 10):
        return None
    return int(digits) if 1 <= int(digits) <= highest else None


def category_code(text):
    found = CODE.fullmatch(plain(text).upper())
    return found and found[0]


def place_of_item(text):
    """(year, code of the category, number) of an item such as “2022 ST-3”."""
    found = PLACE.fullmatch(plain(text).upper())
    return found and (int(found[1]), found[2], int(found[3]))


def parted(text):
    """The names in a cell that lists some."""
    return [part for part in PARTED.split(text) if part.strip()]
