"""Whoever has a one-time password chooses one of their own before anything else."""

import pytest
from django.urls import reverse

from assessment import workflow
from assessment.models import ItemRating
from branches.passwords import one_time_password
from tests.town import item_of, person, sheet_of

from .test_account import change, sign_in, text

OWN = "yellow-river-2022"


@pytest.fixture
def password(town):
    """The one-time password of 卫坡村's clerk."""
    [slip] = workflow.issue_passwords([person("clerk_weipo").pk], by=person("admin"))
    return slip.password


def test_signing_in_leads_to_the_password_page(client, password):
    response = client.post(
        "/sign-in/", {"username": "clerk_weipo", "password": password}, follow=True
    )
    assert response.redirect_chain[-1] == (reverse("password-change"), 302)
    assert "先换成您自己的密码" in text(response)


def test_nothing_else_is_open_until_then(client, password):
    sign_in(client, password=password)
    sheet = sheet_of("卫坡村")
    item = item_of(sheet, "ST-3")
    before = list(ItemRating.objects.values())
    for address in (
        reverse("home"),
        sheet.get_absolute_url(),
        reverse("item-self-rating", args=[item.pk]),
        reverse("admin:index"),
        reverse("admin:password_change"),
    ):
        for ask in (client.get, client.post):
            response = ask(address, {"measures": "改", "version": 0})
            assert (response.status_code, response.url) == (302, reverse("password-change"))
    assert list(ItemRating.objects.values()) == before


def test_language_and_signing_out_are(client, password):
    sign_in(client, password=password)
    client.post("/language/", {"language": "en", "next": "/password/"})
    assert "Choose a password of your own" in text(client.get("/password/"))
    assert client.post("/sign-out/").url == "/sign-in/"


def test_a_password_of_ones_own_opens_everything(client, password):
    sign_in(client, password=password)
    response = change(client, password, OWN)
    assert response.redirect_chain == [(reverse("home"), 302)]
    clerk = person("clerk_weipo")
    assert not clerk.must_change_password
    assert clerk.check_password(OWN)
    assert not clerk.check_password(password)
    client.post("/sign-out/")
    assert sign_in(client, password=OWN).url == reverse("home")
    assert client.get(reverse("home")).status_code == 200


@pytest.mark.parametrize("new", [None, "short", "12345678901", ""])
def test_a_poor_one_or_the_same_one_does_not(client, password, new):
    sign_in(client, password=password)
    response = change(client, password, password if new is None else new)
    assert 'class="invalid-feedback"' in text(response)
    assert person("clerk_weipo").must_change_password
    assert client.get(reverse("home")).status_code == 302


def test_what_was_open_before_the_reset_is_closed(client, town):
    clerk = person("clerk_weipo")
    client.force_login(clerk)
    workflow.issue_passwords([clerk.pk], by=person("admin"))
    assert client.get(reverse("home")).url.startswith("/sign-in/")


def test_others_are_not_asked(client, password):
    client.force_login(person("liaison"))
    assert client.get(reverse("home")).status_code == 200
    assert "一次性密码" not in text(client.get("/password/"))


def test_once_signed_in_it_is_hashed_as_any_other(client, password):
    """Few rounds will do for a slip of paper; whoever signs in gets the site's own hash."""
    weak = person("clerk_weipo").password
    assert weak.startswith("pbkdf2_sha256$20000$")
    sign_in(client, password=password)
    assert not person("clerk_weipo").password.startswith("pbkdf2_sha256$20000$")


def test_passwords_are_random_and_read_off_paper():
    made = {one_time_password() for _password in range(500)}
    assert len(made) == 500
    assert all(len(password) == 14 and password.count("-") == 2 for password in made)
    assert not set("".join(made)) & set("l1IO0io")
