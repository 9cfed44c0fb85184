"""The public list in the year's workbook, read back cell by cell against the database."""

from datetime import date

import pytest

from assessment.enums import LedgerScope
from assessment.ledger import Choices, Span, contents_of, public_contents, write_public_list
from assessment.models import Assessment, Cycle, ItemRating, Star
from tests.town import at_step, person, sheet_of

from .conftest import cycle_workbook, read_back

SHEET = "公示名单"
HEADER = [
    "序号",
    "支部",
    "类型",
    "星级",
    "支部过硬",
    "产业兴旺",
    "生态宜居",
    "平安法治",
    "文明幸福",
    "星数",
]
LEVELS = ["无星", "一星", "二星", "三星", "四星", "五星"]
KINDS = {"village": "村", "community": "社区"}


@pytest.fixture
def two(busy_town, supervisor):
    """石沟村 is concluded at five stars, and 向阳村 at three."""
    at_step(sheet_of("向阳村"), "concluded")
    sheet = sheet_of("向阳村")
    stars = sheet.stars.filter(category__code__in=("CY", "WM"))
    stars.update(awarded=False, reason="群众不认可")
    Assessment.objects.filter(pk=sheet.pk).update(level=3)
    return busy_town


def row_of(sheet, number):
    awarded = dict(sheet.stars.values_list("category__name", "awarded"))
    return [
        number,
        sheet.branch.name,
        KINDS[sheet.branch.kind],
        LEVELS[sheet.level],
        *("★" if awarded[name] else "☆" for name in HEADER[4:9]),
        sum(awarded.values()),
    ]


def concluded():
    found = Assessment.objects.filter(step="concluded").select_related("branch")
    return sorted(found, key=lambda sheet: (-sheet.level, sheet.branch.order))


def lines(sheet):
    """What stands across the whole sheet."""
    return [row[0] for row in sheet.values if isinstance(row[0], str) and not any(row[1:])]


def test_each_concluded_branch_has_its_row(two, everything):
    sheet = read_back(cycle_workbook(two, *everything))[SHEET]
    found = [list(row) for row in sheet.values]
    assert found[0][0] == "2022年朝阳镇“五星”支部创建公示名单"
    assert found[1][0] == "公示期：　　年　　月　　日至　　年　　月　　日"
    assert found[2] == HEADER
    expected = [row_of(each, number) for number, each in enumerate(concluded(), start=1)]
    assert len(expected) == 2
    assert found[3:5] == expected
    assert sheet.print_title_rows == "$3:$3"


def test_the_others_stand_apart_and_are_counted(two, everything):
    sheet = read_back(cycle_workbook(two, *everything))[SHEET]
    waiting = Assessment.objects.exclude(step="concluded").select_related("branch")
    names = [each.branch.name for each in waiting.order_by("branch__order")]
    said = lines(sheet)
    assert f"尚未定星（25 个）：{'、'.join(names)}。" in said
    [counts] = [line for line in said if line.startswith("截至")]
    assert counts.endswith("27个支部中已定星 2 个：五星 1 个、三星 1 个。")
    assert not any("群众不认可" in line for line in said)


def test_for_filtering_they_are_rows_without_stars(two, everything):
    sheet = read_back(cycle_workbook(two, *everything, use="filter"))[SHEET]
    found = [list(row) for row in sheet.values]
    assert found[0] == [*HEADER[:2], "统计代码", *HEADER[2:]]
    assert len(found) == 1 + 27
    levels = [row[4] for row in found[1:]]
    assert levels == ["五星", "三星"] + ["尚未定星"] * 25
    assert all(row[5:] == [None] * 6 for row in found[3:])
    codes = dict(Assessment.objects.values_list("branch__name", "branch__code"))
    assert all(codes[row[1]] == row[2] for row in found[1:])


def test_a_year_in_which_nothing_is_decided_has_none(busy_town, everything):
    Assessment.objects.filter(step="concluded").update(
        step="supervision", level=None, concluded_at=None, concluded_by=None
    )
    assert SHEET not in cycle_workbook(busy_town, *everything).sheetnames


@pytest.mark.parametrize("scope", [LedgerScope.BRANCH, LedgerScope.STAR, LedgerScope.DEPARTMENT])
def test_a_part_of_the_year_has_none(busy_town, everything, scope):
    sheet = sheet_of("石沟村")
    place = {
        LedgerScope.BRANCH: sheet.branch,
        LedgerScope.STAR: busy_town.catalogue.categories.get(code="ST"),
        LedgerScope.DEPARTMENT: sheet.items.first().task_item.lead_department,
    }[scope]
    assert SHEET not in cycle_workbook(busy_town, *everything, scope=scope, place=place).sheetnames


def test_whoever_takes_the_workbook_the_list_is_whole(two):
    clerk = person("clerk_nanchen")
    mine = Assessment.objects.visible_to(clerk), ItemRating.objects.visible_to(clerk)
    book = read_back(cycle_workbook(two, *mine))
    assert len([row for row in book["总览"].values if isinstance(row[0], int)]) == 1
    sheet = book[SHEET]
    assert len([row for row in sheet.values if isinstance(row[0], int)]) == 2
    assert not any("没有列出" in line for line in lines(sheet))
    assert any("没有列出" in line for line in lines(book["工作台账"]))


def test_it_is_on_the_cover(two, everything):
    book = read_back(cycle_workbook(two, *everything, has_branch_sheets=True))
    assert book.sheetnames[book.sheetnames.index("工作台账") + 1] == SHEET
    cover = [[value for value in row if value] for row in book["封面"].values]
    assert [SHEET, "已定星的支部和各自的星", "公示、群众"] in cover


def test_alone_it_says_the_same_with_its_days(two, everything):
    days = Span(date(2022, 12, 21), date(2022, 12, 27))
    alone = read_back(write_public_list(public_contents(two), days)).active
    part = read_back(cycle_workbook(two, *everything))[SHEET]
    assert alone.title == SHEET
    assert alone["A2"].value == "公示期：2022年12月21日至2022年12月27日"
    assert list(alone.values)[2:] == list(part.values)[2:]
    assert (alone.page_setup.orientation, alone.page_setup.fitToWidth) == ("landscape", 1)


def test_stars_add_up_to_those_of_the_overview(two, everything):
    book = read_back(cycle_workbook(two, *everything))
    counts = [row[-1] for row in book[SHEET].values if isinstance(row[0], int)]
    of_concluded = Star.objects.filter(assessment__step="concluded", awarded=True)
    assert sum(counts) == of_concluded.count() == 8
    levels = {row[1]: row[3] for row in book[SHEET].values if isinstance(row[0], int)}
    overview = {row[2]: row[10] for row in book["总览"].values if isinstance(row[0], int)}
    assert levels == {name: level for name, level in overview.items() if level != "未定"}


def test_it_is_read_in_two_queries(busy_town, django_assert_num_queries):
    everything = Assessment.objects.all(), ItemRating.objects.all()
    cycle = Cycle.objects.get(year=2022)
    star = cycle.catalogue.categories.get(code="ST")
    with django_assert_num_queries(12):
        contents_of(cycle, *everything, Choices(scope=LedgerScope.STAR, place=star))
    with django_assert_num_queries(14):
        contents_of(cycle, *everything, Choices())
