"""Every page in both languages on a phone and on a desk: axe finds nothing, nothing overflows."""

from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve

from ..assessment.views.test_access import GETS, NO_PAGES
from ..town import person
from . import walking
from .conftest import DESK
from .looking import open_everything, what_is_wrong
from .pages import NOT_THERE, STATUS, pages_of_everybody

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pages(committed_town):
    return pages_of_everybody()


def _names(pages):
    """The names of the addresses that are walked."""
    for path in (path for paths in pages.values() for path in paths):
        try:
            yield resolve(urlsplit(path).path).url_name
        except Resolver404:
            assert path == NOT_THERE


def test_the_walk_goes_to_every_page(client, pages):
    """NO_PAGES excuses none that is walked; and none leads elsewhere, to be seen under its name."""
    walked = set(_names(pages)) - {"sign-in"}
    assert set(GETS) - walked == set(NO_PAGES)
    for username, paths in pages.items():
        client.logout()
        if username:
            client.force_login(person(username))
        for path in paths:
            response = client.get(path)
            assert response.status_code == STATUS.get(path, 200), (username, path)
            assert response["Content-Type"].startswith("text/html"), path


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_every_page(people, pages, locale):
    """A page is loaded once; what depends on the window's size is all in the style sheets."""
    wrong = []
    for username, paths in pages.items():
        someone = people(viewport=DESK, locale=locale)
        if username:
            someone.sign_in(username)
        for path in paths:
            someone.page.set_viewport_size(DESK)
            someone.go(path)
            # The account's panel lies over what is below it; it is the same on every page.
            open_everything(someone.page, "body" if path == "/" else "main")
            wrong += [f"{username} {path}: {each}" for each in what_is_wrong(someone.page)]
    assert not wrong, "\n".join(wrong)


def test_every_page_by_tab(people, pages):
    """Each kind of page once, at a desk, with what is folded in it open."""
    wrong, kinds = [], set()
    for username, paths in pages.items():
        someone = people(username, viewport=DESK)
        for path in paths:
            kind = username if path == "/" else next(_names({username: [path]}), NOT_THERE)
            if kind in kinds:
                continue
            kinds.add(kind)
            someone.go(path)
            open_everything(someone.page)
            wrong += [f"{username} {path}: {each}" for each in walking.what_is_wrong(someone.page)]
    assert not wrong, "\n".join(wrong)
