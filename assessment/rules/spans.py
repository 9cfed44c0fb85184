"""The span of days that a progress report is about: a month, a quarter, or any days."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from ..enums import SpanFault

# Days: a year that is a leap year.
LONGEST = 366
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-Q([1-4])", re.ASCII)


class BadSpan(ValueError):
    """No span that can be reported on; `fault` says why."""

    def __init__(self, fault):
        self.fault = fault
        super().__init__(str(fault.label))


@dataclass(frozen=True, slots=True)
class Span:
    """Both days included."""

    begins_on: date
    ends_on: date

    @property
    def months(self):
        """1 for a month, 3 for a quarter, 12 for a year of the calendar; 0 for any other days."""
        first, last = self.begins_on, self.ends_on
        if first.day != 1 or last != _end_of_month(last) or first.year != last.year:
            return 0
        count = last.month - first.month + 1
        return count if count in (1, 3, 12) and (first.month - 1) % count == 0 else 0

    @property
    def quarter(self):
        """1 to 4, of its first day."""
        return (self.begins_on.month + 2) // 3

    @property
    def days(self):
        return (self.ends_on - self.begins_on).days + 1

    @property
    def previous(self):
        """As long, and ending the day before; None where the calendar begins."""
        return self._moved(-1)

    @property
    def following(self):
        return self._moved(1)

    def _moved(self, by):
        try:
            if self.months:
                return _months(_shifted(self.begins_on, by * self.months), self.months)
            away = timedelta(days=by * self.days)
            return Span(self.begins_on + away, self.ends_on + away)
        except (ValueError, OverflowError):
            return None

    @property
    def query(self):
        """How an address asks for it."""
        if self.months == 1:
            return {"month": f"{self.begins_on:%Y-%m}"}
        if self.months == 3:
            return {"quarter": f"{self.begins_on:%Y}-Q{self.quarter}"}
        return {"begins": self.begins_on.isoformat(), "ends": self.ends_on.isoformat()}


def month_of(day):
    return _months(day.replace(day=1), 1)


def quarter_of(day):
    return _months(date(day.year, (day.month - 1) // 3 * 3 + 1, 1), 3)


def month_named(text):
    """Such as 2022-11."""
    return _named(_MONTH, text, lambda year, month: month_of(date(year, month, 1)))


def quarter_named(text):
    """Such as 2022-Q4."""
    return _named(_QUARTER, text, lambda year, number: quarter_of(date(year, 3 * number, 1)))


def checked(span, today):
    """The same span, if there can be anything to say of it by `today`."""
    if span.ends_on < span.begins_on:
        raise BadSpan(SpanFault.BACKWARDS)
    if span.days > LONGEST:
        raise BadSpan(SpanFault.TOO_LONG)
    if span.begins_on > today:
        raise BadSpan(SpanFault.NOT_BEGUN)
    return span


def months_between(first, last, most):
    """The months from that of `last` back to that of `first`, `most` at most."""
    found = [month_of(last)]
    while found[-1].begins_on > first and len(found) < most:
        found.append(found[-1].previous)
    return found


def _named(pattern, text, make):
    found = pattern.fullmatch(text.strip())
    try:
        return make(*map(int, found.groups()))
    except (AttributeError, ValueError):
        raise BadSpan(SpanFault.UNREADABLE) from None


def _months(first, count):
    last = _shifted(first, count - 1)
    return Span(first, _end_of_month(last))


def _shifted(first, months):
    """The first of the month so many months away."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    return date(year, month + 1, 1)


def _end_of_month(day):
    return day.replace(day=monthrange(day.year, day.month)[1])
