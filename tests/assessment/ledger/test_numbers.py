"""Every number of the year's workbook, counted again from the rows in plain loops.

Nothing here is taken from the rules or from the ledger: it is what the workbook is held against.
"""

import re
from collections import Counter
from datetime import date
from functools import cache
from io import BytesIO

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from assessment.models import (
    Assessment,
    Category,
    Cycle,
    DepartmentSignOff,
    Finding,
    ItemRating,
    Star,
    TaskItem,
)
from tests.assessment.mixed import earns, mark_at, mix
from tests.town import finding_on, load_town, person, sheet_of

LEVELS = ["无星", "一星", "二星", "三星", "四星", "五星"]
STEPS = {
    "self_rating": "村组标星",
    "review": "部门瞄星",
    "supervision": "党委督星",
    "concluded": "已定星",
}
MARKS = {
    "met": "达标",
    "partly_met": "基本达标",
    "unmet": "未达标",
    "not_applicable": "不适用",
    "": None,
}
KINDS = {"village": "村", "community": "社区"}
EARNED = {"self_rating": "自评得星", "review": "瞄星得星", "supervision": "提议得星"}
STATES = {"open": "待整改", "answered": "待复核", "closed": "已销号"}


def be_mixed():
    """With stars held before, a problem that has time, and one recorded by mistake."""
    mix(Cycle.objects.get(year=2022))
    for place, star in enumerate(Star.objects.order_by("pk")):
        Star.objects.filter(pk=star.pk).update(held_before=place % 3 == 0)
    finding_on(sheet_of("卫坡村"), "", due_date=date(2099, 1, 1))
    mistaken = finding_on(sheet_of("南陈村"), problem="记错了村")
    Finding.objects.filter(pk=mistaken.pk).update(
        state="withdrawn",
        withdrawn_at=timezone.now(),
        withdrawn_by=person("supervisor"),
        withdrawn_reason="记错了村",
    )


@pytest.fixture(scope="module")
def once(django_db_setup, django_db_blocker):
    """The mixed town stands for the whole module."""
    with django_db_blocker.unblock(), transaction.atomic():
        if not Cycle.objects.exists():
            load_town()
        be_mixed()
        yield cache(downloaded)
        transaction.set_rollback(True)


@pytest.fixture
def workbook(once, db):
    """Reads what somebody downloads; the same is downloaded once."""

    def read(username="supervisor", **asked):
        return once(username, tuple(asked.items()))

    return read


def downloaded(username, asked):
    client = Client()
    client.force_login(person(username))
    answer = client.get(reverse("cycle-workbook", args=[2022]), dict(asked))
    assert answer.status_code == 200
    return load_workbook(BytesIO(answer.getvalue()))


def table(worksheet):
    """The headers, and the rows below them until the first that is no record."""
    rows = [list(row) for row in worksheet.values]
    at = next(n for n, row in enumerate(rows) if row[0] == "序号")
    records = []
    for row in rows[at + 1 :]:
        if row[0] != len(records) + 1:
            break
        records.append(row)
    return rows[at], records, rows[at + 1 + len(records) :]


def sheets():
    return list(Assessment.objects.select_related("branch").order_by("branch__order"))


def items_of(sheet, items=None):
    items = ItemRating.objects.all() if items is None else items
    found = list(items.filter(assessment=sheet).select_related("task_item__category"))
    held_up = set()
    for finding in Finding.objects.filter(state__in=("open", "answered"), set_aside_at=None):
        held_up.add(finding.item_rating_id)
    for item in found:
        item.held_up = item.task_item.is_key and item.pk in held_up
    return found


def by_star(items):
    groups = {}
    for item in items:
        groups.setdefault(item.task_item.category_id, []).append(item)
    return groups


def counts(items, step):
    """(met, applicable) by the marks that count."""
    marks = [mark_at(item, step) for item in items]
    return sum(mark == "met" for mark in marks), sum(mark != "not_applicable" for mark in marks)


def star_in_words(star):
    return {True: "★", False: "☆", None: "未定"}[star.awarded]


def stars_of(sheet):
    return list(Star.objects.filter(assessment=sheet).order_by("category__order"))


def turn(sheet):
    if sheet.step != "review":
        return {"self_rating": "支部", "supervision": "党委", "concluded": "已办结"}[sheet.step]
    branch = department = 0
    for item in ItemRating.objects.filter(assessment=sheet).select_related("task_item"):
        lead = item.task_item.lead_department_id
        if DepartmentSignOff.objects.filter(assessment=sheet, department=lead).exists():
            continue
        if item.returned_at and not item.resubmitted_at:
            branch += 1
        else:
            department += 1
    said = [f"支部 {branch} 项"] if branch else []
    return "、".join([*said, f"牵头部门 {department} 项"] if department else said)


def level_rows(shown):
    """(name, aimed, fixed), as they stand on the cover."""
    aims, fixed = Counter(), Counter()
    awarded = aimed = 0
    for sheet in shown:
        aims[sheet.target_level] += 1
        fixed[sheet.level] += 1
        aimed += sheet.target_level
        for star in stars_of(sheet):
            awarded += star.awarded is True
    rows = [(LEVELS[level], aims[level], fixed[level]) for level in (5, 4, 3, 2, 1, 0)]
    rows += [("未定星级", None, fixed[None]), ("支部合计", len(shown), len(shown))]
    return [*rows, ("星数合计", aimed, awarded)]


def star_rows(shown, categories):
    """(name, set out for, awarded, not awarded, not decided), as they stand on the cover."""
    rows = []
    for category in categories:
        found = Counter()
        for star in Star.objects.filter(assessment__in=shown, category=category):
            found["targeted"] += star.targeted
            found[star.awarded] += 1
        rows.append((category.name, found["targeted"], found[True], found[False], found[None]))
    return [*rows, ("合计", *(sum(row[at] for row in rows) for at in range(1, 5)))]


def cover_rows(cover, left, right, length):
    """The rows of one of the two small tables of the cover."""
    columns = "ABCDEFGHI"[left:right]
    return [tuple(cover[f"{letter}{9 + n}"].value for letter in columns) for n in range(length)]


def check_cover(cover, shown, categories, items):
    for row in cover.iter_rows(min_row=3, max_row=6):
        facts = {a.value: b.value for a, b in ((row[0], row[1]), (row[4], row[5]))}
        assert facts.get("支部数", len(shown)) == len(shown)
        said = f"{len(categories)} 类 {items} 项"
        assert facts.get("任务项", said) == said
    assert cover_rows(cover, 0, 3, 9) == level_rows(shown)
    expected = star_rows(shown, categories)
    assert cover_rows(cover, 4, 9, len(expected)) == expected


def test_the_cover(workbook):
    categories = list(Category.objects.order_by("order"))
    check_cover(workbook()["封面"], sheets(), categories, 30)
    fixed = [row[2] for row in level_rows(sheets())]
    # The town is mixed enough to tell one count from another.
    assert len(set(fixed)) > 3


def test_the_cover_of_a_part(workbook):
    """Of a department's items, and of what a clerk may see."""
    led = TaskItem.objects.filter(lead_department__code="NY")
    categories = list(Category.objects.filter(items__in=led).distinct().order_by("order"))
    cover = workbook(scope="department-NY")["封面"]
    check_cover(cover, sheets(), categories, led.count())
    own = [sheet for sheet in sheets() if sheet.branch.name in ("石沟村", "游王村", "闫凹村")]
    cover = workbook("liaison")["封面"]
    check_cover(cover, own, list(Category.objects.order_by("order")), 30)


def test_the_overview(workbook):
    header, records, below = table(workbook()["总览"])
    assert header[10:15] == ["星级", "达标项数", "适用项数", "步骤", "待办"]
    expected = []
    for number, sheet in enumerate(sheets(), start=1):
        expected.append(
            [
                number,
                sheet.branch.code,
                sheet.branch.name,
                KINDS[sheet.branch.kind],
                LEVELS[sheet.target_level],
                *map(star_in_words, stars_of(sheet)),
                "未定" if sheet.level is None else LEVELS[sheet.level],
                *counts(items_of(sheet), sheet.step),
                STEPS[sheet.step],
                turn(sheet),
            ]
        )
    assert [row[:15] for row in records] == expected
    assert len({row[11] for row in records}) > 5
    names, aimed, fixed = (row[5:14] for row in below[:3])
    assert list(zip(names, aimed, fixed, strict=True)) == level_rows(sheets())


def ticked(is_so):
    return "是" if is_so else None


def star_record(number, sheet, category, items):
    star = Star.objects.get(assessment=sheet, category=category)
    marks = [MARKS[mark_at(item, sheet.step)] for item in items]
    earned = [ticked(earns(items, step)) for step in EARNED]
    return [
        number,
        sheet.branch.name,
        ticked(star.held_before),
        ticked(star.targeted),
        *marks,
        *counts(items, sheet.step),
        *earned,
        star_in_words(star),
    ]


def star_expected(category, items=None):
    records = []
    for number, sheet in enumerate(sheets(), start=1):
        own = by_star(items_of(sheet, items)).get(category.pk, [])
        own.sort(key=lambda item: item.task_item.number)
        records.append(star_record(number, sheet, category, own))
    return records


def sums_of(records, header):
    """How many branches have what a column is about."""
    found = []
    for at, name in enumerate(header[2:], start=2):
        values = [row[at] for row in records]
        counted = sum(value in ("达标", "是", "★") for value in values)
        found.append(None if name in ("达标项数", "适用项数") else counted)
    return found


def test_the_stars_one_by_one(workbook):
    book, seen = workbook(), set()
    for category in Category.objects.order_by("order"):
        header, records, below = table(book[category.name])
        expected = star_expected(category)
        width = len(expected[0])
        assert header[width - 6 : width] == ["达标项数", "适用项数", *EARNED.values(), "评定星"]
        assert [row[:width] for row in records] == expected
        assert below[0][2:width] == sums_of(expected, header[:width])
        seen |= {tuple(row[-4:]) for row in expected}
    assert len(seen) > 10


def test_a_star_of_which_a_part_is_shown(workbook):
    """What a department's items earn no rule says: it is neither counted nor shown."""
    led = ItemRating.objects.filter(task_item__lead_department__code="NY")
    book = workbook(scope="department-NY")
    category = Category.objects.get(code="ST")
    assert 0 < led.filter(task_item__category=category, assessment=sheets()[0]).count() < 6
    header, records, _below = table(book[category.name])
    assert not set(EARNED.values()) & set(header)
    expected = star_expected(category, led)
    cut = len(expected[0]) - 4
    assert [row[:cut] for row in records] == [row[:cut] for row in expected]


def test_the_work_ledger_has_every_mark(workbook):
    """How often each mark stands in each of its three columns."""
    header, *rows = workbook(use="filter")["工作台账"].values
    branch = header.index("支部")
    assert len(rows) == ItemRating.objects.count() == 27 * 30
    for field, name in zip(("self_rating", "review", "supervision"), STEPS.values(), strict=False):
        at = header.index(name)
        shown = Counter((row[branch], row[at]) for row in rows)
        expected = Counter()
        for item in ItemRating.objects.select_related("assessment__branch"):
            expected[item.assessment.branch.name, MARKS[getattr(item, field)]] += 1
        assert shown == expected


def test_the_rectification_ledger(workbook):
    header, records, _below = table(workbook()["整改台账"])
    branch, state, due = (header.index(name) for name in ("支部", "状态", "整改期限"))
    shown = Counter((row[branch], row[state], row[due].date()) for row in records)
    expected, today = Counter(), timezone.localdate()
    for finding in Finding.objects.select_related("assessment__branch").exclude(state="withdrawn"):
        words = STATES[finding.state]
        words += "（不影响定星）" if finding.set_aside_at else ""
        if finding.state != "closed":
            words += "，红灯" if finding.due_date < today else "，绿灯"
        expected[finding.assessment.branch.name, words, finding.due_date] += 1
    assert shown == expected
    assert len(records) == sum(expected.values()) == Finding.objects.count() - 1
    # For a clerk, the branch's own, and how many others there are.
    book = workbook("clerk_nanchen")
    own = [] if "整改台账" not in book else table(book["整改台账"])[1]
    mine = Finding.objects.filter(assessment=sheet_of("南陈村")).exclude(state="withdrawn").count()
    assert len(own) == mine
    if mine:
        words = " ".join(str(row[0]) for row in book["整改台账"].values)
        assert f"另有 {len(records) - mine} 个没有列出" in words


def test_the_public_list(workbook):
    header, records, below = table(workbook()["公示名单"])
    concluded = [sheet for sheet in sheets() if sheet.step == "concluded"]
    expected, levels = [], Counter()
    for level in (5, 4, 3, 2, 1, 0):
        for sheet in concluded:
            if sheet.level == level:
                stars = [star_in_words(star) for star in stars_of(sheet)]
                expected.append(
                    [
                        len(expected) + 1,
                        sheet.branch.name,
                        KINDS[sheet.branch.kind],
                        LEVELS[level],
                        *stars,
                        stars.count("★"),
                    ]
                )
                levels[level] += 1
    assert header[9] == "星数"
    assert [row[:10] for row in records] == expected
    words = " ".join(str(row[0]) for row in below)
    assert f"27个支部中已定星 {len(concluded)} 个" in words
    assert f"尚未定星（{27 - len(concluded)} 个）" in words
    told = dict(re.findall(r"(.星) (\d+) 个", words.split("已定星")[1]))
    assert {name: int(count) for name, count in told.items()} == {
        LEVELS[level]: count for level, count in levels.items()
    }
