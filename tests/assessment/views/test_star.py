"""Why a star is there or not: each step, the items in the way, the findings, the decision."""

import re

import pytest
from django.urls import reverse

from assessment import workflow
from tests.town import at_step, fill, finding_on, item_of, person, sheet_of

from .test_wall import wall


@pytest.fixture
def reviewed(sheet):
    """卫坡村 before the committee: ST-3 unmet, ST-4 partly met."""
    fill(sheet)
    at_step(sheet, "supervision")
    sheet.items.filter(pk=item_of(sheet, "ST-3").pk).update(review="unmet")
    sheet.items.filter(pk=item_of(sheet, "ST-4").pk).update(review="partly_met")
    return sheet_of("卫坡村")


def star(client, sheet, code="ST", username="supervisor"):
    client.force_login(person(username))
    return client.get(reverse("assessment-star", args=[sheet.pk, code]))


def words(response):
    main = re.search(r"<main.*</main>", response.content.decode(), re.DOTALL).group()
    return " ".join(re.sub(r"<[^>]+>", " ", main).split())


def section(response, name):
    text = response.content.decode()
    return re.search(rf'<section[^>]* id="{name}".*?</section>', text, re.DOTALL).group()


def test_the_star_at_each_step(client, reviewed):
    text = words(star(client, reviewed))
    assert "村组标星 村组标星 6 / 6 100%" in text
    assert "部门瞄星 不够 4 / 6 75%" in text
    assert "党委督星 不够 4 / 6 75%" in text
    assert "得星要达到适用分值的 100%" in text


def test_a_step_that_has_not_begun_says_so(client, sheet):
    text = words(star(client, sheet))
    assert "村组标星 不够 0 / 6 0%" in text
    assert text.count("还没有到这一步") == 2


def test_the_items_in_the_way_lead_to_themselves(client, reviewed):
    told = section(star(client, reviewed), "obstacles")
    for code in ("ST-3", "ST-4"):
        assert item_of(reviewed, code).get_absolute_url() in told
    assert told.count("<li") == 2
    assert told.count("该谁办：党委") == 2
    assert "未达标" in told
    assert "基本达标" in told


@pytest.mark.parametrize(
    ("step", "holder"), [("self_rating", "卫坡村"), ("review", "农业服务中心")]
)
def test_who_owes_the_next_move(client, sheet, step, holder):
    sheet = at_step(sheet, step)
    told = section(star(client, sheet), "obstacles")
    assert f"该谁办：{holder}" in told


def test_a_returned_item_is_the_branchs_with_the_reason(client, sheet):
    item = item_of(at_step(sheet, "review"), "ST-3")
    workflow.return_item(item, "缺秸秆还田的台账", item.version, by=person("reviewer_ny"))
    told = section(star(client, sheet), "obstacles")
    assert "该谁办：卫坡村" in told
    assert "退回理由：缺秸秆还田的台账" in told


def test_a_star_that_is_earned_has_nothing_in_the_way(client, reviewed):
    assert "照现在的评定，这颗星够得上" in section(star(client, reviewed, "ZB"), "obstacles")


def test_a_star_without_items_that_apply(client, reviewed):
    reviewed.items.filter(task_item__category__code="WM").update(review="not_applicable")
    told = section(star(client, reviewed, "WM"), "obstacles")
    assert "没有适用的任务项" in told


def test_findings_on_key_items_are_listed(client, reviewed):
    key, other = item_of(reviewed, "ZB-1"), item_of(reviewed, "ZB-2")
    type(key.task_item).objects.filter(pk=key.task_item_id).update(is_key=True)
    type(key.task_item).objects.filter(pk=other.task_item_id).update(is_key=False)
    found = finding_on(reviewed, "ZB-1", department="DJ")
    minor = finding_on(reviewed, "ZB-2", department="DJ")
    response = star(client, reviewed, "ZB")
    told = section(response, "findings")
    assert found.get_absolute_url() in told
    assert minor.get_absolute_url() not in told
    assert "有没销号的问题" in section(response, "obstacles")
    assert "关键项不过" in words(response)
    workflow.set_aside(found, "不影响", by=person("supervisor"))
    assert 'id="findings"' not in star(client, reviewed, "ZB").content.decode()


def test_what_the_committee_decided_by_whom_when_and_why(client, reviewed):
    assert "党委还没有定这颗星" in section(star(client, reviewed), "decision")
    supervisor = person("supervisor")
    workflow.decide(reviewed, {"ST": (True, "现场整改到位")}, by=supervisor)
    told = section(star(client, reviewed), "decision")
    decided = reviewed.stars.get(category__code="ST")
    assert f'datetime="{decided.decided_at.astimezone().strftime("%Y-%m-%d")}' in told
    for said in ("得星", "supervisor", "理由：现场整改到位", "与提议不同"):
        assert said in told
    assert "以前的决定" not in told


def test_earlier_decisions_are_kept_in_sight(client, reviewed):
    supervisor = person("supervisor")
    workflow.decide(reviewed, {"ST": (True, "现场整改到位")}, by=supervisor)
    workflow.decide(reviewed, {"ST": (False, "")}, by=supervisor)
    told = section(star(client, reviewed), "decision")
    assert "未得星" in told
    assert "与提议不同" not in told
    assert told.count("以前的决定") == 1
    assert "空 → 评定" in told
    assert "理由：现场整改到位" in told


class TestLift:
    """还差哪些项 on the page of a star, in the wall's row, and on the branch's sheet."""

    def told(self, client, reviewed, username="supervisor"):
        return section(star(client, reviewed, username=username), "lift")

    def test_the_target_is_reached(self, client, reviewed):
        assert "现在已达到创建目标四星。" in self.told(client, reviewed)

    def test_the_items_are_named_and_lead_to_themselves(self, client, reviewed):
        reviewed.items.filter(task_item__category__code="WM").update(review="unmet")
        assert "最少再有 2 项评为达标，就达到创建目标四星。" in self.told(client, reviewed)
        for code in ("ST-3", "ST-4"):
            assert item_of(reviewed, code).get_absolute_url() in self.told(client, reviewed)
        client.force_login(person("supervisor"))
        page = client.get(reviewed.get_absolute_url()).content.decode()
        assert "还差 2 项" in page
        assert "最少再有 2 项评为达标" in page
        [row] = [row for row in wall(client).context["rows"] if row.sheet == reviewed]
        assert row.lift.count == 2
        assert wall(client).content.decode().count("还差 2 项") == 1

    def test_out_of_reach_is_said(self, client, reviewed):
        denied = dict.fromkeys(("ZB", "ST"), (False, "查实弄虚作假"))
        workflow.decide(reviewed, denied, by=person("supervisor"))
        assert "这一年已达不到" in self.told(client, reviewed)
        assert wall(client).content.decode().count("达不到") == 1

    def test_a_prerequisite_takes_all_stars_with_it(self, client, reviewed):
        categories = reviewed.cycle.catalogue.categories
        categories.filter(code="ST").update(is_prerequisite=True)
        assert "最少再有 2 项评为达标" in self.told(client, reviewed)
        [row] = [row for row in wall(client).context["rows"] if row.sheet == reviewed]
        assert (row.level, row.is_below) == (0, True)

    def test_a_department_is_told_how_many_are_not_its_own(self, client, reviewed):
        reviewed.items.filter(task_item__category__code="WM").update(review="unmet")
        told = self.told(client, reviewed, "reviewer_ny")
        item = item_of(reviewed, "ST-4")
        seen = item.task_item.lead_department.code == "NY"
        assert item_of(reviewed, "ST-3").get_absolute_url() in told
        assert (item.get_absolute_url() in told) == seen
        assert ("还有 1 项由别的部门牵头" in told) != seen


@pytest.mark.parametrize("code", ["XX", "st", "星", "ST%00"])
def test_a_star_that_is_not_there(client, reviewed, code):
    client.force_login(person("supervisor"))
    address = reverse("assessment-star", args=[reviewed.pk, "ST"]).replace("/ST/", f"/{code}/")
    assert client.get(address).status_code == 404


def test_the_stars_of_a_branch_lead_to_one_another(client, reviewed):
    text = star(client, reviewed).content.decode()
    for code in ("ZB", "CY", "ST", "PA", "WM"):
        assert reverse("assessment-star", args=[reviewed.pk, code]) in text
    assert f"{reviewed.get_absolute_url()}#star-ST" in text
    assert re.search(r'aria-current="page">生态宜居</a>', text)


@pytest.mark.parametrize(
    ("username", "queries"), [("supervisor", 11), ("clerk_weipo", 11), ("reviewer_ny", 11)]
)
@pytest.mark.parametrize("findings", [1, 3])
def test_a_fixed_number_of_queries(
    client, reviewed, django_assert_num_queries, username, queries, findings
):
    key = item_of(reviewed, "ST-3").task_item
    type(key).objects.filter(pk=key.pk).update(is_key=True)
    for _each in range(findings):
        finding_on(reviewed)
    client.force_login(person(username))
    with django_assert_num_queries(queries):
        client.get(reverse("assessment-star", args=[reviewed.pk, "ST"]))
