"""The public list (公示名单): who has won which level and which stars, for everybody to read."""

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.enums import BranchKind

from ..models import Event, public_list
from .choices import WHOLE
from .columns import CODE_OF_BRANCH, Column, star_look
from .contents import Contents
from .looks import LINE_CENTRED, SHORT, TITLE
from .names import day_in_words
from .table import write_table

NAMED = 2  # the columns that say which branch


@dataclass(frozen=True, slots=True)
class Span:
    """The days of 公示; what is not known is left to be written by hand."""

    begins: date | None = None
    ends: date | None = None

    def __str__(self):
        blank = _("　　年　　月　　日")
        begins, ends = (day_in_words(day) if day else blank for day in (self.begins, self.ends))
        return _("{begins}至{ends}").format(begins=begins, ends=ends)


def public_title(listed):
    return _("{year}年{town}“五星”支部创建公示名单").format(
        year=listed.cycle.year, town=listed.names.town
    )


def public_contents(cycle):
    """What a workbook of the list alone is made of; everybody may read all of it."""
    listed = public_list(cycle)
    return Contents(
        cycle,
        WHOLE,
        listed.names,
        cycle.closed_at or timezone.now(),
        categories=list(cycle.catalogue.categories.all()),
        sheets=[],
        rows={},
        missing=Counter(),
        is_demonstration=Event.objects.holds_demonstration(),
        public=listed,
    )


def write_public(worksheet, contents, span=Span()):
    """Those that are concluded, by level; for filtering the others too, whose level says so."""
    listed, is_for_print = contents.public, not contents.choices.is_for_filtering
    records = listed.decided if is_for_print else [*listed.decided, *listed.pending]

    def head(writer):
        writer.put_line(1, public_title(listed), TITLE)
        writer.put_line(2, _("公示期：{span}").format(span=span), LINE_CENTRED)

    def foot(writer, _header_row):
        writer.add_lines(_closing(listed))

    write_table(
        worksheet,
        # Nothing of the list is kept from anybody, whatever of the items is.
        replace(contents, missing=Counter()),
        _columns(contents),
        list(enumerate(records, start=1)),
        first_to_move=NAMED + 1,
        head=head,
        foot=foot,
    )


def _columns(contents):
    codes = (CODE_OF_BRANCH_LISTED,) if contents.choices.is_for_filtering else ()
    stars = [_star_column(category) for category in contents.categories]
    return (*BEFORE, *codes, *AFTER, *stars, COUNT)


def _level(row):
    return _("尚未定星") if row[1].level is None else row[1].label


def _star_column(category):
    def value(row):
        if row[1].level is None:
            return None
        return "★" if category.pk in row[1].awarded else "☆"

    return Column(category.name, 11, SHORT, value, star_look)


BEFORE = (
    Column(gettext_lazy("序号"), 6, SHORT, lambda row: row[0]),
    Column(gettext_lazy("支部"), 16, SHORT, lambda row: row[1].branch.name),
)
CODE_OF_BRANCH_LISTED = replace(CODE_OF_BRANCH, value=lambda row: row[1].branch.code)
AFTER = (
    Column(gettext_lazy("类型"), 8, SHORT, lambda row: str(BranchKind(row[1].branch.kind).label)),
    Column(gettext_lazy("星级"), 10.5, SHORT, _level),
)
COUNT = Column(
    gettext_lazy("星数"),
    8,
    SHORT,
    lambda row: None if row[1].level is None else len(row[1].awarded),
)


def _closing(listed):
    """The counts, and those of whom nothing is told yet."""
    levels = _("、").join(
        _("{level} {count} 个").format(level=label, count=len(branches))
        for label, branches in listed.levels
    )
    yield _("截至{day}，{all}个支部中已定星 {decided} 个{levels}。").format(
        day=day_in_words(listed.day),
        all=len(listed.branches),
        decided=len(listed.decided),
        levels=_("：{levels}").format(levels=levels) if levels else "",
    )
    if listed.pending:
        names = _("、").join(one.branch.name for one in listed.pending)
        yield _("尚未定星（{count} 个）：{names}。").format(count=len(listed.pending), names=names)
