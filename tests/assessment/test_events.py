"""What has been done is kept: the model, the QuerySet and the database all refuse change."""

import pytest
from django.db import IntegrityError, connection, transaction

from assessment.enums import Verb
from assessment.models import Event
from assessment.workflow import keep
from tests.town import person


@pytest.fixture
def event(town):
    return keep(Verb.SET_UP, person("admin"), "2022 年度创建", cycle=town, reason="建立")


def test_keep(event, town):
    kept = Event.objects.get(pk=event.pk)
    assert (kept.verb, kept.actor, kept.subject) == ("set_up", person("admin"), "2022 年度创建")
    assert (kept.cycle, kept.reason, kept.changes) == (town, "建立", {})
    assert str(kept) == "建立系统 · 2022 年度创建"


def test_the_system_acts_without_a_person_and_a_long_subject_is_cut(db):
    kept = keep(Verb.SIGN_IN_FAILED, None, "名" * 300)
    assert (kept.actor, len(kept.subject)) == (None, 200)


def test_newest_first(event, town):
    later = keep(Verb.DOWNLOAD, None, "工作台账")
    assert list(Event.objects.all()[:2]) == [later, event]


def test_the_model_refuses(event):
    event.reason = "改写"
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()
    with pytest.raises(TypeError), transaction.atomic():
        Event.objects.bulk_update([event], ["reason"])
    assert Event.objects.get(pk=event.pk).reason == "建立"


def test_the_queryset_refuses(event):
    with pytest.raises(TypeError):
        Event.objects.update(reason="改写")
    with pytest.raises(TypeError):
        Event.objects.filter(pk=event.pk).delete()
    assert Event.objects.get(pk=event.pk).reason == "建立"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE assessment_event SET reason = 'x'",
        "UPDATE assessment_event SET reason = 'x' WHERE id = {pk}",
        "UPDATE assessment_event SET id = id WHERE id = {pk}",
        "DELETE FROM assessment_event",
        "DELETE FROM assessment_event WHERE id = {pk}",
    ],
)
def test_the_database_refuses(event, statement):
    with (
        pytest.raises(IntegrityError, match="events are append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(pk=event.pk))
    assert Event.objects.get(pk=event.pk).reason == "建立"


def test_the_database_refuses_to_write_over_one(event):
    """The ways round a QuerySet: an upsert, and a raw delete."""
    event.reason = "改写"
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.bulk_create(
            [event], update_conflicts=True, unique_fields=["id"], update_fields=["reason"]
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.filter(pk=event.pk)._raw_delete(Event.objects.db)
    assert Event.objects.get(pk=event.pk).reason == "建立"
