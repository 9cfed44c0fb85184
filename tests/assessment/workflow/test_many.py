"""Saving a block of rows: every one of them or none, each with an event of its own."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from assessment import workflow
from tests.town import at_step, item_of, person, sheet_of

from .acts import again, events_after, kinds, last_event, refuses, rows, sentences


def block(sheet, **words):
    """The whole sheet changed alike, each row at its version."""
    return {item.pk: (item.version, words) for item in sheet.items.all()}


def test_every_row_is_saved_with_its_own_event(sheet, clerk):
    before = last_event().pk
    words = {"self_rating": "met", "measures": "逐户排查", "due_date": date(2022, 11, 30)}
    assert workflow.self_rate_many(sheet, block(sheet, **words), by=clerk) == 30
    items = list(sheet.items.select_related("task_item__category", "changed_by"))
    for item in items:
        assert {name: getattr(item, name) for name in words} == words
        assert (item.version, item.changed_by) == (1, clerk)
    events = events_after(before)
    assert [event.item_rating_id for event in events] == [item.pk for item in items]
    assert {(event.verb, event.actor_id) for event in events} == {("self_rate", clerk.pk)}
    assert events[12].subject == "生态宜居 1 · 推进厕所革命"
    assert events[12].changes == {
        "self_rating": ["", "met"],
        "measures": ["", "逐户排查"],
        "due_date": [None, "2022-11-30"],
    }


def test_rows_may_change_in_different_columns(sheet, clerk):
    first, second = item_of(sheet, "ZB-1"), item_of(sheet, "WM-6")
    changes = {second.pk: (0, {"progress": "已开工"}), first.pk: (0, {"self_rating": "unmet"})}
    assert workflow.self_rate_many(sheet, changes, by=clerk) == 2
    assert (again(first).self_rating, again(first).progress) == ("unmet", "")
    assert (again(second).self_rating, again(second).progress) == ("", "已开工")


def test_a_row_that_says_nothing_new_is_not_touched(sheet, item, clerk):
    workflow.self_rate(item, {"measures": "逐户排查"}, 0, by=clerk)
    before = last_event().pk
    assert workflow.self_rate_many(sheet, block(sheet, measures="逐户排查"), by=clerk) == 29
    assert again(item).version == 1
    assert item.pk not in {event.item_rating_id for event in events_after(before)}


def test_only_the_branchs_own_words_are_written(sheet, item, clerk):
    words = {"measures": "逐户排查", "review": "met", "version": 40}
    workflow.self_rate_many(sheet, {item.pk: (0, words)}, by=clerk)
    assert (again(item).review, again(item).version) == ("", 1)


def test_stale_rows_refuse_everything_and_are_named(sheet, clerk):
    for code in ("ZB-2", "WM-6"):
        item = item_of(sheet, code)
        workflow.self_rate(item, {"measures": "别人写的"}, 0, by=clerk)
    changes = {pk: (0, words) for pk, (_, words) in block(sheet, measures="粘贴的").items()}
    refusal = refuses(workflow.StaleItems, workflow.self_rate_many, sheet, changes, by=clerk)
    assert kinds(refusal) == ["stale", "stale"]
    assert [blocker.item for blocker in refusal.blockers] == [
        item_of(sheet, "ZB-2").pk,
        item_of(sheet, "WM-6").pk,
    ]
    assert sentences(refusal)[1] == "文明幸福 6 · {}：您打开之后已被别人改过".format(
        item_of(sheet, "WM-6").task_item.name
    )


def test_a_row_of_another_sheet_is_no_row_of_this_one(sheet, clerk):
    other = item_of(sheet_of("南陈村"), "ST-3")
    before = rows()
    assert workflow.self_rate_many(sheet, {other.pk: (0, {"measures": "串门"})}, by=clerk) == 0
    assert rows() == before


def test_in_review_only_returned_rows_are_written(returned_item, clerk):
    sheet = returned_item.assessment
    changes = {returned_item.pk: (returned_item.version, {"progress": "已补"})}
    assert workflow.self_rate_many(sheet, changes, by=clerk) == 1
    assert again(returned_item).progress == "已补"


def test_rows_whose_pen_is_elsewhere_refuse_everything_and_are_named(returned_item, clerk):
    sheet = returned_item.assessment
    changes = block(sheet, progress="已补")
    refusal = refuses(workflow.OutOfOrder, workflow.self_rate_many, sheet, changes, by=clerk)
    said = sentences(refusal)
    assert len(said) == 29
    assert said[0].endswith("现在由牵头部门办理，不能“填写标星”。")
    assert not any(str(returned_item.task_item) in sentence for sentence in said)


@pytest.mark.parametrize("step", ["supervision", "concluded"])
def test_out_of_order(sheet, clerk, step):
    at_step(sheet, step)
    changes = block(sheet, progress="晚了")
    refuses(workflow.OutOfOrder, workflow.self_rate_many, sheet, changes, by=clerk)


def test_not_in_a_closed_year(sheet, clerk):
    type(sheet.cycle).objects.update(state="closed")
    refuses(
        workflow.OutOfOrder, workflow.self_rate_many, sheet, block(sheet, progress="晚"), by=clerk
    )


@pytest.mark.parametrize("username", ["clerk_nanchen", "liaison", "supervisor", "reviewer_ny"])
def test_by_nobody_else(sheet, username):
    for changes in ({}, block(sheet, progress="越权")):
        refuses(workflow.NotAllowed, workflow.self_rate_many, sheet, changes, by=person(username))


def test_one_bad_row_leaves_no_other_behind(sheet, clerk):
    changes = block(sheet, measures="逐户排查")
    last = sheet.items.last()
    changes[last.pk] = (0, {"self_rating": "excellent"})
    before = rows()
    with pytest.raises(IntegrityError), transaction.atomic():
        workflow.self_rate_many(sheet, changes, by=clerk)
    assert rows() == before


@pytest.mark.parametrize("count", [1, 3, 30])
def test_queries_do_not_grow_with_the_rows(sheet, clerk, django_assert_num_queries, count):
    changes = dict(list(block(sheet, measures="逐户排查").items())[:count])
    clerk.branch_ids  # noqa: B018 - read before the count begins
    # Hold the sheet, its year, the rows, a savepoint around; then all rows, and their events.
    with django_assert_num_queries(7):
        workflow.self_rate_many(sheet, changes, by=clerk)
