"""Months, quarters, and any days; and those on which there is nothing to report."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.enums import SpanFault
from assessment.rules.spans import (
    LONGEST,
    BadSpan,
    Span,
    checked,
    month_named,
    month_of,
    months_between,
    quarter_named,
    quarter_of,
)

DAYS = st.dates(date(2000, 1, 1), date(2100, 12, 31))


def days(first, last):
    return Span(date.fromisoformat(first), date.fromisoformat(last))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022-11", "2022-11-01", "2022-11-30"),
        (" 2022-12 ", "2022-12-01", "2022-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2023-02", "2023-02-01", "2023-02-28"),
    ],
)
def test_a_month(text, first, last):
    assert month_named(text) == days(first, last)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2022-Q1", "2022-01-01", "2022-03-31"),
        ("2022-Q2", "2022-04-01", "2022-06-30"),
        ("2022-Q3", "2022-07-01", "2022-09-30"),
        ("2022-Q4", "2022-10-01", "2022-12-31"),
    ],
)
def test_a_quarter(text, first, last):
    assert quarter_named(text) == days(first, last)


@pytest.mark.parametrize(
    ("read", "text"),
    [
        *((month_named, text) for text in ("", "2022", "2022-13", "2022-00", "2022-1", "0000-01")),
        *((month_named, text) for text in ("2022-11-01", "２０２２-11", "2022-Q4", "十一月")),
        *((quarter_named, text) for text in ("", "2022-Q5", "2022-Q0", "2022-q1", "0000-Q1")),
        *((quarter_named, text) for text in ("2022-10", "Q4")),
    ],
)
def test_what_is_neither(read, text):
    with pytest.raises(BadSpan) as caught:
        read(text)
    assert caught.value.fault == SpanFault.UNREADABLE


@pytest.mark.parametrize(
    ("first", "last", "months"),
    [
        ("2022-11-01", "2022-11-30", 1),
        ("2022-11-01", "2022-11-29", 0),
        ("2022-11-02", "2022-11-30", 0),
        ("2022-10-01", "2022-12-31", 3),
        ("2022-11-01", "2023-01-31", 0),
        ("2022-02-01", "2022-04-30", 0),
        ("2022-10-01", "2022-11-30", 0),
        ("2022-01-01", "2022-12-31", 12),
        ("2022-01-01", "2022-06-30", 0),
        ("2021-01-01", "2022-12-31", 0),
        ("2022-11-05", "2022-11-05", 0),
    ],
)
def test_what_it_is_a_span_of(first, last, months):
    assert days(first, last).months == months


@pytest.mark.parametrize(
    ("span", "before", "after"),
    [
        (month_named("2022-01"), month_named("2021-12"), month_named("2022-02")),
        (month_named("2024-03"), month_named("2024-02"), month_named("2024-04")),
        (quarter_named("2022-Q4"), quarter_named("2022-Q3"), quarter_named("2023-Q1")),
        (
            days("2022-01-01", "2022-12-31"),
            days("2021-01-01", "2021-12-31"),
            days("2023-01-01", "2023-12-31"),
        ),
        (
            days("2022-11-05", "2022-11-11"),
            days("2022-10-29", "2022-11-04"),
            days("2022-11-12", "2022-11-18"),
        ),
        (month_named("0001-01"), None, month_named("0001-02")),
        (month_named("9999-12"), month_named("9999-11"), None),
        (days("9999-12-30", "9999-12-31"), days("9999-12-28", "9999-12-29"), None),
    ],
)
def test_the_one_before_and_the_one_after(span, before, after):
    assert (span.previous, span.following) == (before, after)


@pytest.mark.parametrize(
    ("span", "query"),
    [
        (month_named("2022-11"), {"month": "2022-11"}),
        (quarter_named("2022-Q1"), {"quarter": "2022-Q1"}),
        (days("2022-01-01", "2022-12-31"), {"begins": "2022-01-01", "ends": "2022-12-31"}),
        (days("2022-11-05", "2022-11-06"), {"begins": "2022-11-05", "ends": "2022-11-06"}),
    ],
)
def test_how_an_address_asks_for_it(span, query):
    assert span.query == query


@pytest.mark.parametrize(
    ("first", "last", "fault"),
    [
        ("2022-11-01", "2022-11-30", None),
        ("2022-11-15", "2022-11-15", None),
        ("2022-11-15", "2022-12-31", None),
        ("2022-11-16", "2022-12-31", SpanFault.NOT_BEGUN),
        ("2022-11-02", "2022-11-01", SpanFault.BACKWARDS),
        ("2021-11-01", "2022-11-01", None),
        ("2021-11-01", "2022-11-02", SpanFault.TOO_LONG),
    ],
)
def test_what_can_be_reported_on_by_the_fifteenth(first, last, fault):
    span, today = days(first, last), date(2022, 11, 15)
    if fault is None:
        assert checked(span, today) is span
        return
    with pytest.raises(BadSpan) as caught:
        checked(span, today)
    assert caught.value.fault == fault
    assert str(caught.value) == fault.label


def test_months_to_choose_from():
    first, last = date(2022, 9, 30), date(2022, 11, 1)
    names = [span.query["month"] for span in months_between(first, last, 24)]
    assert names == ["2022-11", "2022-10", "2022-09"]
    assert len(months_between(date(2019, 1, 1), last, 24)) == 24
    assert months_between(last, last, 24) == [month_named("2022-11")]


@given(DAYS)
def test_every_day_is_in_its_month_and_its_quarter(day):
    month, quarter = month_of(day), quarter_of(day)
    assert month.begins_on <= day <= month.ends_on
    assert quarter.begins_on <= month.begins_on <= month.ends_on <= quarter.ends_on
    assert (month.months, quarter.months) == (1, 3)
    assert month_named(month.query["month"]) == month
    assert quarter_named(quarter.query["quarter"]) == quarter


@given(DAYS, st.integers(0, LONGEST - 1))
def test_spans_lie_side_by_side(first, more):
    span = Span(first, first + timedelta(days=more))
    assert span.previous.ends_on + timedelta(days=1) == span.begins_on
    assert span.following.begins_on - timedelta(days=1) == span.ends_on
    assert span.previous.months == span.following.months == span.months
    if not span.months:
        assert span.following.previous == span
