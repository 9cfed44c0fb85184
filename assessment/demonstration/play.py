"""Plays the whole demonstration over the reference data."""

from django.db import transaction
from django.utils import timezone

from branches.enums import Role
from branches.models import Department

from .. import workflow
from ..enums import Verb
from ..models import Cycle
from ..rules.spans import month_of
from . import script
from .acts import players
from .inspections import inspectors
from .last_year import play_last_year
from .new_year import open_new_year
from .notices import make_notices
from .people import fill_in_contacts, make_people


@transaction.atomic
def play(tell):
    """Mark the database as a demonstration and play every part; `tell` hears how far it is."""
    today = timezone.localdate()
    before = Cycle.objects.get()
    workflow.keep(Verb.DEMONSTRATE, None, before, cycle=before)
    cast = make_people()
    fill_in_contacts()
    before.targets_note += script.last_year_note()
    before.save()
    play_last_year(before, cast)
    cycle = open_new_year(before, cast, today)
    for department in Department.objects.all():
        workflow.keep_phrases(department, script.phrases(), by=cast[department.code])
    parts = players(cycle, cast, today)
    for count, player in enumerate(parts, start=1):
        player.play()
        tell(count, len(parts))
    for inspector in inspectors(cycle, cast, today):
        inspector.play()
    make_notices(cycle, cast)
    month = month_of(today)
    days = (month.begins_on, month.ends_on)
    workflow.write_report(cycle, *days, script.report_note(), 0, by=cast[Role.SUPERVISOR])
