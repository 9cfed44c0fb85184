"""One star of one sheet: why it is there or not, and who owes the next move."""

from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import render
from django.utils import timezone

from ..enums import Owner, Step, Verb
from ..models import Event, Finding, ItemRating
from ..rules.gaps import gaps
from ..rules.lift import lift
from ..rules.standing import standing
from ..rules.stars import tally
from ..rules.transitions import owner
from .access import sheet_for
from .history import entries

# Step → what its marks make of a star, as its shape is called.
MARKS = {
    Step.SELF_RATING: "self_rated",
    Step.REVIEW: "reviewed",
    Step.SUPERVISION: "proposed",
}


@dataclass(frozen=True, slots=True)
class Obstacle:
    """An item in the way, the mark that counts now, and who owes the next move on it."""

    item: ItemRating
    mark: str
    holder: str


@dataclass(frozen=True, slots=True)
class Obstacles:
    """Those that whoever looks may see, and how many there are beside them."""

    shown: list
    hidden: int


def star(request, pk, code):
    sheet = sheet_for(request.user, pk)
    items = list(sheet.items.for_rules())
    rows, stars = [item.as_row() for item in items], sheet.star_rows()
    stands = standing(rows, stars, sheet.step, sheet.cycle.star_threshold)
    chosen = next((star for star in stands.stars if star.code == code), None)
    if chosen is None:
        raise Http404
    seen = seen_items(sheet, items, request.user)
    context = {
        "sheet": sheet,
        "standing": stands,
        "star": chosen,
        "steps": _steps(sheet, [row for row in rows if row.category == code]),
        "obstacles": _in_the_way(sheet, rows, code, seen),
        "findings": _findings(sheet, code, request.user),
        "decision": sheet.stars.select_related("decided_by").get(category__code=code),
        "earlier": _decisions(sheet, chosen.name)[1:],
        "today": timezone.localdate(),
        "lift": lifted(sheet, rows, stars, seen),
    }
    return render(request, "assessment/star.html", context)


def seen_items(sheet, items, user):
    """Item id → the item, for those of the sheet that `user` may see."""
    seen = set(sheet.items.visible_to(user).values_list("pk", flat=True))
    return {item.pk: item for item in items if item.pk in seen}


def lifted(sheet, rows, stars, seen):
    """What would bring the branch to its target, and the items star by star."""
    found = lift(rows, stars, sheet.step, sheet.cycle.star_threshold, sheet.target_level)
    groups = [(each.star, obstacles(sheet, each.rows, seen)) for each in found.stars]
    return {"found": found, "groups": groups}


def obstacles(sheet, rows, seen):
    shown = [
        Obstacle(seen[row.pk], row.mark(sheet.step), _holder(sheet, seen[row.pk]))
        for row in rows
        if row.pk in seen
    ]
    return Obstacles(shown, len(rows) - len(shown))


def _holder(sheet, item):
    holder = owner(sheet.step, is_returned=item.is_returned, is_signed_off=item.is_signed_off)
    names = {Owner.BRANCH: sheet.branch.name, Owner.DEPARTMENT: item.task_item.lead_department}
    return str(names.get(holder, holder.label))


def _in_the_way(sheet, rows, code, seen):
    found = gaps(rows, sheet.step, sheet.cycle.star_threshold)
    missing = [row for gap in found if gap.category == code for row in gap.rows]
    return obstacles(sheet, missing, seen)


def _steps(sheet, rows):
    """(step, the name of its mark, its tally), the tally None for a step that has not begun."""
    begun = [step for step in Step.marking() if _has_begun(step, sheet.step)]
    threshold = sheet.cycle.star_threshold
    return [
        (step, MARKS[step], tally(rows, step, threshold) if step in begun else None)
        for step in Step.marking()
    ]


def _has_begun(step, now):
    steps = list(Step)
    return steps.index(step) <= steps.index(now)


def _findings(sheet, code, user):
    """Open findings on key items of the star: they keep it away until closed or set aside."""
    found = Finding.objects.visible_to(user).in_the_way().filter(assessment=sheet)
    on_key = found.filter(
        item_rating__task_item__category__code=code, item_rating__task_item__is_key=True
    )
    return list(on_key.with_places().in_order())


def _decisions(sheet, name):
    """Every decision on the star, the latest first."""
    events = Event.objects.filter(assessment=sheet, verb=Verb.DECIDE, subject=name)
    return entries(events.select_related("actor"))
