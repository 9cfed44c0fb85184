"""One branch's workbook: the form that is printed, signed and sealed."""

from datetime import UTC, datetime

import pytest

from assessment.models import Assessment, ItemRating
from branches.models import Branch
from tests.town import item_of, person, sheet_of

from .conftest import branch_workbook, cycle_workbook, read_back

HEADER_ROW = 4


def form_of(name):
    workbook = branch_workbook(sheet_of(name), ItemRating.objects.all())
    return read_back(workbook).active


def line(form, row):
    return [cell.value for cell in form[row] if cell.value is not None]


def test_rows_are_those_of_the_year_s_ledger(busy_town, everything):
    year = cycle_workbook(busy_town, *everything)["工作台账"]
    of_year = [row[1:] for row in year.iter_rows(values_only=True) if row[0] == "卫坡村"]
    form = branch_workbook(sheet_of("卫坡村"), ItemRating.objects.all()).active

    rows = list(form.iter_rows(min_row=HEADER_ROW + 1, max_row=34, values_only=True))

    assert len(rows) == 30
    # All but the categories, which are merged down.
    assert [row[:1] + row[2:] for row in rows] == [row[:1] + row[2:] for row in of_year]
    assert line(form, HEADER_ROW) == [cell.value for cell in year[3]][1:]


def test_categories_are_merged_down(busy_town):
    form = form_of("卫坡村")
    merged = {str(area) for area in form.merged_cells.ranges if area.min_col == area.max_col}
    assert merged == {"B5:B10", "B11:B16", "B17:B22", "B23:B28", "B29:B34"}
    assert [form[f"B{row}"].value for row in (5, 11, 17, 23, 29)] == (
        ["支部过硬", "产业兴旺", "生态宜居", "平安法治", "文明幸福"]
    )
    assert form["B10"].border.bottom.style == "thin"


def test_title_and_second_line(busy_town):
    Assessment.objects.filter(branch__name="卫坡村").update(
        submitted_at=datetime(2022, 10, 20, 17, tzinfo=UTC)
    )
    form = form_of("卫坡村")
    assert form.title == "卫坡村"
    assert line(form, 1) == ["2022年朝阳镇卫坡村“五星”支部创建工作台账"]
    assert "A1:O1" in form.merged_cells
    assert form["A1"].alignment.horizontal == "center"
    assert line(form, 2) == ["填报单位(盖章)：卫坡村", "填报日期：2022年10月21日"]


def test_date_of_a_sheet_not_handed_in_is_left_to_the_pen(busy_town):
    assert line(form_of("朝阳社区"), 2)[1] == "填报日期：　　年　　月　　日"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (
            "朝阳社区",
            "创建目标：三星　　拟创星：未选"
            "　　尚未定星：支部过硬、产业兴旺、生态宜居、平安法治、文明幸福"
            "　　星级：未定　　步骤：村组标星",
        ),
        (
            "南陈村",
            "创建目标：三星　　拟创星：支部过硬、产业兴旺、生态宜居、平安法治"
            "　　评定星：支部过硬　　未获评：产业兴旺　　尚未定星：生态宜居、平安法治、文明幸福"
            "　　星级：未定　　步骤：党委督星",
        ),
        (
            "石沟村",
            "创建目标：二星　　拟创星：支部过硬、产业兴旺、生态宜居、平安法治"
            "　　评定星：支部过硬、产业兴旺、生态宜居、平安法治、文明幸福"
            "　　星级：五星　　步骤：已定星",
        ),
    ],
)
def test_stars_in_one_line(busy_town, name, words):
    assert line(form_of(name), 3) == [words]


def test_branch_that_won_nothing_says_so(busy_town):
    sheet = sheet_of("石沟村")
    sheet.stars.update(awarded=False)
    words = line(form_of("石沟村"), 3)[0]
    assert "评定星：无　　未获评：支部过硬、产业兴旺、生态宜居、平安法治、文明幸福" in words
    assert "尚未定星" not in words


def test_closing_line_has_room_for_a_pen(busy_town):
    Branch.objects.filter(name="卫坡村").update(secretary="王建国", phone="013800000000")
    form = form_of("卫坡村")
    assert line(form, 35) == [
        "支部书记(签字)：王建国",
        "包村领导(签字)：",
        "填表人：",
        "联系电话：013800000000",
    ]
    assert form.row_dimensions[35].height >= 30
    assert form.max_row == 35


def test_what_is_not_known_is_left_to_the_pen(busy_town):
    assert line(form_of("卫坡村"), 35)[0] == "支部书记(签字)："
    assert line(form_of("卫坡村"), 35)[-1] == "联系电话："


def test_page_and_panes(busy_town):
    form = form_of("卫坡村")
    assert (form.print_title_rows, form.print_area) == ("$4:$4", "'卫坡村'!$A$1:$O$35")
    assert form.freeze_panes == "D5"
    assert form.page_setup.fitToHeight == 0
    assert form.auto_filter.ref is None


def test_reviewer_gets_the_department_s_items(busy_town):
    reviewer = person("reviewer_ny")
    items = ItemRating.objects.visible_to(reviewer)
    form = branch_workbook(sheet_of("卫坡村"), items).active
    shown = items.filter(assessment=sheet_of("卫坡村")).count()
    assert form.cell(HEADER_ROW + shown, 1).value is not None
    assert form.cell(form.max_row, 1).value == (
        f"本表只含下载人有权查阅的任务项，另有 {30 - shown} 项没有列出。"
    )


@pytest.mark.parametrize("name", ["卫坡村", "石沟村"])
def test_queries_are_few(busy_town, name, django_assert_num_queries):
    sheet = sheet_of(name)
    # Those of the year's, whose catalogue is known.
    with django_assert_num_queries(12):
        branch_workbook(sheet, ItemRating.objects.all())


def test_item_s_words_alone_cannot_break_the_form(busy_town):
    """Every box of an item holds the worst that a browser may send."""
    item = item_of(sheet_of("卫坡村"), "ZB-1")
    worst = "=1+1\r\n第二行\x0b\ufffe<b>&amp;</b>"
    ItemRating.objects.filter(pk=item.pk).update(measures=worst, responsible_person="@王")
    form = form_of("卫坡村")
    assert form["E5"].value == "=1+1\n第二行<b>&amp;</b>"
    assert (form["E5"].data_type, form["E5"].quotePrefix) == ("s", True)
    assert (form["G5"].value, form["G5"].data_type) == ("@王", "s")
