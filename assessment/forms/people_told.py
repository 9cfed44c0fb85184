"""What a revision of people changes, in words: for the page that asks, and for the event."""

from django.utils.translation import gettext

from branches.enums import Role
from branches.models import Branch, Department, User

from ..ledger.people import ACTIVE, SWITCHED_OFF
from .lists import Told


def told_of_people(revision):
    """New accounts, then those that change."""
    places = {
        Role.CLERK: dict(Branch.objects.values_list("pk", "name")),
        Role.REVIEWER: dict(Department.objects.values_list("pk", "name")),
    }
    people = User.people.with_places().in_bulk([each["pk"] for each in revision.changed])
    found = [_new(each, places) for each in revision.new]
    return found + [
        _changed(people[each["pk"]], each, places)
        for each in revision.changed
        if each["pk"] in people
    ]


def _new(each, places):
    lines = [
        (gettext("姓名"), "", each["name"]),
        (gettext("身份"), "", _joined(_held(row, places) for row in each["add"])),
    ]
    return Told(each["username"], gettext("新账号"), lines)


def _changed(user, each, places):
    lines, values = [], each["values"]
    if "name" in values:
        lines.append((gettext("姓名"), user.name, values["name"]))
    if "is_active" in values:
        states = {True: str(ACTIVE), False: str(SWITCHED_OFF)}
        lines.append((gettext("状态"), states[user.is_active], states[values["is_active"]]))
    held = list(user.memberships.all())
    kept = [str(row) for row in held if row.pk not in each["remove"]]
    new = [*kept, *(_held(row, places) for row in each["add"])]
    if each["add"] or each["remove"]:
        lines.append((gettext("身份"), _joined(map(str, held)), _joined(new)))
    change = gettext("停用") if values.get("is_active") is False else gettext("改动")
    return Told(f"{user.username} {user.name}", change, lines)


def _held(row, places):
    """A membership as the rest of the site writes it."""
    role, branch, department = row
    place = places[role].get(branch or department) if role in places else None
    label = str(Role(role).label)
    return f"{place} · {label}" if place else label


def _joined(words):
    return gettext("、").join(words)
