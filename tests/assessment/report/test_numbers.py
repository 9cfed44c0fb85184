"""Every number on the page and in the workbook is the one that plain loops come to."""

from collections import Counter
from datetime import date
from html.parser import HTMLParser
from io import BytesIO
from random import Random

import pytest
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.assessment.workflow.small_town import YEAR, Town
from tests.town import person

from .by_hand import ByHand, Then, midnight, rows_now
from .walk import walk

# The last minutes of one month and the first of the next, as the town counts them.
MOMENTS = (
    "2022-10-05T09:00+08:00",
    "2022-10-25T09:00+08:00",
    "2022-11-10T09:00+08:00",
    "2022-11-30T23:50+08:00",
    "2022-12-01T00:10+08:00",
    "2022-12-20T09:00+08:00",
)
SPANS = {
    "month=2022-10": (date(2022, 10, 1), date(2022, 10, 31)),
    "month=2022-11": (date(2022, 11, 1), date(2022, 11, 30)),
    "month=2022-12": (date(2022, 12, 1), date(2022, 12, 31)),
    "quarter=2022-Q4": (date(2022, 10, 1), date(2022, 12, 31)),
    "begins=2022-10-20&ends=2022-12-01": (date(2022, 10, 20), date(2022, 12, 1)),
    "month=2023-01": (date(2023, 1, 1), date(2023, 1, 31)),
}
TABLES = ("按支部", "按类别", "按部门")
LEVELS = ("无星", "一星", "二星", "三星", "四星", "五星")
# The columns that tell both ends of the days, as they stand in the workbook: one and the next.
PAIRS = {"按支部": (2, 4, 6, 8), "按类别": (2, 4), "按部门": ()}


@pytest.fixture(params=(0, 2, 3))
def played(town, time_machine, request):
    """A small town after some months; asked on the day after New Year."""
    time_machine.move_to(MOMENTS[0], tick=False)
    small, chance, done = Town(), Random(request.param), Counter()
    for moment in MOMENTS:
        time_machine.move_to(moment, tick=False)
        done += walk(small, chance, 60)
    # A walk that got nowhere would prove nothing.
    assert done.total() > 50
    time_machine.move_to("2023-01-02T09:00+08:00", tick=False)
    return small.year


class Tables(HTMLParser):
    """The words of each table's cells, by the name of its box."""

    def __init__(self, page):
        super().__init__()
        self.found, self.name, self.cell = {}, None, None
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        if tag == "div" and dict(attrs).get("role") == "region":
            self.name = dict(attrs)["aria-label"]
            self.found[self.name] = []
        elif self.name and tag == "tr":
            self.found[self.name].append([])
        elif self.name and tag in ("td", "th"):
            self.cell = ""

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data

    def handle_endtag(self, tag):
        if tag in ("td", "th") and self.cell is not None:
            self.found[self.name][-1].append(self.cell.strip())
            self.cell = None
        elif tag == "div":
            self.name = None


def with_sums(rows):
    """The sums of the columns that count, in a row below."""
    sums = ["合计"]
    for column in list(zip(*rows, strict=True))[1:]:
        sums.append(sum(column) if all(isinstance(each, int) for each in column) else None)
    return [*rows, sums]


def on_the_page(name, row):
    """Both ends of the days in one cell; words that are the same are said once."""
    cells, place = [], 0
    while place < len(row):
        value = row[place]
        if place in PAIRS[name]:
            old, value = value, row[place + 1]
            value = value if old == value else f"{old} → {value}"
            place += 1
        cells.append("" if value is None else str(value))
        place += 1
    return cells


def test_every_number(client, played):
    _check_that_the_loops_come_to_the_rows(played)
    client.force_login(person("supervisor"))
    for asked, days in SPANS.items():
        _check(client, played, asked, *days)


def _check(client, played, asked, first, last):
    hand = ByHand(played, first, last, timezone.localdate())
    expected = dict(zip(TABLES, (hand.branches(), hand.stars(), hand.departments()), strict=True))
    expected = {name: with_sums(rows) for name, rows in expected.items()}
    answer = client.get(f"{reverse('cycle-report-workbook', args=[YEAR])}?{asked}")
    book = load_workbook(BytesIO(answer.getvalue()))
    page = client.get(f"{reverse('cycle-report', args=[YEAR])}?{asked}")
    tables = Tables(page.content.decode()).found

    for name in TABLES:
        rows = [list(row) for row in book[name].values]
        head = next(number for number, row in enumerate(rows) if row[1] is not None)
        assert rows[head + 1 : head + 1 + len(expected[name])] == expected[name], (asked, name)
        shown = [on_the_page(name, row) for row in expected[name]]
        assert tables[name][1:] == shown, (asked, name)
    _check_the_town(page.context, hand)


def _check_the_town(context, hand):
    facts = {name: (cell.before, cell.value) for name, cell in context["facts"]}
    branches = hand.branches()
    assert facts["目标星数"] == (None, sum(row[1] for row in branches))
    assert facts["星数"] == (sum(row[2] for row in branches), sum(row[3] for row in branches))
    for at, then in enumerate((hand.before, hand.after)):
        assert facts["评定星"][at] == sum(map(bool, then.awarded.values()))
        steps = Counter(then.step.values())
        assert facts["党委督星的支部"][at] == steps["supervision"]
        assert facts["已定星的支部"][at] == steps["concluded"]
        levels = Counter(then.level.values())
        for name, _aim, cell in context["levels"]:
            level = LEVELS.index(name)
            assert (cell.before, cell.value)[at] == levels[level]
    moves = {name: count for name, count, _branches in context["moves"]}
    assert moves.get("提交台账", 0) == hand.count("submit")
    assert moves.get("收取台账", 0) == hand.count("collect")
    assert moves.get("发回部门", 0) == hand.count("send_back")
    assert moves.get("定星", 0) == hand.count("decide")
    assert moves.get("办结定星", 0) == hand.count("conclude")
    assert moves.get("重新打开", 0) == hand.count("reopen")
    assert moves.get("延期", 0) == hand.count("extend")
    assert moves.get("登记部门联查", 0) == hand.count("record_inspection")
    assert moves.get("印发通报", 0) == hand.count("issue_notice")


def _check_that_the_loops_come_to_the_rows(played):
    """Or else the loops that the report is held against would prove nothing."""
    then = Then(played, midnight(date(2023, 1, 3)))
    marks, steps, levels, awarded = rows_now(played)
    assert (then.mark, then.step, then.level) == (marks, steps, levels)
    assert then.awarded == awarded
