"""A workbook for filtering: plain tables, with what the forms for print hold, and nothing else."""

import pytest
from openpyxl.utils import get_column_letter

from assessment.models import Assessment, Cycle, ItemRating

from .conftest import branch_workbook, cycle_workbook, read_back

STARS = ["支部过硬", "产业兴旺", "生态宜居", "平安法治", "文明幸福"]
TABLES = ["总览", *STARS, "工作台账", "公示名单"]


def both(**asked):
    cycle = Cycle.objects.get(year=2022)
    everything = Assessment.objects.all(), ItemRating.objects.all()
    return [
        read_back(cycle_workbook(cycle, *everything, use=use, **asked))
        for use in ("print", "filter")
    ]


@pytest.fixture(scope="module")
def books(busy):
    return both()


def rows(sheet, header_row):
    """header → value, of each row below it down to the first that has no number."""
    found = list(sheet.values)[header_row - 1 :]
    head = list(filter(None, found[0]))
    number = head.index("序号")
    return [dict(zip(head, row, strict=False)) for row in found[1:] if isinstance(row[number], int)]


def test_order_of_the_sheets(books):
    _, plain = books
    assert plain.sheetnames == [*TABLES, "说明"]
    assert plain.active.title == "总览"


@pytest.mark.parametrize("name", [*TABLES, "说明"])
def test_every_sheet_is_a_table_and_nothing_else(books, name):
    sheet = books[1][name]
    assert not sheet.merged_cells.ranges
    assert all(cell.value for cell in sheet[1])
    assert len({cell.value for cell in sheet[1]}) == sheet.max_column
    last = f"{get_column_letter(sheet.max_column)}{sheet.max_row}"
    assert sheet.auto_filter.ref == f"A1:{last}"
    assert sheet.freeze_panes.endswith("2")
    assert sheet.print_title_rows == "$1:$1"
    # Down to its last row it holds rows of the table: no totals, notes or places to sign.
    assert sheet.cell(sheet.max_row, 1).value is not None
    words = [str(value) for row in sheet.values for value in row if value is not None]
    assert not any("签字" in text or "盖章" in text for text in words)


@pytest.mark.parametrize("name", ["总览", *STARS])
def test_tables_hold_what_is_printed(books, name):
    printed, plain = books
    assert rows(plain[name], 1) == rows(printed[name], 2)
    assert len(rows(plain[name], 1)) == plain[name].max_row - 1 == 27


def test_the_ledger_holds_what_is_printed_and_each_speaker_apart(books):
    printed, plain = (rows(book["工作台账"], row) for book, row in zip(books, (3, 1), strict=True))
    items = ItemRating.objects.select_related("assessment__branch").order_by(
        "assessment__branch__order", "task_item__category__order", "task_item__number"
    )
    assert len(plain) == len(printed) == 810
    for form, row, item in zip(printed, plain, items, strict=True):
        own = {head: row[head] for head in form if head != "备注"}
        assert own == {head: value for head, value in form.items() if head != "备注"}
        assert row["统计代码"] == item.assessment.branch.code
        assert row["瞄星意见"] == (item.review_note or None)
        assert row["督星意见"] == (item.supervision_note or None)
        note = (row["备注"] or "").removesuffix("部门：留白按未达标计").rstrip("\n")
        assert note == item.self_rating_note


def test_a_branch_for_filtering(busy_town):
    sheet = Assessment.objects.select_related("branch", "cycle").get(branch__name="卫坡村")
    book = read_back(branch_workbook(sheet, ItemRating.objects.all(), use="filter"))
    form = read_back(branch_workbook(sheet, ItemRating.objects.all()))
    assert book.sheetnames == ["卫坡村", "说明"]
    plain = book["卫坡村"]
    assert not plain.merged_cells.ranges
    assert plain.max_row == 31
    assert {row["星级类别"] for row in rows(plain, 1)} == {*STARS}
    for row, printed in zip(rows(plain, 1), rows(form["卫坡村"], 4), strict=True):
        assert {**row, **printed, "备注": None, "星级类别": None} == {
            **printed,
            **row,
            "备注": None,
            "星级类别": None,
        }


def test_codes_dates_and_numbers_keep_their_kinds(books):
    ledger = books[1]["工作台账"]
    heads = [cell.value for cell in ledger[1]]
    code, number, due = (
        ledger.cell(3, heads.index(head) + 1) for head in ("统计代码", "序号", "完成时限")
    )
    assert (code.data_type, code.number_format) == ("s", "@")
    assert number.data_type == "n"
    assert due.is_date
