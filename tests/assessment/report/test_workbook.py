"""The report's workbook, read back; its numbers are held against plain loops in test_numbers."""

import re
from io import BytesIO

import pytest
from django.utils import translation
from openpyxl import load_workbook

from assessment import workflow
from assessment.ledger import as_bytes, report_name, report_workbook
from assessment.models import Cycle, progress_in
from assessment.rules.spans import month_named
from tests.assessment.ledger.test_printing import A4_LANDSCAPE, page_sizes, pages, pytestmark

from .conftest import TODAY

SHEETS = ["概况", "按支部", "按类别", "按部门"]
HEADS = {
    "按支部": [
        "支部",
        "目标星数",
        *("星数\n（开始时）", "星数\n（结束时）", "步骤\n（开始时）", "步骤\n（结束时）"),
        *("自评达标\n（开始时）", "自评达标\n（结束时）"),
        *("审核达标\n（开始时）", "审核达标\n（结束时）"),
        *("退回", "重新提交", "新增问题", "销号", "没有销号", "逾期"),
    ],
    "按类别": [
        *("类别", "拟创星", "星数\n（开始时）", "星数\n（结束时）"),
        *("评定星\n（开始时）", "评定星\n（结束时）"),
        *("退回", "重新提交", "新增问题", "销号", "没有销号", "逾期"),
    ],
    "按部门": [
        *("部门", "牵头任务项", "部门瞄星", "退回", "重新提交", "等瞄星", "办结支部"),
        *("新增问题", "销号", "没有销号", "逾期"),
    ],
}
needs_libreoffice = pytestmark
del pytestmark


def read_back(progress, note=None):
    return load_workbook(BytesIO(as_bytes(report_workbook(progress, note))))


def outline(book):
    """The outline's rows without their empty cells."""
    rows = [[value for value in row if value is not None] for row in book["概况"].values]
    return [row for row in rows if row]


def test_what_it_holds(progress):
    book = read_back(progress)
    assert book.sheetnames == SHEETS
    for name, heads in HEADS.items():
        sheet = book[name]
        assert sheet["A1"].value == f"2022年朝阳镇“五星”支部创建定期汇报（2022年11月） · {name}"
        assert [cell.value for cell in sheet[2]] == heads
    assert [row[0] for row in book["按支部"].iter_rows(3, 29, values_only=True)] == [
        line.name for line in progress.report.branches
    ]
    assert book["按支部"]["A30"].value == "合计"
    assert book.properties.title == "2022年朝阳镇“五星”支部创建定期汇报（2022年11月）"
    assert book.properties.creator == "朝阳镇"


def test_the_outline(progress, note):
    rows = outline(read_back(progress, note))
    assert rows[0] == ["2022年朝阳镇“五星”支部创建定期汇报（2022年11月）"]
    assert rows[1] == ["起止：2022年11月1日至2022年11月30日（统计到2022年11月15日）"]
    assert rows[2] == ["汇报说明：=1+1 不是公式。\n第二段：三个部门还没有办结。"]
    assert rows[3] == ["填写人：supervisor，2022年11月15日"]
    assert ["全镇", "开始时", "结束时"] in rows
    assert ["部门瞄星的支部", 0, 1] in rows
    assert ["已定星的支部", 0, 1] in rows
    assert ["星级", "创建目标", "已定\n（开始时）", "已定\n（结束时）"] in rows
    assert ["五星", 0, 0, 1] in rows
    assert ["提交台账", 3, "南陈村、卫坡村、石沟村"] in [
        [row[0], row[1], "、".join(sorted(row[2].split("、")))]
        for row in rows
        if len(row) == 3 and isinstance(row[2], str) and "、" in row[2]
    ]
    assert ["登记部门联查", 2] in rows


def test_a_span_that_is_over_and_in_which_nothing_moved(quiet):
    rows = outline(read_back(quiet))
    assert rows[1] == ["起止：2022年9月1日至2022年9月30日"]
    assert ["这段时间没有提交、办结、定星等进展。"] in rows
    assert not any("汇报说明" in str(row[0]) for row in rows)


def test_a_demonstration_says_so_on_every_sheet(november):
    workflow.keep("demonstrate", None, november)
    book = read_back(progress_in(november, month_named("2022-11"), TODAY))
    for name in SHEETS:
        assert "演示数据，不是真实的评定。" in [row[0] for row in book[name].values]


def test_a_branch_named_like_a_formula_is_text(november):
    sheet = november.assessments.get(branch__name="卫坡村")
    type(sheet.branch).objects.filter(pk=sheet.branch_id).update(name="=HYPERLINK()")
    book = read_back(progress_in(november, month_named("2022-11"), TODAY))
    cells = [cell for row in book["按支部"] for cell in row if cell.value == "=HYPERLINK()"]
    assert [cell.data_type for cell in cells] == ["s"]


def test_a_closed_year_is_told_in_the_names_of_its_day(november):
    cycle = Cycle.objects.get(pk=november.pk)
    kept = progress_in(cycle, month_named("2022-11"), TODAY)
    with translation.override("en"):
        assert report_name(kept, ".xlsx") == "2022年朝阳镇“五星”支部创建定期汇报（2022年11月）.xlsx"


def test_how_it_prints(progress):
    book = read_back(progress)
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
    assert [book[name].print_title_rows for name in HEADS] == ["$2:$2"] * 3
    assert [book[name].freeze_panes for name in HEADS] == ["B3"] * 3


@needs_libreoffice
def test_on_paper(progress, note, printed):
    pdf = printed(as_bytes(report_workbook(progress, note)), ".xlsx")
    assert all(size.startswith(A4_LANDSCAPE) for size in page_sizes(pdf))
    texts = pages(pdf)
    assert "####" not in "".join(texts)
    titles = [re.search(r"第.*页\s+(\S+)\s*$", text)[1] for text in texts]
    assert titles == SHEETS
    # From side to side: the first column's head and the last one's on one line.
    for text, name in zip(texts[1:], SHEETS[1:], strict=True):
        assert re.search(rf"{HEADS[name][0]}.*逾期", text), text
    assert "石沟村" in texts[1]
    assert "合计" in texts[1]
    assert "第二段：三个部门还没有办结。" in texts[0]


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_is_in_chinese_whatever_the_page_is_in(progress, language):
    with translation.override(language):
        assert read_back(progress).sheetnames == SHEETS
