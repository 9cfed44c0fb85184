"""A mark and a note of its own on each of many items: all of them or none."""

import pytest

from assessment import workflow
from assessment.enums import Verb
from assessment.models import Event
from tests.town import at_step, item_of, person, sheet_of

from .acts import again, events_after, kinds, last_event, refuses, sentences

VILLAGES = ("卫坡村", "南陈村", "石沟村")


@pytest.fixture
def items(town):
    return [item_of(at_step(sheet_of(name), "review"), "ST-3") for name in VILLAGES]


def marks(items, *words):
    """Item id → (version, words); the last of the words go to the rest of the items."""
    words = [*words, *[words[-1]] * len(items)]
    return {item.pk: (item.version, own) for item, own in zip(items, words, strict=False)}


def test_each_has_its_own_with_an_event_each(items, reviewer):
    before = last_event().pk
    changes = marks(
        items,
        {"review": "met", "review_note": ""},
        {"review": "unmet", "review_note": "台账不全"},
        {"review": "partly_met"},
    )
    assert workflow.review_each(changes, by=reviewer) == 3
    saved = [again(item) for item in items]
    assert [(item.review, item.review_note) for item in saved] == [
        ("met", ""),
        ("unmet", "台账不全"),
        ("partly_met", ""),
    ]
    assert [(item.version, item.changed_by) for item in saved] == [
        (item.version + 1, reviewer) for item in items
    ]
    events = events_after(before)
    assert {event.item_rating for event in events} == set(items)
    assert {(event.verb, event.actor) for event in events} == {(Verb.REVIEW, reviewer)}
    [unmet] = [event for event in events if event.item_rating == items[1]]
    assert unmet.changes == {"review": ["", "unmet"], "review_note": ["", "台账不全"]}
    assert (unmet.from_state, unmet.to_state) == ("review", "review")


def test_what_is_left_out_stays(items, reviewer):
    workflow.review(items[0], "unmet", "缺照片", items[0].version, by=reviewer)
    now = [again(item) for item in items[:1]]
    assert workflow.review_each(marks(now, {"review": "partly_met"}), by=reviewer) == 1
    assert (again(now[0]).review, again(now[0]).review_note) == ("partly_met", "缺照片")
    now = [again(item) for item in now]
    assert workflow.review_each(marks(now, {"review_note": "已补"}), by=reviewer) == 1
    assert (again(now[0]).review, again(now[0]).review_note) == ("partly_met", "已补")


def test_only_the_departments_own_words_are_written(items, reviewer):
    words = {"review": "met", "measures": "越权", "supervision": "met", "version": 40}
    workflow.review_each(marks(items[:1], words), by=reviewer)
    saved = again(items[0])
    assert (saved.measures, saved.supervision, saved.version) == (
        items[0].measures,
        "",
        items[0].version + 1,
    )


def test_what_says_nothing_new_is_not_touched(items, reviewer):
    workflow.review(items[0], "met", "", items[0].version, by=reviewer)
    before = Event.objects.count()
    now = [again(item) for item in items]
    assert workflow.review_each(marks(now, {"review": "met"}), by=reviewer) == 2
    assert again(items[0]).version == now[0].version
    assert Event.objects.count() == before + 2


def test_a_mark_answers_a_send_back(items, reviewer):
    items[0].assessment.items.filter(pk=items[0].pk).update(sent_back_reason="请复核")
    workflow.review_each(marks(items, {"review": "met"}), by=reviewer)
    assert again(items[0]).sent_back_reason == ""


@pytest.mark.parametrize("rating", ["unmet", "not_applicable"])
def test_a_bad_mark_wants_its_note(items, reviewer, rating):
    changes = marks(items, {"review": rating, "review_note": " "}, {"review": "met"})
    refusal = refuses(workflow.Blocked, workflow.review_each, changes, by=reviewer)
    assert sentences(refusal) == [
        f"卫坡村 {items[0].task_item}：瞄为未达标或不适用，要在瞄星意见里写明理由"
    ]


def test_a_note_wants_its_mark(items, reviewer):
    changes = marks(items, {"review_note": "资料齐"}, {"review": "met"})
    refusal = refuses(workflow.Blocked, workflow.review_each, changes, by=reviewer)
    assert sentences(refusal) == [f"卫坡村 {items[0].task_item}：还没有瞄星"]


def test_one_saved_meanwhile_stops_them_all_and_is_named(items, reviewer):
    changes = marks(items, {"review": "met"})
    workflow.review(items[1], "met", "好", items[1].version, by=reviewer)
    refusal = refuses(workflow.StaleItems, workflow.review_each, changes, by=reviewer)
    assert sentences(refusal) == [f"南陈村 {items[1].task_item}：您打开之后已被别人改过"]
    assert refusal.blockers[0].item == items[1].pk


def test_one_that_the_branch_holds_stops_them_all(items, reviewer):
    workflow.return_item(items[2], "缺台账", items[2].version, by=reviewer)
    now = [again(item) for item in items]
    refusal = refuses(
        workflow.Blocked, workflow.review_each, marks(now, {"review": "met"}), by=reviewer
    )
    assert kinds(refusal) == ["not_with_department"]
    assert refusal.blockers[0].item == items[2].pk


@pytest.mark.parametrize("step", ["supervision", "concluded"])
def test_not_after_the_review(town, reviewer, step):
    item = item_of(at_step(sheet_of("石沟村"), step), "ST-3")
    changes = marks([item], {"review": "unmet", "review_note": "晚了"})
    refusal = refuses(workflow.Blocked, workflow.review_each, changes, by=reviewer)
    assert kinds(refusal) == ["not_with_department"]


def test_not_in_a_closed_year(items, reviewer):
    type(items[0].assessment.cycle).objects.update(state="closed")
    refusal = refuses(
        workflow.Blocked, workflow.review_each, marks(items, {"review": "met"}), by=reviewer
    )
    assert set(kinds(refusal)) == {"not_with_department"}


@pytest.mark.parametrize("username", ["reviewer_dj", "supervisor", "clerk_weipo", "admin"])
def test_by_nobody_else(items, username):
    changes = marks(items, {"review": "met"})
    refuses(workflow.NotAllowed, workflow.review_each, changes, by=person(username))


def test_another_departments_item_stops_them_all(items, reviewer):
    other = item_of(items[0].assessment, "ZB-1")
    changes = marks([*items, other], {"review": "met"})
    refuses(workflow.NotAllowed, workflow.review_each, changes, by=reviewer)


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_rows(items, reviewer, django_assert_num_queries, count):
    changes = marks(items[:count], {"review": "met", "review_note": "好"})
    reviewer.department_ids  # noqa: B018 - read before the count begins
    # Hold the sheets and read the rows; all rows, and their events; savepoints around.
    with django_assert_num_queries(6):
        workflow.review_each(changes, by=reviewer)
