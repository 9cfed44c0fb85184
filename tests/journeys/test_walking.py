"""The walk by Tab notices what it is there to notice."""

import pytest

from . import walking
from .conftest import DESK

SKIP = '<a class="skip-link" href="#main">跳到正文</a>'
GOOD = f"""{SKIP}
<details><summary>更多</summary><a href="/hidden">不在路上</a></details>
<form><input type="radio" name="mark" value="1">
<input type="radio" name="mark" value="2" checked><input type="hidden" name="token">
<input name="words"><input type="date"><button disabled>存</button>
<button>提交</button></form><p tabindex="-1" id="main">正文</p>"""
BARE = "style='outline: none'"


@pytest.fixture
def page(chromium):
    context = chromium.new_context(viewport=DESK)
    yield context.new_page()
    context.close()


def found(page, html):
    page.set_content(f"<!doctype html><body>{html}</body>")
    return walking.what_is_wrong(page)


def test_nothing_is_found_where_nothing_is_wrong(page):
    assert found(page, GOOD) == []


@pytest.mark.parametrize(
    ("added", "said"),
    [
        (f"<button {BARE}>无框</button>", "looks the same with the focus"),
        ("<button tabindex='3'>插队</button>", "a tabindex of its own"),
        ("<a href='/' style='position: fixed; left: -999px'>看不见</a>", "out of sight"),
        (
            "<button>被盖住</button><div style='position: fixed; inset: 0; background: red'></div>",
            "out of sight",
        ),
        (
            "<div style='overflow: auto; height: 20px'><p style='height: 200px'>长</p></div>",
            "takes no focus",
        ),
        (
            "<input id='trap' onkeydown='if (event.key == \"Tab\") event.preventDefault()'>"
            "<a href='/'>到不了</a>",
            "no end",
        ),
        ("<a href='/' onfocus='this.blur()'>躲开</a>", "never reached"),
        (
            "<a href='/' onfocus='after.focus()'>跳过</a><a href='/'>漏掉</a>"
            "<a href='/' id='after'>后面</a>",
            "never reached",
        ),
    ],
)
def test_each_fault_is_noticed(page, added, said):
    assert said in "\n".join(found(page, GOOD + added))


def test_a_page_without_a_skip_link_is_noticed(page):
    assert found(page, GOOD.replace(SKIP, '<a href="/">首页</a>')) == [
        "the skip link is not the first stop"
    ]


def test_an_order_that_is_not_the_pages_is_noticed(page):
    assert "not in the order" in "\n".join(found(page, GOOD + "<a href='/' tabindex='1'>先</a>"))
