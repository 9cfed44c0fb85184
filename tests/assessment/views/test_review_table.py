"""The two tables of the review: one item down all branches, one branch down the items."""

import pytest
from django.urls import reverse

from assessment import workflow
from assessment.models import Catalogue, Cycle, Event, ItemRating

from ...town import at_step, item_of, person, sheet_of

VILLAGES = ("卫坡村", "南陈村", "朝阳社区")
HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def three(town):
    return [at_step(sheet_of(name), "review") for name in VILLAGES]


@pytest.fixture
def items(three):
    """ST-3 of 卫坡村, 南陈村 and 朝阳社区."""
    return [item_of(sheet, "ST-3") for sheet in three]


@pytest.fixture
def reviewer(client, town):
    user = person("reviewer_ny")
    client.force_login(user)
    return user


def table(client, **asked):
    response = client.get(reverse("cycle-item-review", args=[2022, "ST", 3]), asked)
    assert response.status_code == 200
    return response


def branches(response):
    return [row.item.assessment.branch.name for row in response.context["rows"]]


def send(client, item, name="item-review", *, htmx=True, **words):
    words = {"version": item.version, "return-version": item.version, **words}
    return client.post(reverse(name, args=[item.pk]), words, **(HTMX if htmx else {}))


def again(item):
    return item_of(item.assessment, "ST-3")


def test_a_row_for_each_sheet_that_is_handed_in(client, reviewer, items):
    response = table(client)
    assert sorted(branches(response)) == sorted(VILLAGES)
    assert (response.context["left"], response.context["total"]) == (3, 3)
    assert "演示举措" in response.content.decode()


def test_a_row_for_each_item_the_department_leads(client, reviewer, three):
    response = client.get(reverse("assessment-review", args=[three[0].pk]))
    codes = [row.item.task_item.code for row in response.context["rows"]]
    assert codes == ["CY-1", "CY-2", "CY-3", "CY-5", "ST-2", "ST-3"]
    chosen = client.get(reverse("assessment-review", args=[three[0].pk]), {"star": "ST"})
    assert [row.item.task_item.code for row in chosen.context["rows"]] == ["ST-2", "ST-3"]


def test_a_mark_answers_with_its_row(client, reviewer, items):
    response = send(client, items[0], review="partly_met", review_note="差台账", head="branch")
    text = response.content.decode()
    assert response.status_code == 200
    assert text.strip().startswith("<tr")
    assert f'id="row-{items[0].pk}"' in text
    assert "已保存" in text
    assert "data-unmarked" not in text
    assert "卫坡村</a>" in text
    saved = again(items[0])
    assert (saved.review, saved.review_note) == ("partly_met", "差台账")
    assert table(client).context["left"] == 2


def test_without_a_script_a_mark_leads_back_to_the_table(client, reviewer, items):
    back = "/cycles/2022/items/ST-3/review/?state=unmarked#row-1"
    response = send(client, items[0], htmx=False, review="met", next=back)
    assert (response.status_code, response.url) == (302, back)


@pytest.mark.parametrize("away", ["https://evil.example/", "//evil.example/", "/\\evil.example"])
def test_a_save_leads_nowhere_else(client, reviewer, items, away):
    response = send(client, items[0], htmx=False, review="met", next=away)
    assert response.url == items[0].get_absolute_url()


def test_a_stale_mark_shows_both_words_in_its_row(client, reviewer, items):
    workflow.review(items[0], "met", "看过了", items[0].version, by=reviewer)
    response = send(client, items[0], review="unmet", review_note="没有台账")
    text = response.content.decode()
    assert response.status_code == 409
    assert "已被别人改过" in text
    assert "看过了" in text
    assert ">没有台账</textarea>" in text
    assert f'name="version" value="{items[0].version + 1}"' in text
    assert again(items[0]).review == "met"


def test_a_mark_that_is_none_is_refused_in_its_row(client, reviewer, items):
    response = send(client, items[0], review="splendid", review_note="好")
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert ">好</textarea>" in response.content.decode()


def test_a_return_answers_with_its_row(client, reviewer, items):
    refused = send(client, items[0], "return", **{"return-reason": ""})
    assert refused.status_code == 422
    response = send(client, items[0], "return", **{"return-reason": "缺台账"})
    text = response.content.decode()
    assert response.status_code == 200
    assert "已退回" in text
    assert "缺台账" in text
    assert "data-mark-form" not in text
    assert again(items[0]).is_returned


def test_a_return_says_which_box_it_is_about(client, reviewer, items):
    assert 'name="return-field"' in table(client).content.decode()
    words = {"return-field": "progress", "return-reason": ""}
    refused = send(client, items[0], "return", **words)
    assert refused.status_code == 422
    assert '<option value="progress" selected>' in refused.content.decode()
    text = send(client, items[0], "return", **{**words, "return-reason": "缺台账"}).content.decode()
    assert "退回理由 · 进展情况：缺台账" in text
    assert again(items[0]).return_field == "progress"


def test_a_return_about_no_box_is_about_the_whole(client, reviewer, items):
    words = {"return-field": "", "return-reason": "缺台账"}
    assert "退回理由：缺台账" in send(client, items[0], "return", **words).content.decode()
    assert again(items[0]).return_field == ""


def test_a_return_about_a_box_that_is_none_is_refused(client, reviewer, items):
    words = {"return-field": "version", "return-reason": "缺台账"}
    response = send(client, items[0], "return", **words)
    assert response.status_code == 422
    assert ">缺台账</textarea>" in response.content.decode()
    assert not again(items[0]).is_returned


def test_a_returned_row_shows_what_changed(client, reviewer, items, clerk):
    _twice_round(items[0], reviewer, clerk)
    response = table(client)
    row = next(row for row in response.context["rows"] if row.item == items[0])
    assert [(line.old, line.new) for line in row.changes] == [("补了一半", "补齐")]
    assert "退回后已改" in response.content.decode()


def _twice_round(item, reviewer, clerk):
    for reason, words in (("缺台账", "补了一半"), ("还缺照片", "补齐")):
        workflow.return_item(item, reason, again(item).version, by=reviewer)
        workflow.self_rate(again(item), {"progress": words}, again(item).version, by=clerk)
        workflow.resubmit(again(item), again(item).version, by=clerk)


def test_the_history_tells_both_rounds(client, reviewer, items, clerk):
    _twice_round(items[0], reviewer, clerk)
    text = client.get(reverse("item-history", args=[items[0].pk])).content.decode()
    found = [text.index(words) for words in ("还缺照片", "缺台账")]
    assert found == sorted(found)
    verbs = Event.objects.filter(item_rating=items[0]).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["return", "self_rate", "resubmit"] * 2


@pytest.fixture
def mixed(items, reviewer, clerk):
    """卫坡村 changed after a return, 南陈村 returned, 朝阳社区 marked."""
    workflow.return_item(items[0], "缺台账", items[0].version, by=reviewer)
    workflow.self_rate(again(items[0]), {"progress": "补"}, again(items[0]).version, by=clerk)
    workflow.resubmit(again(items[0]), again(items[0]).version, by=clerk)
    workflow.return_item(items[1], "缺照片", items[1].version, by=reviewer)
    workflow.review(items[2], "met", "", items[2].version, by=reviewer)
    return items


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, {"卫坡村", "南陈村", "朝阳社区"}),
        ({"state": "unmarked"}, {"卫坡村"}),
        ({"state": "changed"}, {"卫坡村"}),
        ({"state": "returned"}, {"南陈村"}),
        ({"state": "marked"}, {"朝阳社区"}),
        ({"state": "sent_back"}, set()),
        ({"state": "nonsense"}, {"卫坡村", "南陈村", "朝阳社区"}),
        ({"kind": "community"}, {"朝阳社区"}),
        ({"branch": "南陈"}, {"南陈村"}),
        ({"state": "unmarked", "branch": "南陈"}, set()),
        ({"star": "targeted"}, {"卫坡村", "南陈村", "朝阳社区"}),
        ({"star": "other"}, set()),
    ],
)
def test_filters(client, mixed, asked, expected):
    response = table(client, **asked)
    assert set(branches(response)) == expected
    assert (response.context["left"], response.context["total"]) == (1, 3)


def test_sent_back(client, items, reviewer):
    items[1].assessment.items.filter(pk=items[1].pk).update(sent_back_reason="请复核")
    response = table(client, state="sent_back")
    assert branches(response) == ["南陈村"]
    assert "请复核" in response.content.decode()


def test_last_years_mark(client, items, reviewer):
    """Of the same item in the catalogue before, once that year was decided."""
    before = _year_before(items[0])
    rows = {row.item: row.last_year for row in table(client).context["rows"]}
    assert [rows[item] for item in items] == ["unmet", "", ""]
    type(before).objects.filter(pk=before.pk).update(
        step="supervision", level=None, concluded_at=None, concluded_by=None
    )
    assert {row.last_year for row in table(client).context["rows"]} == {""}


def _year_before(item):
    catalogue = Catalogue.objects.create(year=2021, name="2021")
    category = catalogue.categories.create(code="ST", name="生态宜居")
    task = category.items.create(
        number=3, name="旧", standard="旧", lead_department=item.task_item.lead_department
    )
    type(task).objects.filter(pk=item.task_item_id).update(previous=task)
    cycle = Cycle.objects.create(year=2021, catalogue=catalogue, state="closed")
    by, now = person("supervisor"), item.assessment.submitted_at
    sheet = cycle.assessments.create(
        branch=item.assessment.branch,
        step="concluded",
        submitted_at=now,
        submitted_by=by,
        concluded_at=now,
        concluded_by=by,
        level=0,
    )
    sheet.items.create(task_item=task, review="met", supervision="unmet", supervision_note="看过")
    return sheet


def test_only_the_lead_marks(client, items):
    client.force_login(person("auditor"))
    response = table(client)
    assert len(response.context["rows"]) == 3
    assert not any(row.may_mark for row in response.context["rows"])
    assert "data-mark-form" not in response.content.decode()


def test_a_signed_off_row_is_read_only(client, items, reviewer):
    sheet = items[0].assessment
    sheet.items.led_by(items[0].task_item.lead_department).update(review="met")
    workflow.sign_off(sheet, items[0].task_item.lead_department, by=reviewer)
    response = table(client)
    assert [row.may_mark for row in response.context["rows"] if row.item == items[0]] == [False]
    assert response.context["left"] == 2
    late = send(client, items[0], review="unmet")
    assert late.status_code == 409
    assert "由党委办理" in late.content.decode()


def test_an_item_that_is_not_there(client, reviewer, items):
    for place in ([2022, "XX", 3], [2022, "ST", 99], [1999, "ST", 3]):
        assert client.get(reverse("cycle-item-review", args=place)).status_code == 404


@pytest.mark.parametrize("branches", [1, 3, 27])
def test_27_branches_take_as_many_queries_as_one(
    client, town, reviewer, django_assert_num_queries, branches
):
    for sheet in town.assessments.select_related("branch")[:branches]:
        at_step(sheet, "review")
    handed_in = ItemRating.objects.filter(task_item=_st3(), assessment__step="review")
    for number, item in enumerate(handed_in.with_places()):
        if number % 3 == 0:
            workflow.return_item(item, "缺台账", item.version, by=reviewer)
    with django_assert_num_queries(14):
        assert len(table(client).context["rows"]) == branches


def _st3():
    return item_of(sheet_of("卫坡村"), "ST-3").task_item_id
