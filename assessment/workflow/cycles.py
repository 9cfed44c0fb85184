"""Verbs about a whole year."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from branches.models import Branch

from ..enums import CycleState, Verb
from ..models import Assessment, Cycle, Finding, ItemRating, Star, TaskItem, names_now
from ..rules.completeness import close_blockers, open_blockers
from .checks import check, check_person
from .record import changes_between, keep
from .refusals import OutOfOrder

# What may still be changed in each state: once people rate by them, the measures stand.
_ALWAYS = ("self_rating_due", "review_due", "supervision_due", "planned_stars", "targets_note")
SETTINGS = {
    CycleState.PREPARING: ("year", "catalogue", "star_threshold", *_ALWAYS),
    CycleState.OPEN: _ALWAYS,
    CycleState.CLOSED: (),
}


@transaction.atomic
def edit_cycle(cycle, values, by):
    """Change settings; `values` maps a field to its new value. Returns the changes."""
    year = _held(cycle)
    check_person(Verb.EDIT, by)
    changes = changes_between(year, values)
    if changes.keys() - set(SETTINGS[year.state]):
        raise OutOfOrder(
            [
                _("{cycle}{state}，这些设置不能再改。").format(
                    cycle=year, state=year.get_state_display()
                )
            ]
        )
    if changes:
        Cycle.objects.filter(pk=year.pk).update(**values)
        keep(Verb.EDIT, by, year, cycle=year, changes=changes)
    return changes


@transaction.atomic
def enrol_branches(cycle):
    """Give a year in preparation a row for each active branch, so that its target can be set.

    Nothing is kept as an event: until it opens, the year is the administrator's draft.
    """
    year = _held(cycle)
    if year.state == CycleState.PREPARING:
        _enrol(year, list(Branch.objects.active()))


@transaction.atomic
def open_cycle(cycle, by):
    """Make a sheet for every active branch, a row for every item, and carry over the stars held.

    Done again in an open year, it adds what is missing, takes over what the year before has
    decided since, and changes nothing else; where nothing is new, nothing is kept.
    """
    year = _held(cycle)
    if year.state == CycleState.CLOSED:
        raise OutOfOrder([_("{year} 年度已经关闭，不能再开启。").format(year=year.year)])
    check_person(Verb.OPEN_CYCLE, by)
    branches = list(Branch.objects.active())
    check(blockers_to_open(year, branches))
    _enrol(year, branches)
    added = _fill(year, branches) + _carry_over(year)
    if not added and year.state == CycleState.OPEN:
        return
    Cycle.objects.filter(pk=year.pk, state=year.state).update(state=CycleState.OPEN)
    keep(
        Verb.OPEN_CYCLE,
        by,
        year,
        cycle=year,
        from_state=year.state,
        to_state=CycleState.OPEN.value,
    )


@transaction.atomic
def close_cycle(cycle, by):
    """End the year: from here on nothing in it changes, nor in what its papers call people."""
    year = _held(cycle)
    if year.state != CycleState.OPEN:
        raise OutOfOrder([_("{year} 年度没有在进行，不能关闭。").format(year=year.year)])
    check_person(Verb.CLOSE_CYCLE, by)
    check(blockers_to_close(year))
    Cycle.objects.filter(pk=year.pk, state=year.state).update(
        state=CycleState.CLOSED,
        closed_at=timezone.now(),
        closed_by=by,
        names_kept=names_now(year).as_json(),
    )
    keep(
        Verb.CLOSE_CYCLE,
        by,
        year,
        cycle=year,
        from_state=year.state,
        to_state=CycleState.CLOSED.value,
    )


def blockers_to_open(cycle, branches):
    """What the cycle lacks before it opens."""
    items = TaskItem.objects.filter(category__catalogue=cycle.catalogue_id).select_related(
        "category"
    )
    rows = [(str(item), item.lead_department_id) for item in items]
    return open_blockers(rows, branches, str(cycle.catalogue))


def blockers_to_close(cycle):
    """What stands between the year and its end; `close_cycle` obeys it."""
    sheets = cycle.assessments.select_related("branch")
    findings = Finding.objects.filter(assessment__cycle=cycle).in_the_way()
    return close_blockers(
        [(sheet.branch.name, sheet.step) for sheet in sheets],
        [str(finding) for finding in findings.with_places().in_order()],
    )


def branches_without_sheet(cycle):
    """Active branches whose sheet has no items yet."""
    ready = ItemRating.objects.filter(assessment__cycle=cycle).values("assessment__branch")
    return Branch.objects.active().exclude(pk__in=ready)


def _held(cycle):
    """The year read afresh, held against other writers until the transaction ends."""
    return Cycle.objects.select_for_update().get(pk=cycle.pk)


def _enrol(cycle, branches):
    """A row for each of `branches`; one that leaves the year before it opens drops out of it."""
    if cycle.state == CycleState.PREPARING:
        cycle.assessments.exclude(branch__in=branches).delete()
    Assessment.objects.bulk_create(
        [Assessment(cycle=cycle, branch=branch) for branch in branches], ignore_conflicts=True
    )


def _fill(cycle, branches):
    """Add the stars and items that the branches' sheets lack; the number of items added."""
    ratings = ItemRating.objects.filter(assessment__cycle=cycle)
    before = ratings.count()
    sheets = list(cycle.assessments.filter(branch__in=branches))
    categories = list(cycle.catalogue.categories.all())
    items = list(TaskItem.objects.filter(category__in=categories))
    Star.objects.bulk_create(
        [Star(assessment=sheet, category=category) for sheet in sheets for category in categories],
        ignore_conflicts=True,
    )
    ItemRating.objects.bulk_create(
        [ItemRating(assessment=sheet, task_item=item) for sheet in sheets for item in items],
        ignore_conflicts=True,
    )
    return ratings.count() - before


def _carry_over(cycle):
    """The stars that a branch was awarded in the year before are held before this one.

    Returns how many stars that changed; without a year before, nothing is touched.
    """
    before = Cycle.objects.before(cycle.year)
    if before is None:
        return 0
    links = cycle.catalogue.categories_before(before.catalogue)
    ids = dict(before.catalogue.categories.values_list("code", "pk"))
    held = Star.objects.filter(assessment__cycle=before).held()
    stars = Star.objects.filter(assessment__cycle=cycle)
    rows = stars.order_by().values_list("pk", "assessment__branch_id", "category__code")
    to_hold = [pk for pk, branch, code in rows if (branch, ids.get(links.get(code))) in held]
    gained = stars.filter(held_before=False, pk__in=to_hold).update(held_before=True)
    return gained + stars.filter(held_before=True).exclude(pk__in=to_hold).update(held_before=False)
