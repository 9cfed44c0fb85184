"""A cooperating department's opinion, and a department's phrases."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessment import workflow
from assessment.enums import Verb
from assessment.models import Event, Opinion, Phrase
from branches.models import Department
from tests.town import person, reviewer_of

from .acts import again, kinds, last_event, refuses


@pytest.fixture
def support(town):
    """人居环境整治办公室, which supports ST-3."""
    return Department.objects.get(code="RJ")


@pytest.fixture
def supporter(support):
    return reviewer_of(support)


def test_an_opinion_is_kept(reviewed_item, support, supporter):
    workflow.opine(reviewed_item, support, "现场看过", 0, by=supporter)
    said = Opinion.objects.get()
    assert (said.item_rating, said.department, said.text) == (reviewed_item, support, "现场看过")
    assert (said.by, said.at, said.version) == (supporter, timezone.now(), 1)
    event = last_event()
    assert (event.verb, event.actor, event.item_rating) == (Verb.OPINE, supporter, reviewed_item)
    assert event.changes == {support.name: ["", "现场看过"]}
    # The item itself is as it was: the lead's next save is not stale.
    assert again(reviewed_item).version == reviewed_item.version


def test_it_can_be_written_again_and_the_old_words_are_kept(reviewed_item, support, supporter):
    workflow.opine(reviewed_item, support, "现场看过", 0, by=supporter)
    workflow.opine(reviewed_item, support, "沟边还有堆放", 1, by=supporter)
    assert Opinion.objects.get().text == "沟边还有堆放"
    assert last_event().changes == {support.name: ["现场看过", "沟边还有堆放"]}
    before = Event.objects.count()
    workflow.opine(reviewed_item, support, "沟边还有堆放", 2, by=supporter)
    assert Event.objects.count() == before


@pytest.mark.parametrize("version", [0, 2])
def test_a_stale_opinion(reviewed_item, support, supporter, version):
    workflow.opine(reviewed_item, support, "现场看过", 0, by=supporter)
    refusal = refuses(
        workflow.Stale, workflow.opine, reviewed_item, support, "不同", version, by=supporter
    )
    assert refusal.current.text == "现场看过"


def test_not_after_the_leads_sign_off(reviewed_item, support, supporter, reviewer):
    sheet, lead = reviewed_item.assessment, reviewed_item.task_item.lead_department
    sheet.items.led_by(lead).update(review="met")
    workflow.sign_off(sheet, lead, by=reviewer)
    refusal = refuses(
        workflow.Blocked, workflow.opine, reviewed_item, support, "晚了", 0, by=supporter
    )
    assert kinds(refusal) == ["already_signed_off"]
    assert not workflow.may_opine(again(reviewed_item), support, supporter)


def test_it_says_something(reviewed_item, support, supporter):
    refusal = refuses(
        workflow.Blocked, workflow.opine, reviewed_item, support, " ", 0, by=supporter
    )
    assert kinds(refusal) == ["no_words"]


def test_a_department_that_does_not_support_the_item_is_not_asked(reviewed_item, reviewer):
    for department in (reviewed_item.task_item.lead_department, Department.objects.get(code="DJ")):
        refuses(
            workflow.NotAllowed,
            workflow.opine,
            reviewed_item,
            department,
            "意见",
            0,
            by=reviewer_of(department),
        )


def test_a_returned_item_may_be_spoken_about(returned_item, support, supporter):
    workflow.opine(returned_item, support, "台账在我处", 0, by=supporter)
    assert Opinion.objects.count() == 1


@pytest.mark.parametrize(
    ("username", "sees"),
    [
        ("reviewer_ny", True),
        ("reviewer_rj", True),
        ("supervisor", True),
        ("auditor", True),
        ("admin", True),
        ("reviewer_dj", False),
        ("clerk_weipo", False),
        ("clerk_nanchen", False),
        ("nobody", False),
    ],
)
def test_who_reads_it(reviewed_item, support, supporter, username, sees):
    workflow.opine(reviewed_item, support, "现场看过", 0, by=supporter)
    user = person(username)
    assert Opinion.objects.visible_to(user).exists() == sees
    for events in (
        Event.objects.visible_about(reviewed_item, user),
        Event.objects.visible_on(reviewed_item.assessment, user),
    ):
        assert events.filter(verb=Verb.OPINE).exists() == sees


def test_one_opinion_a_department_and_never_an_empty_one(reviewed_item, support, supporter):
    facts = {"item_rating": reviewed_item, "department": support, "by": supporter}
    facts["at"] = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.create(text="", **facts)
    Opinion.objects.create(text="一", **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Opinion.objects.create(text="二", **facts)


def test_phrases_are_kept_in_their_order(support, supporter):
    workflow.keep_phrases(support, ["缺照片。", "缺台账。", "缺照片。"], by=supporter)
    assert list(support.phrases.values_list("text", flat=True)) == ["缺照片。", "缺台账。"]
    workflow.keep_phrases(support, ["缺台账。"], by=supporter)
    assert str(Phrase.objects.get()) == "缺台账。"
    event = last_event()
    assert (event.verb, event.subject) == (Verb.KEEP_PHRASES, support.name)
    assert event.changes == {"phrases": [["缺照片。", "缺台账。"], ["缺台账。"]]}
    before = Event.objects.count()
    workflow.keep_phrases(support, ["缺台账。"], by=supporter)
    assert Event.objects.count() == before


def test_a_departments_phrases_are_its_reviewers(support, supporter, reviewer):
    refuses(workflow.NotAllowed, workflow.keep_phrases, support, ["x"], by=reviewer)
    refuses(workflow.NotAllowed, workflow.keep_phrases, support, ["x"], by=person("supervisor"))
