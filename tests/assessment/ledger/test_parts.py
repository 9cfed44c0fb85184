"""The parts of a workbook: which there are when, what their sheets are called, and a new one."""

import pytest

from assessment.ledger import workbook as making
from assessment.ledger.names import free_title
from assessment.ledger.parts import PARTS, Part, across_branches
from assessment.models import Assessment, Category, ItemRating
from branches.models import Branch
from tests.town import person

from .conftest import branch_workbook, cycle_workbook, read_back

STARS = ["支部过硬", "产业兴旺", "生态宜居", "平安法治", "文明幸福"]


def test_a_new_part_is_one_line(busy_town, everything, monkeypatch):
    def write_progress(worksheet, contents):
        worksheet["A1"] = f"{contents.names.town}进度表"

    line = Part(across_branches, write_progress, "进度表", "各支部的进度", "群众")
    monkeypatch.setattr(making, "PARTS", (*PARTS, line))
    book = cycle_workbook(busy_town, *everything)
    assert book.sheetnames[-1] == "进度表"
    assert book["进度表"]["A1"].value == "朝阳镇进度表"
    cover = [[value for value in row if value] for row in book["封面"].values]
    assert ["进度表", "各支部的进度", "群众"] in cover


def test_a_sheet_a_branch_on_demand(busy_town, everything):
    book = cycle_workbook(busy_town, *everything, has_branch_sheets=True)
    names = list(Branch.objects.order_by("order").values_list("name", flat=True))
    assert book.sheetnames == ["封面", "总览", *STARS, "工作台账", "公示名单", *names]
    cover = [[value for value in row if value] for row in book["封面"].values]
    assert ["支部台账 × 27", "一个支部一张", "支部"] in cover


@pytest.mark.parametrize("name", ["卫坡村", "石沟村"])
def test_a_branch_s_sheet_is_its_own_workbook_s(busy_town, everything, name):
    alone = branch_workbook(Assessment.objects.get(branch__name=name), ItemRating.objects.all())
    sheet = cycle_workbook(busy_town, *everything, has_branch_sheets=True)[name]
    assert list(sheet.values) == list(alone.active.values)
    assert sheet.merged_cells == alone.active.merged_cells
    assert sheet.print_title_rows == alone.active.print_title_rows == "$4:$4"


def test_each_branch_s_sheet_counts_what_is_hidden_of_it(busy_town):
    reviewer = person("reviewer_ny")
    items = ItemRating.objects.visible_to(reviewer)
    book = cycle_workbook(
        busy_town, Assessment.objects.visible_to(reviewer), items, has_branch_sheets=True
    )
    for name in ("卫坡村", "石沟村"):
        sheet = book[name]
        hidden = 30 - items.filter(assessment__branch__name=name).count()
        assert f"另有 {hidden} 项没有列出" in sheet.cell(sheet.max_row, 1).value


def test_titles_that_collide_are_told_apart(busy_town, everything):
    """A village may be called as a star is, or as another but for what Excel forbids."""
    for old, new in {
        "卫坡村": "生态宜居",
        "南陈村": "总览",
        "石沟村": "新/村",
        "游王村": "新 村",
    }.items():
        Branch.objects.filter(name=old).update(name=new)
    Category.objects.filter(code="ZB").update(name="封面")
    titles = read_back(cycle_workbook(busy_town, *everything, has_branch_sheets=True)).sheetnames
    assert len({title.casefold() for title in titles}) == len(titles) == 9 + 27
    for title in ("生态宜居", "生态宜居 2", "总览 2", "新 村", "新 村 2", "封面", "封面 2"):
        assert title in titles


def test_a_long_title_that_is_taken_is_cut_for_its_number():
    long = "甲" * 50
    assert free_title(long, []) == "甲" * 31
    assert free_title(long, ["甲" * 31]) == "甲" * 29 + " 2"
    assert free_title("Star", ["STAR", "star 2"]) == "Star 3"


def test_pages_are_numbered_and_name_their_sheet(busy_town, everything):
    for sheet in cycle_workbook(busy_town, *everything, has_branch_sheets=True):
        assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"
        assert sheet.oddFooter.right.text == "&A"
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
        assert sheet.print_area


def test_fonts_say_what_may_stand_in_for_them(busy_town, everything):
    book = read_back(cycle_workbook(busy_town, *everything))
    ledger = book["工作台账"]
    faces = {
        (cell.font.name, cell.font.charset, cell.font.family, cell.font.scheme)
        for cell in (ledger["A1"], ledger["F3"], ledger["F4"], book["总览"]["F3"])
    }
    assert faces == {
        ("方正小标宋简体", 134, 1, None),
        ("黑体", 134, 2, None),
        ("仿宋", 134, 3, None),
    }
    normal = book._named_styles["Normal"].font
    assert (normal.name, normal.charset, normal.family, normal.scheme) == ("仿宋", 134, 3, None)
