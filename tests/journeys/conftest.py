"""A real browser against a live server; without Chromium journeys skip, except in CI."""

import os
import shutil

import pytest

from ..town import PASSWORD

# Playwright's own event loop runs in the test's thread; Django must not take it for async code.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

PHONE = {"width": 360, "height": 740}
DESK = {"width": 1280, "height": 800}


@pytest.fixture(scope="session")
def chromium():
    """One browser for the whole run."""
    path = os.environ.get("STARBRANCH_CHROMIUM") or shutil.which("chromium")
    if not path:
        assert not os.environ.get("CI"), "Chromium is missing and journeys may not skip here"
        pytest.skip("no Chromium on this machine")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
        browser = playwright.chromium.launch(executable_path=path, args=arguments)
        yield browser
        browser.close()


class Person:
    """Somebody at a browser of their own."""

    def __init__(self, chromium, address, viewport, locale):
        self.address = address
        self.refused = []
        self.context = chromium.new_context(viewport=viewport, locale=locale, accept_downloads=True)
        self.page = self.context.new_page()
        self.page.on("console", self._listen)
        self.page.on("pageerror", lambda error: self.refused.append(str(error)))

    def _listen(self, message):
        # 409 and 422 are answers to bad input, and tested as such.
        if message.type == "error" and "status of 4" not in message.text:
            self.refused.append(message.text)

    def sign_in(self, username):
        self.go("/sign-in/")
        self.page.fill("input[name=username]", username)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.locator("main button.btn-primary").click()
        self.page.wait_for_load_state()
        return self

    def go(self, path):
        self.page.goto(self.address + path)

    def press(self, name):
        self.page.get_by_role("button", name=name, exact=True).click()

    def open(self, name):
        self.page.get_by_role("link", name=name).first.click()

    def reads(self, text):
        return text in self.page.inner_text("main")


@pytest.fixture
def people(chromium, live_server, committed_town):
    """Makes people at browsers; whatever a page's console complains of fails the test."""
    made = []

    def make(username=None, viewport=DESK, locale="zh-CN"):
        someone = Person(chromium, live_server.url, viewport, locale)
        made.append(someone)
        return someone.sign_in(username) if username else someone

    yield make
    complaints = [text for someone in made for text in someone.refused]
    for someone in made:
        someone.context.close()
    assert complaints == []


@pytest.fixture
def printed(people, tmp_path):
    """A page's address → the path of the PDF that the browser prints of it."""
    if shutil.which("pdfinfo") is None:
        assert not os.environ.get("CI"), "poppler-utils is missing and this may not skip here"
        pytest.skip("no poppler-utils on this machine")
    readers = {}

    def printed(path, username="auditor", locale="zh-CN"):
        if (username, locale) not in readers:
            readers[username, locale] = people(username, locale=locale)
        reader = readers[username, locale]
        reader.go(path)
        target = tmp_path / "page.pdf"
        reader.page.pdf(path=target, prefer_css_page_size=True)
        return target

    return printed
