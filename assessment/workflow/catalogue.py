"""A catalogue from an old one; corrections of one in use, until a closed year uses it."""

from django.db import transaction
from django.utils.translation import gettext as _

from ..enums import CycleState, Verb
from ..models import Catalogue, Category, Cycle, TaskItem
from .checks import check_person
from .record import changes_between, keep
from .refusals import OutOfOrder

# What an item is told by; its place, its departments and its lineage are set beside.
_COPIED = ("number", "name", "standard", "materials", "points", "is_key", "source")

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


@transaction.atomic
def copy_catalogue(catalogue, year, by):
    """A catalogue for another year, to be revised: each item bears in `previous` the one it was.

    Returns the new catalogue; the old one is left as it is.
    """
    check_person(Verb.EDIT, by)
    if Catalogue.objects.filter(year=year).exists():
        raise OutOfOrder([_("{year} 年已经有任务清单。").format(year=year)])
    name = catalogue.name.replace(str(catalogue.year), str(year))
    new = Catalogue.objects.create(year=year, name=name, note=catalogue.note)
    for category in catalogue.categories.all():
        items = category.items.prefetch_related("cooperating_departments")
        names = ("code", "name", "order", "is_prerequisite")
        copied = {field: getattr(category, field) for field in names}
        _copy_items(items, Category.objects.create(catalogue=new, **copied))
    keep(Verb.EDIT, by, new, changes={"previous": [None, str(catalogue)]})
    return new


def _copy_items(items, category):
    for item in items:
        new = TaskItem.objects.create(
            category=category,
            previous=item,
            lead_department_id=item.lead_department_id,
            **{field: getattr(item, field) for field in _COPIED},
        )
        new.cooperating_departments.set(item.cooperating_departments.all())
