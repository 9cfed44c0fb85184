"""Search: what is found, for whom, and what is never found by anybody else."""

import re

import pytest
from django.urls import reverse

from assessment.forms.search import SearchForm
from assessment.models import Catalogue, Cycle
from assessment.views.search import AT_MOST
from branches.models import Branch, User

from ...town import CAST, at_step, fill, item_of, person, sheet_of

NOTHING = "在您能看到的范围里没有找到"
READERS = {"admin", "supervisor", "auditor"}


@pytest.fixture
def search(client, town):
    """What somebody finds: the response, with its main part as one line."""

    def _search(words, username="supervisor"):
        client.force_login(person(username))
        response = client.get(reverse("search"), {"q": words})
        assert response.status_code == 200
        response.main = re.sub(r"\s+", " ", response.content.decode().split("<main")[1])
        return response

    return _search


def sheets(response):
    return [sheet.branch.name for sheet in response.context["found"].sheets]


def items(response, kind="items"):
    return list(getattr(response.context["found"], kind))


@pytest.fixture
def secret(sheet):
    """卫坡村 in review, with words and people that stand nowhere else."""
    at_step(sheet, "review")
    item = item_of(sheet, "ST-3")
    sheet.items.filter(pk=item.pk).update(responsible_person="独孤某", responsible_leader="Smith")
    Branch.objects.filter(pk=sheet.branch_id).update(
        secretary="慕容某", liaison_official="诸葛某", former_names="桃花庄村"
    )
    return item


@pytest.mark.parametrize(
    "words", ["卫坡", "卫坡村", "wp", "WEIPO", "wei po", "ｗｐ", "桃花庄", "thz"]
)
def test_a_branch(search, secret, words):
    page = search(words)
    assert sheets(page) == ["卫坡村"]
    assert f'href="{secret.assessment.get_absolute_url()}"' in page.main


# Who finds 卫坡村, its people, and the responsible person of an item of 农业服务中心.
SEES_SHEET = READERS | {"clerk_weipo", "reviewer_dj", "reviewer_ny"}
SEES_ITEM = READERS | {"clerk_weipo", "reviewer_ny"}


@pytest.mark.parametrize("username", CAST)
@pytest.mark.parametrize(
    ("words", "seen_by"),
    [
        ("卫坡", SEES_SHEET),
        ("wp", SEES_SHEET),
        ("桃花庄", SEES_SHEET),
        ("慕容", SEES_SHEET),
        ("诸葛", SEES_SHEET),
        ("独孤", SEES_ITEM),
        ("smith", SEES_ITEM),
        ("wp 独孤", SEES_ITEM),
        ("卫坡 资源化", SEES_ITEM),
    ],
)
def test_what_one_may_not_see_is_not_found(search, secret, username, words, seen_by):
    page = search(words, username)
    is_found = secret.assessment.get_absolute_url() in page.main or (
        f'href="{secret.get_absolute_url()}"' in page.main
    )
    assert is_found == (username in seen_by)
    if username not in seen_by:
        assert "卫坡村" not in page.main
        for word in ("慕容某", "诸葛某", "独孤某", "Smith", "桃花庄村"):
            assert word not in page.main


def test_a_draft_is_not_found_by_a_department(search, sheet):
    fill(sheet)
    sheet.items.update(responsible_person="独孤某")
    assert NOTHING in search("独孤", "reviewer_ny").main
    assert NOTHING in search("卫坡", "reviewer_ny").main
    assert items(search("独孤", "clerk_weipo"), "responsible")


def test_an_item_of_a_branch_stands_under_its_branch(search, town):
    page = search("wp 资源化")
    [item] = items(page)
    assert (item.assessment.branch.name, item.task_item.name) == ("卫坡村", "资源化利用")
    assert re.search(r"<h3[^>]*>卫坡村 · 2022[^<]*</h3>", page.main)
    assert sheets(page) == []


def test_an_item_of_every_branch_and_of_the_catalogue(search, town):
    page = search("资源化")
    assert len(items(page)) == 27
    [task] = items(page, "tasks")
    address = reverse("catalogue", args=[2022])
    assert f'href="{address}#item-{task.pk}"' in page.main
    assert page.content.decode().count("<h3") == 27


def test_the_catalogue_has_the_places_that_the_search_leads_to(client, search, town):
    [task] = items(search("资源化"), "tasks")
    assert f'id="item-{task.pk}"' in client.get(reverse("catalogue", args=[2022])).content.decode()


def test_a_clerk_finds_the_items_of_their_own_villages_alone(search, town):
    found = items(search("资源化", "liaison"))
    assert [item.assessment.branch.name for item in found] == ["石沟村", "游王村", "闫凹村"]


def test_words_are_all_to_be_found(search, secret):
    assert items(search("资源化 独孤"), "responsible") == []
    assert items(search("卫坡 独孤"), "responsible") == [secret]
    assert items(search("南陈 独孤"), "responsible") == []


@pytest.mark.parametrize(
    "words", ["%", "_", "\\", "100%", "'", '"', "<script>", "没有这个词", "q" * 50]
)
def test_nothing_is_found_by_what_stands_nowhere(search, secret, words):
    page = search(words)
    assert NOTHING in page.main
    # It says what can be searched.
    assert "曾用名" in page.main
    assert "<script>" not in page.main.split("</form>")[0]


@pytest.mark.parametrize("words", ["", "   ", "\u3000", "\x00", "字" * 51])
def test_what_cannot_be_searched_for_is_told(search, words):
    page = search(words)
    assert "found" not in page.context
    assert 'role="alert"' in page.main


def test_without_a_question_there_is_a_box_and_what_it_finds(client, clerk):
    client.force_login(clerk)
    page = client.get(reverse("search")).content.decode()
    assert "首字母" in page
    assert 'role="alert"' not in page


def test_too_much_is_cut_and_says_so(search, sheet):
    for name in ("卫坡村", "南陈村"):
        sheet_of(name).items.update(responsible_person="李某")
    page = search("李某")
    assert len(items(page, "responsible")) == AT_MOST
    assert f"只列出前 {AT_MOST} 条" in page.main
    narrow = search("wp 李某")
    assert len(items(narrow, "responsible")) == sheet.items.count()
    assert "只列出前" not in narrow.main


def test_a_year_in_preparation_is_not_found(search, town):
    catalogue = Catalogue.objects.create(year=2023, name="2023")
    category = catalogue.categories.create(code="ZB", name="支部过硬")
    category.items.create(number=1, name="明年的任务", standard="…")
    assert NOTHING in search("明年的任务").main
    assert items(search("明年的任务", "admin"), "tasks")
    Cycle.objects.update(state="preparing")
    assert NOTHING in search("卫坡").main


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("卫坡  秸秆", ["卫坡", "秸秆"]),
        ("卫坡\u3000秸秆", ["卫坡", "秸秆"]),
        ("wei po", ["weipo"]),
        ("wp 秸秆 wp", ["wp", "秸秆"]),
        ("ＷＰ", ["WP"]),
    ],
)
def test_words(typed, words):
    form = SearchForm({"q": typed})
    assert form.is_valid()
    assert form.cleaned_data["q"] == words


def test_an_item_by_its_standard(search, sheet):
    """Words that stand in no item's name."""
    words = "未建立收益"
    task = item_of(sheet, "CY-2").task_item
    type(task).objects.filter(pk=task.pk).update(standard=f"{words}分配办法的，不算达标。")
    page = search(f"wp {words}")
    assert [item.task_item for item in items(page)] == [task]
    assert items(search(words), "tasks") == [task]
    assert items(search(words, "clerk_weipo")) == items(page)


@pytest.mark.parametrize("username", CAST)
@pytest.mark.parametrize("words", ["公孙", "gongsun_1", "1390000", "南陈 公孙", "nc 公孙"])
def test_an_account_is_for_the_administrator_to_find(search, secret, username, words):
    User.objects.filter(username="clerk_nanchen").update(
        name="公孙某", username="gongsun_1", phone="13900001111"
    )
    page = search(words, {"clerk_nanchen": "gongsun_1"}.get(username, username))
    assert ("公孙某" in page.main.split("</form>")[1]) == (username == "admin")
    if username == "admin":
        [account] = items(page, "accounts")
        assert f'href="{reverse("admin:branches_user_change", args=[account.pk])}"' in page.main
        assert "南陈村 · 村级填报人" in page.main


def accounts(page):
    return [account.username for account in items(page, "accounts")]


def test_an_account_of_several_villages_is_found_once(search, town):
    assert accounts(search("liaison", "admin")) == ["liaison"]
    assert accounts(search("卫坡 liaison", "admin")) == []
    assert accounts(search("石沟 liaison", "admin")) == ["liaison"]


@pytest.mark.parametrize(("words", "found"), [("liaison", 1), ("clerk", 2)])
def test_accounts_take_two_queries(client, town, django_assert_num_queries, words, found):
    client.force_login(person("admin"))
    with django_assert_num_queries(11):
        page = client.get(reverse("search"), {"q": words})
    assert len(accounts(page)) == found


def test_the_admin_has_the_box_too(client, town):
    client.force_login(person("admin"))
    for name in ("index", "branches_branch_changelist", "branches_user_add"):
        page = client.get(reverse(f"admin:{name}")).content.decode()
        assert f'role="search" action="{reverse("search")}"' in page, name
        assert f'action="{reverse("set_language")}"' in page, name


def test_every_page_has_the_box_once_signed_in(client, clerk):
    assert 'role="search"' not in client.get(reverse("sign-in")).content.decode()
    client.force_login(clerk)
    for name in ("home", "cycles", "catalogues", "search"):
        assert client.get(reverse(name)).content.decode().count('role="search"') == 1
