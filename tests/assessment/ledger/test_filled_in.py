"""What comes back is understood, or said to be wrong by address and name, or refused by name."""

from datetime import date
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.cell import MergedCell

from assessment.forms.self_rating import COLUMNS
from tests.town import at_step, item_of, sheet_of

from .books import book, saved
from .fill_in import (
    branch_form,
    department_form,
    filled,
    form_of,
    key,
    opened,
    reading,
    table_of,
)


def said(form):
    assert not form.is_valid()
    return form.errors["workbook"]


def changed(content, *changes):
    """The workbook with its first worksheet changed by each of `changes`."""
    workbook = load_workbook(BytesIO(content))
    for change in changes:
        change(workbook.worksheets[0])
    return saved(workbook)


def set_id(row, value):
    """What the workbook says that it is of."""

    def change(worksheet):
        worksheet.parent["ids"].cell(row, 2).value = value

    return change


@pytest.mark.parametrize(
    ("header", "value", "said"),
    [
        ("村组标星", "优秀", "看不懂“优秀”。请写达标（或 √）、基本达标、未达标、不适用。"),
        ("完成时限", "11月底", "日期请写成 2022-11-30 或 2022年11月30日 的样子。"),
        ("具体举措", "长" * 2001, "2000"),
        ("责任人", "人" * 31, "30"),
        ("进展情况", "=A1", "这一格是公式（=A1），请改成写好的文字、日期或标记。"),
        ("村组标星", '=IF(1,"达标")', "这一格是公式"),
    ],
)
def test_what_is_wrong_is_said_by_address_and_name(sheet, header, value, said):
    content = filled(branch_form(sheet), {key(sheet, "ST-3"): {header: value, "备注": "好"}})
    worksheet, columns, rows = opened(content)
    address = worksheet.cell(rows[key(sheet, "ST-3")], columns[header]).coordinate
    [sentence] = reading(form_of(sheet, content)).wrong
    task = item_of(sheet, "ST-3").task_item
    assert sentence.startswith(f"{address} · {task} · {header}：")
    assert said in sentence


def test_a_formula_that_stands_for_the_words_that_went_out_is_no_change(sheet):
    sheet.items.update(measures="=1+1")
    content = filled(branch_form(sheet), {"具体举措": "=1+1"})
    assert reading(form_of(sheet, content)).words == {}


def test_columns_and_rows_may_have_been_moved(sheet):
    def move(worksheet):
        for merged in list(worksheet.merged_cells.ranges):
            worksheet.unmerge_cells(str(merged))
        worksheet.insert_cols(3)
        worksheet.insert_rows(1, 4)

    content = filled(branch_form(sheet), {key(sheet, "ST-3"): {"备注": "我写的"}})
    found = reading(form_of(sheet, changed(content, move)))
    assert found.words == {item_of(sheet, "ST-3").pk: {"self_rating_note": "我写的"}}


def test_a_row_twice_and_a_row_of_nobody_are_named(sheet):
    def copy(worksheet):
        table, columns, rows = table_of(worksheet.parent)
        first, last = rows[key(sheet, "ZB-1")], max(rows.values())
        table.cell(last + 1, columns["key"]).value = key(sheet, "ZB-1")
        table.cell(last + 2, columns["具体举措"]).value = "另加一行"
        table.cell(last + 3, columns["任务内容"]).value = "只是说明"
        places.extend((first, last))

    places = []
    found = reading(form_of(sheet, changed(branch_form(sheet), copy)))
    first, last = places
    assert found.wrong == [
        f"第 {first}、{last + 1} 行是同一项。请只留一行",
        f"第 {last + 2} 行看不出是哪一项。请把内容填到那一项自己的行里，再删掉这一行",
    ]


def test_a_row_of_another_branch_is_of_nobody_here(sheet):
    """Two workbooks pasted into one."""
    other = sheet_of("南陈村")

    def forge(worksheet):
        table, columns, rows = table_of(worksheet.parent)
        row = rows[key(sheet, "ST-3")]
        table.cell(row, columns["key"]).value = key(other, "ST-3")
        table.cell(row, columns["备注"]).value = "串门"
        ids = worksheet.parent["ids"]
        for cells in ids.iter_rows():
            if cells[0].value == key(sheet, "ST-3"):
                cells[0].value = key(other, "ST-3")

    found = reading(form_of(sheet, changed(branch_form(sheet), forge)))
    assert found.words == {}
    assert len(found.wrong) == 1
    assert "看不出是哪一项" in found.wrong[0]


# What is refused by name


def test_another_village(sheet):
    assert said(form_of(sheet, branch_form(sheet_of("南陈村")))) == [
        "这是南陈村 2022 年的村组标星填报表，不是卫坡村 2022 年的村组标星填报表。请选取对的那一份。"
    ]


def test_another_year(sheet):
    content = changed(branch_form(sheet), set_id(2, "2021"))
    assert said(form_of(sheet, content))[0].startswith("这是卫坡村 2021 年的村组标星填报表，不是")


def test_another_step(sheet, town):
    at_step(sheet, "review")
    [sentence] = said(form_of(sheet, department_form(town, "NY")))
    assert sentence.startswith("这是农业服务中心 2022 年的部门瞄星填报表，不是卫坡村")


def test_another_catalogue(sheet):
    content = changed(branch_form(sheet), set_id(5, "2021"), set_id(6, "旧任务清单"))
    [sentence] = said(form_of(sheet, content))
    assert sentence.startswith(
        f"这张表是按“旧任务清单”做的，现在用的是“{sheet.cycle.catalogue.name}”"
    )


@pytest.mark.parametrize(
    "spoil",
    [
        lambda worksheet: worksheet.parent.remove(worksheet.parent["ids"]),
        lambda worksheet: worksheet.delete_rows(1, worksheet.max_row),
        lambda worksheet: setattr(worksheet.parent["ids"]["B1"], "value", "别的"),
        lambda worksheet: worksheet.delete_cols(worksheet.max_column),
    ],
)
def test_a_workbook_that_does_not_know_what_it_is(sheet, spoil):
    [sentence] = said(form_of(sheet, changed(branch_form(sheet), spoil)))
    assert sentence.startswith("这不是从这里下载的填报表")


def test_any_other_workbook(sheet):
    [sentence] = said(form_of(sheet, book(["村", "达标"])))
    assert sentence.startswith("这不是从这里下载的填报表")


def test_columns_that_are_lost_are_named(sheet):
    def rename(worksheet):
        table, columns, rows = table_of(worksheet.parent)
        for header in ("具体举措", "备注"):
            table.cell(min(rows.values()) - 1, columns[header]).value = "改了"

    assert said(form_of(sheet, changed(branch_form(sheet), rename))) == [
        "找不到“具体举措”这一列。请不要改动表头，改回来再传",
        "找不到“备注”这一列。请不要改动表头，改回来再传",
    ]


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 5000, "１"])
def test_a_version_that_is_none(sheet, version):
    def forge(worksheet):
        for row in worksheet.parent["ids"].iter_rows(min_row=11):
            row[1].value = version

    form = form_of(sheet, changed(filled(branch_form(sheet), {"备注": "好"}), forge))
    found = reading(form)
    assert len(found.wrong) == (0 if version == "１" else 30)


ANY = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(date(1901, 1, 1)),
)


@settings(max_examples=60, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.data())
def test_anything_in_any_cell_is_read_or_said_to_be_wrong(sheet_once, drawn):
    sheet, content = sheet_once

    def fill(worksheet):
        for target in worksheet.parent.worksheets:
            for _n in range(drawn.draw(st.integers(0, 4))):
                row = drawn.draw(st.integers(1, target.max_row + 2))
                column = drawn.draw(st.integers(1, target.max_column + 1))
                cell = target.cell(row, column)
                if not isinstance(cell, MergedCell):
                    cell.value = drawn.draw(ANY)

    form = form_of(sheet, changed(content, fill))
    if form.is_valid():
        found = form.reading()
        assert all(isinstance(sentence, str) for sentence in found.wrong)
        for words in found.words.values():
            assert words.keys() <= set(COLUMNS)
    else:
        assert all(form.errors["workbook"])


@pytest.fixture
def sheet_once(sheet):
    return sheet, branch_form(sheet)
