"""Reads the script: who there is, what each sheet goes through, and the words."""

import json
from datetime import timedelta
from functools import cache

from django.conf import settings

from ..enums import Rating

FOLDER = settings.BASE_DIR / "fixtures" / "demonstration"


@cache
def _read(name):
    return json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))


def people():
    return _read("people")


def parts():
    """One part a branch: its targets, its marks, and the acts that its sheet goes through."""
    return _read("sheets")


def last_year():
    """One part a branch: the stars that it set out for in the year before, and won."""
    return _read("last_year")


def last_year_note():
    return _read("words")["last_year_note"]


def revisions():
    """What the new year's catalogue says otherwise, and what the town plans."""
    return _read("revisions")


def said_of(branch):
    """The codes of the items that the town's article speaks of."""
    return _read("words")["branches"].get(branch.name, {}).keys()


def inspections():
    """Joint inspections; `days` and `due` are counted from the day the demonstration is made."""
    return _read("inspections")


def notices():
    """Supervision notices, each about one inspection, and the branches that have read it."""
    return _read("notices")


def picture(name):
    """A drawing that says it is one."""
    return (FOLDER / "pictures" / name).read_bytes()


def password():
    """The one password of all sign-ins."""
    return _read("words")["password"]


def due_dates(today):
    """Field → date: the cycle's due dates stand around the day the demonstration is made."""
    return {name: today + timedelta(days=days) for name, days in _read("words")["due"].items()}


def phrases():
    """What every department begins with."""
    return _read("words")["phrases"]


def targets_note():
    return _read("words")["targets_note"]


def report_note():
    """What the office writes on the month in which the demonstration is made."""
    return _read("words")["report_note"]


def contacts(branch):
    """Made-up people and a made-up number for a branch."""
    names = _read("words")["names"]
    return {
        "secretary": _pick(names["secretaries"], branch.order),
        "liaison_official": _pick(names["liaison_officials"], branch.order),
        "phone": f"000-0000-{branch.order:04}",
    }


def self_rating(branch, task, mark, today, turn=0):
    """What `branch` writes on a task item that it marks so: the town's own words come first.

    `turn` counts the years back, so that two years do not read alike.
    """
    words, code = _read("words"), task.code
    fields = {
        "self_rating": mark,
        "responsible_leader": branch.secretary,
        "responsible_person": _pick(
            words["names"]["responsible_persons"], branch.order + task.number
        ),
        "due_date": today + timedelta(days=_pick(words["finish_days"][mark], branch.order)),
    }
    if mark == Rating.NOT_APPLICABLE:
        return fields
    # Two counts that run apart, so that neighbouring villages do not read alike.
    general = words["items"][code]
    own = words["branches"].get(branch.name, {}).get(code, {})
    measures = _pick(general["measures"], branch.order + task.number + turn)
    progress = _pick(general[mark], branch.order // 3 + turn)
    return {
        **fields,
        "measures": own.get("measures", measures),
        "progress": own.get("progress", progress),
    }


def review_note(branch, task, mark):
    """What a department says to a mark."""
    return _pick(_read("words")["review_notes"][mark], branch.order + task.number)


def _pick(options, count):
    return options[count % len(options)]
