"""与上一年对照: two years side by side, a branch a line and a star a column."""

from dataclasses import dataclass

from django.shortcuts import render

from branches.models import Branch

from ..enums import Step
from ..models import Assessment, Cycle, Star
from ..models.assessment import level_label
from ..rules.beside import Beside, Column, SheetYear, beside, column_sums, year_sums
from .access import cycle_for


@dataclass(frozen=True, slots=True)
class Row:
    """One branch, with its sheets of the two years, either of which may be missing."""

    branch: Branch
    sheet_before: Assessment | None
    sheet: Assessment | None
    years: Beside


def beside_last_year(request, year):
    """This year against the latest one before it, as far as one may see the two."""
    cycle = cycle_for(year)
    before = Cycle.objects.before(year)
    context = {"cycle": cycle, "before": before}
    if before:
        context |= _compared(request.user, cycle, before)
    return render(request, "assessment/beside.html", context)


def _compared(user, cycle, before):
    columns = _columns(cycle.catalogue, before.catalogue)
    now, then = _sheets(user, cycle), _sheets(user, before)
    rows = []
    for branch in sorted({*now, *then}, key=lambda branch: (branch.order, branch.code)):
        (sheet, this), (old, last) = now.get(branch, (None, None)), then.get(branch, (None, None))
        rows.append(Row(branch, old, sheet, beside(last, this, columns)))
    years = [row.years for row in rows]
    return {
        "columns": columns,
        "rows": rows,
        "sums": [column_sums(years, place) for place in range(len(columns))],
        "totals": [sum(row.won for row in years), sum(row.kept for row in years)]
        + [sum(row.lost for row in years)],
        "years": [
            (one, sums, [(level_label(level), *counts) for level, *counts in sums.counts])
            for one, sums in (
                (before, year_sums(row.before for row in years)),
                (cycle, year_sums(row.now for row in years)),
            )
        ],
    }


def _columns(catalogue, earlier):
    """The categories of this year in their order, then those that only the year before had."""
    links = catalogue.categories_before(earlier)
    now = [
        Column(each.code, links.get(each.code), each.name) for each in catalogue.categories.all()
    ]
    gone = earlier.categories.exclude(code__in=links.values())
    return now + [Column(None, each.code, each.name) for each in gone]


def _sheets(user, cycle):
    """Branch → (its sheet, the same as the rules read it), of those that `user` may see."""
    sheets = list(cycle.assessments.visible_to(user).with_places())
    stars = Star.objects.filter(assessment__in=sheets).by_sheet()
    return {sheet.branch: (sheet, _as_year(sheet, stars[sheet.pk])) for sheet in sheets}


def _as_year(sheet, stars):
    """Until a sheet is concluded its decisions may still change, and count for nothing here."""
    is_decided = sheet.step == Step.CONCLUDED
    awarded = {star.category.code: star.awarded if is_decided else None for star in stars}
    return SheetYear(sheet.target_level, sheet.level, awarded)
