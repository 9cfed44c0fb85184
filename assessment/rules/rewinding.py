"""A year's sheets as they stood at an earlier moment: what was done since is undone, newest first.

What an event says of the state before is all that is needed; nothing is kept a second time.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date

from ..enums import FindingState, Step, Verb


@dataclass(frozen=True, slots=True)
class Change:
    """One event, as far as it changed what a report counts.

    Places are ids of rows, `department` is the code of whose part was signed off; all may be None.
    """

    verb: str
    sheet: int | None = None
    item: int | None = None
    finding: int | None = None
    department: str | None = None
    from_state: str = ""
    to_state: str = ""
    changes: dict = field(default_factory=dict)

    @property
    def is_move(self):
        return self.from_state != self.to_state


@dataclass(frozen=True, slots=True)
class FindingRow:
    """One finding. What was corrected in it counts as corrected from the beginning."""

    sheet: int
    item: int | None
    category: str
    department: str
    due_date: date
    state: str = FindingState.OPEN
    is_set_aside: bool = False

    @property
    def is_unresolved(self):
        return self.state in FindingState.unresolved()


@dataclass(slots=True)
class Snapshot:
    """The rows of a year at one moment.

    `items` maps an id to (sheet, ItemRow); `awarded` a sheet and a category's code to what was
    decided; `signed` holds sheets and departments' codes. `categories` maps what they were called
    to their codes: events name them.
    """

    steps: dict
    levels: dict
    items: dict
    targeted: set
    awarded: dict
    signed: set
    findings: dict
    categories: dict

    def copy(self):
        return Snapshot(**{name: getattr(self, name).copy() for name in self.__dataclass_fields__})

    def rows_by_sheet(self):
        """Sheet → its items, with what findings and sign-offs make of them at this moment."""
        held_up = {
            finding.item
            for finding in self.findings.values()
            if finding.is_unresolved and not finding.is_set_aside
        }
        sheets = defaultdict(list)
        for pk, (sheet, row) in self.items.items():
            signed = (sheet, row.department) in self.signed
            row = replace(row, is_signed_off=signed, has_open_finding=pk in held_up)
            sheets[sheet].append(row)
        return sheets


def rewound(snapshot, changes):
    """`snapshot` as it stood before `changes`, which come newest first."""
    before = snapshot.copy()
    for change in changes:
        if change.finding is not None:
            _undo_on_finding(before, change)
        elif change.sheet is not None:
            _undo_on_sheet(before, change)
        elif change.verb == Verb.CORRECT:
            _undo_name(before.categories, change)
    return before


def _undo_on_finding(at, change):
    if change.verb == Verb.RECORD_FINDING:
        at.findings.pop(change.finding, None)
        return
    values = {"state": change.from_state} if change.is_move else {}
    if change.verb == Verb.SET_ASIDE:
        values["is_set_aside"] = False
    if change.verb == Verb.GRANT_EXTENSION:
        values["due_date"] = date.fromisoformat(change.changes["due_date"][0])
    at.findings[change.finding] = replace(at.findings[change.finding], **values)


def _undo_on_sheet(at, change):
    if change.is_move:
        at.steps[change.sheet] = change.from_state
    if change.item is not None:
        _undo_on_item(at, change)
    elif change.verb in _ON_WHOLE_SHEETS:
        _ON_WHOLE_SHEETS[change.verb](at, change)


# Whether the branch had the item back before each of these.
_WAS_RETURNED = {Verb.RETURN: False, Verb.RESUBMIT: True, Verb.SIGN_OFF_FOR: True}


def _undo_on_item(at, change):
    sheet, row = at.items[change.item]
    marks = {name: change.changes[name][0] for name in Step.marking() if name in change.changes}
    returned = _WAS_RETURNED.get(change.verb, row.is_returned)
    at.items[change.item] = sheet, replace(row, **marks, is_returned=returned)
    if change.verb == Verb.SEND_BACK:
        at.signed.add((sheet, row.department))


def _undo_sign_off(at, change):
    at.signed.discard((change.sheet, change.department))


def _undo_level(at, change):
    at.levels[change.sheet] = change.changes["level"][0]


def _undo_targets(at, change):
    old, _new = change.changes["targeted"]
    at.targeted -= {place for place in at.targeted if place[0] == change.sheet}
    at.targeted |= {(change.sheet, at.categories[name]) for name in old if name in at.categories}


def _undo_decision(at, change):
    for name, (old, _new) in change.changes.items():
        if name in at.categories:
            at.awarded[change.sheet, at.categories[name]] = old


_ON_WHOLE_SHEETS = {
    Verb.SIGN_OFF: _undo_sign_off,
    Verb.SIGN_OFF_FOR: _undo_sign_off,
    Verb.CONCLUDE: _undo_level,
    Verb.REOPEN: _undo_level,
    Verb.TARGET_STARS: _undo_targets,
    Verb.DECIDE: _undo_decision,
}


def _undo_name(categories, change):
    """Older events call the category by its older name."""
    old, new = change.changes.get("name", (None, None))
    if new in categories:
        categories[old] = categories[new]
