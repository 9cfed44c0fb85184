"""Pages that ask once more: many marks, many sign-offs. And opinions and phrases."""

import pytest
from django.urls import reverse

from assessment import workflow
from assessment.models import DepartmentSignOff, ItemRating, Opinion
from branches.models import Department

from ...town import at_step, item_of, person, reviewer_of, sheet_of

VILLAGES = ("卫坡村", "南陈村", "石沟村")


@pytest.fixture
def items(town):
    return [item_of(at_step(sheet_of(name), "review"), "ST-3") for name in VILLAGES]


@pytest.fixture
def reviewer(client, town):
    user = person("reviewer_ny")
    client.force_login(user)
    return user


@pytest.fixture
def support(town):
    return Department.objects.get(code="RJ")


def chosen(items):
    return [f"{item.pk}:{item.version}" for item in items]


def send(client, **words):
    return client.post(reverse("review-many", args=[2022]), words)


def marks():
    return sorted(ItemRating.objects.exclude(review="").values_list("review", "review_note"))


def test_the_set_is_listed_and_counted_before_anything_is_saved(client, reviewer, items):
    workflow.review(items[0], "met", "看过了", items[0].version, by=reviewer)
    items[0].refresh_from_db()
    response = send(client, chosen=chosen(items), review="unmet", review_note="缺台账")
    text = response.content.decode()
    assert response.status_code == 200
    assert "下面 3 项都将评为“未达标”" in text
    assert all(text.count(name) for name in VILLAGES)
    assert "其中 1 项已经瞄星" in text
    assert "看过了" in text
    assert marks() == [("met", "看过了")]


def test_confirmed_it_is_saved_and_leads_back(client, reviewer, items):
    back = reverse("cycle-item-review", args=[2022, "ST", 3])
    words = {"chosen": chosen(items[:2]), "review": "unmet", "review_note": "缺台账"}
    response = send(client, **words, next=back, confirmed="1")
    assert (response.status_code, response.url) == (302, back)
    assert marks() == [("unmet", "缺台账")] * 2


def test_what_is_in_the_way_is_listed_and_disables_the_button(client, reviewer, items):
    versions = chosen(items)
    workflow.return_item(items[1], "缺台账", items[1].version, by=reviewer)
    for confirmed in ({}, {"confirmed": "1"}):
        response = send(client, chosen=versions, review="unmet", **confirmed)
        text = response.content.decode()
        assert response.status_code == 409
        assert "“未达标”要写明理由" in text
        assert "南陈村" in text
        assert "现在不由本部门办理" in text
        assert " disabled>" in text
    assert marks() == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"review": "met"}, "还没有选任务项"),
        ({"review": "met", "chosen": "x"}, "看不出选了哪些任务项"),
        ({"review": "met", "chosen": "1:2:3"}, "看不出选了哪些任务项"),
    ],
)
def test_nothing_chosen_leads_back_with_the_reason(client, reviewer, items, words, said):
    response = client.post(reverse("review-many", args=[2022]), words, follow=True)
    assert said in response.content.decode()
    assert marks() == []


def test_an_item_one_may_not_see_is_not_there(client, reviewer, items):
    hidden = item_of(items[0].assessment, "ZB-1")
    words = {"chosen": chosen([*items, hidden]), "review": "met", "confirmed": "1"}
    assert send(client, **words).status_code == 404
    assert marks() == []


def test_an_item_one_only_sees_is_refused(client, items, support):
    client.force_login(reviewer_of(support))
    words = {"chosen": chosen(items), "review": "met", "confirmed": "1"}
    assert send(client, **words).status_code == 403
    assert marks() == []


def test_ready_sheets_are_listed_and_the_others_say_why_not(client, reviewer, items):
    ready = items[0].assessment
    ready.items.led_by(items[0].task_item.lead_department).update(review="met")
    address = reverse("sign-off-ready", args=[2022, "NY"])
    response = client.get(address)
    text = response.content.decode()
    assert "下面 1 个支部的任务项都已瞄星" in text
    assert f'name="sheet" value="{ready.pk}"' in text
    assert text.count("还没有瞄星") == 12
    response = client.post(address, {"sheet": [ready.pk]}, follow=True)
    assert "已办结 1 个支部" in response.content.decode()
    assert DepartmentSignOff.objects.get().assessment == ready


def test_a_sheet_that_is_no_longer_ready_stops_the_lot(client, reviewer, items):
    lead = items[0].task_item.lead_department
    sheets = [item.assessment for item in items[:2]]
    sheets[0].items.led_by(lead).update(review="met")
    response = client.post(
        reverse("sign-off-ready", args=[2022, "NY"]), {"sheet": [sheet.pk for sheet in sheets]}
    )
    assert response.status_code == 409
    assert "南陈村" in response.content.decode()
    assert not DepartmentSignOff.objects.exists()


def test_an_opinion_is_written_and_read_by_the_lead_not_by_the_branch(client, items, support):
    address = reverse("opinion", args=[items[0].pk, "RJ"])
    client.force_login(reviewer_of(support))
    assert address in client.get(items[0].get_absolute_url()).content.decode()
    response = client.post(address, {"text": "沟边还有堆放", "version": 0})
    assert (response.status_code, Opinion.objects.get().text) == (302, "沟边还有堆放")
    for username, reads in (("reviewer_ny", True), ("supervisor", True), ("clerk_weipo", False)):
        client.force_login(person(username))
        for page in ("item", "item-history"):
            response = client.get(reverse(page, args=[items[0].pk]), follow=True)
            assert ("沟边还有堆放" in response.content.decode()) == reads
    client.force_login(person("reviewer_ny"))
    table = client.get(reverse("cycle-item-review", args=[2022, "ST", 3]))
    assert "沟边还有堆放" in table.content.decode()


def test_a_stale_opinion_keeps_what_was_typed(client, items, support):
    user = reviewer_of(support)
    workflow.opine(items[0], support, "别人写的", 0, by=user)
    client.force_login(user)
    address = reverse("opinion", args=[items[0].pk, "RJ"])
    response = client.post(address, {"text": "我写的", "version": 0})
    text = response.content.decode()
    assert response.status_code == 409
    assert "别人写的" in text
    assert "我写的</textarea>" in text
    assert 'name="version" value="1"' in text
    assert client.post(address, {"text": "", "version": 1}).status_code == 422


def test_phrases_are_a_line_each_and_offered_where_reasons_are_written(client, reviewer, items):
    address = reverse("phrases", args=["NY"])
    response = client.post(address, {"phrases": " 缺台账。 \r\n\r\n缺照片。\r\n"})
    assert response.status_code == 302
    assert ">缺台账。\n缺照片。</textarea>" in client.get(address).content.decode().replace(
        "\r\n", "\n"
    ).replace(">\n", ">")
    for page in (
        reverse("cycle-item-review", args=[2022, "ST", 3]),
        reverse("assessment-review", args=[items[0].assessment_id]),
        reverse("item-review", args=[items[0].pk]),
    ):
        assert "<li data-phrase>缺照片。</li>" in client.get(page).content.decode()


@pytest.mark.parametrize(("phrases", "said"), [("长" * 201, "200 个字"), ("短\n" * 31, "30 条")])
def test_phrases_that_are_too_many_or_too_long_are_kept_in_the_box(client, reviewer, phrases, said):
    response = client.post(reverse("phrases", args=["NY"]), {"phrases": phrases})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert phrases[:100].strip() in response.content.decode()
