"""星级墙: each branch of a year against its own target, and whose turn it is."""

from dataclasses import dataclass

from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.models import Department

from ..enums import DueState, Verb
from ..forms.wall import WallForm
from ..models import Assessment, Finding, ItemRating, Star
from ..models.assessment import level_label
from ..permissions import may
from ..rules.deadlines import due_state
from ..rules.distribution import distribution
from ..rules.lift import Lift, lift
from ..rules.standing import Standing, standing
from ..rules.turns import Turn, turn
from .access import cycle_for

# ?view= → the page it is shown as.
VIEWS = {"screen": "assessment/wall_screen.html"}


@dataclass(frozen=True, slots=True)
class Row:
    """One branch on the wall. `findings` counts the unresolved ones that whoever looks may see."""

    sheet: Assessment
    standing: Standing
    lift: Lift
    turn: Turn
    departments: list
    findings: int
    due: object
    is_overdue: bool

    @property
    def level(self):
        """The level awarded, or else the one that its marks and decisions make by now."""
        return self.lift.level if self.sheet.level is None else self.sheet.level

    @property
    def level_label(self):
        return level_label(self.level)

    @property
    def is_below(self):
        return self.level < self.sheet.target_level


def wall(request, year):
    """Branches down, stars across, in the town's order unless another is asked for."""
    cycle, user = cycle_for(year), request.user
    departments = list(Department.objects.all())
    form = WallForm(request.GET, departments=departments)
    rows = _rows(cycle, user, {each.code: each for each in departments})
    context = {
        "cycle": cycle,
        "rows": form.rows(rows),
        "seen": len(rows),
        "sees_all": user.reads_all,
        "filter_form": form,
        "headings": form.headings(),
        "categories": list(cycle.catalogue.categories.all()),
        "supervises": may(user, Verb.EXTEND),
        "today": timezone.localdate(),
        **_distribution(rows),
    }
    page = VIEWS.get(request.GET.get("view"), "assessment/cycle.html")
    return render(request, page, context)


def _rows(cycle, user, departments):
    """Four queries for any number of sheets."""
    seen = cycle.assessments.visible_to(user).with_places()
    sheets = list(seen.order_by("branch__order", "branch__code"))
    marks = ItemRating.objects.filter(assessment__in=sheets).marks_by_sheet()
    stars = Star.objects.filter(assessment__in=sheets).by_sheet()
    found = Finding.objects.visible_to(user).filter(assessment__cycle=cycle)
    found = found.counted_by("assessment")
    return [
        _row(
            sheet,
            (marks[sheet.pk], stars[sheet.pk], sheet.step, cycle.star_threshold),
            departments,
            found[sheet.pk]["unresolved"] if sheet.pk in found else 0,
        )
        for sheet in sheets
    ]


def _row(sheet, facts, departments, findings):
    moves, due = turn(facts[0], sheet.step), sheet.due(sheet.step)
    return Row(
        sheet=sheet,
        standing=standing(*facts),
        lift=lift(*facts, sheet.target_level),
        turn=moves,
        departments=[departments[code] for code in moves.departments],
        findings=findings,
        due=due,
        is_overdue=due_state(due, timezone.localdate()) == DueState.OVERDUE,
    )


def _distribution(rows):
    """The branches by level: what they set out for, what stands now, what was awarded."""
    levels, (target, now, awarded) = distribution(
        [row.sheet.target_level for row in rows],
        [row.level for row in rows],
        [row.sheet.level for row in rows],
    )
    lines = ((_("创建目标"), target), (_("现在星级"), now), (_("已定星级"), awarded))
    return {"levels": [level_label(level) for level in levels], "distribution": lines}
