"""Bad input gets a clear message, changes nothing, and keeps what was typed."""

import re

import pytest
from django.urls import resolve, reverse
from django.utils import timezone

from assessment.models import Event, ItemRating

from ...town import at_step, fill, item_of, person, sheet_of

WORDS = {
    "self_rating": "met",
    "measures": "新写的举措",
    "progress": "新写的进展",
    "responsible_leader": "",
    "responsible_person": "王某",
    "due_date": "2022-11-30",
    "self_rating_note": "",
    "version": "0",
}


@pytest.fixture
def signed_in(client, clerk):
    client.force_login(clerk)
    return client


@pytest.fixture
def address(item):
    return reverse("item-self-rating", args=[item.pk])


def snapshot():
    return list(ItemRating.objects.values().order_by("pk")), Event.objects.count()


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("self_rating", "excellent", "选择一个有效的选项"),
        ("measures", "举" * 2001, "2000"),
        ("progress", "进" * 2001, "2000"),
        ("self_rating_note", "备" * 501, "500"),
        ("responsible_person", "人" * 31, "30"),
        ("due_date", "下个月底", "日期请写成"),
        ("due_date", "2022-02-30", "日期请写成"),
        ("version", "abc", "没有保存"),
        ("version", "", "没有保存"),
    ],
)
def test_a_bad_field(signed_in, address, field, typed, message):
    before = snapshot()
    response = signed_in.post(address, {**WORDS, field: typed})
    page = response.content.decode()
    assert response.status_code == 422
    assert message in page
    assert "新写的举措" in page or field == "measures"
    assert typed in page
    assert snapshot() == before


@pytest.mark.parametrize(
    ("typed", "saved"),
    [
        ("2022-11-5", "2022-11-05"),
        ("2022/11/5", "2022-11-05"),
        ("2022.11.05", "2022-11-05"),
        ("2022年11月5日", "2022-11-05"),
    ],
)
def test_dates_as_people_write_them(signed_in, address, item, typed, saved):
    assert signed_in.post(address, {**WORDS, "due_date": typed}).status_code == 302
    item.refresh_from_db()
    assert item.due_date.isoformat() == saved


def test_line_ends_of_a_browser_are_no_change(signed_in, address, item):
    signed_in.post(address, {**WORDS, "measures": "一\n二"})
    events = Event.objects.count()
    item.refresh_from_db()
    again = {**WORDS, "measures": "一\r\n二", "version": item.version}
    assert signed_in.post(address, again).status_code == 302
    assert Event.objects.count() == events


def test_a_stale_version_shows_both_words(signed_in, address, item):
    signed_in.post(address, {**WORDS, "measures": "先保存的话"})
    before = snapshot()
    response = signed_in.post(address, {**WORDS, "measures": "后写的话"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "已被别人改过" in page
    assert "先保存的话" in page
    assert "后写的话" in page
    assert snapshot() == before
    item.refresh_from_db()
    again = {**WORDS, "measures": "后写的话", "version": str(item.version)}
    assert f'name="version" value="{item.version}"' in page
    assert signed_in.post(address, again).status_code == 302


def test_another_branchs_item_is_not_there(signed_in, town):
    other = item_of(sheet_of("南陈村"), "ST-3")
    before = snapshot()
    response = signed_in.post(reverse("item-self-rating", args=[other.pk]), WORDS)
    assert response.status_code == 404
    assert snapshot() == before


def test_a_number_beyond_any_row_is_not_there(signed_in, town):
    assert signed_in.get(reverse("item", args=[10**30])).status_code == 404
    assert signed_in.get(f"/cycles/{10**30}/").status_code == 404


def test_typing_is_kept_where_the_sheet_was_handed_in_meanwhile(signed_in, address, sheet):
    at_step(sheet, "review")
    before = snapshot()
    response = signed_in.post(address, {**WORDS, "measures": "交上去以后才写的话"})
    page = response.content.decode()
    assert response.status_code == 409
    assert "由牵头部门办理" in page
    assert "交上去以后才写的话" in page
    assert snapshot() == before


@pytest.mark.parametrize("verb", ["submit", "collect", "conclude"])
@pytest.mark.parametrize("step", ["self_rating", "review", "concluded"])
def test_a_verb_out_of_order_says_why(client, sheet, verb, step):
    if (verb, step) == ("collect", "self_rating"):
        type(sheet.cycle).objects.update(self_rating_due="2999-12-31")
    at_step(sheet, step)
    before = snapshot()
    username = {"submit": "clerk_weipo"}.get(verb, "supervisor")
    client.force_login(person(username))
    response = client.post(reverse(verb, args=[sheet.pk]))
    page = response.content.decode()
    assert response.status_code == 409
    assert "什么都没有改动" in page
    assert "不能" in page or "还" in page
    assert snapshot() == before


def test_submit_lists_what_is_missing_with_links(signed_in, sheet):
    response = signed_in.post(reverse("submit", args=[sheet.pk]))
    page = response.content.decode()
    assert '<a href="/#targets">拟创星还没选够：创建目标是四星</a>' in page
    for item in sheet.items.all():
        assert reverse("item", args=[item.pk]) in page


@pytest.mark.parametrize("refused", [False, True], ids=["on the sheet", "on the refusal"])
def test_each_line_of_what_is_missing_leads_to_where_it_is_mended(signed_in, sheet, refused):
    there = sheet.get_absolute_url()
    page = signed_in.get(there).content.decode()
    assert len(re.findall('id="targets"', page)) == 1
    if refused:
        posted = signed_in.post(
            reverse("submit", args=[sheet.pk]), headers={"referer": f"http://testserver{there}"}
        )
        page = posted.content.decode()
    [listed] = re.findall('<ul class="blockers">.*?</ul>', page, re.DOTALL)
    links = re.findall(r'<li><a href="([^"]+)">', listed)
    assert len(links) == listed.count("<li>") == 1 + 3 * 30
    assert links[0] == (f"{there}#targets" if refused else "#targets")
    assert {resolve(link).url_name for link in links[1:]} == {"item"}


def test_each_star_that_holds_up_the_conclusion_is_a_link_to_it(client, sheet):
    at_step(sheet, "supervision")
    client.force_login(person("supervisor"))
    page = client.get(reverse("assessment-supervision", args=[sheet.pk])).content.decode()
    for code in ("ZB", "CY", "ST", "PA", "WM"):
        assert page.count(f'<li><a href="#star-{code}">') == page.count(f'id="star-{code}"') == 1


def test_two_submits_make_one_transition(client, sheet, clerk):
    fill(sheet)
    client.force_login(clerk)
    first, second = (client.post(reverse("submit", args=[sheet.pk])) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 409)
    assert Event.objects.filter(assessment=sheet, verb="submit").count() == 1


def test_a_return_without_a_reason_keeps_the_page(client, sheet):
    at_step(sheet, "review")
    item = item_of(sheet, "ST-3")
    client.force_login(person("reviewer_ny"))
    response = client.post(reverse("return", args=[item.pk]), {"return-version": item.version})
    assert response.status_code == 422
    assert "必填项" in response.content.decode()
    item.refresh_from_db()
    assert item.returned_at is None


def test_a_stale_return_keeps_its_reason(client, sheet):
    at_step(sheet, "review")
    item = item_of(sheet, "ST-3")
    client.force_login(person("reviewer_ny"))
    client.post(
        reverse("item-review", args=[item.pk]),
        {"review": "met", "review_note": "", "version": item.version},
    )
    response = client.post(
        reverse("return", args=[item.pk]),
        {"return-version": item.version, "return-reason": "缺清运记录"},
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "缺清运记录" in page
    assert f'name="return-version" value="{item.version + 1}"' in page


# An act on an item: who does it, at which step, its version's field, the words, what is typed.
STALE = {
    "item-self-rating": ("clerk_weipo", "self_rating", "version", WORDS, "新写的举措"),
    "item-review": (
        *("reviewer_ny", "review", "version"),
        *({"review": "unmet", "review_note": "缺清运记录"}, "缺清运记录"),
    ),
    "return": (
        *("reviewer_ny", "review", "return-version"),
        *({"return-reason": "缺清运记录", "return-field": "progress"}, "缺清运记录"),
    ),
    "item-supervision": (
        *("supervisor", "supervision", "version"),
        *({"supervision": "unmet", "supervision_note": "现场没有看到"}, "现场没有看到"),
    ),
    "send-back": (
        *("supervisor", "supervision", "back-version"),
        *({"back-reason": "请部门再看一次"}, "请部门再看一次"),
    ),
}
SAID = {"zh-hans": "已被别人改过", "en": "someone else has changed this item since you opened it"}


@pytest.mark.parametrize("language", SAID)
@pytest.mark.parametrize("name", STALE)
def test_a_stale_act_says_so_and_keeps_the_words(client, sheet, name, language):
    username, step, version, words, typed = STALE[name]
    at_step(sheet, step)
    item = item_of(sheet, "ST-3")
    ItemRating.objects.filter(pk=item.pk).update(
        version=item.version + 1, changed_at=timezone.now(), changed_by=person("auditor")
    )
    before = snapshot()
    client.force_login(person(username))
    address = reverse(name, args=[item.pk])
    sent = {**words, version: item.version}
    response = client.post(address, sent, headers={"accept-language": language})
    page = response.content.decode()
    assert response.status_code == 409
    assert SAID[language] in page
    assert SAID["zh-hans" if language == "en" else "en"] not in page
    assert typed in page
    assert f'name="{version}" value="{item.version + 1}"' in page
    assert snapshot() == before
    again = {**words, version: item.version + 1}
    assert client.post(address, again).status_code == 302


def test_a_decision_that_differs_needs_a_reason_and_keeps_the_others(client, sheet):
    at_step(sheet, "supervision")
    client.force_login(person("supervisor"))
    answers = {f"{code}-awarded": "yes" for code in ("ZB", "CY", "ST", "PA", "WM")}
    answers |= {"PA-awarded": "no", "CY-reason": "材料扎实"}
    response = client.post(reverse("assessment-supervision", args=[sheet.pk]), answers)
    page = response.content.decode()
    assert response.status_code == 409
    assert "平安法治：决定与提议不一致" in page
    assert "材料扎实" in page
    assert not sheet.stars.filter(awarded__isnull=False).exists()


def test_the_committees_own_mark_needs_a_reason(client, sheet):
    at_step(sheet, "supervision")
    item = item_of(sheet, "ST-3")
    client.force_login(person("supervisor"))
    address = reverse("item-supervision", args=[item.pk])
    response = client.post(address, {"supervision": "unmet", "version": item.version})
    assert response.status_code == 422
    assert "要写明理由" in response.content.decode()


def test_an_extension_must_be_later(client, sheet):
    client.force_login(person("supervisor"))
    answers = {"step": "self_rating", "due": "2022-10-01", "reason": "连日阴雨"}
    response = client.post(reverse("assessment-extension", args=[sheet.pk]), answers)
    page = response.content.decode()
    assert response.status_code == 422
    assert "新的期限要晚于现在的期限" in page
    assert "连日阴雨" in page


def test_bad_input_in_the_english_interface(signed_in, address):
    response = signed_in.post(
        address, {**WORDS, "due_date": "next month"}, headers={"accept-language": "en"}
    )
    page = response.content.decode()
    assert "next month" in page
    assert "日期请写成" not in page
