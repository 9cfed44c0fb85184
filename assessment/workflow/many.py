"""Verbs about many items at once: every one of them or none, and an event each."""

from dataclasses import replace

from django.db import transaction
from django.utils import timezone

from ..enums import Verb
from ..models import Assessment, ItemRating
from ..rules.completeness import review_each_blockers, review_many_blockers
from .checks import check, check_pens, check_person, locked, transition_for
from .items import WORDS, may_now, review
from .record import changes_between, keep_on_items
from .refusals import StaleItems


@transaction.atomic
def self_rate_many(assessment, changes, by):
    """Save several items of one sheet; returns how many had anything new.

    `changes` maps an item's id to (version, words). A row that was saved since it was read, or
    whose pen is elsewhere, refuses the whole, and the refusal names every such row.
    """
    sheet = locked(assessment)
    transition = transition_for(Verb.SELF_RATE, sheet)
    check_person(Verb.SELF_RATE, by, branch_id=sheet.branch_id)
    items = list(sheet.items.filter(pk__in=changes).for_rules())
    check_pens(transition, items)
    _check_versions([(item, item.as_row()) for item in items], changes)
    return _save(
        Verb.SELF_RATE, items, {pk: words for pk, (_, words) in changes.items()}, WORDS, by
    )


@transaction.atomic
def review_many(versions, rating, note, by):
    """Give many items one mark and one note.

    `versions` maps the id of an item to the version it was read at. Returns how many changed.
    """
    items = _held(versions)
    check(blockers_to_review_many(items, versions, rating, note, by))
    saved = [review(item, rating, note, versions[item.pk], by) for item in items]
    return sum(bool(changes) for changes in saved)


def blockers_to_review_many(items, versions, rating, note, by):
    """What stands in the way; the page shows it and `review_many` obeys it."""
    labels = _labels(items, by)
    elsewhere = [item.pk for item in items if not may_now(Verb.REVIEW, item, by)]
    changed = [item.pk for item in items if item.version != versions[item.pk]]
    return review_many_blockers(
        rating,
        note,
        [(labels[pk], pk) for pk in elsewhere],
        [(labels[pk], pk) for pk in changed if pk not in elsewhere],
    )


@transaction.atomic
def review_each(changes, by):
    """Give many items a mark and a note each; `changes` and what is returned are as above.

    Of the two, what the words leave out stays as it is.
    """
    items = _held(changes)
    check(blockers_to_review_each(items, changes, by))
    labels = _labels(items, by)
    rows = [(item, replace(item.as_row(), label=labels[item.pk])) for item in items]
    _check_versions(rows, changes)
    # A mark answers a send-back.
    answers = {pk: {**words, "sent_back_reason": ""} for pk, (_, words) in changes.items()}
    return _save(Verb.REVIEW, items, answers, ("review", "review_note", "sent_back_reason"), by)


def blockers_to_review_each(items, changes, by):
    """What stands in the way, save that somebody has been there; the page shows it too."""
    labels = _labels(items, by)
    marks, elsewhere = [], []
    for item in items:
        about = (labels[item.pk], item.pk)
        words = {"review": item.review, "review_note": item.review_note, **changes[item.pk][1]}
        marks.append((*about, words["review"], words["review_note"]))
        if not may_now(Verb.REVIEW, item, by):
            elsewhere.append(about)
    return review_each_blockers(marks, elsewhere)


def _held(pks):
    """Items whose sheets are held in one order, so that two of these never wait for each other."""
    sheets = Assessment.objects.filter(items__in=pks).values("pk")
    list(Assessment.objects.select_for_update().filter(pk__in=sheets).order_by("pk"))
    return list(ItemRating.objects.filter(pk__in=pks).with_places())


def _labels(items, by):
    """Item id → its branch and name; refuses who does not review every one of them."""
    for item in items:
        check_person(Verb.REVIEW, by, department_id=item.task_item.lead_department_id)
    return {item.pk: f"{item.assessment.branch.name} {item.task_item}" for item in items}


def _check_versions(rows, changes):
    stale = [row for item, row in rows if item.version != changes[item.pk][0]]
    if stale:
        raise StaleItems(stale)


def _save(verb, items, words, names, by):
    """Write what `words` say of `names`, all at once, and keep an event of each item.

    Their sheets are held, so that what was checked still stands.
    """
    saves, written = [], {"version", "changed_at", "changed_by"}
    for item in items:
        values = {name: new for name, new in words[item.pk].items() if name in names}
        if found := changes_between(item, values):
            for name in found:
                setattr(item, name, values[name])
            item.version, item.changed_at, item.changed_by = item.version + 1, timezone.now(), by
            saves.append((item, found))
            written |= found.keys()
    # Rows that are there already: in one statement, at a fifth of the time of bulk_update().
    ItemRating.objects.bulk_create(
        [item for item, _found in saves],
        update_conflicts=True,
        unique_fields=["pk"],
        update_fields=written,
    )
    keep_on_items(verb, by, saves)
    return len(saves)
