"""创建目标: what each branch sets out for, beside the level it held, in one table."""

from dataclasses import dataclass

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from .. import workflow
from ..enums import CycleState, Verb
from ..forms.targets import TargetsForm
from ..models import Assessment, Cycle
from ..models.assessment import level_label
from ..permissions import may
from ..rules.targets import plan, proposed_target
from ..workflow.checks import check_person
from .access import cycle_to_target
from .item import attempt, posted


@dataclass(frozen=True, slots=True)
class Row:
    """One branch: the level it held in the year before, or None, and what that would propose."""

    sheet: Assessment
    held: int | None
    proposed: int | None
    boxes: tuple = ()

    @property
    def proposed_label(self):
        return "" if self.proposed is None else level_label(self.proposed)


@require_http_methods(["GET", "POST"])
def targets(request, year):
    """A GET shows the table, with what is proposed filled in where that is asked for."""
    cycle = cycle_to_target(request.user, year)
    if request.method == "POST":
        check_person(Verb.SET_TARGET, request.user)
    before = Cycle.objects.before(year)
    rows = _rows(cycle, before)
    form = _form(request, cycle, rows)
    if form.is_bound:

        def act(done):
            return workflow.set_targets(
                cycle, form.levels(), by=request.user, reason=done["reason"]
            )

        status = attempt(form, act)[0]
        if status == 302:
            messages.success(request, _("创建目标已保存。"))
            return redirect("cycle-targets", year)
        form.read_again()
        return _page(request, cycle, before, rows, form, status)
    return _page(request, cycle, before, rows, form)


def _rows(cycle, before):
    categories = cycle.catalogue.categories.count()
    held = before.assessments.levels_by_branch() if before else {}
    sheets = cycle.assessments.select_related("cycle", "branch").order_by("branch__order")
    return [
        Row(sheet, level, proposed_target(level, categories))
        for sheet in sheets
        for level in [held.get(sheet.branch_id)]
    ]


def _form(request, cycle, rows):
    fills_in = "proposed" in request.GET
    proposed = {row.sheet.pk: row.proposed for row in rows if fills_in and row.proposed is not None}
    return TargetsForm(
        posted(request),
        sheets=[row.sheet for row in rows],
        proposed=proposed,
    )


def _page(request, cycle, before, rows, form, status=200):
    may_set = may(request.user, Verb.SET_TARGET) and workflow.may_set_targets(cycle)
    boxes = form.boxes() if may_set else {}
    sums = plan([row.sheet.target_level for row in rows], cycle.planned_stars)
    context = {
        "cycle": cycle,
        "before": before,
        "rows": [
            Row(row.sheet, row.held, row.proposed, boxes.get(row.sheet.pk, ())) for row in rows
        ],
        "form": form,
        "sums": sums,
        "counts": [(level_label(level), count) for level, count in sums.counts],
        "against_plan": _against(sums),
        "may_set": may_set,
        "wants_reason": cycle.state == CycleState.OPEN,
        "has_proposals": any(row.proposed is not None for row in rows),
        "fills_in": "proposed" in request.GET,
    }
    return render(request, "assessment/targets.html", context, status=status)


def _against(sums):
    """How the table differs from the plan, in words."""
    if sums.difference is None:
        return _("没有设计划数")
    if not sums.difference:
        return _("与计划一致")
    more, n = sums.difference > 0, abs(sums.difference)
    if more:
        return ngettext("比计划多 %(n)d 颗", "比计划多 %(n)d 颗", n) % {"n": n}
    return ngettext("比计划少 %(n)d 颗", "比计划少 %(n)d 颗", n) % {"n": n}
