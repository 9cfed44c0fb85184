"""A small town in which random people do what there is to do, for some months."""

from collections import Counter
from contextlib import suppress

from django.db import transaction

from assessment import workflow
from assessment.models import Event
from branches.models import User
from tests.assessment.workflow.small_acts import ACTS, LIKELY

# The end of a year would end the walk; and what is corrected in a finding counts, in a report, as
# corrected from the beginning, so that no moment before is as it was.
LEFT_OUT = {"close the year", "correct"}


def walk(town, chance, steps):
    """Name of an act → how often it was done."""
    done = Counter()
    for _step in range(steps):
        name, pick = _chosen(town, chance), chance.randrange(2**12)
        tried = None if name in LEFT_OUT else ACTS[name](town, pick)
        if tried is None:
            continue
        by = town.people[chance.choice(sorted(tried.right))]
        kept = Event.objects.count()
        with suppress(workflow.Refusal, workflow.NotAllowed), transaction.atomic():
            tried.call(User.objects.get(pk=by.pk))
        done[name] += Event.objects.count() > kept
    return +done


def _chosen(town, chance):
    if chance.random() < 0.25:
        return chance.choice(sorted(ACTS))
    return chance.choice(LIKELY[town.sheet(chance.randrange(2)).step])
