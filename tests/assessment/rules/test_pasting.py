"""Reading a block copied from a spreadsheet: what Excel and WPS put on the clipboard."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as some

from assessment.enums import Rating
from assessment.rules.pasting import Placed, cells, mark, placed, plain

# What may stand in a cell, and what the clipboard's own grammar is made of.
words = some.text(some.sampled_from('"\t\n 一五星达a'), max_size=12)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [[""]]),
        ("达标", [["达标"]]),
        ("达标\r\n", [["达标"]]),
        ("一\t二\r\n三\t四\r\n", [["一", "二"], ["三", "四"]]),
        ("一\t二\n三\t四", [["一", "二"], ["三", "四"]]),
        ("一\r二\r", [["一"], ["二"]]),
        ("一\t\t三\n\t\t\n四\t", [["一", "", "三"], ["", "", ""], ["四", ""]]),
        ("一\n二\t三\n", [["一"], ["二", "三"]]),
        # A cell with line ends is quoted, and the quotes in it are doubled.
        ('"一\n二"\t三', [["一\n二", "三"]]),
        ('"一\r\n二"\r\n三', [["一\n二"], ["三"]]),
        ('"一\t二"\t三', [["一\t二", "三"]]),
        ('"说""好""\n了"\t三', [['说"好"\n了', "三"]]),
        ('"""五星"""\t三', [['"五星"', "三"]]),
        # Excel leaves quotes alone that are only words.
        ('"五星"\t三', [['"五星"', "三"]]),
        ('"五星"支部\t三', [['"五星"支部', "三"]]),
        ('五"星\t"\t三', [['五"星', '"', "三"]]),
        ('"没有关上\t三\n四', [['"没有关上', "三"], ["四"]]),
        ('""\t三', [['""', "三"]]),
        ("一\n\n", [["一"], [""]]),
    ],
)
def test_cells(text, expected):
    assert cells(text) == expected


@given(text=some.text())
def test_any_text_is_read(text):
    rows = cells(text)
    assert all(rows)
    assert all(isinstance(cell, str) for row in rows for cell in row)


@given(text=some.text(some.sampled_from('"\t\r\n一a'), max_size=40))
def test_the_grammars_own_signs_in_any_order_lose_no_word(text):
    kept = "".join(cell for row in cells(text) for cell in row)
    assert [sign for sign in kept if sign in "一a"] == [sign for sign in text if sign in "一a"]


@given(rows=some.lists(some.lists(words, min_size=1, max_size=4), min_size=1, max_size=4))
def test_what_a_spreadsheet_quotes_is_read_back(rows):
    """As LibreOffice writes it: quoted where there is need, always in the same grammar."""
    written = io.StringIO()
    csv.writer(written, dialect="excel-tab", lineterminator="\n").writerows(rows)
    assert cells(written.getvalue()) == [
        # A lone empty cell is written "" by Python's writer, which here is two marks.
        ['""'] if row == [""] else row
        for row in rows
    ]


@pytest.mark.parametrize(
    ("rows", "top", "left", "expected"),
    [
        ([["一"]], 0, 0, [Placed(0, 0, "一")]),
        ([["一", "二"], ["三", "四"]], 3, 2, [
            Placed(3, 2, "一"), Placed(3, 3, "二"), Placed(4, 2, "三"), Placed(4, 3, "四"),
        ]),
        ([["", " 二 "], [" \u3000"], ["三"]], 0, 0, [Placed(0, 1, "二"), Placed(2, 0, "三")]),
        ([[""]], 5, 5, []),
    ],
)  # fmt: skip
def test_placed(rows, top, left, expected):
    assert placed(rows, top, left) == expected


@given(
    rows=some.lists(some.lists(some.text(max_size=5), max_size=4), max_size=6),
    top=some.integers(0, 40),
    left=some.integers(0, 8),
)
def test_each_word_has_one_place_and_no_blank_has_any(rows, top, left):
    found = placed(rows, top, left)
    assert len({(cell.row, cell.column) for cell in found}) == len(found)
    assert len(found) == sum(bool(cell.strip()) for row in rows for cell in row)
    for cell in found:
        assert rows[cell.row - top][cell.column - left].strip() == cell.text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("达标", Rating.MET),
        (" 达 标\u3000", Rating.MET),
        ("√", Rating.MET),
        ("✔", Rating.MET),
        ("基本达标", Rating.PARTLY_MET),
        ("基本 达标", Rating.PARTLY_MET),
        ("未达标", Rating.UNMET),
        ("不适用\n", Rating.NOT_APPLICABLE),
        ("", None),
        ("不达标", None),
        ("达标率90%", None),
        ("met", None),
        ("村组标星", None),
    ],
)
def test_mark(text, expected):
    assert mark(text) == expected


@given(text=some.text())
def test_any_text_may_be_asked_for_its_mark(text):
    assert mark(text) in {None, *Rating}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("２０２２／１１／５", "2022/11/5"),
        ("2022 年 11 月 5 日", "2022年11月5日"),
        ("２０２２．１１．０５", "2022.11.05"),
    ],
)
def test_full_width_is_made_half(text, expected):
    assert plain(text) == expected
