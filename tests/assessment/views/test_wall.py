"""星级墙: what it says of each branch, how it is filtered and sorted, and what leads on from it."""

import re
from datetime import date
from urllib.parse import urlencode

import pytest
import time_machine
from django.urls import reverse

from assessment import workflow
from assessment.models import Assessment
from branches.models import Branch
from tests.town import at_step, close_year, fill, finding_on, item_of, person, reviewer_of, sheet_of

STEPS = ["self_rating", "review", "supervision", "concluded"]


@pytest.fixture
def busy(town):
    """卫坡村 fills in, 南陈村 has an item back, 石沟村 waits for departments, 游王村 is decided."""
    fill(sheet_of("卫坡村"))
    returned = item_of(at_step(sheet_of("南陈村"), "review"), "ST-3")
    workflow.return_item(returned, "缺台账", returned.version, by=person("reviewer_ny"))
    at_step(sheet_of("石沟村"), "review")
    at_step(sheet_of("朝阳社区"), "supervision")
    at_step(sheet_of("游王村"), "concluded")
    finding_on(sheet_of("南陈村"))
    return town


def wall(client, username="supervisor", **asked):
    client.force_login(person(username))
    response = client.get(reverse("cycle", args=[2022]), asked)
    assert response.status_code == 200
    return response


def names(response):
    return [row.sheet.branch.name for row in response.context["rows"]]


def row_of(response, name):
    return next(row for row in response.context["rows"] if row.sheet.branch.name == name)


def line_of(response, name):
    """The row's words as they are read out."""
    text = response.content.decode()
    lines = re.findall(r"<tr>.*?</tr>", text, re.DOTALL)
    line = next(line for line in lines if f">{name}</a></th>" in line)
    words = " ".join(re.sub(r"<[^>]+>", " ", line).split())
    return words.replace(" 、", "、").replace(" 等 ", "等 ")


def test_the_towns_own_order_is_the_order(client, busy):
    listed = list(Branch.objects.order_by("order").values_list("name", flat=True))
    assert names(wall(client)) == listed
    assert len(listed) == 27


@pytest.mark.parametrize("username", ["supervisor", "auditor", "admin"])
def test_who_reads_all_sees_all(client, busy, username):
    response = wall(client, username)
    assert len(names(response)) == 27
    assert "您能看到的" not in response.content.decode()


@pytest.mark.parametrize(
    ("username", "expected"),
    [
        ("clerk_weipo", ["卫坡村"]),
        ("liaison", ["石沟村", "游王村", "闫凹村"]),
        ("reviewer_ny", ["朝阳社区", "南陈村", "石沟村", "游王村"]),
    ],
)
def test_others_see_theirs_and_are_told_so(client, busy, username, expected):
    response = wall(client, username)
    assert names(response) == expected
    assert f"这里只有您能看到的 {len(expected)} 个支部" in response.content.decode()


def test_an_empty_wall_says_who_sees_what(client, town):
    for username in ("nobody", "reviewer_ny"):
        text = wall(client, username).content.decode()
        assert "部门要等支部提交以后才看得到" in text
        assert "<table" not in text


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("卫坡村", "支部过硬: 拟创星、村组标星"),
        ("石沟村", "支部过硬: 拟创星、村组标星"),
        ("朝阳社区", "支部过硬: 拟创星、村组标星、部门瞄星、提议得星"),
        ("朝阳社区", "文明幸福: 村组标星、部门瞄星、提议得星"),
        ("游王村", "支部过硬: 拟创星、村组标星、部门瞄星、得星"),
        ("闫凹村", "文明幸福: 无"),
    ],
)
def test_each_star_is_told_in_words(client, busy, name, said):
    assert said in line_of(wall(client), name)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("卫坡村", "卫坡村 四星 支部过硬"),
        ("卫坡村", "五星 未定 已达到 30 / 30 0 村组标星"),
        ("闫凹村", "无星 未定 还差 12 项 0 / 30 0 村组标星"),
        ("南陈村", "0 / 30 1 部门瞄星"),
        ("游王村", "五星 已定 已达到 30 / 30 0 已定星 已办结"),
    ],
)
def test_how_a_branch_stands(client, busy, name, said):
    assert said in line_of(wall(client), name)


@pytest.mark.parametrize(
    ("name", "owners", "count"),
    [
        ("卫坡村", "支部", 0),
        ("南陈村", "支部、党建工作办公室、农业服务中心等 11 个部门", 11),
        ("石沟村", "党建工作办公室、农业服务中心等 11 个部门", 11),
        ("朝阳社区", "党委", 0),
        ("游王村", "已办结", 0),
    ],
)
def test_whose_turn_it_is(client, busy, name, owners, count):
    response = wall(client)
    assert line_of(response, name).endswith(f" {owners}")
    assert len(row_of(response, name).departments) == count


def test_two_departments_are_named_whole(client, busy):
    sheet = sheet_of("石沟村")
    sheet.items.update(review="met")
    for department in sheet.items.departments().exclude(code__in=("DJ", "NY")):
        workflow.sign_off(sheet, department, by=reviewer_of(department))
    assert line_of(wall(client), "石沟村").endswith(" 党建工作办公室、农业服务中心")


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"kind": "community"}, ["朝阳社区", "姚凹社区", "师庄社区"]),
        ({"step": "review"}, ["南陈村", "石沟村"]),
        ({"step": "review", "kind": "community"}, []),
        ({"department": "NY"}, ["南陈村", "石沟村"]),
        ({"target": "reached"}, ["朝阳社区", "游王村", "卫坡村"]),
        ({"step": "self_rating", "target": "reached"}, ["卫坡村"]),
    ],
)
def test_filters(client, busy, asked, expected):
    response = wall(client, **asked)
    assert names(response) == expected
    assert 'href="?"' in response.content.decode()
    if not expected:
        assert "没有符合条件的支部" in response.content.decode()


def test_below_the_target_is_the_rest(client, busy):
    below, reached = (names(wall(client, target=side)) for side in ("below", "reached"))
    assert len(below) == 24
    assert not set(below) & set(reached)


@pytest.mark.parametrize(
    ("sort", "key"),
    [
        ("target", lambda row: row.sheet.target_level),
        ("level", lambda row: row.level),
        ("met", lambda row: row.standing.met),
        ("findings", lambda row: row.findings),
        ("step", lambda row: STEPS.index(row.sheet.step)),
    ],
)
def test_sorting_keeps_the_towns_order_among_equals(client, busy, sort, key):
    plain = wall(client).context["rows"]
    for sign, word in (("", "ascending"), ("-", "descending")):
        response = wall(client, sort=sign + sort)
        expected = sorted(plain, key=key, reverse=sign == "-")
        assert names(response) == [row.sheet.branch.name for row in expected]
        assert re.findall(r'aria-sort="(\w+)"', response.content.decode()) == [word]
    assert len({key(row) for row in plain}) > 1


def test_a_column_is_sorted_the_other_way_the_next_time(client, busy):
    head = 'href="?step=review&amp;sort={}"'
    assert head.format("-met") in wall(client, step="review").content.decode()
    assert head.format("met") in wall(client, step="review", sort="-met").content.decode()
    assert head.format("-met") in wall(client, step="review", sort="met").content.decode()
    # The town's own order is a column too: the branch.
    assert 'aria-sort="ascending"' in wall(client).content.decode()
    sorted_ = wall(client, step="review", sort="met").content.decode()
    assert '<input type="hidden" name="sort" value="met">' in sorted_
    assert 'href="?step=review"' in sorted_


@pytest.mark.parametrize(
    "asked",
    [
        {"sort": "activity"},
        {"sort": "-"},
        {"sort": "--met"},
        {"kind": "town"},
        {"step": "nowhere"},
        {"target": "above"},
        {"department": "XX"},
        {"view": "wide"},
        {"sort": "\x00", "kind": "é" * 500, "page": "-1"},
    ],
)
def test_what_makes_no_sense_is_not_asked(client, busy, asked):
    response = wall(client, **asked)
    assert names(response) == names(wall(client))
    assert response.templates[0].name == "assessment/cycle.html"


def test_open_findings_lead_to_as_many_in_the_list(client, busy):
    """The number on the wall is the number in the list that it leads to, for every branch."""
    finding_on(sheet_of("南陈村"))
    finding_on(sheet_of("卫坡村"), code=None)
    text = wall(client).content.decode()
    for name, count in (("南陈村", 2), ("卫坡村", 1)):
        asked = urlencode({"branch": name, "state": "unresolved"})
        address = f"{reverse('cycle-findings', args=[2022])}?{asked}"
        assert f'href="{address.replace("&", "&amp;")}"' in text
        assert len(client.get(address).context["page"].object_list) == count
    for branch in Branch.objects.all():
        assert list(Branch.objects.named(branch.name)) == [branch]


def test_somebody_elses_findings_are_not_counted(client, busy):
    finding_on(sheet_of("南陈村"), "ZB-1", department="DJ")
    counts = {
        name: row_of(wall(client, name), "南陈村").findings
        for name in ("supervisor", "reviewer_dj")
    }
    assert counts == {"supervisor": 2, "reviewer_dj": 1}


@pytest.fixture
def late(busy):
    type(busy).objects.update(
        self_rating_due=date(2022, 11, 1),
        review_due=date(2022, 11, 10),
        supervision_due=date(2022, 12, 31),
    )
    with time_machine.travel("2022-11-20 04:00", tick=False):
        yield busy


def test_from_an_overdue_row_to_extension_and_collecting(client, late):
    text = wall(client).content.decode()
    for name, extend, collect in (
        ("卫坡村", True, True),
        ("石沟村", True, False),
        ("朝阳社区", False, False),
        ("游王村", False, False),
    ):
        sheet = sheet_of(name)
        assert (reverse("assessment-extension", args=[sheet.pk]) in text) == extend, name
        assert (f"{sheet.get_absolute_url()}#collect" in text) == collect, name


@pytest.mark.parametrize("username", ["auditor", "clerk_weipo", "reviewer_ny"])
def test_only_the_committee_extends_and_collects(client, late, username):
    text = wall(client, username).content.decode()
    assert "/extension/" not in text
    assert "#collect" not in text


def test_an_extension_is_what_is_overdue_or_not(client, late):
    sheet = sheet_of("卫坡村")
    workflow.extend(sheet, "self_rating", date(2022, 12, 1), "下雪", by=person("supervisor"))
    text = wall(client).content.decode()
    assert reverse("assessment-extension", args=[sheet.pk]) not in text


def test_the_screen_shows_the_same_rows_and_a_way_back(client, busy):
    response = wall(client, view="screen", step="review", sort="-met")
    text = response.content.decode()
    assert names(response) == ["南陈村", "石沟村"]
    assert 'href="?step=review&amp;sort=-met"' in text
    assert "site-header" not in text
    assert "<form" not in text


PAGES = {
    "cycle": "星级墙",
    "cycle-review": "部门瞄星",
    "cycle-supervision": "待定星",
    "cycle-targets": "创建目标",
    "cycle-beside": "与上一年对照",
    "cycle-public": "公示名单",
    "cycle-inspections": "部门联查",
    "cycle-findings": "问题整改",
    "cycle-notices": "督查通报",
    "cycle-report": "定期汇报",
    "cycle-ledger": "工作台账",
    "catalogue": "任务清单",
    "cycle-calendar": "日历",
}
OF_THE_TOWN = {"cycle-supervision", "cycle-targets", "cycle-report"}


@pytest.mark.parametrize(
    ("username", "not_theirs"),
    [
        ("supervisor", {"cycle-review"}),
        ("reviewer_ny", OF_THE_TOWN),
        ("clerk_weipo", {"cycle-review"} | OF_THE_TOWN),
    ],
)
def test_the_pages_of_a_year_lead_to_one_another(client, busy, username, not_theirs):
    theirs = {page: label for page, label in PAGES.items() if page not in not_theirs}
    client.force_login(person(username))
    for page in theirs.keys() - {"catalogue"}:
        text = client.get(reverse(page, args=[2022])).content.decode()
        nav = re.search(r'<nav class="cycle-nav.*?</nav>', text, re.DOTALL).group()
        assert re.findall(r"<a [^>]*>([^<]+)</a>", nav) == list(theirs.values())
        assert re.findall(r'aria-current="page">([^<]+)<', nav) == [theirs[page]]
        assert f'<li><a href="{reverse("cycle", args=[2022])}">2022 年度创建</a></li>' in text or (
            page == "cycle"
        )


def test_a_closed_year_keeps_its_wall(client, town):
    close_year()
    response = wall(client)
    assert {row.sheet.step for row in response.context["rows"]} == {"concluded"}
    assert Assessment.objects.filter(cycle__year=2022).count() == len(names(response))
