"""Corrections of a catalogue in use, until a closed year uses it."""

from django.db import transaction
from django.utils.translation import gettext as _

from ..enums import CycleState, Verb
from ..models import Catalogue, Category, Cycle
from .checks import check_person
from .record import changes_between, keep
from .refusals import OutOfOrder

# What may still be corrected in a frozen catalogue: wording, nothing that changes a result.
WORDING = {
    "catalogue": ("name", "note"),
    "category": ("name",),
    "taskitem": ("name", "standard", "materials", "source"),
}


@transaction.atomic
def correct_wording(row, values, by, reason=""):
    """Save corrected wording and keep it; `values` maps a field to its new words.

    Saving what stands there already writes nothing. Returns the changes.
    """
    _check_no_year_is_closed(row)
    check_person(Verb.CORRECT, by)
    model = type(row)
    if values.keys() - set(WORDING[model._meta.model_name]):
        raise OutOfOrder([_("任务清单已在使用，只能勘误文字。")])
    current = model.objects.select_for_update().get(pk=row.pk)
    changes = changes_between(current, values)
    if changes:
        model.objects.filter(pk=current.pk).update(**values)
        keep(Verb.CORRECT, by, current, changes=changes, reason=reason)
    return changes


def _check_no_year_is_closed(row):
    """The words of a closed year's papers stand; its cycles are held, so that none closes now."""
    for cycle in Cycle.objects.select_for_update().filter(catalogue=_catalogue_id(row)):
        if cycle.state == CycleState.CLOSED:
            raise OutOfOrder(
                [_("{cycle}已关闭，它的任务清单连文字也不能再改。").format(cycle=cycle)]
            )


def _catalogue_id(row):
    if isinstance(row, Catalogue):
        return row.pk
    return row.catalogue_id if isinstance(row, Category) else row.category.catalogue_id
