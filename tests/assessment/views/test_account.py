"""The door: signing in and out, the lock, one's own password, and the frame of every page."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.views.defaults import bad_request, server_error

from assessment.enums import Verb
from assessment.models import Event

from ...town import PASSWORD, person

SIGN_IN = "/sign-in/"
MORNING = datetime(2022, 11, 30, 1, tzinfo=UTC)


@pytest.fixture
def signed_in(client, clerk):
    client.force_login(clerk)
    return client


def sign_in(client, username="clerk_weipo", password=PASSWORD, **extra):
    return client.post(SIGN_IN, {"username": username, "password": password, **extra})


def text(response):
    return response.content.decode()


def test_sign_in_page_is_open_to_all(client, town):
    page = text(client.get(SIGN_IN))
    assert "朝阳镇" in page
    assert '<meta name="renderer" content="webkit">' in page
    assert 'href="#main"' in page


def test_right_password_leads_home_and_is_kept(client, town):
    response = sign_in(client)
    assert (response.status_code, response.url) == (302, reverse("home"))
    event = Event.objects.filter(verb=Verb.SIGN_IN).get()
    assert (event.actor.username, event.subject) == ("clerk_weipo", "clerk_weipo")


def test_wrong_password_keeps_the_name_and_says_what_to_do(client, town):
    response = sign_in(client, password="wrong")
    page = text(response)
    assert response.status_code == 200
    assert 'value="clerk_weipo"' in page
    assert "用户名已为您保留" in page
    assert "连续输错 5 次，要等 15 分钟" in page
    event = Event.objects.filter(verb=Verb.SIGN_IN_FAILED).get()
    assert (event.actor, event.subject) == (None, "clerk_weipo")


def test_a_name_nobody_has_reads_like_a_wrong_password(client, town):
    response = sign_in(client, username="no_such_person")
    assert "用户名或密码不对" in text(response)
    assert Event.objects.filter(verb=Verb.SIGN_IN_FAILED).get().subject == "no_such_person"


@pytest.mark.parametrize("username", ["", "x" * 300, "a\0b"])
def test_what_is_no_name_keeps_no_event(client, town, username):
    response = sign_in(client, username=username)
    assert response.status_code == 200
    assert 'class="invalid-feedback"' in text(response)
    assert not Event.objects.filter(verb__in=[Verb.SIGN_IN, Verb.SIGN_IN_FAILED]).exists()


def test_a_session_that_has_ended_returns_to_the_same_page(client, town):
    asked = client.get("/password/")
    assert (asked.status_code, asked.url) == (302, f"{SIGN_IN}?next=/password/")
    assert "登录后回到您刚才要看的页面" in text(client.get(asked.url))
    assert sign_in(client, next="/password/").url == "/password/"


def test_a_foreign_address_is_not_followed(client, town):
    assert sign_in(client, next="https://example.org/").url == reverse("home")


def test_the_lock_says_how_long_it_holds_and_lets_go(client, town):
    with time_machine.travel(MORNING, tick=False) as clock:
        for _ in range(5):
            response = sign_in(client, password="wrong")
        assert response.status_code == 429
        assert "连续输错了 5 次密码" in text(response)
        assert "15 分钟" in text(response)
        clock.shift(timedelta(minutes=14))
        assert sign_in(client).status_code == 429
        # That try has not begun the wait anew.
        clock.shift(timedelta(minutes=2))
        assert sign_in(client).status_code == 302


def test_the_lock_holds_for_one_name_and_not_for_the_building(client, town):
    for _ in range(5):
        sign_in(client, password="wrong")
    assert sign_in(client, username="liaison").status_code == 302


def test_signing_out_ends_the_session(signed_in):
    response = signed_in.post("/sign-out/")
    assert response.url == SIGN_IN
    assert "您已退出" in text(signed_in.get(SIGN_IN))
    assert signed_in.get("/password/").status_code == 302


def test_signing_out_twice_does_not_ask_for_a_sign_in(client, town):
    assert client.post("/sign-out/").url == SIGN_IN


def test_signing_out_takes_a_post(signed_in):
    assert signed_in.get("/sign-out/").status_code == 405


def change(client, old, new):
    answers = {"old_password": old, "new_password1": new, "new_password2": new}
    return client.post("/password/", answers, follow=True)


def test_a_new_password_holds_from_then_on(signed_in):
    response = change(signed_in, PASSWORD, "another-long-password")
    assert response.redirect_chain == [(reverse("home"), 302)]
    assert "密码已修改" in text(response)
    assert person("clerk_weipo").check_password("another-long-password")


@pytest.mark.parametrize(
    ("old", "new"), [("wrong", "another-long-password"), (PASSWORD, "12345678")]
)
def test_a_refused_password_changes_nothing(signed_in, old, new):
    response = change(signed_in, old, new)
    assert 'class="invalid-feedback"' in text(response)
    assert "你" not in text(response)  # 您 everywhere, where Django's own Chinese says 你
    assert person("clerk_weipo").check_password(PASSWORD)


def test_the_header_names_what_a_person_is(client, town, django_assert_num_queries):
    client.force_login(person("liaison"))
    with django_assert_num_queries(4):  # session, person, their memberships with places, the banner
        page = text(client.get("/password/"))
    for branch in ("石沟村", "游王村", "闫凹村"):
        assert f"{branch} · 村级填报人" in page


def test_only_an_administrator_is_shown_the_way_to_the_admin(client, town):
    for username, shown in (("admin", True), ("supervisor", False)):
        client.force_login(person(username))
        assert ('href="/admin/"' in text(client.get("/password/"))) is shown


def test_the_language_is_switched_on_the_page_where_one_is(client, town):
    assert '<html lang="zh-hans">' in text(client.get(SIGN_IN))
    page = f"{SIGN_IN}?next=/password/"
    switched = client.post("/language/", {"language": "en", "next": page})
    assert switched.url == page
    assert '<html lang="en">' in text(client.get(page))


def test_a_page_that_is_not_there_says_so(signed_in):
    response = signed_in.get("/nothing/here/")
    assert response.status_code == 404
    assert "没有找到这个页面" in text(response)


def test_a_stale_form_says_how_to_save_its_words(clerk):
    client = Client(enforce_csrf_checks=True)
    client.force_login(clerk)
    response = client.post("/password/", {})
    assert response.status_code == 403
    assert "页面已过期，这次没有保存" in text(response)


@pytest.mark.parametrize(("view", "status"), [(server_error, 500), (bad_request, 400)])
def test_a_page_without_a_switch_speaks_both_languages(db, rf, view, status):
    response = view(rf.get("/"), *([ValueError()] if view is bad_request else []))
    assert response.status_code == status
    assert '<section class="prose" lang="zh-Hans">' in text(response)
    assert '<section class="prose" lang="en">' in text(response)
