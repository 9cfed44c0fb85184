"""The cover's figures against the rows, and what it says of the workbook."""

from collections import Counter

import pytest
import time_machine

from assessment.models import Assessment, Category, Cycle, Event, ItemRating, Star
from tests.town import close_year, person

from .conftest import cycle_workbook, read_back

LEVELS = ["五星", "四星", "三星", "二星", "一星", "无星"]


@pytest.fixture(scope="module")
def books(busy):
    """The cover for print, and the notes of a workbook for filtering."""
    cycle = Cycle.objects.get(year=2022)
    everything = Assessment.objects.all(), ItemRating.objects.all()
    with time_machine.travel("2022-12-08 20:00+00:00"):
        return (
            read_back(cycle_workbook(cycle, *everything))["封面"],
            read_back(cycle_workbook(cycle, *everything, use="filter"))["说明"],
        )


@pytest.fixture(scope="module")
def cover(books):
    return books[0]


@pytest.fixture(scope="module")
def notes(books):
    return books[1]


def lines(cover):
    """Each row without its empty cells."""
    return [[value for value in row if value is not None] for row in cover.values]


def facts(cover):
    """name → value, of the pairs above the tables."""
    pairs = {}
    for row in lines(cover)[2:6]:
        pairs |= dict(zip(row[::2], row[1::2], strict=True))
    return pairs


def column(cover, letter, first, last):
    return [cover[f"{letter}{row}"].value for row in range(first, last + 1)]


def expected_levels():
    sheets = list(Assessment.objects.values_list("target_level", "level"))
    aims, fixed = Counter(aim for aim, _ in sheets), Counter(level for _, level in sheets)
    rows = [
        (name, aims[level], fixed[level])
        for name, level in zip(LEVELS, range(5, -1, -1), strict=True)
    ]
    awarded = Star.objects.filter(awarded=True).count()
    return [
        *rows,
        ("未定星级", None, fixed[None]),
        ("支部合计", len(sheets), len(sheets)),
        ("星数合计", sum(aim for aim, _ in sheets), awarded),
    ]


def expected_stars():
    rows = [
        (
            category.name,
            Star.objects.filter(category=category, targeted=True).count(),
            *(
                Star.objects.filter(category=category, awarded=awarded).count()
                for awarded in (True, False)
            ),
            Star.objects.filter(category=category, awarded=None).count(),
        )
        for category in Category.objects.order_by("order")
    ]
    sums = [sum(row[place] for row in rows) for place in range(1, 5)]
    return [*rows, ("合计", *sums)]


def test_head(cover):
    assert lines(cover)[0] == ["2022年朝阳镇“五星”支部创建工作台账"]
    assert lines(cover)[1] == ["填报单位(盖章)：朝阳镇", "填报日期：2022年12月9日"]


def test_facts(cover, busy_town):
    assert facts(cover) == {
        "年度": 2022,
        "状态": "进行中",
        "任务清单": busy_town.catalogue.name,
        "任务项": "5 类 30 项",
        "范围": "全镇",
        "支部数": 27,
        "得星比例": "100%",
        "部门和党委的意见": "含",
    }


def test_levels_against_targets(cover, busy_town):
    shown = list(zip(*(column(cover, letter, 9, 17) for letter in "ABC"), strict=True))
    assert shown == expected_levels()
    assert [cover[f"{letter}8"].value for letter in "ABC"] == [
        "按星级的支部数",
        "创建目标",
        "评定结果",
    ]
    assert shown[-1] == ("星数合计", 60, 6)


def test_stars_by_category(cover, busy_town):
    shown = list(zip(*(column(cover, letter, 9, 14) for letter in "EFGHI"), strict=True))
    assert shown == expected_stars()
    assert [cover[f"{letter}8"].value for letter in "EFGHI"] == [
        "按类别的支部数",
        "拟创星",
        "评定星",
        "未获评",
        "尚未定星",
    ]
    assert shown[1][2:4] == (1, 1)


def test_it_lists_the_worksheets_and_for_whom_they_are(cover):
    rows = lines(cover)
    start = rows.index(["工作表", "内容", "供谁用"])
    assert rows[start + 1 : start + 4] == [
        ["总览", "各支部的目标、五颗星和星级", "党委会议"],
        ["逐星 × 5", "一类一张：各项标记和这颗星", "党委、部门"],
        ["工作台账", "所有任务项", "存档、核查"],
    ]


def test_it_says_what_is_ours(cover, busy_town):
    said = [row[0] for row in lines(cover) if row]
    assert f"任务清单说明：{busy_town.catalogue.note}" in said
    assert f"创建目标说明：{busy_town.targets_note}" in said
    assert any(note.startswith("星：★") for note in said)


def test_it_is_signed(cover):
    assert lines(cover)[-1] == ["党委负责人(签字)：", "审核人(签字)：", "填表人：", "联系电话："]
    assert cover.row_dimensions[cover.max_row].height >= 30


def test_page(cover):
    setup = cover.page_setup
    assert (setup.orientation, setup.paperSize) == ("landscape", 9)
    assert (setup.fitToWidth, setup.fitToHeight) == (1, 1)
    assert cover.print_area == f"'封面'!$A$1:$I${cover.max_row}"
    assert cover.freeze_panes is None


def test_for_filtering_the_same_is_a_table(cover, notes, busy_town):
    rows = list(notes.values)
    assert rows[0] == ("类目", "项目", "内容")
    said = {(kind, name): value for kind, name, value in rows}
    for name, value in facts(cover).items():
        assert said["基本情况", name] == value
    for name, aimed, fixed in expected_levels():
        assert said["按星级的支部数：创建目标", name] == aimed
        assert said["按星级的支部数：评定结果", name] == fixed
    for name, *counts in expected_stars():
        for head, count in zip(("拟创星", "评定星", "未获评", "尚未定星"), counts, strict=True):
            assert said[f"按类别的支部数：{head}", name] == count
    assert said["本簿内容", "工作台账"] == "所有任务项"
    words = [value for kind, _, value in rows if kind == "说明"]
    assert words == [row[0] for row in lines(cover) if row and row[0] in words]
    assert len(words) == 4


def test_a_part_of_the_town_does_not_pass_for_the_whole(busy_town):
    liaison = person("liaison")
    cover = cycle_workbook(
        busy_town,
        Assessment.objects.visible_to(liaison),
        ItemRating.objects.visible_to(liaison),
    )["封面"]
    assert facts(cover)["范围"] == "全镇中下载人有权查阅的部分"
    assert facts(cover)["支部数"] == 3
    assert column(cover, "B", 16, 17) == [3, 6]
    notes = [row[0] for row in lines(cover) if row]
    assert "本表只含下载人有权查阅的任务项，另有 720 项没有列出。" in notes


def test_a_demonstration_says_so(busy_town, everything):
    Event.objects.create(verb="demonstrate", subject="2022")
    for sheet in cycle_workbook(busy_town, *everything, has_branch_sheets=True):
        assert "演示数据，不是真实的评定。" in [row[0] for row in sheet.values], sheet.title


def test_nothing_to_see_is_still_a_cover(busy_town):
    cover = cycle_workbook(busy_town, Assessment.objects.none(), ItemRating.objects.none())["封面"]
    assert facts(cover)["任务项"] == "0 类 0 项"
    assert cover["F9"].value is None


def test_a_closed_year_bears_the_day_it_closed(busy_town, everything):
    with time_machine.travel("2023-01-05 18:00+00:00"):
        cycle = close_year()
    cover = cycle_workbook(cycle, *everything)["封面"]
    assert facts(cover)["状态"] == "已关闭（2023年1月6日）"
    assert lines(cover)[1][1] == "填报日期：2023年1月6日"
