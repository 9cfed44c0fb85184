"""Takes README's pictures of a running demo: python -m tests.journeys.pictures ADDRESS"""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

PICTURES = Path(__file__).parents[2] / ".github" / "pictures"
PASSWORD = "starbranch-2022-demo"
DESK, PHONE = {"width": 1280, "height": 800}, {"width": 360, "height": 740}
ROOM = {"width": 1600, "height": 1000}

# name: (who, viewport, where from the home page, by the names of links)
SHOTS = {
    "home-phone": ("clerk_weipo", PHONE, []),
    "item": ("clerk_weipo", DESK, ["接着填"]),
    "overview": ("supervisor", ROOM, ["2023 年星级墙", "会议大屏"]),
    "decision": ("supervisor", DESK, ["2023 年度待定星", "张阳村"]),
}


def take(browser, address, name):
    username, viewport, links = SHOTS[name]
    context = browser.new_context(viewport=viewport, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{address}/sign-in/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.locator("main button.btn-primary").click()
    for link in links:
        page.get_by_role("link", name=link).first.click()
    page.wait_for_load_state()
    page.screenshot(path=PICTURES / f"{name}.png")
    context.close()


def main(address):
    PICTURES.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        for name in SHOTS:
            take(browser, address.rstrip("/"), name)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
