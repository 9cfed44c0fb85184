"""How the tests of the verbs look at what a verb has done, or has not."""

import pytest
from django.apps import apps

from assessment.models import Event
from tests.town import item_of


def rows():
    """Every row of the domain, so that two moments can be compared whole."""
    return {
        model.__name__: list(model.objects.order_by("pk").values_list())
        for model in apps.get_app_config("assessment").get_models()
    }


def refuses(refusal, verb, *args, **kwargs):
    """Call a verb that must say no and leave every row as it was; returns the refusal."""
    before = rows()
    with pytest.raises(refusal) as caught:
        verb(*args, **kwargs)
    assert type(caught.value) is refusal
    assert rows() == before
    return caught.value


def sentences(refusal):
    return [str(blocker) for blocker in refusal.blockers]


def kinds(refusal):
    return [blocker.kind.value for blocker in refusal.blockers]


def events_after(pk):
    """The events kept since, oldest first."""
    return list(Event.objects.filter(pk__gt=pk).order_by("pk"))


def last_event():
    return Event.objects.latest("pk")


def again(item):
    """The item as it stands now."""
    code = f"{item.task_item.category.code}-{item.task_item.number}"
    return item_of(item.assessment, code)
