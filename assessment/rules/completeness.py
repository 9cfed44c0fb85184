"""Why an act must wait. An empty list means go.

One list makes the to-do, disables the button, and refuses the request.
"""

from dataclasses import dataclass

from ..enums import BlockerKind, Rating, Step
from .stars import proposed

WAYS = ("heard_report", "read_files", "looked_on_site")


@dataclass(frozen=True, slots=True)
class Blocker:
    """A sentence, and the item or category it is about, so that a page can link there."""

    kind: BlockerKind
    subject: str = ""
    item: int | None = None
    category: str = ""

    def __str__(self):
        return str(self.kind.label).format(subject=self.subject)

    @property
    def anchor(self):
        """The part of its page where it is mended, if that is no item's page."""
        if self.kind == BlockerKind.TARGETS_MISSING:
            return "targets"
        return f"star-{self.category}" if self.category and not self.item else ""


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


def decide_blockers(star, awarded, reason, proposal, rows):
    """A decision that differs from the proposal needs a reason; none passes an open finding."""
    code, name = star.category.code, star.category.name
    blockers = []
    if awarded:
        held_up = [row for row in rows if row.category == code and row.is_held_up]
        blockers += [_about(BlockerKind.FINDING_OPEN, row) for row in held_up]
    if awarded != (code in proposal) and not reason:
        blockers.append(Blocker(BlockerKind.STAR_DIFFERS, name, category=code))
    return blockers


def as_proposed_blockers(branch, stars):
    """Why a sheet is not decided together with others: something in it differs.

    `stars` are StarStandings, of the branch so called.
    """
    blockers = []
    for star in stars:
        about = (f"{branch} {star.name}", None, star.code)
        if star.differs:
            blockers.append(Blocker(BlockerKind.TARGET_DIFFERS, *about))
        if star.star.awarded not in (None, star.proposed):
            blockers.append(Blocker(BlockerKind.DECIDED_OTHERWISE, *about))
    return blockers


def changed_blockers(labels):
    """What somebody has changed since it was read is looked at again."""
    return [Blocker(BlockerKind.CHANGED_MEANWHILE, label) for label in labels]


def conclude_blockers(rows, stars, threshold):
    """Every star is decided, and none differs from what is proposed now without a reason."""
    proposal = proposed(rows, threshold)
    blockers = []
    for star in stars:
        if star.awarded is None:
            name, code = star.category.name, star.category.code
            blockers.append(Blocker(BlockerKind.STAR_UNDECIDED, name, category=code))
        else:
            blockers += decide_blockers(star, star.awarded, star.reason, proposal, rows)
    return blockers


def open_blockers(items, branches, name):
    """What a cycle lacks before it opens; `items` are (label, lead department or None)."""
    blockers = [Blocker(BlockerKind.NO_LEAD, label) for label, lead in items if lead is None]
    if not items:
        blockers.append(Blocker(BlockerKind.NO_ITEMS, name))
    if not branches:
        blockers.append(Blocker(BlockerKind.NO_BRANCHES))
    return blockers


def close_blockers(sheets, findings):
    """A year closes when every sheet is concluded and no finding is left hanging.

    `sheets` are (label, step); `findings` the labels of those not closed, nor set aside.
    """
    waiting = [label for label, step in sheets if step != Step.CONCLUDED]
    blockers = [Blocker(BlockerKind.UNCONCLUDED, label) for label in waiting]
    return blockers + [Blocker(BlockerKind.FINDING_UNRESOLVED, label) for label in findings]


def inspection_blockers(facts, branches, today):
    """What an inspection must say; `facts` are the values of its columns."""
    blockers = [] if any(facts[way] for way in WAYS) else [Blocker(BlockerKind.NO_WAY)]
    if not branches:
        blockers.append(Blocker(BlockerKind.NOBODY_VISITED))
    if facts["held_on"] > today:
        blockers.append(Blocker(BlockerKind.HELD_LATER))
    return blockers


def dropped_visit_blockers(names):
    """A branch stays in an inspection that has found something there."""
    return [Blocker(BlockerKind.HAS_FINDINGS, name) for name in names]


def finding_blockers(branch, *, is_visited, is_of_sheet, found_on, due, item=""):
    """Where a finding may be made, on what, and by when it may be due."""
    blockers = [] if is_visited else [Blocker(BlockerKind.NOT_VISITED, branch)]
    if not is_of_sheet:
        blockers.append(Blocker(BlockerKind.OF_ANOTHER_SHEET, item))
    if due < found_on:
        blockers.append(Blocker(BlockerKind.DUE_BEFORE_FOUND))
    return blockers


def issued_blockers(reference):
    """What an issued notice says of a finding stays as it was said."""
    return [Blocker(BlockerKind.IN_NOTICE, reference)] if reference else []


def asked_blockers(due, wanted, today, *, is_waiting):
    """A later due date is asked for before the present one is past, once at a time."""
    blockers = [Blocker(BlockerKind.DUE_IS_PAST)] if due < today else []
    if is_waiting:
        blockers.append(Blocker(BlockerKind.EXTENSION_WAITS))
    return blockers + extend_blockers(due, wanted, today)


def words_blockers(texts):
    """`texts` maps a label to its words, none of which may be blank."""
    return [Blocker(BlockerKind.NO_WORDS, label) for label, text in texts.items() if not text]


def set_aside_blockers(has_item, verb, reason):
    blockers = [] if has_item else [Blocker(BlockerKind.NO_ITEM)]
    return blockers + reason_blockers(verb, reason)


def draft_blockers(inspections, findings):
    """A notice is drafted from something."""
    return [] if inspections or findings else [Blocker(BlockerKind.NOTHING_CHOSEN)]


def issue_blockers(texts, withdrawn):
    """A notice is whole, and tells of no finding that has been withdrawn."""
    gone = [Blocker(BlockerKind.WITHDRAWN_FINDING, label) for label in withdrawn]
    return words_blockers(texts) + gone
