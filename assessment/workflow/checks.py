"""The steps that every verb takes before it touches anything."""

from django.utils.translation import gettext as _

from ..enums import CycleState, Owner
from ..models import Assessment, Cycle
from ..permissions import may, roles_for
from ..rules.transitions import BY_VERB, owner
from .refusals import Blocked, NotAllowed, OutOfOrder


def check_year(cycle):
    if cycle.state != CycleState.OPEN:
        raise OutOfOrder([_("这一年度的创建没有在进行，不能再改动。")])


def transition_for(verb, assessment):
    """The table's row for `verb`, if the sheet is where it begins and its year is open."""
    check_year(assessment.cycle)
    return _row_for(verb, assessment.branch.name, assessment.step, assessment.get_step_display())


def row_for(verb, row):
    """The table's row for `verb`, if the finding or the notice is where it begins."""
    return _row_for(verb, row, row.state, row.get_state_display())


def _row_for(verb, subject, state, label):
    transition = BY_VERB[verb]
    if state not in transition.sources:
        raise OutOfOrder(
            [
                _("{subject}现在处于“{state}”，不能“{verb}”。").format(
                    subject=subject, state=label, verb=verb.label
                )
            ]
        )
    return transition


def check_person(verb, user, *, branch_id=None, department_id=None):
    if not may(user, verb, branch_id=branch_id, department_id=department_id):
        roles = _("或").join(str(role.label) for role in roles_for(verb))
        raise NotAllowed(
            _("“{verb}”由{role}办理，您没有这项权限。").format(verb=verb.label, role=roles)
        )


def check_pen(transition, item):
    """The pen on the item is with whom the verb needs it to be."""
    holder = _holder(item)
    if holder != transition.owner:
        raise OutOfOrder(
            [
                _("这一项现在由{holder}办理，不能“{verb}”。").format(
                    holder=holder.label, verb=transition.verb.label
                )
            ]
        )


def check_pens(transition, items):
    """The same for several items; the refusal names each that is with somebody else."""
    elsewhere = [item for item in items if _holder(item) != transition.owner]
    if elsewhere:
        raise OutOfOrder(
            _("{item}：现在由{holder}办理，不能“{verb}”。").format(
                item=item.task_item, holder=_holder(item).label, verb=transition.verb.label
            )
            for item in elsewhere
        )


def _holder(item):
    return Owner(
        owner(item.assessment.step, is_returned=item.is_returned, is_signed_off=item.is_signed_off)
    )


def allowed(verb, item, by):
    """The table's row for a verb on one item, if it begins here, is theirs, and the pen is too."""
    transition = transition_for(verb, item.assessment)
    check_person(
        verb,
        by,
        branch_id=item.assessment.branch_id,
        department_id=item.task_item.lead_department_id,
    )
    check_pen(transition, item)
    return transition


def check(blockers):
    if blockers:
        raise Blocked(blockers)


def moved(row, transition, **stamps):
    """Take a finding or a notice to where the verb leads, unless somebody has moved it already."""
    target = transition.target or row.state
    rows = type(row).objects.filter(pk=row.pk, state=row.state)
    if not rows.update(state=target, **stamps):
        raise OutOfOrder([_("刚才已有人办理了这一步，这次没有重复办理。")])


def held_year(cycle):
    """The year read afresh, if it is open, held so that it is not closed meanwhile."""
    year = Cycle.objects.select_for_update(no_key=True).get(pk=cycle.pk)
    check_year(year)
    return year


def locked(assessment):
    """The sheet read afresh, held against other writers until the transaction ends.

    Its cycle is not joined: read after the wait for the lock, it is as it stands then.
    """
    held = Assessment.objects.select_for_update(of=("self",)).select_related("branch")
    return held.get(pk=assessment.pk)


def move(assessment, transition, **stamps):
    """Take the sheet to the transition's target, unless somebody has moved it already."""
    moved = Assessment.objects.filter(pk=assessment.pk, step=assessment.step).update(
        step=transition.target, **stamps
    )
    if not moved:
        raise OutOfOrder([_("刚才已有人办理了这一步，这次没有重复办理。")])
