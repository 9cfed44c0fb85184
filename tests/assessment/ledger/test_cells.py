"""Whatever is typed stays text, and nothing is lost without a word."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.exceptions import IllegalCharacterError

from assessment.ledger import TextTooLong
from assessment.ledger.cells import LONGEST, Writer
from assessment.ledger.looks import DATE, SHORT, TEXT
from assessment.ledger.measure import TALLEST
from assessment.ledger.names import safe_file_name, safe_title

from .conftest import read_back

# Surrogates and control characters included: a database may hold what a browser never sends.
ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=200)


def written(*values, look=TEXT, width=20):
    """The cells of one row, written and read back."""
    workbook = Workbook()
    writer = Writer(workbook.active, [width] * len(values))
    for column, value in enumerate(values, start=1):
        writer.put(1, column, value, look)
    return read_back(workbook).active[1]


def is_seen(character):
    """The production `Char` of XML 1.0, without controls and marks that turn the way words run."""
    code = ord(character)
    is_hidden = 0x7F <= code <= 0x9F or 0x202A <= code <= 0x202E or 0x2066 <= code <= 0x2069
    return not is_hidden and (
        code in (0x9, 0xA, 0xD)
        or 0x20 <= code <= 0xD7FF
        or 0xE000 <= code <= 0xFFFD
        or code >= 0x10000
    )


@given(st.lists(ANY_TEXT, min_size=1, max_size=6))
def test_any_text_comes_back_as_text(texts):
    for cell, text in zip(written(*texts), texts, strict=True):
        unified = text.replace("\r\n", "\n").replace("\r", "\n")
        expected = "".join(filter(is_seen, unified))
        assert cell.value == (expected or None)
        assert cell.data_type == ("s" if expected else "n")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
@pytest.mark.parametrize("rest", ["", "1+1", 'HYPERLINK("http://x")', "SUM(A1:A9)", "达标"])
def test_beginning_of_a_formula_stays_text(sign, rest):
    (cell,) = written(sign + rest)
    assert (cell.value, cell.data_type) == (sign + rest, "s")
    # Or it would turn into a formula when somebody edits the cell.
    assert cell.quotePrefix


@pytest.mark.parametrize("text", ["#N/A", "#DIV/0!", "TRUE", "0012", "410308105001", "2022-10-31"])
def test_text_that_looks_like_something_else_stays_text(text):
    (cell,) = written(text)
    assert (cell.value, cell.data_type) == (text, "s")
    assert not cell.quotePrefix


@pytest.mark.parametrize("text", ["_x0041_", "村_x000D_", "_x005F_"])
def test_text_that_excel_takes_for_a_sign_written_out_is_escaped(text):
    workbook = Workbook()
    Writer(workbook.active, [20]).put(1, 1, text, TEXT)
    assert workbook.active["A1"].value == text.replace("_x", "_x005F_x")


def test_openpyxl_alone_would_have_refused_or_mistaken_them():
    """Why the writer goes past `cell.value`."""
    cell = Workbook().active["A1"]
    with pytest.raises(IllegalCharacterError):
        cell.value = "\x0b"
    cell.value = "=1+1"
    assert cell.data_type == "f"


@pytest.mark.parametrize("nothing", [None, "", "\x00"])
def test_nothing_leaves_the_cell_empty_but_drawn(nothing):
    (cell,) = written(nothing)
    assert (cell.value, cell.data_type) == (None, "n")
    assert cell.border.top.style == "thin"


def test_zero_is_not_nothing():
    (cell,) = written(0, look=SHORT)
    assert (cell.value, cell.data_type) == (0, "n")


def test_date_stays_a_date_in_its_chinese_format():
    (cell,) = written(date(2022, 3, 5), look=DATE)
    assert (cell.value, cell.number_format) == (datetime(2022, 3, 5), DATE.number_format)


@pytest.mark.parametrize("text", ["长" * LONGEST, "🌟" * (LONGEST // 2)])
def test_longest_text_is_kept_whole(text):
    (cell,) = written(text)
    assert cell.value == text


@pytest.mark.parametrize("text", ["长" * (LONGEST + 1), "🌟" * (LONGEST // 2 + 1)])
def test_longer_text_is_refused_with_its_place(text):
    """Excel counts a character beyond the first plane as two."""
    workbook = Workbook()
    workbook.active.title = "工作台账"
    writer = Writer(workbook.active, [20, 20])
    with pytest.raises(TextTooLong, match="32768") as refusal:
        writer.put(7, 2, text, TEXT)
    assert refusal.value.place == "工作台账!B7"
    assert "工作台账!B7" in str(refusal.value)


def test_row_is_as_tall_as_its_tallest_cell():
    workbook = Workbook()
    writer = Writer(workbook.active, [20, 20, 20])
    for column, text in enumerate(("短", "长" * 60, "中" * 20), start=1):
        writer.put(1, column, text, TEXT)
    alone = Writer(workbook.create_sheet(), [20])
    alone.put(1, 1, "长" * 60, TEXT)
    heights = [sheet.row_dimensions[1].height for sheet in workbook]
    assert heights[0] == heights[1] > 100


def test_merged_cell_is_measured_by_its_whole_width():
    workbook = Workbook()
    writer = Writer(workbook.active, [20, 20, 20])
    writer.put_line(1, "长" * 25)
    writer.put(2, 1, "长" * 25, TEXT)
    heights = [workbook.active.row_dimensions[row].height for row in (1, 2)]
    assert heights[0] * 2 < heights[1]
    assert "A1:C1" in workbook.active.merged_cells


def test_merged_cells_keep_one_value_and_all_their_edges():
    workbook = Workbook()
    writer = Writer(workbook.active, [10, 10, 10])
    for row in (1, 2, 3):
        writer.put(row, 1, "同", SHORT)
    writer.merge_down(1, 1, 3, SHORT)
    writer.put(4, 1, "一", TEXT, to_column=3)
    sheet = read_back(workbook).active
    assert {str(area) for area in sheet.merged_cells.ranges} == {"A1:A3", "A4:C4"}
    assert [sheet[f"A{row}"].value for row in (1, 2, 3)] == ["同", None, None]
    assert sheet["A3"].border.bottom.style == sheet["C4"].border.right.style == "thin"


def test_one_cell_is_not_merged_with_itself():
    workbook = Workbook()
    writer = Writer(workbook.active, [10])
    writer.put_line(1, "一")
    writer.put(2, 1, "二", SHORT)
    writer.merge_down(1, 2, 2, SHORT)
    sheet = read_back(workbook).active
    assert not sheet.merged_cells.ranges
    assert [sheet["A1"].value, sheet["A2"].value] == ["一", "二"]


def test_text_too_long_for_the_tallest_row_is_set_smaller():
    workbook = Workbook()
    writer = Writer(workbook.active, [24, 24])
    writer.put(1, 1, "长" * 500, TEXT)
    writer.put(1, 2, "长" * 100, TEXT)
    small, plain = read_back(workbook).active[1]
    assert small.font.size < plain.font.size == 10.5
    assert small.border.left.style == "thin"
    assert workbook.active.row_dimensions[1].height <= TALLEST


@given(ANY_TEXT)
def test_any_name_makes_a_worksheet_title(name):
    workbook = Workbook()
    workbook.active.title = safe_title(name)
    title = read_back(workbook).active.title
    assert 1 <= len(title.encode("utf-16-le")) // 2 <= 31
    assert not set(title) & set("[]:*?/\\")
    assert not title.startswith("'")
    assert not title.endswith("'")


def test_title_that_is_safe_is_kept():
    assert safe_title("卫坡村") == "卫坡村"
    assert safe_title("[]") == "工作台账"
    assert safe_title("甲" * 50) == "甲" * 31


@given(ANY_TEXT)
def test_any_title_makes_a_file_name(title):
    name = safe_file_name(title, ".xlsx")
    assert name.endswith(".xlsx")
    assert not set(name) & set('\\/:*?"<>|\n\r\t\x00')
