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
    with override(settings.LANGUAGE_CODE):
        name = str(subject)[:200]
    return Event.objects.create(verb=verb, actor=by, subject=name, **facts)


def keep_on_finding(verb, by, finding, **facts):
    """Keep an act on a finding, under its sheet, its item where it has one, and its inspection."""
    facts = {"from_state": finding.state, "to_state": finding.state, **facts}
    places = {"item_rating": finding.item_rating, "inspection": finding.inspection}
    return keep_on_sheet(
        verb, by, finding.assessment, subject=finding, finding=finding, **places, **facts
    )


def keep_on_sheet(verb, by, assessment, **facts):
    """Keep an act on a sheet, under its cycle and itself."""
    facts = {"from_state": assessment.step, "to_state": assessment.step, **facts}
    subject = facts.pop("subject", assessment)
    return keep(verb, by, subject, cycle=assessment.cycle, assessment=assessment, **facts)
