"""Keeps events."""

from datetime import date

from django.conf import settings
from django.db.models import Model
from django.utils.translation import override

from ..models import Event


def changes_between(row, values):
    """Field → [old, new] for what `values` would change on `row`."""
    return {
        name: [plain(getattr(row, name)), plain(new)]
        for name, new in values.items()
        if getattr(row, name) != new
    }


def plain(value):
    """A date or a row in words that JSON can keep."""
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Model) else value


def keep(verb, by, subject, **facts):
    """Keep one act for good, in the town's language. `by` is a User, or None for the system."""
    event = _event(verb, by, subject, **facts)
    event.save()
    return event


def keep_on_finding(verb, by, finding, **facts):
    """Keep an act on a finding, under its sheet, its item where it has one, and its inspection."""
    facts = {"from_state": finding.state, "to_state": finding.state, **facts}
    places = {"item_rating": finding.item_rating, "inspection": finding.inspection}
    return keep_on_sheet(
        verb, by, finding.assessment, subject=finding, finding=finding, **places, **facts
    )


def keep_on_sheet(verb, by, assessment, **facts):
    """Keep an act on a sheet, under its cycle and itself."""
    facts = {**_place(assessment), **facts}
    subject = facts.pop("subject", assessment)
    return keep(verb, by, subject, **facts)


def keep_on_sheets(verb, by, acts):
    """Keep several acts on sheets, each (sheet, its facts), in one write."""
    Event.objects.bulk_create(
        _event(verb, by, **{"subject": sheet, **_place(sheet), **facts}) for sheet, facts in acts
    )


def keep_on_items(verb, by, saves):
    """Keep an act on several items, each (item, its changes), in one write."""
    Event.objects.bulk_create(
        _event(
            verb,
            by,
            item.task_item,
            item_rating=item,
            changes=changes,
            **_place(item.assessment),
        )
        for item, changes in saves
    )


def _event(verb, by, subject, **facts):
    with override(settings.LANGUAGE_CODE):
        name = str(subject)[:200]
    return Event(verb=verb, actor=by, subject=name, **facts)


def _place(assessment):
    return {
        "cycle": assessment.cycle,
        "assessment": assessment,
        "from_state": assessment.step,
        "to_state": assessment.step,
    }
