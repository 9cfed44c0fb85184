"""What words that were sent would change, item by item; and the writing of what was shown."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from .. import workflow
from ..enums import Verb
from ..forms.pasting import ConfirmForm, about
from ..models import ItemRating
from ..workflow.record import changes_between
from .history import lines


def _nothing(_changes):
    return []


@dataclass(frozen=True, slots=True)
class Target:
    """Where the words would go. `pages` is what the page says of itself and where it leads.

    `items` may be read when they are looked at, for the verb reads its own. `write` takes item id →
    (version, words) and returns how many had anything new; `blockers` says what stands in its way
    but for the pen. What was shown is confirmed for the same `seal` only.
    """

    verb: Verb
    seal: list
    items: Iterable
    pages: dict
    write: Callable
    blockers: Callable = _nothing


def sheet_target(user, sheet, items, pages):
    """The branch's words on its own sheet."""

    def write(changes):
        return workflow.self_rate_many(sheet, changes, by=user)

    return Target(Verb.SELF_RATE, ["assessment", sheet.pk], items, pages, write)


@dataclass(frozen=True, slots=True)
class Conflict:
    """An item that somebody has saved since the words were written, and which side was chosen."""

    item: ItemRating
    lines: list
    choice: str


@dataclass(slots=True)
class Comparison:
    """The words beside what is saved now; `changes` are as ConfirmForm seals them."""

    found: list = field(default_factory=list)
    conflicts: list = field(default_factory=list)
    changes: dict = field(default_factory=dict)
    wrong: list = field(default_factory=list)


def preview(request, target, reading, *, refused=(), chosen=None, **context):
    """Old → new, with everything that is wrong; only what is whole can be written."""
    compared = _compared(request.user, target, reading, chosen or {})
    undecided = chosen is not None and [each for each in compared.conflicts if not each.choice]
    context |= {
        "found": compared.found,
        "conflicts": compared.conflicts,
        "undecided": undecided,
        "wrong": compared.wrong,
        "refused": refused,
        "sealed": ConfirmForm.sealed(target.seal, compared.changes),
    }
    paste_form = context.get("paste_form")
    is_bad = compared.wrong or undecided or (paste_form and paste_form.errors)
    status = 409 if refused else 422 if is_bad else 200
    return render(request, "assessment/preview.html", {**target.pages, **context}, status=status)


def _compared(user, target, reading, chosen):
    compared, held = Comparison(wrong=list(reading.wrong)), {}
    for item in target.items:
        words = reading.words.get(item.pk, {})
        differing = changes_between(item, words)
        if not differing:
            continue
        new, read = {name: words[name] for name in differing}, reading.versions.get(item.pk)
        compared.changes[item.pk] = (item.version, new, read)
        if read in (None, item.version):
            compared.found.append((item, lines(differing)))
        else:
            conflict = Conflict(item, lines(differing), chosen.get(item.pk, ""))
            compared.conflicts.append(conflict)
        if refusal := workflow.why_not(target.verb, item, user):
            compared.wrong.append(about(reading.names.get(item.pk, item.task_item), refusal))
        else:
            held[item.pk] = (item.version, new)
    for blocker in target.blockers(held):
        name = reading.names.get(blocker.item, blocker.subject)
        compared.wrong.append(str(replace(blocker, subject=name)))
    return compared


def apply(request, make_target):
    """Write what was shown: all of it, or nothing where an item has changed since.

    The target is made anew to show what has changed.
    """
    target = make_target()
    form = ConfirmForm(request.POST, seal=target.seal)
    if not form.is_valid():
        messages.error(request, " ".join(form.errors["changes"]))
        return redirect(target.pages["back"])
    if form.undecided:
        return preview(request, target, form.reading(), chosen=form.chosen)
    try:
        count = target.write(form.confirmed)
    except workflow.StaleItems as refusal:
        stale = {blocker.item for blocker in refusal.blockers}
        chosen = {pk: choice for pk, choice in form.chosen.items() if pk not in stale}
        refused = {"refused": refusal.blockers, "chosen": chosen}
        return preview(request, make_target(), form.reading(), **refused)
    said = ngettext("已写入 {n} 项。", "已写入 {n} 项。", count)
    messages.success(request, said.format(n=count))
    return redirect(target.pages["done"])
