"""A cooperating department's opinion, for the lead and the committee."""

from django.db import transaction
from django.utils import timezone

from ..enums import Verb
from ..models import ItemRating, Opinion
from ..rules.completeness import opine_blockers
from .checks import check, check_person, locked, transition_for
from .record import keep_on_sheet
from .refusals import NotAllowed, Refusal, Stale


@transaction.atomic
def opine(item, department, text, version, by):
    """Write or rewrite the department's opinion; `version` is 0 where there was none to read."""
    sheet = locked(item.assessment)
    current = ItemRating.objects.with_places().get(pk=item.pk)
    transition_for(Verb.OPINE, sheet)
    check_opinion(current, department, by)
    lead = current.task_item.lead_department
    check(opine_blockers(Verb.OPINE, text, current.is_signed_off, lead.name))
    said = Opinion.objects.filter(item_rating=current, department=department).first()
    if (said.version if said else 0) != version:
        raise Stale(said)
    if said and said.text == text:
        return said
    saved, _created = Opinion.objects.update_or_create(
        item_rating=current,
        department=department,
        defaults={"text": text, "by": by, "at": timezone.now(), "version": version + 1},
    )
    changes = {department.name: [said.text if said else "", text]}
    subject = current.task_item
    keep_on_sheet(Verb.OPINE, by, sheet, subject=subject, item_rating=current, changes=changes)
    return saved


def may_opine(item, department, by):
    """Whether `by` could write an opinion for `department` on the item as it stands."""
    try:
        transition_for(Verb.OPINE, item.assessment)
        check_opinion(item, department, by)
    except (Refusal, NotAllowed):
        return False
    return not item.is_signed_off


def check_opinion(item, department, by):
    """The person reviews for `department`, which supports the item."""
    supports = department in item.task_item.cooperating_departments.all()
    check_person(Verb.OPINE, by, department_id=department.pk if supports else None)
