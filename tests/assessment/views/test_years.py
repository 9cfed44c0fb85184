"""The pages of the turn of the year: targets in one table, and two years side by side."""

import re
from collections import Counter

import pytest
from django.urls import reverse

from assessment import workflow
from assessment.models import Assessment, Cycle, Event, Star
from branches.models import Branch
from tests.town import CAST, close_year, fill, person, sheet_of

WON = {"卫坡村": "ZB CY", "南陈村": "ZB", "石沟村": "ST PA WM"}
WON_NOW = {"卫坡村": "ZB ST", "南陈村": "", "游王村": "WM"}


def conclude(branch, year, codes):
    """With these stars, past the verbs."""
    sheet, supervisor, day = sheet_of(branch, year), person("supervisor"), f"{year}-12-20T00:00Z"
    sheet.stars.update(awarded=False, decided_at=day, decided_by=supervisor)
    sheet.stars.filter(category__code__in=codes.split()).update(awarded=True)
    Assessment.objects.filter(pk=sheet.pk).update(
        step="concluded",
        level=len(codes.split()),
        submitted_at=day,
        submitted_by=supervisor,
        concluded_at=day,
        concluded_by=supervisor,
    )


@pytest.fixture
def new_year(town):
    """2022 closed with a few stars; 2023 in preparation over a revised catalogue."""
    for branch, codes in WON.items():
        conclude(branch, 2022, codes)
    old = close_year()
    catalogue = workflow.copy_catalogue(old.catalogue, 2023, by=person("admin"))
    cycle = Cycle.objects.create(year=2023, catalogue=catalogue, planned_stars=60)
    workflow.enrol_branches(cycle)
    return cycle


@pytest.fixture
def opened(new_year):
    workflow.open_cycle(new_year, by=person("admin"))
    return new_year


def get(client, username, name, year=2023, query=""):
    client.force_login(person(username))
    return client.get(reverse(name, args=[year]) + query)


def sent(response, **levels):
    """The form as the page holds it, with these branches' levels chosen."""
    form = response.context["form"]
    data = {field.html_name: field.value() for field in form if field.value() is not None}
    for branch, level in levels.items():
        data[f"level-{sheet_of(branch, 2023).pk}"] = level
    return data


def post(client, data, username="supervisor"):
    client.force_login(person(username))
    return client.post(reverse("cycle-targets", args=[2023]), data)


def level_of(branch):
    return sheet_of(branch, 2023).target_level


class TestTargets:
    def test_the_table_proposes_one_star_more(self, client, new_year):
        rows = get(client, "supervisor", "cycle-targets").context["rows"]
        assert [row.sheet.branch.name for row in rows] == list(
            Branch.objects.active().values_list("name", flat=True)
        )
        found = {row.sheet.branch.name: (row.held, row.proposed) for row in rows}
        assert (found["卫坡村"], found["石沟村"]) == ((2, 3), (3, 4))
        assert found["朝阳社区"] == (2, 3)  # concluded by close_year

    def test_what_is_proposed_is_filled_in_where_asked_and_not_saved(self, client, new_year):
        page = get(client, "supervisor", "cycle-targets")
        assert page.context["form"][f"level-{sheet_of('石沟村', 2023).pk}"].value() == 0
        page = get(client, "supervisor", "cycle-targets", query="?proposed")
        assert page.context["form"][f"level-{sheet_of('石沟村', 2023).pk}"].value() == 4
        assert "还没有保存" in page.content.decode()
        assert level_of("石沟村") == 0
        assert post(client, sent(page)).status_code == 302
        assert level_of("石沟村") == 4
        levels = Counter(new_year.assessments.values_list("target_level", flat=True))
        assert levels == {3: 25, 4: 1, 2: 1}

    def test_the_sums_follow_what_is_saved(self, client, new_year):
        page = get(client, "supervisor", "cycle-targets")
        assert "比计划少 60 颗" in page.content.decode()
        post(client, sent(page, 卫坡村=5, 南陈村=4))
        text = get(client, "supervisor", "cycle-targets").content.decode()
        assert "比计划少 51 颗" in text
        assert re.search(r"<dt>五星</dt><dd>1 个支部", text)
        Cycle.objects.filter(year=2023).update(planned_stars=9)
        assert "与计划一致" in get(client, "auditor", "cycle-targets").content.decode()
        Cycle.objects.filter(year=2023).update(planned_stars=8)
        assert "比计划多 1 颗" in get(client, "auditor", "cycle-targets").content.decode()
        Cycle.objects.filter(year=2023).update(planned_stars=None)
        assert "没有设计划数" in get(client, "auditor", "cycle-targets").content.decode()

    def test_in_an_open_year_a_reason_is_asked_and_what_was_chosen_is_kept(self, client, opened):
        data = sent(get(client, "supervisor", "cycle-targets"), 卫坡村=5)
        answer = post(client, data)
        assert (answer.status_code, level_of("卫坡村")) == (409, 0)
        assert "“设定创建目标”要写明理由" in answer.content.decode()
        assert answer.context["form"][f"level-{sheet_of('卫坡村', 2023).pk}"].value() == "5"
        assert post(client, {**data, "reason": "党委会议定"}).status_code == 302
        assert level_of("卫坡村") == 5
        assert Event.objects.filter(verb="set_target").first().reason == "党委会议定"

    def test_two_at_once_the_second_is_told_and_may_save_again(self, client, new_year):
        first = sent(get(client, "supervisor", "cycle-targets"), 卫坡村=5, 南陈村=3)
        second = sent(get(client, "admin", "cycle-targets"), 卫坡村=2)
        post(client, second, "admin")
        answer = post(client, first)
        assert answer.status_code == 409
        assert "卫坡村：您打开之后已被别人改过" in answer.content.decode()
        assert (level_of("卫坡村"), level_of("南陈村")) == (2, 0)
        again = sent(answer)
        assert post(client, again).status_code == 302
        assert (level_of("卫坡村"), level_of("南陈村")) == (5, 3)

    def test_a_sheet_that_is_handed_in_has_no_box(self, client, opened):
        data = sent(get(client, "supervisor", "cycle-targets"), 卫坡村=5)
        fill(sheet_of("卫坡村", 2023))
        workflow.submit(sheet_of("卫坡村", 2023), by=person("clerk_weipo"))
        page = get(client, "supervisor", "cycle-targets")
        assert f"level-{sheet_of('卫坡村', 2023).pk}" not in page.context["form"].fields
        assert page.content.decode().count("已提交，不能再改") == 1
        # Sent all the same, from a page opened before, it is passed over.
        assert post(client, {**data, "reason": "议定"}).status_code == 302
        assert level_of("卫坡村") == 0

    @pytest.mark.parametrize("level", ["6", "-1", "四", "1.5"])
    def test_a_target_is_a_level(self, client, new_year, level):
        data = sent(get(client, "supervisor", "cycle-targets"), 卫坡村=level, 南陈村=3)
        answer = post(client, data)
        assert answer.status_code == 422
        assert "卫坡村" in answer.content.decode().split('role="alert"')[1].split("</div>")[0]
        assert (level_of("卫坡村"), level_of("南陈村")) == (0, 0)

    @pytest.mark.parametrize("read", ["", "x", None])
    def test_a_page_of_unknown_age_saves_nothing(self, client, new_year, read):
        data = sent(get(client, "supervisor", "cycle-targets"), 卫坡村=5)
        name = f"read-{sheet_of('卫坡村', 2023).pk}"
        data |= {name: read} if read is not None else {}
        if read is None:
            del data[name]
        assert post(client, data).status_code == 422
        assert level_of("卫坡村") == 0

    def test_who_only_reads_has_no_boxes(self, client, new_year):
        page = get(client, "auditor", "cycle-targets").content.decode()
        assert "<select" not in page
        assert "保存创建目标" not in page

    def test_a_closed_year_is_only_read(self, client, opened):
        data = sent(get(client, "supervisor", "cycle-targets"), 卫坡村=5)
        close_year(2023)
        page = get(client, "supervisor", "cycle-targets")
        assert "<select" not in page.content.decode()
        assert post(client, {**data, "reason": "议定"}).status_code in (302, 409)
        assert level_of("卫坡村") == 0

    def test_a_year_in_preparation_is_found_by_those_who_set_it(self, client, new_year):
        there = reverse("cycle-targets", args=[2023])
        for username in CAST:
            seen = username in ("admin", "supervisor", "auditor")
            assert get(client, username, "cycle-targets").status_code == (200 if seen else 404)
            client.force_login(person(username))
            years = client.get(reverse("cycles")).content.decode()
            assert (there in years) == seen, username

    def test_a_year_without_branches_says_what_to_do(self, client, new_year):
        new_year.assessments.all().delete()
        assert "还没有列入支部" in get(client, "supervisor", "cycle-targets").content.decode()

    def test_a_first_year_proposes_nothing(self, client, town):
        page = get(client, "supervisor", "cycle-targets", 2022)
        text = page.content.decode()
        assert "没有上一年可以参照" in text
        assert "按提议填好" not in text

    def test_the_history_tells_of_it(self, client, opened):
        data = sent(get(client, "supervisor", "cycle-targets"), 卫坡村=5)
        post(client, {**data, "reason": "党委会议定"})
        page = client.get(sheet_of("卫坡村", 2023).get_absolute_url() + "history/").content.decode()
        assert "设定创建目标" in page
        assert "党委会议定" in page
        assert "五星" in page


def independent(before, now):
    """branch → (won, kept, lost), from the awarded stars of concluded sheets by category code."""
    rows = Star.objects.filter(assessment__step="concluded").values_list(
        "assessment__cycle__year", "assessment__branch__name", "category__code", "awarded"
    )
    awarded = {(year, branch, code): is_awarded for year, branch, code, is_awarded in rows}
    found = {}
    for branch in Branch.objects.values_list("name", flat=True):
        counts = Counter()
        for code in ("ZB", "CY", "ST", "PA", "WM"):
            was, became = awarded.get((before, branch, code)), awarded.get((now, branch, code))
            counts["won"] += bool(became) and not was
            counts["kept"] += bool(became) and bool(was)
            counts["lost"] += became is False and bool(was)
        found[branch] = (counts["won"], counts["kept"], counts["lost"])
    return found


class TestBeside:
    @pytest.fixture
    def two_years(self, opened):
        for branch, codes in WON_NOW.items():
            conclude(branch, 2023, codes)
        return opened

    def test_every_number_is_that_of_an_independent_count(self, client, two_years):
        context = get(client, "supervisor", "cycle-beside").context
        expected = independent(2022, 2023)
        found = {
            row.branch.name: (row.years.won, row.years.kept, row.years.lost)
            for row in context["rows"]
        }
        assert found == expected
        assert (found["卫坡村"], found["南陈村"], found["游王村"]) == (
            (1, 1, 1),
            (0, 0, 1),
            (1, 0, 0),
        )
        assert context["totals"] == [sum(each[n] for each in expected.values()) for n in range(3)]
        stars = [sums.stars for _year, sums, _counts in context["years"]]
        levels = Assessment.objects.exclude(level=None).values_list("cycle__year", "level")
        assert stars == [sum(n for y, n in levels if y == year) for year in (2022, 2023)]
        columns = [column.now for column in context["columns"]]
        by_star = dict(zip(columns, context["sums"], strict=True))
        assert by_star == {
            "ZB": (0, 1, 1),
            "CY": (0, 0, 1),
            "ST": (1, 0, 0),
            "PA": (0, 0, 0),
            "WM": (1, 0, 0),
        }

    def test_it_says_so_in_words(self, client, two_years):
        page = get(client, "supervisor", "cycle-beside").content.decode()
        row = page.split("卫坡村</a>")[1].split("</tr>")[0]
        assert re.findall(r"turn-(\w+)", row) == ["kept", "lost", "won", "none", "none"]
        for word in ("保持", "失去", "新得", "未得"):
            assert word in row

    def test_a_category_of_one_year_alone_is_said_to_be(self, client, new_year):
        conclude("石沟村", 2022, "ST PA WM")
        new_year.catalogue.categories.filter(code="ST").update(code="HB", name="绿色家园")
        new_year.catalogue.categories.filter(code="WM").delete()
        last = new_year.catalogue.categories.create(code="SZ", name="数字乡村", order=9)
        lead = new_year.catalogue.categories.first().items.first().lead_department
        last.items.create(number=1, name="新", standard="新", lead_department=lead)
        workflow.open_cycle(new_year, by=person("admin"))
        conclude("石沟村", 2023, "HB SZ")
        response = get(client, "supervisor", "cycle-beside")
        columns = [(each.now, each.before) for each in response.context["columns"]]
        assert columns == [
            ("ZB", "ZB"),
            ("CY", "CY"),
            ("HB", "ST"),
            ("PA", "PA"),
            ("SZ", None),
            (None, "WM"),
        ]
        text = response.content.decode()
        assert (text.count("只有 2022 年"), text.count("只有 2023 年")) == (1, 1)
        row = text.split("石沟村</a>")[1].split("</tr>")[0]
        assert re.findall(r"turn-(\w+)", row) == ["none", "none", "kept", "lost", "won", "ended"]

    @pytest.mark.parametrize(
        ("username", "branches"),
        [
            ("clerk_weipo", {"卫坡村"}),
            ("liaison", {"石沟村", "游王村", "闫凹村"}),
            ("nobody", set()),
        ],
    )
    def test_one_sees_ones_own(self, client, two_years, username, branches):
        response = get(client, username, "cycle-beside")
        assert {row.branch.name for row in response.context["rows"]} == branches
        assert ("没有您能看到的" in response.content.decode()) == (not branches)

    def test_a_department_sees_this_year_from_the_review_on(self, client, two_years):
        rows = get(client, "reviewer_ny", "cycle-beside").context["rows"]
        assert len(rows) == 27
        assert {row.branch.name for row in rows if row.sheet} == set(WON_NOW)

    def test_a_branch_of_one_year_alone(self, client, two_years):
        new = Branch.objects.create(code="410308105999", name="新设村", kind="village", order=99)
        workflow.open_cycle(two_years, by=person("admin"))
        rows = get(client, "supervisor", "cycle-beside").context["rows"]
        assert (rows[-1].branch, rows[-1].sheet_before) == (new, None)

    def test_without_a_year_before(self, client, town):
        response = get(client, "supervisor", "cycle-beside", 2022)
        assert "没有可以对照的" in response.content.decode()
        assert "rows" not in response.context

    @pytest.mark.parametrize("branches", [27, 270])
    def test_a_fixed_number_of_queries(
        self, client, two_years, django_assert_num_queries, branches
    ):
        Branch.objects.bulk_create(
            Branch(code=f"5{n:011}", name=f"村{n}", kind="village", order=n)
            for n in range(branches - 27)
        )
        workflow.open_cycle(two_years, by=person("admin"))
        client.force_login(person("supervisor"))
        with django_assert_num_queries(15):
            response = client.get(reverse("cycle-beside", args=[2023]))
        assert len(response.context["rows"]) == branches
        with django_assert_num_queries(9):
            response = client.get(reverse("cycle-targets", args=[2023]))
        assert len(response.context["rows"]) == branches


def test_a_closed_year_is_reached_from_the_list_and_the_open_one_leads(client, opened):
    client.force_login(person("supervisor"))
    home = client.get("/").content.decode()
    for button in ("星级墙", "工作台账", "日历"):
        assert f"2023 年{button}" in home
        assert f"2022 年{button}" not in home
    years = client.get(reverse("cycles")).content.decode()
    assert years.index(reverse("cycle", args=[2023])) < years.index(reverse("cycle", args=[2022]))
    overview = client.get(reverse("cycle", args=[2023])).content.decode()
    assert reverse("cycle-beside", args=[2023]) in overview
    assert reverse("cycle-targets", args=[2023]) in overview
