"""Two catalogues side by side: which item became which, and what changed on the way."""

from collections import Counter
from dataclasses import dataclass

from ..enums import ItemChange

# What changed on an item, by the fields that say so.
FIELDS = {
    ItemChange.REWORDED: ("name", "standard", "materials"),
    ItemChange.WEIGHED: ("points", "is_key"),
    ItemChange.REASSIGNED: ("lead", "cooperating"),
    ItemChange.MOVED: ("category", "number"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One task item; departments by name, `category` by its code.

    `previous` is the key of the item that it came from.
    """

    key: int
    category: str
    number: int
    name: str
    standard: str = ""
    materials: str = ""
    points: int = 1
    is_key: bool = False
    lead: str = ""
    cooperating: tuple = ()
    previous: int | None = None
    category_name: str = ""

    @property
    def code(self):
        return f"{self.category}-{self.number}"


@dataclass(frozen=True, slots=True)
class Pair:
    """An item in the one catalogue and in the other; nothing where it is in one alone."""

    old: Line | None
    new: Line | None

    @property
    def fields(self):
        """The fields that differ."""
        if not self.old or not self.new:
            return ()
        names = (name for names in FIELDS.values() for name in names)
        return tuple(name for name in names if getattr(self.old, name) != getattr(self.new, name))

    @property
    def changes(self):
        if not self.old:
            return (ItemChange.ADDED,)
        if not self.new:
            return (ItemChange.DROPPED,)
        found = (kind for kind, names in FIELDS.items() if set(names) & set(self.fields))
        return tuple(found) or (ItemChange.SAME,)

    @property
    def differs(self):
        return self.changes != (ItemChange.SAME,)


def compare(old, new, earlier):
    """Pairs in the order of `new`, then what was dropped in the order of `old`.

    Items are matched by their lineage: `earlier` maps the key of any item to that of the item it
    came from. Where not one item of `new` came from `old`, by their codes. An item that was split
    is beside each of its parts.
    """
    origins = _by_lineage(old, new, earlier) or _by_code(old, new)
    pairs = [Pair(origins.get(line.key), line) for line in new]
    kept = {origin.key for origin in origins.values()}
    return pairs + [Pair(line, None) for line in old if line.key not in kept]


def _by_lineage(old, new, earlier):
    """Key of a new line → the old line that it came from, over however many years."""
    known = {line.key: line for line in old}
    found = {line.key: _origin(line, known, earlier) for line in new}
    return {key: origin for key, origin in found.items() if origin}


def _origin(line, known, earlier):
    key, seen = line.key, set()
    while key is not None and key not in seen:  # a circle ends where it began
        if key in known:
            return known[key]
        seen.add(key)
        key = earlier.get(key)
    return None


def _by_code(old, new):
    known = {line.code: line for line in old}
    return {line.key: known[line.code] for line in new if line.code in known}


def renamed(old, new):
    """Categories that are not as they were, (code, old name, new name); both map code → name."""
    codes = dict.fromkeys([*new, *old])
    return [
        (code, old.get(code, ""), new.get(code, ""))
        for code in codes
        if old.get(code) != new.get(code)
    ]


def counted(pairs):
    """How many items each change befell, those that befell any; an item may count for several."""
    counts = Counter(change for pair in pairs for change in pair.changes)
    return [(change, counts[change]) for change in ItemChange if counts[change]]


def source_year(lines, years):
    """The year that most of the lines came from; `years` maps an item's key to its year."""
    found = Counter(years[line.previous] for line in lines if line.previous in years)
    return max(found, key=lambda year: (found[year], year), default=None)
