"""The English catalogue is complete, and compiled as it stands."""

import re

import pytest

from . import messages, source
from .catalogue import read_mo, read_po

PO = "starbranch/locale/en/LC_MESSAGES/django.po"
PLACE = re.compile(r"%\(\w+\)\w|%[sd%]|\{\w*\}")
CHINESE = re.compile(r"[\u3400-\u9fff]")


def wanted():
    """Every message that the code and the templates ask for → where."""
    found = {}
    for path in source.python():
        found |= dict.fromkeys(messages.in_python(source.tree(path)), path)
    for path in source.under("templates/", ".html", ".txt"):
        found |= dict.fromkeys(messages.in_template(source.text(path)), path)
    return found


def missing(wanted, entries):
    """Messages without an entry; gettext shares one between a message and its plural."""
    held = {(entry.context, entry.msgid) for entry in entries}
    return [
        f"{path}: {msgid}"
        for (context, msgid, _), path in wanted.items()
        if (context, msgid) not in held
    ]


def idle(wanted, entries):
    asked = {(context, msgid) for context, msgid, _ in wanted}
    return [entry.msgid for entry in entries if (entry.context, entry.msgid) not in asked]


def unfinished(entries):
    for entry in entries:
        if entry.is_fuzzy or not entry.msgstr or not all(entry.msgstr.values()):
            yield entry.msgid


def ill_translated(entries):
    """A translation that still is Chinese, or that has lost or gained a placeholder."""
    for entry in entries:
        for form, text in entry.msgstr.items():
            original = entry.plural if form and entry.plural else entry.msgid
            if CHINESE.search(text) or set(PLACE.findall(text)) != set(PLACE.findall(original)):
                yield f"{entry.msgid}: {text}"


def stale(entries, compiled):
    """What the .mo does not hold as the .po says it."""
    said = {}
    for entry in entries:
        said |= entry.keys_in_mo
    return sorted(map(str, {key for key, _ in said.items() ^ compiled.items()}))


@pytest.fixture(scope="module")
def entries():
    return read_po((source.ROOT / PO).read_text(encoding="utf-8"))


def test_every_message_has_an_entry(entries):
    source.none(missing(wanted(), entries))


def test_no_entry_is_left_over(entries):
    source.none(idle(wanted(), entries))


def test_every_entry_is_translated(entries):
    source.none(unfinished(entries))


def test_translations_are_english_and_keep_their_placeholders(entries):
    source.none(ill_translated(entries))


def test_what_is_compiled_is_what_is_written(entries):
    compiled = (source.ROOT / PO).with_suffix(".mo")
    source.none(stale(entries, read_mo(compiled)))


SAMPLE = """
msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"

#: x.py:1
msgid "村"
msgstr "village"

#, fuzzy, python-format
msgid "%(n)s 村"
msgstr "%(m)s villages"

msgctxt "名词"
msgid ""
"一\\n"
"星"
msgid_plural "多星"
msgstr[0] "a star"
msgstr[1] ""

#~ msgid "镇"
#~ msgstr "town"
"""


@pytest.fixture
def sample():
    return read_po(SAMPLE)


def test_reading(sample):
    assert [entry.key for entry in sample] == [
        (None, "村", None),
        (None, "%(n)s 村", None),
        ("名词", "一\n星", "多星"),
    ]
    assert [entry.msgstr for entry in sample] == [
        {0: "village"},
        {0: "%(m)s villages"},
        {0: "a star", 1: ""},
    ]


def test_a_missing_and_an_idle_entry_are_noticed(sample):
    asked = {(None, "村", None): "x.py", (None, "县", None): "y.py"}
    assert missing(asked, sample) == ["y.py: 县"]
    assert idle(asked, sample) == ["%(n)s 村", "一\n星"]


def test_an_unfinished_entry_is_noticed(sample):
    assert list(unfinished(sample)) == ["%(n)s 村", "一\n星"]


def test_an_ill_translation_is_noticed(sample):
    assert list(ill_translated(sample)) == ["%(n)s 村: %(m)s villages"]
    sample[0].msgstr[0] = "村庄"
    assert len(list(ill_translated(sample))) == 2


def test_a_stale_mo_is_noticed(sample):
    entry = sample[0]
    assert stale([entry], {"村": "village"}) == []
    assert stale([entry], {"村": "hamlet"}) == ["村"]
    assert stale([entry], {}) == ["村"]
    assert stale([entry], {"村": "village", "镇": "town"}) == ["镇"]
    assert stale([sample[2]], {("名词\x04一\n星", 0): "a star", ("名词\x04一\n星", 1): ""}) == []
