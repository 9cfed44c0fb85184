"""Many at once: one mark on many items, one sign-off of many sheets. All of them or none."""

import pytest

from assessment import workflow
from assessment.enums import Verb
from assessment.models import DepartmentSignOff, Event
from branches.models import Department
from tests.town import at_step, item_of, person, sheet_of

from .acts import again, kinds, refuses, sentences

VILLAGES = ("卫坡村", "南陈村", "石沟村")


@pytest.fixture
def items(town):
    return [item_of(at_step(sheet_of(name), "review"), "ST-3") for name in VILLAGES]


def read(items):
    return {item.pk: item.version for item in items}


def test_one_mark_on_all_with_an_event_each(items, reviewer):
    before = Event.objects.latest("pk").pk
    assert workflow.review_many(read(items), "unmet", "台账不全", by=reviewer) == 3
    for item in items:
        saved = again(item)
        assert (saved.review, saved.review_note) == ("unmet", "台账不全")
        assert (saved.version, saved.changed_by) == (item.version + 1, reviewer)
    events = Event.objects.filter(pk__gt=before)
    assert {event.item_rating for event in events} == set(items)
    assert [(event.verb, event.actor) for event in events] == [(Verb.REVIEW, reviewer)] * 3


@pytest.mark.parametrize("rating", ["unmet", "not_applicable"])
def test_a_bad_mark_wants_its_reason(items, reviewer, rating):
    refusal = refuses(workflow.Blocked, workflow.review_many, read(items), rating, " ", by=reviewer)
    assert kinds(refusal) == ["no_reason"]


@pytest.mark.parametrize("rating", ["met", "partly_met"])
def test_a_good_mark_does_not(items, reviewer, rating):
    assert workflow.review_many(read(items), rating, "", by=reviewer) == 3


def test_one_saved_meanwhile_stops_them_all(items, reviewer):
    versions = read(items)
    workflow.review(items[1], "met", "", items[1].version, by=reviewer)
    refusal = refuses(workflow.Blocked, workflow.review_many, versions, "met", "", by=reviewer)
    assert sentences(refusal) == [
        f"南陈村 {items[1].task_item}：您打开之后已被别人改过",
    ]


def test_one_that_the_branch_holds_stops_them_all(items, reviewer):
    workflow.return_item(items[2], "缺台账", items[2].version, by=reviewer)
    now = read([again(item) for item in items])
    refusal = refuses(workflow.Blocked, workflow.review_many, now, "met", "", by=reviewer)
    assert kinds(refusal) == ["not_with_department"]
    assert refusal.blockers[0].item == items[2].pk


def test_another_departments_item_stops_them_all(items, reviewer):
    other = item_of(items[0].assessment, "ZB-1")
    refuses(
        workflow.NotAllowed, workflow.review_many, read([*items, other]), "met", "", by=reviewer
    )


def test_a_mark_answers_a_send_back(items, reviewer):
    items[0].assessment.items.filter(pk=items[0].pk).update(sent_back_reason="请复核")
    workflow.review_many(read(items), "met", "", by=reviewer)
    assert again(items[0]).sent_back_reason == ""


@pytest.fixture
def department(town):
    return Department.objects.get(code="NY")


def mark(item, department):
    item.assessment.items.led_by(department).update(review="met")
    return item.assessment


def test_many_sheets_are_signed_off(items, department, reviewer):
    sheets = [mark(item, department) for item in items]
    workflow.sign_off_many(sheets, department, by=reviewer)
    signed = DepartmentSignOff.objects.filter(department=department, signed_by=reviewer)
    assert {each.assessment for each in signed} == set(sheets)
    assert Event.objects.filter(verb=Verb.SIGN_OFF).count() == 3


def test_one_sheet_that_is_not_ready_stops_them_all(items, department, reviewer):
    sheets = [mark(items[0], department), items[1].assessment]
    refusal = refuses(workflow.Blocked, workflow.sign_off_many, sheets, department, by=reviewer)
    assert len(refusal.blockers) == 6
    assert all(said.startswith("南陈村 ") for said in sentences(refusal))


def test_only_its_reviewers_sign_off_many(items, department):
    sheets = [mark(item, department) for item in items]
    other = person("reviewer_dj")
    refuses(workflow.NotAllowed, workflow.sign_off_many, sheets, department, by=other)
