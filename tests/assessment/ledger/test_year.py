"""The year's workbook, read back cell by cell against the database."""

from collections import Counter
from datetime import datetime

import pytest
import time_machine
from django.utils import translation
from openpyxl.utils import get_column_letter

from assessment.ledger import Choices, columns, contents_of, file_name
from assessment.models import Assessment, Cycle, DepartmentSignOff, ItemRating, TaskItem
from branches.models import Branch
from tests.town import item_of, person, sheet_of

from .conftest import cycle_workbook, read_back

HEADER = (
    "支部 序号 星级类别 任务内容 考核指标 具体举措 责任领导 责任人 牵头部门 完成时限 进展情况"
    " 村组标星 佐证资料 部门瞄星 党委督星 备注"
)
OVERVIEW_HEADER = (
    "序号 统计代码 支部 类型 创建目标 支部过硬 产业兴旺 生态宜居 平安法治 文明幸福"
    " 星级 达标项数 适用项数 步骤 待办"
)
RATINGS = {
    "": None,
    "met": "达标",
    "partly_met": "基本达标",
    "unmet": "未达标",
    "not_applicable": "不适用",
}
STEPS = {
    "self_rating": "村组标星",
    "review": "部门瞄星",
    "supervision": "党委督星",
    "concluded": "已定星",
}
LEVELS = ["无星", "一星", "二星", "三星", "四星", "五星"]


@pytest.fixture(scope="module")
def book(busy):
    cycle = Cycle.objects.get(year=2022)
    with time_machine.travel("2022-12-08 20:00+00:00"):
        everything = Assessment.objects.all(), ItemRating.objects.all()
        return read_back(cycle_workbook(cycle, *everything))


def values(sheet, first, last):
    rows = sheet.iter_rows(min_row=first, max_row=last, values_only=True)
    return [list(row) for row in rows]


def expected_remarks(item, silent):
    parts = [
        item.self_rating_note,
        item.review_note and f"部门：{item.review_note}",
        "部门：留白按未达标计" if silent else "",
        item.supervision_note and f"党委：{item.supervision_note}",
    ]
    return "\n".join(part for part in parts if part) or None


def expected_row(item, number, signed):
    task = item.task_item
    silent = (item.assessment_id, task.lead_department_id) in signed and not (
        item.review or item.supervision
    )
    due = item.due_date and datetime(item.due_date.year, item.due_date.month, item.due_date.day)
    return [
        item.assessment.branch.name,
        number,
        task.category.name,
        task.name,
        task.standard,
        item.measures or None,
        item.responsible_leader or None,
        item.responsible_person or None,
        task.lead_department.name,
        due,
        item.progress or None,
        RATINGS[item.self_rating],
        f"应备：{task.materials}",
        RATINGS[item.review],
        RATINGS[item.supervision],
        expected_remarks(item, silent),
    ]


def test_every_row_of_the_ledger_is_the_row_in_the_database(book):
    signed = set(DepartmentSignOff.objects.values_list("assessment", "department"))
    items = ItemRating.objects.select_related(
        "assessment__branch", "task_item__category", "task_item__lead_department"
    ).order_by("assessment__branch__order", "task_item__category__order", "task_item__number")
    expected = [expected_row(item, n % 30 + 1, signed) for n, item in enumerate(items)]

    ledger = book["工作台账"]

    assert " ".join(values(ledger, 3, 3)[0]) == HEADER
    assert len(expected) == 810
    assert values(ledger, 4, 813) == expected
    assert ledger.max_row == 813
    assert any("留白按未达标计" in (row[-1] or "") for row in expected)
    assert any("党委：现场没有看到" in (row[-1] or "") for row in expected)


def test_head_of_the_ledger(book):
    ledger = book["工作台账"]
    assert ledger["A1"].value == "2022年朝阳镇“五星”支部创建工作台账"
    assert ledger["A2"].value == "填报单位(盖章)：朝阳镇"
    # Past midnight in the town, not in London.
    assert "填报日期：2022年12月9日" in values(ledger, 2, 2)[0]


def test_ledger_can_be_filtered(book):
    ledger = book["工作台账"]
    assert ledger.auto_filter.ref == "A3:P813"
    assert all(merged.max_row < 3 for merged in ledger.merged_cells.ranges)


def mark_that_counts(item):
    step = item.assessment.step
    own = {"self_rating": item.self_rating, "review": item.review}
    return own.get(step, item.supervision or item.review)


def expected_overview():
    marks = {sheet.pk: [] for sheet in Assessment.objects.all()}
    for item in ItemRating.objects.select_related("assessment"):
        marks[item.assessment_id].append(mark_that_counts(item))
    sheets = Assessment.objects.select_related("branch").order_by("branch__order")
    for number, sheet in enumerate(sheets, start=1):
        stars = sheet.stars.order_by("category__order").values_list("awarded", flat=True)
        counted = [mark for mark in marks[sheet.pk] if mark != "not_applicable"]
        yield [
            number,
            sheet.branch.code,
            sheet.branch.name,
            {"village": "村", "community": "社区"}[sheet.branch.kind],
            LEVELS[sheet.target_level],
            *({None: "未定", True: "★", False: "☆"}[awarded] for awarded in stars),
            "未定" if sheet.level is None else LEVELS[sheet.level],
            counted.count("met"),
            len(counted),
            STEPS[sheet.step],
        ]


def test_overview_shows_every_branch(book):
    shown = values(book["总览"], 3, 29)

    assert [row[:-1] for row in shown] == list(expected_overview())
    turns = {row[2]: row[-1] for row in shown}
    assert turns["朝阳社区"] == "支部"
    assert turns["卫坡村"] == "支部 1 项、牵头部门 29 项"
    assert turns["南陈村"] == "党委"
    assert turns["石沟村"] == "已办结"
    led = TaskItem.objects.filter(lead_department__code="NY").count()
    assert turns["游王村"] == f"牵头部门 {30 - led} 项"
    stars = next(row for row in shown if row[2] == "南陈村")[5:10]
    assert stars == ["★", "☆", "未定", "未定", "未定"]


def test_overview_header_and_totals_by_level(book):
    overview = book["总览"]
    assert " ".join(values(overview, 2, 2)[0]) == OVERVIEW_HEADER
    names, aimed, fixed = (row[5:14] for row in values(overview, 30, 32))
    assert " ".join(names) == "五星 四星 三星 二星 一星 无星 未定星级 支部合计 星数合计"
    assert aimed == [0, 1, 4, 22, 0, 0, None, 27, 60]
    # 石沟村 holds five; one of 南陈村's is decided.
    assert fixed == [1, 0, 0, 0, 0, 0, 26, 27, 6]
    assert Counter(row[10] for row in values(overview, 3, 29)) == {"未定": 26, "五星": 1}


def test_overview_says_where_the_targets_come_from(book, busy_town):
    notes = [row[0] for row in values(book["总览"], 33, book["总览"].max_row)]
    assert notes[0] == f"创建目标说明：{busy_town.targets_note}"
    assert any("党委没有标记的按部门标记" in note for note in notes)
    assert not any("没有列出" in note for note in notes)


def test_a_year_without_a_note_has_no_empty_line(busy_town, everything):
    busy_town.targets_note = ""
    overview = read_back(cycle_workbook(busy_town, *everything))["总览"]
    assert overview["A33"].value.startswith("星：")


def test_codes_are_text_and_dates_are_dates(book):
    code, due = book["总览"]["B3"], book["工作台账"]["J5"]
    assert (code.value, code.data_type, code.number_format) == ("410308105001", "s", "@")
    assert due.is_date
    assert due.number_format == 'yyyy"年"m"月"d"日"'


@pytest.mark.parametrize(
    ("name", "header_row", "frozen"), [("总览", 2, "D3"), ("工作台账", 3, "E4")]
)
def test_page_is_a4_landscape_one_page_wide(book, name, header_row, frozen):
    sheet = book[name]
    setup = sheet.page_setup
    assert (setup.orientation, setup.paperSize, setup.fitToWidth) == ("landscape", 9, 1)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == f"${header_row}:${header_row}"
    last = f"${get_column_letter(sheet.max_column)}${sheet.max_row}"
    assert sheet.print_area == f"'{name}'!$A$1:{last}"
    assert sheet.freeze_panes == frozen
    assert sheet.oddFooter.center.text == "第 &P 页 共 &N 页"


def test_ledger_grows_downwards_and_the_overview_stays_on_its_page(book):
    assert book["工作台账"].page_setup.fitToHeight == 0
    assert book["总览"].page_setup.fitToHeight == 1


def test_fonts_and_borders_of_the_form(book):
    ledger = book["工作台账"]
    title, header, cell = ledger["A1"], ledger["F3"], ledger["F4"]
    assert [c.font.name for c in (title, header, cell)] == ["方正小标宋简体", "黑体", "仿宋"]
    assert cell.font.size == header.font.size == 10.5
    assert cell.border.left.style == cell.border.bottom.style == "thin"
    assert cell.alignment.wrap_text
    assert cell.alignment.horizontal == "left"
    assert ledger["B4"].alignment.horizontal == ledger["L4"].alignment.horizontal == "center"


def test_document_says_what_it_is(book):
    assert book.properties.title == "2022年朝阳镇“五星”支部创建工作台账"
    assert book.properties.creator == "朝阳镇"


def test_form_stays_chinese_whatever_language_the_page_was_in(busy_town, everything, monkeypatch):
    languages = set()
    monkeypatch.setattr(
        columns, "level_label", lambda level: languages.add(translation.get_language())
    )
    with translation.override("en"):
        workbook = cycle_workbook(busy_town, *everything)
        name = file_name(contents_of(busy_town, *everything, Choices()))
        assert translation.get_language() == "en"
    assert languages == {"zh-hans"}
    stars = ["支部过硬", "产业兴旺", "生态宜居", "平安法治", "文明幸福"]
    assert workbook.sheetnames == ["封面", "总览", *stars, "工作台账", "公示名单"]
    assert workbook["工作台账"]["F3"].value == "具体举措"
    assert name == "2022年朝阳镇“五星”支部创建工作台账.xlsx"


def test_reader_of_a_part_is_told_so(busy_town):
    liaison = person("liaison")
    workbook = cycle_workbook(
        busy_town,
        Assessment.objects.visible_to(liaison),
        ItemRating.objects.visible_to(liaison),
    )
    overview, ledger = workbook["总览"], workbook["工作台账"]
    note = "本表只含下载人有权查阅的任务项，另有 720 项没有列出。"
    assert [row[2] for row in values(overview, 3, 5)] == ["石沟村", "游王村", "闫凹村"]
    assert overview.cell(overview.max_row, 1).value == note
    assert ledger.cell(ledger.max_row, 1).value == note
    assert ledger.auto_filter.ref == "A3:P93"


def test_reviewer_sees_the_items_of_the_department_under_their_own_numbers(busy_town):
    reviewer = person("reviewer_ny")
    workbook = cycle_workbook(
        busy_town,
        Assessment.objects.visible_to(reviewer),
        ItemRating.objects.visible_to(reviewer),
    )
    items = ItemRating.objects.visible_to(reviewer).filter(assessment=sheet_of("卫坡村"))
    places = {"ZB": 0, "CY": 6, "ST": 12, "PA": 18, "WM": 24}
    expected = sorted(
        places[item.task_item.category.code] + item.task_item.number for item in items
    )
    rows = values(workbook["工作台账"], 4, workbook["工作台账"].max_row)
    assert [row[1] for row in rows if row[0] == "卫坡村"] == expected
    assert 0 < len(expected) < 30


def test_nothing_to_see_is_still_a_workbook(busy_town):
    workbook = read_back(
        cycle_workbook(busy_town, Assessment.objects.none(), ItemRating.objects.none())
    )
    assert workbook["工作台账"]["A3"].value == "支部"
    assert workbook["工作台账"]["A4"].value.endswith("另有 810 项没有列出。")


def test_level_beyond_the_number_of_categories_has_a_place(busy_town, everything):
    """A 2023 plan may aim higher than this year's catalogue has stars."""
    Assessment.objects.filter(branch__name="卫坡村").update(target_level=7)
    overview = cycle_workbook(busy_town, *everything)["总览"]
    assert [overview["F30"].value, overview["F31"].value] == ["7", 1]
    assert overview["P30"].value == "星数合计"
    assert overview.print_area.endswith(f"$P${overview.max_row}")


@pytest.mark.parametrize("branches", [1, 3])
def test_queries_do_not_grow_with_the_branches(town, branches, django_assert_num_queries):
    chosen = Branch.objects.order_by("order")[:branches]
    sheets = Assessment.objects.filter(branch__in=list(chosen))
    items = ItemRating.objects.filter(assessment__in=list(sheets))
    # Catalogue, categories, their items, three of names, sheets, stars, items, evidence, how many
    # there are in all, whether they are made up, and two of the public list.
    with django_assert_num_queries(15):
        workbook = cycle_workbook(town, sheets, items)
    assert workbook["工作台账"].auto_filter.ref == f"A3:P{3 + 30 * branches}"


def test_a_blank_the_committee_has_marked_is_no_longer_said_to_count(busy_town, everything):
    silent = item_of(sheet_of("游王村"), "ST-3")
    ItemRating.objects.filter(pk=silent.pk).update(supervision="met", supervision_note="属实")
    ledger = cycle_workbook(busy_town, *everything)["工作台账"]
    row = next(
        row
        for row in values(ledger, 4, 813)
        if (row[0], row[3]) == ("游王村", silent.task_item.name)
    )
    assert "党委：属实" in row[-1]
    assert "留白" not in row[-1]
