"""What is wrong with a page to look at: what axe finds, and a page wider than its window."""

from axe_playwright_python.sync_playwright import Axe

from .conftest import DESK, PHONE

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


def what_is_wrong(page):
    """On a desk, at 200 %, and on a phone; axe need not look at a desk twice."""
    for viewport, look in ((DESK, complaints), (ZOOMED, too_wide), (PHONE, complaints)):
        page.set_viewport_size(viewport)
        for each in look(page):
            yield f"{viewport['width']} {each}"


def complaints(page):
    """All that is wrong in the window as it is, a line each."""
    return [*violations(page), *too_wide(page)]


def too_wide(page):
    width = page.evaluate("document.documentElement.scrollWidth")
    window = page.viewport_size["width"]
    return [f"{width} px wide in {window}"] * (width > window)


def violations(page):
    """A page that is looked at twice takes axe in once."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE.axe_script)
    found = page.evaluate("options => axe.run(options)", WCAG)["violations"]
    return [f"{each['id']} {each['nodes'][0]['html'][:120]}" for each in found]


def open_everything(page, within="main"):
    page.evaluate(
        "within => document.querySelectorAll(`${within} details`).forEach("
        "each => { each.open = true })",
        within,
    )
