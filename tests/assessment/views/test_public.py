"""公示名单: levels and stars, for everybody who holds anything, on the page and as a workbook."""

from collections import Counter
from io import BytesIO

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from assessment import workflow
from assessment.models import Assessment, Event, Star
from branches.models import Branch
from tests.town import CAST, at_step, close_year, person, sheet_of

PAGE = reverse("cycle-public", args=[2022])
WORKBOOK = reverse("cycle-public-workbook", args=[2022])
LEVELS = ["无星", "一星", "二星", "三星", "四星", "五星"]


@pytest.fixture
def reader(client, town):
    client.force_login(person("clerk_nanchen"))
    return client


@pytest.fixture
def decided(town, supervisor):
    """One at five stars, one at three, one at none, and one decided but not concluded."""
    at_step(sheet_of("卫坡村"), "concluded")
    for name, stars in (("南陈村", ("ZB", "CY", "WM")), ("石沟村", ()), ("游王村", ("ZB",))):
        sheet = at_step(sheet_of(name), "supervision")
        codes = ("ZB", "CY", "ST", "PA", "WM")
        decisions = {code: (code in stars, "党委会秘密议定") for code in codes}
        workflow.decide(sheet, decisions, by=supervisor)
        if name != "游王村":
            workflow.conclude(sheet, by=supervisor)


def text_of(response):
    return response.content.decode()


def counted():
    """Level in words → branches concluded at it, from the rows alone."""
    levels = Assessment.objects.filter(step="concluded").values_list("level", flat=True)
    return {LEVELS[level]: n for level, n in sorted(Counter(levels).items(), reverse=True)}


def test_nobody_is_decided_yet(reader):
    response = reader.get(PAGE)
    assert "还没有已定星的支部" in text_of(response)
    assert "尚未定星 · 27 个支部" in text_of(response)
    assert "27 个支部中已定星 0 个" in text_of(response)


def test_its_numbers_are_those_of_the_rows(reader, decided):
    listed = reader.get(PAGE).context["listed"]
    assert {label: len(branches) for label, branches in listed.levels} == counted()
    assert list(counted()) == ["五星", "三星", "无星"] == [label for label, _ in listed.levels]
    for one in listed.decided:
        held = Star.objects.filter(assessment__branch__code=one.branch.code, awarded=True)
        names = held.order_by("category__order").values_list("category__name", flat=True)
        assert list(one.stars) == list(names)
    waiting = Assessment.objects.exclude(step="concluded").order_by("branch__order")
    assert [one.branch.name for one in listed.pending] == [
        sheet.branch.name for sheet in waiting.select_related("branch")
    ]


def test_it_tells_levels_and_stars_and_nothing_else(reader, decided):
    text = text_of(reader.get(PAGE))
    assert "2022年朝阳镇“五星”支部创建公示名单" in text
    assert "五星 · 1 个支部" in text
    assert "支部过硬、产业兴旺、文明幸福" in text
    assert "尚未定星 · 24 个支部" in text
    assert "27 个支部中已定星 3 个" in text
    for secret in ("党委会秘密议定", "达标", "supervisor"):
        assert secret not in text


def test_what_is_decided_and_not_concluded_is_not_told(reader, decided):
    pending = {one.branch.name: one for one in reader.get(PAGE).context["listed"].pending}
    assert sheet_of("游王村").stars.filter(awarded=True).exists()
    assert pending["游王村"].stars == ()
    assert {one.level for one in pending.values()} == {None}


def test_a_sheet_that_is_reopened_leaves_the_list(reader, decided, supervisor):
    workflow.reopen(sheet_of("卫坡村"), "群众举报", by=supervisor, withdrawn=["PA"])
    listed = reader.get(PAGE).context["listed"]
    assert "卫坡村" in [one.branch.name for one in listed.pending]
    assert "五星" not in dict(listed.levels)


@pytest.mark.parametrize("username", sorted(set(CAST) - {"nobody"}))
def test_all_read_the_same_list(client, decided, username):
    client.force_login(person(username))
    listed = client.get(PAGE).context["listed"]
    assert len(listed.branches) == 27
    assert len(listed.decided) == 3


class TestSpan:
    def test_left_empty_there_is_room_to_write(self, reader, decided):
        assert "公示期：　　年　　月　　日至　　年　　月　　日" in text_of(reader.get(PAGE))

    def test_the_days_stand_on_the_list(self, reader, decided):
        days = {"begins": "2022-12-21", "ends": "2022年12月27日"}
        text = text_of(reader.get(PAGE, days))
        assert "公示期：2022年12月21日至2022年12月27日" in text
        assert f"{WORKBOOK}?begins=2022-12-21&amp;ends=" in text

    @pytest.mark.parametrize("address", [PAGE, WORKBOOK])
    @pytest.mark.parametrize(
        ("days", "said"),
        [
            ({"begins": "2022-12-27", "ends": "2022-12-21"}, "公示止不能早于公示起"),
            ({"begins": "昨天"}, "日期请写成"),
        ],
    )
    def test_bad_days_are_told_and_kept(self, reader, decided, address, days, said):
        before = Event.objects.count()
        response = reader.get(address, days)
        assert response.status_code == 422
        assert said in text_of(response)
        assert f'value="{days["begins"]}"' in text_of(response)
        assert Event.objects.count() == before


class TestWorkbook:
    def test_it_is_the_same_list(self, reader, decided):
        response = reader.get(WORKBOOK, {"begins": "2022-12-21"})
        name = "2022%E5%B9%B4%E6%9C%9D%E9%98%B3%E9%95%87"
        assert name in response["Content-Disposition"]
        book = load_workbook(BytesIO(response.getvalue()))
        assert book.sheetnames == ["公示名单"]
        sheet = book.active
        assert sheet["A2"].value == "公示期：2022年12月21日至　　年　　月　　日"
        rows = [row for row in sheet.values if isinstance(row[0], int)]
        assert [(row[1], row[3]) for row in rows] == [
            ("卫坡村", "五星"),
            ("南陈村", "三星"),
            ("石沟村", "无星"),
        ]
        words = [str(value) for row in sheet.values for value in row if value]
        assert not any("党委会秘密议定" in word or "没有列出" in word for word in words)

    def test_that_it_was_taken_is_kept(self, reader, decided):
        reader.get(WORKBOOK).getvalue()
        event = Event.objects.latest("pk")
        assert (event.verb, event.actor.username) == ("download", "clerk_nanchen")
        assert event.subject == "2022年朝阳镇“五星”支部创建公示名单.xlsx"

    def test_it_is_chinese_whatever_the_page_is_in(self, reader, decided):
        response = reader.get(WORKBOOK, headers={"accept-language": "en"})
        sheet = load_workbook(BytesIO(response.getvalue())).active
        assert sheet["A1"].value == "2022年朝阳镇“五星”支部创建公示名单"
        assert "三星" in [cell.value for cell in sheet["D"]]


class TestAClosedYear:
    @pytest.fixture
    def closed(self, decided, settings):
        close_year()
        Branch.objects.filter(name="卫坡村").update(name="卫坡新村")
        settings.TOWN_NAME = "别的镇"

    def test_it_prints_from_the_names_it_was_closed_with(self, reader, closed):
        text = text_of(reader.get(PAGE))
        assert "2022年朝阳镇" in text
        assert "卫坡村" in text
        assert "卫坡新村" not in text
        assert "年度关闭时的名称和结果" in text
        assert "尚未定星" not in text

    def test_its_workbook_is_the_same_on_any_day(self, reader, closed, time_machine):
        first = reader.get(WORKBOOK).getvalue()
        time_machine.move_to("2031-01-01T00:00Z")
        reader.force_login(person("auditor"))
        again = reader.get(WORKBOOK).getvalue()
        assert first == again
        sheet = load_workbook(BytesIO(again)).active
        assert sheet["A1"].value.startswith("2022年朝阳镇")
        assert "卫坡村" in [cell.value for cell in sheet["B"]]


@pytest.mark.parametrize("rows", [2, 27])
def test_27_branches_take_as_many_queries_as_two(reader, town, rows, django_assert_num_queries):
    keep = list(Assessment.objects.order_by("branch__order").values_list("pk", flat=True)[:rows])
    others = Assessment.objects.exclude(pk__in=keep)
    for each in (Star, Assessment._meta.get_field("items").related_model):
        each.objects.filter(assessment__in=others).delete()
    others.delete()
    # Session, person, memberships, 演示数据; year, sheets, stars, three of names.
    with django_assert_num_queries(10):
        response = reader.get(PAGE)
    assert len(response.context["listed"].branches) == rows
