"""No rule for a class that nothing bears."""

import re

import pytest

from . import source

SHEETS = sorted((source.ROOT / "static/css").glob("*.css"))
FOREIGN = {"asteriskField"}  # crispy-forms writes it
NOT_A_SELECTOR = re.compile(r"/\*.*?\*/|\"[^\"]*\"", re.DOTALL)
CLASS = re.compile(r"\.([a-zA-Z][\w-]*)")
# What is put together: f"light-{colour}", bar-{{ forloop.counter }}.
BEGINNING = re.compile(r"([a-z][\w-]*-)\{")


def written():
    """All that may name a class: templates, Python and scripts."""
    places = [*source.ROOT.glob("templates/**/*.html"), *source.ROOT.glob("static/js/*.js")]
    for package in ("assessment", "branches", "starbranch"):
        places += source.ROOT.glob(f"{package}/**/*.py")
    return "\n".join(place.read_text(encoding="utf-8") for place in places)


def idle(css, text):
    names = set()
    for selector in re.findall(r"([^{}]+)\{", NOT_A_SELECTOR.sub("", css)):
        names |= set(CLASS.findall(selector))
    borne = set(re.findall(r"[\w-]+", text)) | FOREIGN
    beginnings = tuple(BEGINNING.findall(text))
    return sorted(name for name in names - borne if not name.startswith(beginnings))


@pytest.fixture(scope="module")
def text():
    return written()


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_class_is_borne(sheet, text):
    assert idle(sheet.read_text(encoding="utf-8"), text) == []


@pytest.mark.parametrize(
    ("css", "found"),
    [
        (".row {color: red}", []),
        ('/* .gone {} */ .row::after {content: ".gone"}', []),
        (".bar-3 rect, .light-red:hover > b {width: 1.5rem}", []),
        (".row > .gone, .rows.lost {margin: .5rem}", ["gone", "lost", "rows"]),
        ("@media (max-width: 575.98px) {.gone {gap: 0}}", ["gone"]),
    ],
)
def test_what_nothing_bears_is_found(css, found):
    text = 'class="row" f"light-{colour}" <svg class="bar bar-{{ forloop.counter }}">'
    assert idle(css, text) == found
