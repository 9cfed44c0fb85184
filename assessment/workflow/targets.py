"""The town's targets: which level each branch sets out for."""

from django.db import transaction
from django.utils.translation import gettext as _

from ..enums import CycleState, Verb
from ..models import Assessment, Cycle
from ..rules.completeness import reason_blockers
from ..rules.targets import TargetChange, target_blockers
from ..rules.transitions import BY_VERB
from .checks import check, check_person
from .record import keep, keep_on_sheet
from .refusals import OutOfOrder


@transaction.atomic
def set_targets(cycle, levels, by, reason=""):
    """Set the targets of several sheets, all of them or none; returns how many changed.

    `levels` maps a sheet's id to (the target as it was read, the target wanted). While the year
    is in preparation no reason is asked; once it is open, only sheets not yet handed in take one.
    """
    year = Cycle.objects.select_for_update().get(pk=cycle.pk)
    if year.state == CycleState.CLOSED:
        raise OutOfOrder([_("这一年度的创建没有在进行，不能再改动。")])
    sheets = {sheet.pk: sheet for sheet in _held(year, levels)}
    changes = {pk: _change(sheet, *levels[pk]) for pk, sheet in sheets.items()}
    changed = [sheets[pk] for pk, change in changes.items() if change.is_new]
    _check_not_handed_in(changed)
    check_person(Verb.SET_TARGET, by)
    blockers = target_blockers(changes.values())
    if changed and year.state == CycleState.OPEN:
        blockers += reason_blockers(Verb.SET_TARGET, reason)
    check(blockers)
    for sheet in changed:
        _set(year, sheet, changes[sheet.pk].wanted, by, reason)
    return len(changed)


def may_set_targets(cycle):
    """Whether any sheet of the year still takes another target."""
    return cycle.state in CycleState.still_to_change()


def _held(year, levels):
    """Those of the year's sheets, held in one order against other writers."""
    sheets = Assessment.objects.select_for_update(of=("self",)).filter(cycle=year, pk__in=levels)
    return sheets.select_related("cycle", "branch").order_by("pk")


def _check_not_handed_in(sheets):
    sources = BY_VERB[Verb.SET_TARGET].sources
    if late := [sheet.branch.name for sheet in sheets if sheet.step not in sources]:
        raise OutOfOrder(
            _("{subject}：台账已经提交，创建目标不能再改").format(subject=name) for name in late
        )


def _change(sheet, read, wanted):
    return TargetChange(sheet.branch.name, read, sheet.target_level, wanted)


def _set(year, sheet, level, by, reason):
    rows = Assessment.objects.filter(pk=sheet.pk, step=sheet.step)
    if not rows.filter(target_level=sheet.target_level).update(target_level=level):
        raise OutOfOrder([_("刚才已有人办理了这一步，这次没有重复办理。")])
    facts = {"changes": {"target_level": [sheet.target_level, level]}, "reason": reason}
    if year.state == CycleState.OPEN:
        keep_on_sheet(Verb.SET_TARGET, by, sheet, **facts)
    else:
        # A branch that leaves before the opening takes its row away: the event must not hold it.
        keep(Verb.SET_TARGET, by, sheet, cycle=year, **facts)
