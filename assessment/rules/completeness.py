"""Why an act must wait. An empty list means go.

One list makes the to-do, disables the button, and refuses the request.
"""

from dataclasses import dataclass

from ..enums import BlockerKind, Rating, Step
from .stars import proposed


@dataclass(frozen=True, slots=True)
class Blocker:
    """A sentence, and the item or category it is about, so that a page can link there."""

    kind: BlockerKind
    subject: str = ""
    item: int | None = None
    category: str = ""

    def __str__(self):
        return str(self.kind.label).format(subject=self.subject)


def _about(kind, row):
    return Blocker(kind, row.label, row.pk, row.category)


def submit_blockers(rows, stars, target_level, target_label):
    """What a sheet lacks before the branch may hand it in. Which words are required: ours."""
    blockers = [blocker for row in rows for blocker in _item_gaps(row)]
    if sum(star.targeted for star in stars) < target_level:
        blockers.insert(0, Blocker(BlockerKind.TARGETS_MISSING, target_label))
    return blockers


def _item_gaps(row):
    if not row.self_rating:
        yield _about(BlockerKind.MARK_MISSING, row)
    if row.self_rating == Rating.NOT_APPLICABLE:
        if not row.self_rating_note:
            yield _about(BlockerKind.REASON_MISSING, row)
        return
    if not row.measures:
        yield _about(BlockerKind.MEASURES_MISSING, row)
    if not row.responsible_person:
        yield _about(BlockerKind.PERSON_MISSING, row)


def item_blockers(row):
    """What one item lacks before the branch may hand it in, with its sheet or again by itself."""
    return list(_item_gaps(row))


def stale_blockers(rows):
    """Rows that somebody has saved since they were read keep a whole block from being written."""
    return [_about(BlockerKind.STALE, row) for row in rows]


def overdue_blockers(step, due, today):
    """Collecting a sheet or signing off for a department waits for the due date to pass."""
    return [] if due and due < today else [Blocker(BlockerKind.NOT_DUE, str(Step(step).label))]


def extend_blockers(due, new_due, today):
    """An extension is later than the date that holds, and not over before it begins."""
    is_later = (due is None or new_due > due) and new_due >= today
    return [] if is_later else [Blocker(BlockerKind.NOT_LATER)]


def reason_blockers(verb, reason):
    """What is done to somebody else's work is done with a reason."""
    return [] if reason.strip() else [Blocker(BlockerKind.NO_REASON, str(verb.label))]


def opine_blockers(verb, text, is_signed_off, lead):
    """An opinion says something, and comes before the lead's sign-off."""
    blockers = [] if text.strip() else [Blocker(BlockerKind.NO_WORDS, str(verb.label))]
    if is_signed_off:
        blockers.append(Blocker(BlockerKind.ALREADY_SIGNED_OFF, lead))
    return blockers


def review_many_blockers(rating, note, elsewhere, changed):
    """What stands in the way of one mark on many items.

    `elsewhere` and `changed` are (label, pk) of items that the department does not hold, and of
    those saved since they were read.
    """
    blockers = []
    if _wants_note(rating, note):
        blockers.append(Blocker(BlockerKind.NO_REASON, str(Rating(rating).label)))
    blockers += [Blocker(BlockerKind.NOT_WITH_DEPARTMENT, *about) for about in elsewhere]
    return blockers + [Blocker(BlockerKind.CHANGED_MEANWHILE, *about) for about in changed]


def review_each_blockers(marks, elsewhere):
    """What stands in the way of marks of their own on many items.

    `marks` are (label, pk, mark, note) as they would stand, `elsewhere` as above.
    """
    blockers = [Blocker(BlockerKind.NOT_WITH_DEPARTMENT, *about) for about in elsewhere]
    for label, pk, rating, note in marks:
        if not rating:
            blockers.append(Blocker(BlockerKind.REVIEW_MISSING, label, pk))
        elif _wants_note(rating, note):
            blockers.append(Blocker(BlockerKind.NOTE_MISSING, label, pk))
    return blockers


def _wants_note(rating, note):
    return rating in (Rating.UNMET, Rating.NOT_APPLICABLE) and not note.strip()


def sign_off_blockers(rows, department, name):
    """What stands between a department and its sign-off of one sheet."""
    own = [row for row in rows if row.department == department]
    blockers = standing_blockers(own, name)
    for row in own:
        if row.is_returned:
            blockers.append(_about(BlockerKind.STILL_RETURNED, row))
        elif not row.review:
            blockers.append(_about(BlockerKind.REVIEW_MISSING, row))
        elif row.review == Rating.NOT_APPLICABLE and not row.review_note:
            blockers.append(_about(BlockerKind.REASON_MISSING, row))
    return blockers


def standing_blockers(own, name):
    """A department signs off once, and only where it leads an item."""
    if not own:
        return [Blocker(BlockerKind.LEADS_NOTHING, name)]
    if all(row.is_signed_off for row in own):
        return [Blocker(BlockerKind.ALREADY_SIGNED_OFF, name)]
    return []


def decide_blockers(star, awarded, reason, proposal):
    """A decision that differs from the proposal needs a reason."""
    name = star.category.name
    differs = awarded != (star.category.code in proposal)
    return [Blocker(BlockerKind.STAR_DIFFERS, name)] if differs and not reason else []


def conclude_blockers(rows, stars, threshold):
    """Every star is decided, and none differs from what is proposed now without a reason."""
    proposal = proposed(rows, threshold)
    blockers = []
    for star in stars:
        about = {"subject": star.category.name, "category": star.category.code}
        if star.awarded is None:
            blockers.append(Blocker(BlockerKind.STAR_UNDECIDED, **about))
        elif decide_blockers(star, star.awarded, star.reason, proposal):
            blockers.append(Blocker(BlockerKind.STAR_DIFFERS, **about))
    return blockers


def open_blockers(items, branches, name):
    """What a cycle lacks before it opens; `items` are (label, lead department or None)."""
    blockers = [Blocker(BlockerKind.NO_LEAD, label) for label, lead in items if lead is None]
    if not items:
        blockers.append(Blocker(BlockerKind.NO_ITEMS, name))
    if not branches:
        blockers.append(Blocker(BlockerKind.NO_BRANCHES))
    return blockers


def close_blockers(sheets):
    """A year closes when every sheet is concluded; `sheets` are (label, step)."""
    return [
        Blocker(BlockerKind.UNCONCLUDED, label) for label, step in sheets if step != Step.CONCLUDED
    ]
