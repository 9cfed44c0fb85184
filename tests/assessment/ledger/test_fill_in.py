"""The workbooks to fill in: what is open, what is locked, what they know of themselves."""

from datetime import date
from io import BytesIO

import pytest
from django.utils import translation
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from assessment import ledger, workflow
from assessment.enums import Rating
from assessment.forms.self_rating import COLUMNS
from assessment.ledger.boxes import CLOSED, OPEN, REVIEW, SELF_RATING
from assessment.ledger.fill_in import mark_of
from assessment.models import ItemRating
from tests.town import at_step, item_of, person, sheet_of

from .fill_in import branch_form, cells, department_form, key, opened, table_of

STRANGE = ("=1+1", "+86", "-逐户", "@所有人", "🌟" * 30, "一\n二", "'引")


def test_every_word_of_the_branch_has_a_box():
    assert tuple(box.name for box in SELF_RATING.boxes) == COLUMNS
    assert [box.name for box in REVIEW.boxes] == ["review", "review_note"]
    assert [str(box.header) for box in SELF_RATING.boxes] == [
        ItemRating._meta.get_field(name).verbose_name for name in COLUMNS
    ]


def test_thirty_rows_with_their_boxes_open_and_all_else_locked(sheet):
    worksheet, columns, rows = opened(branch_form(sheet))
    assert len(rows) == 30
    assert worksheet.protection.sheet
    assert worksheet.protection.password is None
    boxes = {columns[str(box.header)] for box in SELF_RATING.boxes}
    for row in worksheet.iter_rows():
        for cell in row:
            is_box = cell.column in boxes and cell.row in rows.values() and cell.border.left.style
            assert cell.protection.locked != bool(is_box), cell.coordinate


def test_what_may_not_be_written_is_locked_and_shaded(sheet):
    open_item = item_of(sheet, "ST-3")
    worksheet, columns, rows = opened(branch_form(sheet, open_items={open_item.pk}))
    for code, shade, locked in (("ST-3", OPEN, False), ("ST-4", CLOSED, True)):
        cell = worksheet.cell(rows[key(sheet, code)], columns["具体举措"])
        assert (cell.fill.fgColor.rgb[2:], cell.protection.locked) == (shade, locked)
    assert "灰色的任务项现在不能填" in worksheet["A2"].value


def test_marks_are_chosen_from_a_list_on_a_hidden_sheet(sheet):
    book = load_workbook(BytesIO(branch_form(sheet)))
    worksheet, columns, rows = table_of(book)
    [choice] = worksheet.data_validations.dataValidation
    assert (choice.type, choice.formula1) == ("list", "choices!$A$1:$A$4")
    letter = get_column_letter(columns["村组标星"])
    assert str(choice.sqref) == f"{letter}{min(rows.values())}:{letter}{max(rows.values())}"
    assert [row[0].value for row in book["choices"]] == [rating.label for rating in Rating]
    # √ may be written as well.
    assert not choice.showErrorMessage


def test_nothing_that_is_filled_in_is_merged_and_the_keys_are_out_of_sight(sheet):
    book = load_workbook(BytesIO(branch_form(sheet)))
    worksheet, columns, rows = table_of(book)
    last = get_column_letter(columns["key"])
    assert worksheet.column_dimensions[last].hidden
    assert {each.sheet_state for each in book.worksheets[1:]} == {"hidden"}
    assert book.security.lockStructure
    first = rows[key(sheet, "ZB-1")]
    assert all(
        merged.max_row < first - 1 or merged.min_row > first + 29
        for merged in worksheet.merged_cells.ranges
    )
    assert worksheet.freeze_panes == f"D{first}"
    assert worksheet.print_title_rows == f"${first - 1}:${first - 1}"


def test_it_knows_what_it_is_of_and_each_items_version(sheet, clerk):
    item = item_of(sheet, "ST-3")
    workflow.self_rate(item, {"measures": "逐户排查"}, 0, by=clerk)
    ids = load_workbook(BytesIO(branch_form(sheet)))["ids"]
    assert [ids.cell(row, 2).value for row in range(1, 7)] == [
        "self_rating",
        "2022",
        sheet.branch.code,
        "卫坡村",
        "2022",
        sheet.cycle.catalogue.name,
    ]
    known = {row[0].value: [cell.value for cell in row[1:]] for row in ids.iter_rows(min_row=11)}
    assert len(known) == 30
    version, _mark, measures, *_rest = known[key(sheet, "ST-3")]
    assert (version, measures) == ("1", mark_of("逐户排查"))


def test_words_and_marks_and_dates_stand_in_their_boxes(sheet, clerk):
    words = {
        "self_rating": "partly_met",
        "measures": "逐户排查",
        "responsible_person": "李某",
        "due_date": date(2022, 11, 30),
    }
    workflow.self_rate(item_of(sheet, "ST-3"), words, 0, by=clerk)
    worksheet, columns, rows = opened(branch_form(sheet))
    row = rows[key(sheet, "ST-3")]
    said = {header: worksheet.cell(row, column).value for header, column in columns.items()}
    assert (said["村组标星"], said["具体举措"], said["责任人"]) == ("基本达标", "逐户排查", "李某")
    assert said["完成时限"].date() == date(2022, 11, 30)
    assert said["进展情况"] is None
    assert worksheet.cell(row, columns["具体举措"]).number_format == "@"


@pytest.mark.parametrize("text", STRANGE)
def test_strange_text_is_text(sheet, text):
    sheet.items.update(measures=text)
    worksheet, columns, rows = opened(branch_form(sheet))
    cell = worksheet.cell(rows[key(sheet, "ST-3")], columns["具体举措"])
    assert (cell.value, cell.data_type) == (text, "s")


def test_control_characters_are_left_out_and_too_long_a_text_is_refused(sheet):
    sheet.items.update(measures="一\x0b二", progress="长" * 2000)
    worksheet, columns, rows = opened(branch_form(sheet))
    row = rows[key(sheet, "ST-3")]
    assert worksheet.cell(row, columns["具体举措"]).value == "一二"
    assert worksheet.cell(row, columns["进展情况"]).value == "长" * 2000
    sheet.items.update(measures="长" * 40_000)
    with pytest.raises(ledger.TextTooLong, match="40000"):
        branch_form(sheet)


def test_why_an_item_was_returned_stands_beside_it(sheet):
    assert "退回理由" not in opened(branch_form(sheet))[1]
    at_step(sheet, "review")
    item = item_of(sheet, "ST-3")
    workflow.return_item(item, "缺台账", item.version, by=person("reviewer_ny"))
    worksheet, columns, rows = opened(branch_form(sheet, open_items={item.pk}))
    reasons = [
        worksheet.cell(rows[key(sheet, code)], columns["退回理由"]).value
        for code in ("ST-3", "ST-4")
    ]
    assert reasons == ["缺台账", None]


def test_it_is_in_chinese_whatever_the_page(sheet):
    chinese = cells(branch_form(sheet))
    with translation.override("en"):
        assert cells(branch_form(sheet)) == chinese


def test_a_department_has_its_items_of_all_branches_that_handed_in(town):
    for name in ("卫坡村", "南陈村"):
        at_step(sheet_of(name), "review")
    worksheet, columns, rows = opened(department_form(town, "NY"))
    items = ItemRating.objects.filter(task_item__lead_department__code="NY")
    expected = [
        key(sheet_of(name), item.task_item.code)
        for name in ("南陈村", "卫坡村")
        for item in items.filter(assessment__branch__name=name).with_places()
    ]
    assert list(rows) == expected
    assert {"部门瞄星", "瞄星意见", "支部", "村组标星", "佐证资料"} <= columns.keys()
    first = rows[expected[0]]
    assert worksheet.auto_filter.ref.startswith(f"A{first - 1}:")
    assert worksheet.cell(first, columns["具体举措"]).protection.locked
    assert not worksheet.cell(first, columns["瞄星意见"]).protection.locked


def test_its_names(sheet):
    place = ledger.place_of(SELF_RATING.step, sheet.cycle, sheet.branch)
    assert ledger.fill_in_name(place) == "2022年朝阳镇卫坡村“五星”支部创建村组标星填报表.xlsx"
    assert str(place) == "卫坡村 2022 年的村组标星填报表"


def test_a_mark_is_the_same_however_the_text_was_kept():
    assert mark_of("一\r\n二 ") == mark_of("一\n二") != mark_of("一二")
    assert mark_of(date(2022, 11, 30)) == mark_of("2022-11-30")
    assert mark_of(None) == mark_of("") == mark_of(" ")
