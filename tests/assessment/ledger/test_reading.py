"""What a workbook that somebody sends says; and that no bytes at all make the reader fail."""

from datetime import date, datetime, time
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from assessment.ledger.cells import Writer
from assessment.ledger.looks import TEXT
from assessment.ledger.reading import read, sheets_of
from assessment.rules.characters import seen
from assessment.rules.uploads import LONGEST_CELL

from .books import (
    SHEET,
    STYLES,
    as_wps,
    book,
    data,
    edited,
    part,
    saved,
    with_shared_formula,
    with_strings,
)

PLAIN = book(["村", "达标"], [None, 3], ["尾"])


def texts(content):
    """Address → text of the first sheet."""
    sheet = next(iter(sheets_of(content).values()))
    return {cell.address: cell.text for row in sheet.rows.values() for cell in row.values()}


def test_cells_by_their_addresses():
    sheet = read(SimpleUploadedFile("表.xlsx", PLAIN))["表"]
    assert sheet.title == "表"
    assert {row: list(cells) for row, cells in sheet.rows.items()} == {1: [1, 2], 2: [2], 3: [1]}
    assert [sheet.text(1, 2), sheet.text(2, 1), sheet.text(9, 9)] == ["达标", "", ""]
    assert sheet.rows[2][2].address == "B2"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" 前后 ", "前后"),
        ("一\r\n二\r三", "一\n二\n三"),
        ("\n ", None),
        (12, "12"),
        (12.0, "12"),
        (0.1 + 0.2, "0.3"),
        (410308105001, "410308105001"),
        (-2.5, "-2.5"),
        (0, "0"),
        (True, "TRUE"),
        (False, "FALSE"),
        (date(2022, 11, 30), "2022-11-30"),
        (datetime(2022, 11, 30, 8, 5), "2022-11-30 08:05"),
        (time(8, 5), "08:05:00"),
        ("0012", "0012"),
        ("_x0041_", "A"),
        ("一_x000D_\n二", "一\n二"),
        ("_xD800_半", "半"),
    ],
)
def test_values_become_text(value, text):
    assert texts(book([value])) == ({"A1": text} if text else {})


@pytest.mark.parametrize("number", [14, 31, 57, 58])
def test_a_date_in_a_format_that_has_only_a_number(number):
    content = edited(
        book([date(2022, 11, 30)]),
        STYLES,
        lambda text: text.replace('<xf numFmtId="14"', f'<xf numFmtId="{number}"'),
    )
    assert texts(content) == {"A1": "2022-11-30"}


def test_a_date_in_a_format_of_its_own():
    workbook = Workbook()
    workbook.active["A1"] = date(2022, 3, 5)
    workbook.active["A1"].number_format = 'yyyy"年"m"月"d"日"'
    workbook.active["A2"] = 44625
    assert texts(saved(workbook)) == {"A1": "2022-03-05", "A2": "44625"}


def test_a_workbook_whose_days_begin_in_1904():
    content = edited(
        book([date(2022, 11, 30)]),
        "xl/workbook.xml",
        lambda text: text.replace("<workbookPr/>", '<workbookPr date1904="1"/>'),
    )
    assert texts(content) == {"A1": "2026-12-01"}


@pytest.mark.parametrize("number", ["1E999", "-5", "1e300", "NaN", "三"])
def test_no_number_and_no_date_stay_as_they_stand(number):
    content = edited(book([date(2022, 11, 30)]), SHEET, lambda text: text.replace("44895", number))
    assert set(texts(content)) == {"A1"}


def test_runs_are_one_text_and_what_says_how_to_pronounce_it_is_left_out():
    inside = "<is><r><t>卫</t></r><r><t>坡</t></r><rPh><t>wèi pō</t></rPh></is>"
    content = part(PLAIN, SHEET, data(f'<row><c t="inlineStr">{inside}</c></row>'))
    assert texts(content) == {"A1": "卫坡"}


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        ("<si><t>村</t></si><si><t>镇</t></si>", "村"),
        ("<si><r><t>卫</t></r><r><rPr/><t>坡</t></r></si>", "卫坡"),
        ('<si><t xml:space="preserve"> 前\n后 </t></si>', "前\n后"),
    ],
)
def test_strings_from_a_table(inside, text):
    assert texts(with_strings(PLAIN, inside)) == {"A1": text}


def test_rows_and_cells_without_places_follow_one_another():
    inside = "<row><c><v>1</v></c><c/><c><v>2</v></c></row><row r='7'><c r='C7'><v>3</v></c></row>"
    rest = "<row><c><v>4</v></c></row>"
    assert texts(part(PLAIN, SHEET, data(inside + rest))) == {
        "A1": "1",
        "C1": "2",
        "C7": "3",
        "A8": "4",
    }


def test_the_strict_namespace_is_read_too():
    content = edited(
        PLAIN,
        SHEET,
        lambda text: text.replace(
            "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            "http://purl.oclc.org/ooxml/spreadsheetml/main",
        ),
    )
    assert texts(content)["B1"] == "达标"


def test_a_wrong_dimension_hides_nothing():
    content = as_wps(PLAIN)
    assert b'<dimension ref="A1"/>' in ZipFile(BytesIO(content)).read(SHEET)
    assert texts(content) == texts(PLAIN) == {"A1": "村", "B1": "达标", "B2": "3", "A3": "尾"}


def test_shared_formulas_without_what_they_come_to():
    content = with_shared_formula(book(*[[1, "村"]] * 4), "A", 1, 4, "ROW()")
    sheet = sheets_of(content)["表"]
    assert [cells[1].text for cells in sheet.rows.values()] == [""] * 4
    assert [cells[1].formula for cells in sheet.rows.values()] == ["=ROW()", "=", "=", "="]
    assert [cells[2].text for cells in sheet.rows.values()] == ["村"] * 4


def test_a_formula_and_an_error_are_told_from_words():
    inside = (
        "<row><c><f>1+1</f><v>2</v></c><c t='e'><v>#N/A</v></c><c t='str'><v>#N/A</v></c></row>"
    )
    row = sheets_of(part(PLAIN, SHEET, data(inside)))["表"].rows[1]
    assert [(cell.text, cell.formula) for cell in row.values()] == [
        ("2", "=1+1"),
        ("#N/A", "#N/A"),
        ("#N/A", ""),
    ]


def test_hidden_sheets_are_read_and_charts_have_no_cells():
    workbook = Workbook()
    workbook.create_sheet("暗").append(["标识"])
    workbook["暗"].sheet_state = "veryHidden"
    workbook.create_chartsheet("图")
    assert {title: len(sheet.rows) for title, sheet in sheets_of(saved(workbook)).items()} == {
        "Sheet": 0,
        "暗": 1,
    }


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=100)


@given(st.lists(ANY_TEXT, min_size=1, max_size=8))
def test_what_was_written_is_read(values):
    workbook = Workbook()
    writer = Writer(workbook.active, [20] * len(values))
    for column, value in enumerate(values, start=1):
        writer.put(1, column, value, TEXT)
    row = next(iter(sheets_of(saved(workbook)).values())).rows.get(1, {})
    assert {column: cell.text for column, cell in row.items()} == {
        column: seen(value).strip()
        for column, value in enumerate(values, start=1)
        if seen(value).strip()
    }


def test_a_far_cell_without_words_is_no_matter():
    content = part(PLAIN, SHEET, data("<row r='9'><c r='B9'><v>1</v></c><c r='XFD9' s='0'/></row>"))
    assert texts(content) == {"B9": "1"}


def test_the_longest_cell_is_read():
    content = part(PLAIN, SHEET, data(f"<row><c t='str'><v>{'长' * LONGEST_CELL}</v></c></row>"))
    assert texts(content) == {"A1": "长" * LONGEST_CELL}
