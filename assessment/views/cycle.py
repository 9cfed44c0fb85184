"""年度创建: the years, and one year's branches against their targets."""

from collections import Counter
from dataclasses import dataclass

from django.shortcuts import render
from django.utils import timezone

from ..enums import Step
from ..models import Assessment, Cycle, ItemRating, Star
from ..models.assessment import level_label
from ..rules.standing import Standing, standing
from .access import cycle_for


@dataclass(frozen=True, slots=True)
class Row:
    """One branch in the overview."""

    sheet: Assessment
    standing: Standing
    due: object


def cycles(request):
    """Years in preparation are listed for those who set targets or read everything."""
    to_come = Cycle.objects.preparing() if request.user.reads_all else ()
    context = {"cycles": Cycle.objects.begun(), "to_come": to_come}
    return render(request, "assessment/cycles.html", context)


def overview(request, year):
    """Branches down, stars across; each branch against its own target."""
    cycle = cycle_for(year)
    sheets = list(
        cycle.assessments.visible_to(request.user).with_places().order_by("branch__order")
    )
    marks = ItemRating.objects.filter(assessment__in=sheets).marks_by_sheet()
    stars = Star.objects.filter(assessment__in=sheets).by_sheet()
    rows = [
        Row(
            sheet,
            standing(marks[sheet.pk], stars[sheet.pk], sheet.step, cycle.star_threshold),
            sheet.due(sheet.step),
        )
        for sheet in sheets
    ]
    context = {
        "cycle": cycle,
        "rows": rows,
        "categories": list(cycle.catalogue.categories.all()),
        "levels": _levels(sheets),
        "steps": _steps(sheets),
        "today": timezone.localdate(),
    }
    return render(request, "assessment/cycle.html", context)


def _levels(sheets):
    """(level in words, branches that target it, branches concluded at it), highest first."""
    targets = Counter(sheet.target_level for sheet in sheets)
    awarded = Counter(sheet.level for sheet in sheets if sheet.level is not None)
    levels = sorted(targets.keys() | awarded.keys(), reverse=True)
    return [(level_label(level), targets[level], awarded[level]) for level in levels]


def _steps(sheets):
    """(step, how many sheets stand there), in the order of the steps."""
    counts = Counter(sheet.step for sheet in sheets)
    return [(step, counts[step]) for step in Step]
