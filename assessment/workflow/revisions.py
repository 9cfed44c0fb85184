"""Catalogues that are still drafts: one made from another, and one revised as a whole."""

import json
from dataclasses import asdict, dataclass, field
from hashlib import sha256

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.utils import translation
from django.utils.translation import gettext as _

from ..enums import CycleState, Verb
from ..models import Catalogue, Category, Cycle, TaskItem
from .checks import check_person
from .record import keep
from .refusals import OutOfOrder

OUT_OF_THE_WAY = 10_000  # above any number an item bears
PLAIN = ("number", "name", "standard", "materials", "points", "is_key", "source")
SUPPORTS = TaskItem.cooperating_departments.through


@dataclass(frozen=True, slots=True)
class Revision:
    """What a catalogue is to hold, in what JSON can keep: every item, and categories by code.

    An item is {"pk": its id or None, "values": field → value}; departments and the item that it
    came from are ids. `seen` says which catalogue this was worked out on.
    """

    seen: str
    items: list = field(default_factory=list)
    categories: dict = field(default_factory=dict)

    def as_json(self):
        return asdict(self)


def values_of(item):
    """An item as a revision holds it."""
    return {
        "category": item.category.code,
        **{name: getattr(item, name) for name in PLAIN},
        "lead_department": item.lead_department_id,
        "cooperating_departments": sorted(
            department.pk for department in item.cooperating_departments.all()
        ),
        "previous": item.previous_id,
    }


def state_of(categories, items):
    """A short mark of a catalogue's content: another one wherever anything in it differs."""
    held = [
        [[each.pk, each.code, each.name, each.order] for each in categories],
        [[item.pk, values_of(item)] for item in items],
    ]
    return sha256(json.dumps(held).encode()).hexdigest()


def held_in(catalogue):
    """Its categories and its items, in their order."""
    items = TaskItem.objects.filter(category__catalogue=catalogue).select_related("category")
    items = items.prefetch_related("cooperating_departments").order_by("pk")
    return list(catalogue.categories.order_by("pk")), list(items)


@transaction.atomic
def copy_catalogue(catalogue, year, name=None, *, by):
    """A catalogue of a later year with the same items, each knowing which it came from.

    It bears the old one's name, with its own year, where it is given none.
    """
    check_person(Verb.EDIT, by)
    if year <= catalogue.year:
        raise OutOfOrder([_("新清单的年度要晚于 {year} 年。").format(year=catalogue.year)])
    if Catalogue.objects.filter(year=year).exists():
        raise OutOfOrder([_("已经有 {year} 年的任务清单，没有再建。").format(year=year)])
    name = name or catalogue.name.replace(str(catalogue.year), str(year))
    copied = Catalogue.objects.create(year=year, name=name, note=catalogue.note)
    categories, items = held_in(catalogue)
    facts = ("code", "name", "order", "is_prerequisite")
    made = Category.objects.bulk_create(
        Category(catalogue=copied, **{fact: getattr(each, fact) for fact in facts})
        for each in categories
    )
    by_code = {each.code: each for each in made}
    _create(by_code, [{**values_of(item), "previous": item.pk} for item in items])
    with translation.override(settings.LANGUAGE_CODE):
        reason = _("由“{name}”新建，{count} 项。").format(name=catalogue, count=len(items))
    keep(Verb.EDIT, by, copied, reason=reason[:200])
    return copied


def check_is_draft(catalogue):
    """Only wording is corrected once a year that uses it has opened."""
    for cycle in Cycle.objects.filter(catalogue=catalogue):
        if cycle.state != CycleState.PREPARING:
            raise OutOfOrder(
                [
                    _(
                        "{cycle}{state}，“{name}”已经定稿，不能用 Excel 整份改动。"
                        "只能在管理页面里勘误文字，或由它新建下一年的清单。"
                    ).format(cycle=cycle, state=cycle.get_state_display(), name=catalogue)
                ]
            )


@transaction.atomic
def revise_catalogue(catalogue, revision, changes, by):
    """Make the catalogue hold what the revision says, all of it or nothing.

    `changes` are what to keep of it, subject → [old, new].
    """
    check_person(Verb.EDIT, by)
    # Held, so that no year opens over it and nobody else revises it meanwhile.
    Catalogue.objects.select_for_update().get(pk=catalogue.pk)
    list(Cycle.objects.select_for_update().filter(catalogue=catalogue))
    check_is_draft(catalogue)
    categories, items = held_in(catalogue)
    if state_of(categories, items) != revision.seen:
        raise OutOfOrder([_("您看过以后，这份清单又有人改过，所以什么都没有写入。请重新上传。")])
    try:
        with transaction.atomic():
            _write(catalogue, categories, {item.pk: item for item in items}, revision)
    except IntegrityError as error:
        raise OutOfOrder([_("有任务项刚被别处用到，所以什么都没有写入。请重新上传。")]) from error
    keep(Verb.EDIT, by, catalogue, changes=changes, reason=_reason())


def _reason():
    with translation.override(settings.LANGUAGE_CODE):
        return _("上传 Excel")


def _write(catalogue, categories, items, revision):
    by_code = _write_categories(catalogue, categories, revision)
    kept = {each["pk"]: each["values"] for each in revision.items if each["pk"]}
    TaskItem.objects.filter(pk__in=items.keys() - kept.keys()).delete()
    changed = {pk: values for pk, values in kept.items() if values != values_of(items[pk])}
    # Out of the way first: a number may pass from one item to another.
    TaskItem.objects.filter(pk__in=changed).update(number=F("number") + OUT_OF_THE_WAY)
    for pk, values in changed.items():
        TaskItem.objects.filter(pk=pk).update(**_columns(by_code, values))
        if values["cooperating_departments"] != values_of(items[pk])["cooperating_departments"]:
            items[pk].cooperating_departments.set(values["cooperating_departments"])
    _create(by_code, [each["values"] for each in revision.items if not each["pk"]])
    emptied = {item.category.code for item in items.values()} - revision.categories.keys()
    catalogue.categories.filter(code__in=emptied).delete()


def _write_categories(catalogue, categories, revision):
    """Code → category; new ones come after those that stand there."""
    by_code = {each.code: each for each in categories}
    order = catalogue.categories.aggregate(last=Max("order"))["last"] or 0
    for code, name in revision.categories.items():
        if code not in by_code:
            order += 1
            by_code[code] = Category.objects.create(
                catalogue=catalogue, code=code, name=name, order=order
            )
        elif by_code[code].name != name:
            Category.objects.filter(pk=by_code[code].pk).update(name=name)
    return by_code


def _columns(by_code, values):
    return {
        "category": by_code[values["category"]],
        **{name: values[name] for name in PLAIN},
        "lead_department_id": values["lead_department"],
        "previous_id": values["previous"],
    }


def _create(by_code, rows):
    made = TaskItem.objects.bulk_create(TaskItem(**_columns(by_code, values)) for values in rows)
    SUPPORTS.objects.bulk_create(
        SUPPORTS(taskitem=item, department_id=department)
        for item, values in zip(made, rows, strict=True)
        for department in values["cooperating_departments"]
    )
