"""What the cells of a list say, as truth tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.rules.lists import (
    category_code,
    parted,
    place_of_item,
    whole_number,
    yes_or_no,
)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        *((text, True) for text in ("是", " √", "✓", "✔", "1", "１", "YES", "True", "关键项")),
        *((text, False) for text in ("", " ", "否", "×", "0", "no", "FALSE")),
        *((text, None) for text in ("也许", "2", "是否", "√√")),
    ],
)
def test_yes_or_no(text, said):
    assert yes_or_no(text) is said


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1", 1),
        ("９９", 99),
        (" 7 ", 7),
        ("007", 7),
        ("100", 100),
        ("101", None),
        ("0", None),
        ("-1", None),
        ("1.5", None),
        ("²", 2),
        ("٣", None),
        ("一", None),
        ("", None),
        ("9" * 5000, None),
    ],
)
def test_a_whole_number(text, number):
    assert whole_number(text, 100) == number


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ST", "ST"),
        (" s t", "ST"),
        ("ｓｔ１", "ST1"),
        ("1A", None),
        ("生态", None),
        ("A" * 9, None),
        ("", None),
    ],
)
def test_a_category_code(text, code):
    assert category_code(text) == code


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("2022 ST-3", (2022, "ST", 3)),
        ("2022年ST-3", (2022, "ST", 3)),
        ("２０２２·ｓｔ－３", (2022, "ST", 3)),
        ("2022ST-12", (2022, "ST", 12)),
        ("ST-3", None),
        ("22 ST-3", None),
        ("2022 ST", None),
        ("2022 ST-33333", None),
        ("", None),
    ],
)
def test_the_place_of_an_item(text, place):
    assert place_of_item(text) == place


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("甲", ["甲"]),
        ("甲、乙，丙,丁；戊;己\n庚", list("甲乙丙丁戊己庚")),
        ("、甲、、乙、", ["甲", "乙"]),
        ("", []),
        (" ", []),
    ],
)
def test_several_names(text, names):
    assert parted(text) == names


@given(st.text())
def test_any_text_is_read_or_not(text):
    for read in (yes_or_no, category_code, place_of_item, parted, lambda it: whole_number(it, 9)):
        read(text)
