"""The workbooks beside the ledger on paper: the forms to fill in, and the public list alone."""

import re
from datetime import date

import pytest

from assessment import ledger
from assessment.ledger import Span, public_contents, write_public_list
from assessment.models import Assessment, ItemRating
from branches.models import Department
from tests.town import at_step, sheet_of

from .test_lists import assert_lines_stand_apart
from .test_printing import (  # noqa: F401 - a fixture
    A4_LANDSCAPE,
    assert_whole,
    page_sizes,
    pages,
    printed,
    pytestmark,
    words,
)

HEADERS = {
    "self-rating": r"序号.*任务内容.*村组标星.*备注",
    "review": r"序号.*任务内容.*部门瞄星.*瞄星意见",
    "public": r"序号.*支部.*星级.*星数",
}


def write_long(items):
    """Texts of every length, each between two marks of its own; returns how many."""
    rows = list(items.order_by("assessment__branch__order", "task_item__category", "pk"))
    for n, item in enumerate(rows):
        filling = ("新装路灯136盏，投入20余万元；" * 40)[: 40 * (n % 14)]
        item.measures = f"B{n}B {filling} E{n}E"
        item.progress = item.self_rating_note = ""
    ItemRating.objects.bulk_update(rows, ["measures", "progress", "self_rating_note"])
    return len(rows)


def self_rating(_town):
    sheet = sheet_of("卫坡村")
    count = write_long(sheet.items.all())
    open_items = set(sheet.items.values_list("pk", flat=True))
    return ledger.self_rating_workbook(sheet, open_items), count


def review(town):
    for name in ("卫坡村", "南陈村"):
        at_step(sheet_of(name), "review")
    department = Department.objects.get(code="NY")
    items = ItemRating.objects.led_by(department).filter(assessment__step="review")
    count = write_long(items)
    sheets = Assessment.objects.filter(step="review")
    open_items = set(items.values_list("pk", flat=True))
    return ledger.review_workbook(town, department, sheets, items, open_items), count


def public(town):
    for name in ("卫坡村", "南陈村"):
        at_step(sheet_of(name), "concluded")
    days = Span(date(2022, 12, 21), date(2022, 12, 27))
    return write_public_list(public_contents(town), days), 0


@pytest.mark.parametrize(
    ("kind", "make"),
    [("self-rating", self_rating), ("review", review), ("public", public)],
    ids=HEADERS,
)
def test_it_prints_one_page_wide_and_whole(town, printed, kind, make):  # noqa: F811 - the fixture
    book, count = make(town)
    pdf = printed(book)
    assert all(size.startswith(A4_LANDSCAPE) for size in page_sizes(pdf))
    texts = pages(pdf)
    assert len(texts) == len(page_sizes(pdf))
    for number, text in enumerate(texts, start=1):
        assert "####" not in text
        # The first header and the last on one line: the page is as wide as its table.
        assert len([1 for line in text.splitlines() if re.search(HEADERS[kind], line)]) == 1
        assert re.search(rf"第\s*{number}\s*页\s*共\s*{len(texts)}\s*页", text)
    if count:
        assert len({page for page, _, _ in assert_whole(words(pdf), "B", "E", count)}) > 2
        assert_lines_stand_apart(pdf, ["序号", "星级类别", "村组标星"])
    else:
        assert len(texts) == 1
        assert "公示期：2022年12月21日至2022年12月27日" in texts[0].replace(" ", "")
