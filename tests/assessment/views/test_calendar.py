"""日历: what is due, held, issued and closed, by month, as far as one may see it."""

from datetime import date

import pytest
from django.urls import reverse

from assessment import workflow
from assessment.models import Assessment, Cycle
from tests.town import (
    at_step,
    close_year,
    finding_on,
    inspection_of,
    notice_about,
    person,
    sheet_of,
)

PAGE = reverse("cycle-calendar", args=[2022])
TODAY = "2022-11-10T09:00+08:00"


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(TODAY, tick=False)


@pytest.fixture
def busy(town, supervisor):
    """Extensions, inspections, findings and notices of two villages."""
    weipo, nanchen = sheet_of("卫坡村"), sheet_of("南陈村")
    for sheet, day in ((weipo, 12), (nanchen, 15)):
        words = ("self_rating", date(2022, 11, day), "大雨")
        workflow.extend(sheet, *words, by=supervisor)
    found = inspection_of(weipo, nanchen, departments=("RJ",))
    first = finding_on(weipo, "", inspection=found, department="DJ")
    finding_on(nanchen, "", inspection=found, department="RJ", problem="公示栏没有更新")
    gone = finding_on(weipo, "", inspection=found, department="DJ", problem="记错了村")
    workflow.withdraw_finding(gone, "记错", by=supervisor)
    workflow.issue_notice(notice_about(first), by=supervisor)
    notice_about(first)  # a draft is of no day yet
    return found


def seen_by(client, username):
    """(day, kind, title) of all that this person reads, in their order."""
    client.force_login(person(username))
    months = client.get(PAGE).context["months"]
    entries = [entry for _month, of in months for entry, _left in of]
    assert [entry.day for entry in entries] == sorted(entry.day for entry in entries)
    return [(str(entry.day), entry.kind, entry.title) for entry in entries]


DUE = [
    ("2022-10-31", "期限", "村组标星到期"),
    ("2022-11-30", "期限", "部门瞄星到期"),
    ("2022-12-20", "期限", "党委督星到期"),
]
OF_WEIPO = [
    ("2022-11-12", "延期", "卫坡村 村组标星延期至这一天"),
    ("2022-11-20", "整改期限", "卫坡村 · 沟边有秸秆堆放"),
]
OF_NANCHEN = [
    ("2022-11-15", "延期", "南陈村 村组标星延期至这一天"),
    ("2022-11-20", "整改期限", "南陈村 · 公示栏没有更新"),
]
HELD = [("2022-11-01", "部门联查", "查秋季秸秆禁烧")]
ISSUED = [("2022-11-10", "督查通报", "朝督〔2022〕1号 关于秸秆禁烧督查情况的通报")]


@pytest.mark.parametrize(
    ("username", "expected"),
    [
        ("supervisor", [*DUE, *OF_WEIPO, *OF_NANCHEN, *HELD, *ISSUED]),
        ("auditor", [*DUE, *OF_WEIPO, *OF_NANCHEN, *HELD, *ISSUED]),
        ("clerk_weipo", [*DUE, *OF_WEIPO, *HELD, *ISSUED]),
        ("clerk_nanchen", [*DUE, *OF_NANCHEN, *HELD, *ISSUED]),
        # The department that answers for a finding reads it; a sheet not yet handed in is a draft.
        ("reviewer_dj", [*DUE, OF_WEIPO[1], *ISSUED]),
        ("liaison", [*DUE, *ISSUED]),
        ("nobody", DUE),
    ],
)
def test_everybody_reads_what_they_may_see(client, busy, username, expected):
    assert sorted(seen_by(client, username)) == sorted(expected)


@pytest.mark.parametrize(
    ("username", "villages"),
    [("supervisor", "南陈村、卫坡村"), ("clerk_weipo", "卫坡村"), ("clerk_nanchen", "南陈村")],
)
def test_an_inspection_names_the_villages_one_may_see(client, busy, username, villages):
    client.force_login(person(username))
    months = client.get(PAGE).context["months"]
    [held] = [each for _m, of in months for each, _left in of if each.kind == "部门联查"]
    assert sorted(held.about.split("、")) == sorted(villages.split("、"))
    assert held.url == busy.get_absolute_url()


def test_past_today_and_coming_are_said(client, busy):
    client.force_login(person("supervisor"))
    response = client.get(PAGE)
    text = response.content.decode()
    assert text.count("已过") == 2
    assert text.count("<strong>今天</strong>") == 1
    for days in ("2 天后", "5 天后", "10 天后", "20 天后", "40 天后"):
        assert days in text
    assert [month for month, _ in response.context["months"]] == [
        date(2022, 10, 1),
        date(2022, 11, 1),
        date(2022, 12, 1),
    ]
    assert response.context["coming"].kind == "督查通报"


def test_the_end_of_the_year(client, town, time_machine):
    close_year()
    time_machine.move_to("2023-02-01T09:00+08:00", tick=False)
    assert ("2022-11-10", "关闭", "年度创建关闭") in seen_by(client, "nobody")
    assert client.get(PAGE).context["coming"] is None


def test_a_year_without_a_date_says_what_to_do(client, town):
    Cycle.objects.update(self_rating_due=None, review_due=None, supervision_due=None)
    client.force_login(person("clerk_weipo"))
    text = client.get(PAGE).content.decode()
    assert "今年还没有定下期限" in text
    assert reverse("cycle", args=[2022]) in text


def test_a_withdrawn_notice_says_so(client, busy, supervisor):
    notice = notice_about(finding_on(sheet_of("卫坡村"), "", department="DJ"))
    workflow.issue_notice(notice, by=supervisor)
    notice.refresh_from_db()
    workflow.withdraw_notice(notice, "日期写错", by=supervisor)
    client.force_login(person("clerk_weipo"))
    assert "督查通报 · 已撤回" in client.get(PAGE).content.decode()


def test_home_leads_to_it(client, town):
    for username in ("clerk_weipo", "reviewer_ny", "supervisor", "auditor"):
        client.force_login(person(username))
        assert f'href="{PAGE}"' in client.get(reverse("home")).content.decode(), username


@pytest.mark.parametrize("rows", [2, 27])
def test_27_branches_take_as_many_queries_as_two(
    client, town, supervisor, rows, django_assert_num_queries
):
    sheets = list(Assessment.objects.with_places().order_by("branch__order")[:rows])
    for sheet in sheets:
        workflow.extend(sheet, "self_rating", date(2022, 11, 20), "大雨", by=supervisor)
        finding = finding_on(sheet, "", department="DJ")
        workflow.issue_notice(notice_about(finding), by=supervisor)
    client.force_login(supervisor)
    # Session, person, memberships, 演示数据; year, sheets, visits, inspections, findings, notices.
    with django_assert_num_queries(10):
        text = client.get(PAGE).content.decode()
    assert text.count("延期至这一天") >= rows


def test_a_sheet_in_review_is_its_departments_to_see(client, supervisor):
    at_step(sheet_of("卫坡村"), "review")
    workflow.extend(sheet_of("卫坡村"), "review", date(2022, 12, 5), "大雨", by=supervisor)
    assert ("2022-12-05", "延期", "卫坡村 部门瞄星延期至这一天") in seen_by(client, "reviewer_ny")
