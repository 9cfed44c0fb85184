"""The turn of the year: a revised catalogue, the town's targets, and the new year opened."""

from branches.enums import Role

from .. import workflow
from ..models import Assessment, Cycle, TaskItem
from ..rules.targets import proposed_target
from . import script


def open_new_year(before, cast, today):
    """The year after `before`, open, with each branch's target one star above what it holds."""
    admin, supervisor = cast[Role.ADMINISTRATOR], cast[Role.SUPERVISOR]
    revisions = script.revisions()
    catalogue = workflow.copy_catalogue(before.catalogue, before.year + 1, by=admin)
    _revise(catalogue, revisions)
    cycle = Cycle.objects.create(
        year=before.year + 1,
        catalogue=catalogue,
        star_threshold=before.star_threshold,
        planned_stars=revisions["planned_stars"],
        targets_note=revisions["targets_note"] + script.targets_note(),
        **script.due_dates(today),
    )
    workflow.enrol_branches(cycle)
    workflow.set_targets(cycle, _targets(cycle, before), by=supervisor)
    workflow.open_cycle(cycle, by=admin)
    return Cycle.objects.get(pk=cycle.pk)


def _revise(catalogue, revisions):
    """Not yet in use, it is edited freely; nothing of that is kept."""
    catalogue.note = revisions["note"] + catalogue.note
    catalogue.save()
    for code, values in revisions["items"].items():
        category, number = code.split("-")
        items = TaskItem.objects.filter(category__catalogue=catalogue, category__code=category)
        items.filter(number=number).update(**values)


def _targets(cycle, before):
    held = Assessment.objects.filter(cycle=before).levels_by_branch()
    categories = cycle.catalogue.categories.count()
    return {
        sheet.pk: (sheet.target_level, proposed_target(held[sheet.branch_id], categories))
        for sheet in cycle.assessments.all()
    }
