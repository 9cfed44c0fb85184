"""The fragment under every list that may grow."""

import pytest
from django.core.paginator import Paginator
from django.template.loader import render_to_string


def pages(rf, number, rows):
    page = Paginator(range(rows), 10).page(number)
    return render_to_string(
        "includes/pagination.html", {"page": page}, rf.get("/list/", {"q": "卫坡", "page": number})
    )


@pytest.mark.parametrize(
    ("number", "before", "after"), [(1, False, True), (2, True, True), (3, True, False)]
)
def test_one_may_go_where_there_is_a_page(rf, number, before, after):
    html = pages(rf, number, rows=30)
    assert ('rel="prev"' in html, 'rel="next"' in html) == (before, after)
    assert f"第 {number} 页，共 3 页" in html


def test_turning_the_page_keeps_the_search(rf):
    assert 'href="?q=%E5%8D%AB%E5%9D%A1&amp;page=3"' in pages(rf, 2, rows=30)


def test_a_single_page_needs_no_turning(rf):
    assert pages(rf, 1, rows=10).strip() == ""
