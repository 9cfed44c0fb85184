"""Reads a gettext catalogue, .po and .mo, so that the two can be held against each other."""

import ast
import gettext
import re
from dataclasses import dataclass, field

KEYWORD = re.compile(r"(msgctxt|msgid_plural|msgid|msgstr)(?:\[(\d)\])? ")


@dataclass
class Entry:
    """One message: its context, the original, its plural, and the translations by plural form."""

    is_fuzzy: bool = False
    context: str | None = None
    msgid: str = ""
    plural: str | None = None
    msgstr: dict = field(default_factory=dict)

    @property
    def key(self):
        return self.context, self.msgid, self.plural

    @property
    def keys_in_mo(self):
        """Key in the compiled catalogue → translation."""
        name = self.msgid if self.context is None else f"{self.context}\x04{self.msgid}"
        if self.plural is None:
            return {name: self.msgstr[0]}
        return {(name, form): text for form, text in self.msgstr.items()}


def read_po(text):
    """The entries of a .po file but its header; obsolete ones (#~) are left out."""
    blocks = [block.splitlines() for block in re.split(r"\n\s*\n", text)]
    entries = [_entry(lines) for lines in blocks if any(KEYWORD.match(line) for line in lines)]
    return [entry for entry in entries if entry.msgid]


def _entry(lines):
    entry = Entry(is_fuzzy=any(line.startswith("#,") and "fuzzy" in line for line in lines))
    parts = {}
    place = None
    for line in lines:
        keyword = KEYWORD.match(line)
        if keyword:
            place = keyword[1], int(keyword[2] or 0)
            line = line[keyword.end() :]
        if place and line.startswith('"'):
            parts[place] = parts.get(place, "") + ast.literal_eval(line)
    for (name, form), words in parts.items():
        if name == "msgstr":
            entry.msgstr[form] = words
        else:
            setattr(entry, {"msgctxt": "context", "msgid_plural": "plural"}.get(name, name), words)
    return entry


def read_mo(path):
    """What the compiled catalogue holds, its header left out."""
    with path.open("rb") as file:
        held = dict(gettext.GNUTranslations(file)._catalog)
    held.pop("", None)
    return held
