"""Every page in both languages on a phone and on a desk: axe finds nothing, nothing overflows."""

from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import Resolver404, resolve

from ..assessment.views.test_access import GETS, NO_PAGES
from ..town import person
from . import walking
from .conftest import DESK, PHONE
from .pages import NOT_THERE, STATUS, pages_of_everybody

pytestmark = pytest.mark.django_db(transaction=True)

# A desk's window at 200 %: half as many pixels of the page's own, each way.
ZOOMED = {"width": 640, "height": 400}
WCAG = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
AXE = Axe()


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
            _open_everything(someone.page, "body" if path == "/" else "main")
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
            _open_everything(someone.page, "main")
            wrong += [f"{username} {path}: {each}" for each in walking.what_is_wrong(someone.page)]
    assert not wrong, "\n".join(wrong)


def violations(page):
    """What axe finds; a page that is looked at twice takes axe in once."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    return page.evaluate("options => axe.run(options)", WCAG)["violations"]


def what_is_wrong(page):
    """What axe finds on a desk and on a phone, and where the page is wider than its window."""
    for viewport, is_for_axe in ((DESK, True), (ZOOMED, False), (PHONE, True)):
        page.set_viewport_size(viewport)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > viewport["width"]:
            yield f"{width} px wide in {viewport['width']}"
        if is_for_axe:
            for each in violations(page):
                yield f"{viewport['width']} {each['id']} {each['nodes'][0]['html'][:120]}"


def _open_everything(page, within):
    page.evaluate(
        "within => document.querySelectorAll(`${within} details`).forEach("
        "each => { each.open = true })",
        within,
    )
