"""Verbs about evidence. The pen is the item's: where the branch may write, it may file."""

from django.db import transaction
from django.utils.translation import gettext as _

from ..enums import BlockerKind, Owner, Verb
from ..models import Evidence, ItemRating
from ..rules.completeness import Blocker
from ..rules.transitions import owner
from .checks import allowed, check, locked
from .record import keep_on_sheet
from .refusals import OutOfOrder
from .storing import check_quota, removed_on_failure, store


def file_evidence(item, reading, taken_on, by):
    """Keep a file that was read, backing the item.

    Content that the branch has filed this year already is attached, not kept twice: so a retry
    after a lost answer makes no copy.
    """
    with removed_on_failure() as written, transaction.atomic():
        item = _held(Verb.FILE_EVIDENCE, item, by)
        filed = Evidence.objects.of_sheet(item.assessment).current()
        evidence = filed.filter(sha256=reading.sha256).first()
        if evidence is None:
            evidence = _store(item, reading, taken_on, by, written)
        _attach(Verb.FILE_EVIDENCE, item, [evidence], by)
    return evidence


@transaction.atomic
def attach_evidence(item, evidence, by):
    """Let files that the branch has filed this year back this item too."""
    item = _held(Verb.ATTACH_EVIDENCE, item, by)
    asked = {each.pk for each in evidence}
    found = list(Evidence.objects.of_sheet(item.assessment).current().filter(pk__in=asked))
    if len(found) != len(asked):
        raise OutOfOrder([_("所选的资料不在本支部今年的资料里，或者刚刚被更换了。")])
    _attach(Verb.ATTACH_EVIDENCE, item, found, by)


@transaction.atomic
def detach_evidence(item, evidence, by):
    """Let a file back this item no longer, nor its earlier versions; the branch keeps them."""
    item = _held(Verb.DETACH_EVIDENCE, item, by)
    before = item.evidence.names()
    item.evidence.remove(*_versions(item, evidence))
    _keep(Verb.DETACH_EVIDENCE, item, before, by)


def replace_evidence(item, evidence, reading, taken_on, by):
    """Put a new version in a file's place on every item that it backs; the old one is kept."""
    with removed_on_failure() as written, transaction.atomic():
        item = _held(Verb.REPLACE_EVIDENCE, item, by)
        if not item.evidence.current().filter(pk=evidence.pk).exists():
            raise OutOfOrder([_("这份资料刚刚被更换或移出了，请刷新页面。")])
        check(blockers_to_replace(evidence, reading))
        backed = {each: each.evidence.names() for each in evidence.items.with_places()}
        new = _store(item, reading, taken_on, by, written, replaces=evidence)
        new.items.set(backed)
        for each, before in backed.items():
            _keep(Verb.REPLACE_EVIDENCE, each, before, by)
    return new


def blockers_to_replace(evidence, reading):
    """A version takes the place everywhere, so the branch must hold the pen everywhere."""
    if reading.sha256 == evidence.sha256:
        return [Blocker(BlockerKind.SAME_CONTENT, evidence.name)]
    return [
        Blocker(BlockerKind.BACKS_ANOTHER, str(item.task_item), item.pk)
        for item in evidence.items.with_places()
        if owner(
            item.assessment.step, is_returned=item.is_returned, is_signed_off=item.is_signed_off
        )
        != Owner.BRANCH
    ]


def _held(verb, item, by):
    """The item as it stands, its sheet held, if `by` may do `verb` on it."""
    locked(item.assessment)
    current = ItemRating.objects.with_places().get(pk=item.pk)
    allowed(verb, current, by)
    return current


def _store(item, reading, taken_on, by, written, replaces=None):
    sheet = item.assessment
    check_quota(sheet, reading)
    evidence = Evidence(branch=sheet.branch, cycle=sheet.cycle, replaces=replaces)
    return store(evidence, reading, taken_on, by, written)


def _attach(verb, item, evidence, by):
    before = item.evidence.names()
    item.evidence.add(*evidence)
    _keep(verb, item, before, by)


def _keep(verb, item, before, by):
    """Keep what has become of the item's files, if anything has."""
    after = item.evidence.names()
    if before != after:
        keep_on_sheet(
            verb,
            by,
            item.assessment,
            subject=item.task_item,
            item_rating=item,
            changes={"evidence": [before, after]},
        )


def _versions(item, evidence):
    """The version and those before it, of the item's files."""
    by_pk = {each.pk: each for each in item.evidence.all()}
    found = []
    while evidence and evidence.pk in by_pk:
        found.append(evidence)
        evidence = by_pk.get(evidence.replaces_id)
    return found
