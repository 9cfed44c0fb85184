"""Saving one item in place: what the server answers, and what the page offers around it."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from assessment import workflow
from assessment.models import Assessment, Catalogue, Cycle, Event, ItemRating

from ...town import at_step, fill, item_of, person, sheet_of
from .test_bad_input import WORDS, snapshot

HTMX = {"HX-Request": "true"}


@pytest.fixture
def signed_in(client, clerk):
    client.force_login(clerk)
    return client


@pytest.fixture
def address(item):
    return reverse("item-self-rating", args=[item.pk])


def save(client, address, **typed):
    response = client.post(address, {**WORDS, **typed}, headers=HTMX)
    return response, response.content.decode()


def version_in(page):
    """The version that the answer puts into the page, or None."""
    found = re.search(r'name="version" value="(\d+)"[^>]* hx-swap-oob="true"', page)
    return found and int(found[1])


def test_a_save_is_answered_with_its_time_and_the_next_version(signed_in, address, item):
    now = timezone.localtime()
    response, page = save(signed_in, address, measures="新写的举措")
    item.refresh_from_db()
    assert response.status_code == 200
    assert (item.measures, item.version) == ("新写的举措", 1)
    assert version_in(page) == 1
    assert re.search(r"已保存 \d\d:\d\d", page)
    assert f"最近改动：clerk_weipo，{now.year}年" in page
    assert "<html" not in page
    assert "<textarea" not in page


def test_one_save_after_another(signed_in, address, item):
    version = 0
    for words in ("一", "一二", "一二三"):
        response, page = save(signed_in, address, measures=words, version=version)
        assert response.status_code == 200
        version = version_in(page)
    item.refresh_from_db()
    assert (item.measures, item.version, version) == ("一二三", 3, 3)


def test_saving_the_same_again_keeps_no_event_and_says_the_version_that_stands(signed_in, address):
    """An answer that was lost on its way: the browser sends the same once more."""
    save(signed_in, address)
    before = snapshot()
    response, page = save(signed_in, address)
    assert response.status_code == 200
    assert version_in(page) == 1
    assert snapshot() == before


def test_blank_boxes_are_a_draft(signed_in, address, item):
    blank = dict.fromkeys(WORDS, "") | {"version": "0", "progress": "只写了这一栏"}
    response, _page = save(signed_in, address, **blank)
    item.refresh_from_db()
    assert (response.status_code, item.progress) == (200, "只写了这一栏")


def test_a_bad_box_is_named_and_nothing_is_saved(signed_in, address):
    before = snapshot()
    response, page = save(signed_in, address, due_date="下个月底", measures="举" * 2001)
    assert response.status_code == 422
    assert 'data-error-of="due_date"' in page
    assert "日期请写成" in page
    assert 'data-error-of="measures"' in page
    assert 'href="#id_due_date"' in page
    assert "已保存" not in page
    assert version_in(page) is None
    assert snapshot() == before


@pytest.mark.parametrize("version", ["abc", "", "-1"])
def test_a_bad_version(signed_in, address, version):
    before = snapshot()
    response, page = save(signed_in, address, version=version)
    assert response.status_code == 422
    assert "没有保存" in page
    assert version_in(page) is None
    assert snapshot() == before


def test_a_stale_save_shows_both_sides(signed_in, address, item):
    save(signed_in, address, measures="先保存的话")
    before = snapshot()
    response, page = save(signed_in, address, measures="<b>后写的话</b>")
    assert response.status_code == 409
    assert "已被别人改过" in page
    assert "先保存的话" in page
    assert "&lt;b&gt;后写的话&lt;/b&gt;" in page
    assert "clerk_weipo刚刚保存了这一项" in page
    assert snapshot() == before
    assert version_in(page) == 1
    response, page = save(signed_in, address, measures="两边合起来的话", version=1)
    assert response.status_code == 200
    assert "先保存的话" not in page  # the box of the two sides is emptied


def test_an_item_that_is_no_longer_the_branchs(signed_in, address, sheet):
    at_step(sheet, "review")
    before = snapshot()
    response, page = save(signed_in, address)
    assert response.status_code == 409
    assert "由牵头部门办理" in page
    assert version_in(page) is None
    assert snapshot() == before


def test_an_expired_sign_in_leads_to_the_sign_in_page(client, address, town):
    """The browser follows; js/autosave.js knows the page by its address."""
    response = client.post(address, WORDS, headers=HTMX)
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("sign-in"))


def test_others_save_nothing(client, address, town):
    before = snapshot()
    for username, status in [("clerk_nanchen", 404), ("reviewer_ny", 404), ("supervisor", 403)]:
        client.force_login(person(username))
        assert client.post(address, WORDS, headers=HTMX).status_code == status
    assert snapshot() == before


def test_it_takes_at_most_eight_queries(signed_in, address, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        response, _page = save(signed_in, address)
    assert response.status_code == 200


def test_the_page_is_never_taken_from_a_cache(signed_in, address):
    """Going back would show an old version beside it."""
    assert "no-store" in signed_in.get(address)["Cache-Control"]


def test_a_button_saves_without_a_script(signed_in, address, item):
    response = signed_in.post(address, {**WORDS, "measures": "按钮保存的话"})
    assert response.status_code == 302
    item.refresh_from_db()
    assert item.measures == "按钮保存的话"


# Last year's words


@pytest.fixture
def year_before(town, item):
    """2021, in which 卫坡村 and 南陈村 wrote of the same item."""
    new = item.task_item
    catalogue = Catalogue.objects.create(year=2021, name="2021 年任务清单")
    category = catalogue.categories.create(code="ST", name="生态宜居")
    old = category.items.create(
        number=1, name="旧名", standard="旧标准", lead_department=new.lead_department
    )
    cycle = Cycle.objects.create(year=2021, catalogue=catalogue, state="closed")
    for name in ("卫坡村", "南陈村"):
        branch = sheet_of(name).branch
        sheet = Assessment.objects.create(cycle=cycle, branch=branch)
        ItemRating.objects.create(
            assessment=sheet,
            task_item=old,
            measures=f"{name}去年的举措",
            responsible_person=f"{name}张某",
        )
    new.previous = old
    new.save()
    return cycle


def test_last_years_words_are_offered(signed_in, address, year_before):
    page = signed_in.get(address).content.decode()
    assert "2021 年写的" in page
    assert 'data-fill="measures">卫坡村去年的举措<' in page
    assert 'data-fill="responsible_person">卫坡村张某<' in page
    assert 'data-fill="progress"' not in page  # nothing was written there
    assert "南陈村" not in page


def test_an_item_that_is_new_this_year_offers_nothing(signed_in, year_before, sheet):
    other = item_of(sheet, "ST-1")
    page = signed_in.get(reverse("item-self-rating", args=[other.pk])).content.decode()
    assert "年写的" not in page


def test_a_branch_that_was_not_there_last_year(client, year_before):
    client.force_login(person("liaison"))
    other = item_of(sheet_of("石沟村"), "ST-3")
    page = client.get(reverse("item-self-rating", args=[other.pk])).content.decode()
    assert "年写的" not in page


def test_a_year_in_preparation_is_not_offered(signed_in, address, year_before):
    Cycle.objects.filter(pk=year_before.pk).update(state="preparing")
    assert "年写的" not in signed_in.get(address).content.decode()


def test_last_years_words_stay_where_a_resubmission_lacks_something(
    signed_in, year_before, sheet, item
):
    at_step(sheet, "review")
    item = item_of(sheet, "ST-3")
    workflow.return_item(item, "请补", item.version, by=person("reviewer_ny"))
    words = {**WORDS, "measures": "", "version": item.version + 1}
    response = signed_in.post(reverse("resubmit", args=[item.pk]), words)
    assert response.status_code == 409
    assert "卫坡村去年的举措" in response.content.decode()


# Which box a return is about


@pytest.fixture
def handed_in(sheet):
    fill(sheet)
    return item_of(at_step(sheet, "review"), "ST-3")


def return_it(client, item, field):
    client.force_login(person("reviewer_ny"))
    answers = {
        "return-version": item.version,
        "return-reason": "缺清运记录",
        "return-field": field,
    }
    return client.post(reverse("return", args=[item.pk]), answers)


@pytest.mark.parametrize("field", ["self_rating", "measures", "progress", "responsible_person"])
def test_the_reason_stands_beside_the_box(client, handed_in, clerk, field):
    assert return_it(client, handed_in, field).status_code == 302
    handed_in.refresh_from_db()
    assert handed_in.return_field == field
    event = Event.objects.latest("pk")
    assert (event.verb, event.changes) == ("return", {"return_field": ["", field]})
    client.force_login(clerk)
    page = client.get(reverse("item-self-rating", args=[handed_in.pk])).content.decode()
    assert page.count("缺清运记录") == 1
    assert 'href="#return-reason"' in page
    assert 0 < page.index("缺清运记录") < page.index(f'id="div_id_{field}"')
    before = page.index('id="return-reason"')
    boxes = [found.start() for found in re.finditer(r'id="div_id_', page)]
    following = min(at for at in boxes if at > before)
    row = 'id="div_id_responsible_leader"'  # the three short boxes stand in one row
    wanted = row if field == "responsible_person" else f'id="div_id_{field}"'
    assert following == page.index(wanted)


@pytest.mark.parametrize(
    ("field", "said"), [("", "缺清运记录"), ("evidence", "佐证资料：缺清运记录")]
)
def test_else_the_reason_stands_at_the_top(client, handed_in, clerk, field, said):
    assert return_it(client, handed_in, field).status_code == 302
    client.force_login(clerk)
    page = client.get(reverse("item-self-rating", args=[handed_in.pk])).content.decode()
    assert said in page
    assert "return-reason" not in page


def test_who_only_reads_sees_the_reason_and_its_box_at_the_top(client, handed_in):
    return_it(client, handed_in, "measures")
    client.force_login(person("supervisor"))
    page = client.get(reverse("item", args=[handed_in.pk])).content.decode()
    assert "具体举措：缺清运记录" in page
    history = client.get(reverse("item-history", args=[handed_in.pk])).content.decode()
    assert "退回的是哪一栏" in history
    assert "具体举措" in history


def test_a_box_that_there_is_not(client, handed_in):
    before = snapshot()
    response = return_it(client, handed_in, "due_date")
    assert response.status_code == 422
    assert "缺清运记录" in response.content.decode()
    assert snapshot() == before


def test_a_send_back_forgets_the_box(client, handed_in, supervisor):
    item = handed_in
    ItemRating.objects.filter(pk=item.pk).update(
        returned_at=timezone.now(),
        returned_by=supervisor,
        return_reason="请补",
        return_field="measures",
        resubmitted_at=timezone.now(),
    )
    Assessment.objects.filter(pk=item.assessment_id).update(step="supervision")
    item = item_of(sheet_of("卫坡村"), "ST-3")
    workflow.send_back(item, "请到现场", item.version, by=supervisor)
    item.refresh_from_db()
    assert item.return_field == ""
