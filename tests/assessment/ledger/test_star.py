"""The sheet of each star, read back cell by cell against the database."""

from collections import Counter

import pytest
import time_machine
from django.utils import timezone

from assessment.models import Assessment, Category, Cycle, ItemRating, Star
from tests.town import person, sheet_of

from .conftest import cycle_workbook, read_back

RATINGS = {
    "": None,
    "met": "达标",
    "partly_met": "基本达标",
    "unmet": "未达标",
    "not_applicable": "不适用",
}
STARS = ["支部过硬", "产业兴旺", "生态宜居", "平安法治", "文明幸福"]
BEFORE = ["序号", "支部", "现有星", "拟创星"]
AFTER = ["达标项数", "适用项数", "自评得星", "瞄星得星", "提议得星", "评定星", "定星人", "定星日期"]
FIRST, LAST = 3, 29  # the rows of the 27 branches


@pytest.fixture(scope="module")
def book(busy):
    Star.objects.filter(assessment__branch__name="南陈村").update(held_before=True)
    cycle = Cycle.objects.get(year=2022)
    with time_machine.travel("2022-12-08 20:00+00:00"):
        return read_back(cycle_workbook(cycle, Assessment.objects.all(), ItemRating.objects.all()))


def values(sheet, row):
    return [cell.value for cell in sheet[row]]


def mark_at(item, step):
    """The mark that counts at a step, worked out anew."""
    own = {"self_rating": item.self_rating, "review": item.review}
    return own.get(step, item.supervision or item.review)


def earned(items, step):
    """With the threshold at every item met: something applies, and all of it is met."""
    marks = [mark_at(item, step) for item in items]
    applicable = [mark for mark in marks if mark != "not_applicable"]
    return "是" if applicable and set(applicable) == {"met"} else None


def expected_row(number, sheet, category):
    items = list(sheet.items.filter(task_item__category=category).order_by("task_item__number"))
    star = sheet.stars.get(category=category)
    marks = [mark_at(item, sheet.step) for item in items]
    day = star.decided_at and timezone.localtime(star.decided_at).date()
    return [
        number,
        sheet.branch.name,
        "是" if star.held_before else None,
        "是" if star.targeted else None,
        *(RATINGS[mark] for mark in marks),
        marks.count("met"),
        len(marks) - marks.count("not_applicable"),
        *(earned(items, step) for step in ("self_rating", "review", "supervision")),
        {None: "未定", True: "★", False: "☆"}[star.awarded],
        star.decided_by and star.decided_by.name,
        day,
        star.reason or None,
    ]


@pytest.mark.parametrize("name", STARS)
def test_every_branch_has_its_row(book, name):
    category = Category.objects.get(name=name)
    sheets = Assessment.objects.select_related("branch").order_by("branch__order")
    expected = [expected_row(number, sheet, category) for number, sheet in enumerate(sheets, 1)]

    shown = [values(book[name], row) for row in range(FIRST, LAST + 1)]
    for row in shown:
        row[-2] = row[-2] and row[-2].date()

    assert shown == expected


@pytest.mark.parametrize("name", STARS)
def test_the_header_names_the_items(book, name):
    items = Category.objects.get(name=name).items.order_by("number")
    named = [f"{item.number} {item.name}" for item in items]
    assert values(book[name], 2) == [*BEFORE, *named, *AFTER, "定星理由"]
    assert book[name]["A1"].value == f"2022年朝阳镇“五星”支部创建：{name}"


@pytest.mark.parametrize("name", STARS)
def test_the_last_line_counts_the_branches(book, name):
    sheet = book[name]
    columns = list(zip(*(values(sheet, row) for row in range(FIRST, LAST + 1)), strict=True))
    counts = values(sheet, LAST + 1)
    assert counts[:2] == ["合计（支部数）", None]
    for head, column, count in zip(values(sheet, 2)[2:], columns[2:], counts[2:], strict=True):
        found = Counter(column)
        if head in ("达标项数", "适用项数", "定星人", "定星日期", "定星理由"):
            assert count is None
        elif head[0].isdigit():
            assert count == found["达标"]
        else:
            assert count == found["★" if head == "评定星" else "是"]


def test_stars_of_every_kind_are_there(book):
    """Or the tests above would compare nothing with nothing."""
    awarded = Counter(book["支部过硬"].cell(row, 16).value for row in range(FIRST, LAST + 1))
    assert awarded == {"★": 2, "未定": 25}
    assert book["产业兴旺"]["P30"].value == 1
    assert book["支部过硬"]["C30"].value == 1
    assert [book["产业兴旺"].cell(6, 16).value, book["产业兴旺"].cell(6, 19).value] == [
        "☆",
        "有信访件",
    ]
    assert book["支部过硬"].cell(6, 17).value == "supervisor"


def test_a_star_and_a_word_look_as_in_the_overview(book):
    decided, undecided = book["支部过硬"].cell(6, 16), book["支部过硬"].cell(3, 16)
    assert (decided.value, decided.font.color.rgb) == ("★", "00C00000")
    assert (undecided.value, undecided.font.color.rgb) == ("未定", "007F7F7F")
    assert decided.border.left.style == undecided.border.left.style == "thin"


def test_a_reader_of_some_items_is_told_of_no_star_they_would_earn(busy_town):
    reviewer = person("reviewer_ny")
    book = cycle_workbook(
        busy_town,
        Assessment.objects.visible_to(reviewer),
        ItemRating.objects.visible_to(reviewer),
    )
    assert book.sheetnames == ["封面", "总览", "产业兴旺", "生态宜居", "工作台账", "公示名单"]
    seen = ItemRating.objects.visible_to(reviewer).filter(
        assessment=sheet_of("石沟村"), task_item__category__code="ST"
    )
    sheet = book["生态宜居"]
    heads = values(sheet, 2)
    assert [head for head in heads if head[0].isdigit()] == [
        f"{item.task_item.number} {item.task_item.name}"
        for item in seen.select_related("task_item")
    ]
    [row] = [dict(zip(heads, row, strict=True)) for row in sheet.values if row[1] == "石沟村"]
    assert (
        row["达标项数"]
        <= seen.count()
        == row["适用项数"] + sum(row[head] == "不适用" for head in heads if head[0].isdigit())
    )
    assert not {"自评得星", "瞄星得星", "提议得星"} & set(row)
    assert row["评定星"] == "★"
    # Of 27 branches' six items, those of the four sheets that have left their branch.
    assert f"另有 {27 * 6 - 4 * seen.count()} 项没有列出" in sheet.cell(sheet.max_row, 1).value


def test_a_star_of_some_rows_too_many_is_printed_on_one_page(busy_town, everything):
    def pages_high():
        return cycle_workbook(busy_town, *everything)["支部过硬"].page_setup.fitToHeight

    assert pages_high() == 1
    Star.objects.update(reason="理由" * 200)
    assert pages_high() == 0


def test_rows_stand_in_the_order_of_the_year(book):
    names = [book["平安法治"].cell(row, 2).value for row in range(FIRST, LAST + 1)]
    ordered = Assessment.objects.order_by("branch__order").values_list("branch__name", flat=True)
    assert names == list(ordered)
