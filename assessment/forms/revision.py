"""What a revision of a catalogue changes, in words: for the page that asks, and for the event."""

from django.utils.translation import gettext

from branches.models import Department

from .. import ledger
from ..enums import ItemChange
from ..ledger.catalogue import COLUMNS, NO, YES
from ..models import TaskItem
from ..workflow.revisions import values_of
from .catalogue import earlier_items
from .lists import Told

LABELS = {column.name: column.header for column in COLUMNS}


class Words:
    """Names for the ids that a revision holds."""

    def __init__(self, year):
        self.departments = dict(Department.objects.values_list("pk", "name"))
        self.earlier = {pk: place for place, pk in earlier_items(year).items()}

    def of(self, values):
        """Field → what a reader is told; as in the workbook."""
        year, code, number = self.earlier.get(values["previous"], ("", "", ""))
        return {
            "category_code": values["category"],
            **{name: str(values[name]) for name in ("number", "name", "standard", "materials")},
            "lead_department": self.departments.get(values["lead_department"], ""),
            "cooperating_departments": gettext("、").join(
                self.departments[pk] for pk in values["cooperating_departments"]
            ),
            "points": str(values["points"]),
            "is_key": str(YES if values["is_key"] else NO),
            "source": str(TaskItem.Source(values["source"]).label),
            "previous": f"{year} {code}-{number}" if year else "",
        }


def told(catalogue, revision):
    """Item by item in the order of the workbook, then what is dropped, then categories."""
    standing = {item.pk: item for item in ledger.items_of(catalogue)}
    words = Words(catalogue.year)
    items = [_told(standing.get(each["pk"]), each["values"], words) for each in revision.items]
    kept = {each["pk"] for each in revision.items}
    dropped = [
        Told(f"{item.code} {item.name}", str(ItemChange.DROPPED.label))
        for pk, item in standing.items()
        if pk not in kept
    ]
    return [*filter(None, items), *dropped, *_categories(catalogue, revision.categories)]


def _told(item, values, words):
    new = words.of(values)
    old = words.of(values_of(item)) if item else dict.fromkeys(new, "")
    lines = [(str(LABELS[name]), old[name], new[name]) for name in new if old[name] != new[name]]
    if not item:
        subject = f"{values['category']}-{values['number']} {values['name']}"
        return Told(subject, str(ItemChange.ADDED.label), lines)
    return Told(f"{item.code} {item.name}", gettext("改动"), lines) if lines else None


def _categories(catalogue, names):
    """Categories by their codes: `names` are as they would be."""
    standing = dict(catalogue.categories.order_by("order", "code").values_list("code", "name"))
    for code, name in names.items():
        if code not in standing:
            yield Told(f"{code} {name}", gettext("新增类别"))
        elif standing[code] != name:
            line = (str(LABELS["category_name"]), standing[code], name)
            yield Told(f"{code} {standing[code]}", gettext("类别改名"), [line])
    for code, name in standing.items():
        if code not in names:
            yield Told(f"{code} {name}", gettext("去掉类别"))


def event_changes(found):
    """The same as an event keeps it."""
    changes = {}
    for each in found:
        if not each.lines:
            changes[each.subject] = ["", each.change]
        for label, old, new in each.lines:
            changes[f"{each.subject} · {label}"] = [old, new]
    return changes
