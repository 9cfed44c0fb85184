"""Saving the branch's words, the department's mark and the committee's own."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessment import workflow
from assessment.models import Event
from tests.town import at_step

from .acts import again, last_event, refuses, rows, sentences

WORDS = {
    "self_rating": "partly_met",
    "measures": "建沼气站",
    "due_date": date(2022, 12, 1),
    "responsible_person": "王某",
}


def test_self_rate(item, clerk):
    returned = workflow.self_rate(item, WORDS, 0, by=clerk)
    saved = again(item)
    assert {name: getattr(saved, name) for name in WORDS} == WORDS
    assert (saved.version, saved.changed_by, saved.changed_at) == (1, clerk, timezone.now())
    event = last_event()
    assert (event.verb, event.actor, event.reason) == ("self_rate", clerk, "")
    assert (event.from_state, event.to_state) == ("self_rating", "self_rating")
    assert event.subject == "生态宜居 3 · 资源化利用"
    assert (event.cycle, event.assessment, event.item_rating) == (
        item.assessment.cycle,
        item.assessment,
        item,
    )
    assert event.changes == {
        "self_rating": ["", "partly_met"],
        "measures": ["", "建沼气站"],
        "due_date": [None, "2022-12-01"],
        "responsible_person": ["", "王某"],
    }
    assert returned == event.changes


def test_self_rate_touches_no_other_row(item, clerk):
    before = rows()
    workflow.self_rate(item, WORDS, 0, by=clerk)
    after = rows()
    changed = [row for row in after["ItemRating"] if row not in before["ItemRating"]]
    assert [row[0] for row in changed] == [item.pk]
    assert len(after["Event"]) == len(before["Event"]) + 1
    assert after.keys() - {"ItemRating", "Event"} == {
        name for name in after if after[name] == before[name]
    }


def test_an_item_is_saved_unfinished_and_again_and_only_what_changed_is_kept(item, clerk):
    workflow.self_rate(item, WORDS, 0, by=clerk)
    workflow.self_rate(again(item), {**WORDS, "measures": "", "progress": "已开工"}, 1, by=clerk)
    assert last_event().changes == {"measures": ["建沼气站", ""], "progress": ["", "已开工"]}
    assert again(item).version == 2


def test_saving_what_stands_there_writes_nothing(item, clerk):
    workflow.self_rate(item, WORDS, 0, by=clerk)
    before = rows()
    assert workflow.self_rate(again(item), WORDS, 1, by=clerk) == {}
    assert workflow.self_rate(again(item), WORDS, 0, by=clerk) == {}
    assert rows() == before


def test_a_due_date_never_locks(item, clerk, late):
    late()
    assert workflow.self_rate(item, WORDS, 0, by=clerk)


def test_a_stale_save_shows_what_stands(item, clerk):
    workflow.self_rate(item, WORDS, 0, by=clerk)
    refusal = refuses(workflow.Stale, workflow.self_rate, item, {"measures": "别的话"}, 0, by=clerk)
    assert refusal.current.measures == "建沼气站"
    assert refusal.current.version == 1
    [sentence] = sentences(refusal)
    assert sentence == "您打开之后，这一项已被别人改过，这一次没有保存。"


@pytest.mark.parametrize("version", [1, 7, -1])
def test_a_version_that_never_was_is_stale(item, clerk, version):
    refuses(workflow.Stale, workflow.self_rate, item, WORDS, version, by=clerk)


def test_a_save_under_way_when_the_sheet_is_submitted(item, clerk):
    at_step(item.assessment, "review")
    refusal = refuses(workflow.OutOfOrder, workflow.self_rate, item, WORDS, 0, by=clerk)
    assert sentences(refusal) == ["这一项现在由牵头部门办理，不能“填写标星”。"]


def test_saving_an_item_takes_two_queries(item, clerk, django_assert_num_queries):
    assert clerk.branch_ids
    with django_assert_num_queries(2):  # update, event
        workflow.self_rate(item, WORDS, 0, by=clerk)


def test_review(reviewed_item, reviewer):
    workflow.review(reviewed_item, "partly_met", "还差台账", reviewed_item.version, by=reviewer)
    saved = again(reviewed_item)
    assert (saved.review, saved.review_note) == ("partly_met", "还差台账")
    assert (saved.version, saved.changed_by) == (reviewed_item.version + 1, reviewer)
    event = last_event()
    assert (event.verb, event.actor, event.item_rating) == ("review", reviewer, saved)
    assert (event.from_state, event.to_state) == ("review", "review")
    assert event.changes == {"review": ["", "partly_met"], "review_note": ["", "还差台账"]}


def test_a_stale_review(reviewed_item, reviewer):
    version = reviewed_item.version
    workflow.review(reviewed_item, "met", "", version, by=reviewer)
    refusal = refuses(
        workflow.Stale, workflow.review, reviewed_item, "unmet", "", version, by=reviewer
    )
    assert refusal.current.review == "met"


def test_a_mark_is_a_draft_until_the_department_signs_off(reviewed_item, reviewer, sign_off_others):
    version = reviewed_item.version
    workflow.review(reviewed_item, "met", "", version, by=reviewer)
    workflow.review(again(reviewed_item), "unmet", "复看", version + 1, by=reviewer)
    sheet = reviewed_item.assessment
    sheet.items.led_by(reviewed_item.task_item.lead_department).filter(review="").update(
        review="met"
    )
    workflow.sign_off(sheet, reviewed_item.task_item.lead_department, by=reviewer)
    item = again(reviewed_item)
    refusal = refuses(
        workflow.OutOfOrder, workflow.review, item, "met", "", item.version, by=reviewer
    )
    assert sentences(refusal) == ["这一项现在由党委办理，不能“填写瞄星”。"]


def test_a_review_read_before_the_sign_off_is_too_late(reviewed_item, reviewer):
    sheet, department = reviewed_item.assessment, reviewed_item.task_item.lead_department
    sheet.items.update(review="met")
    read_before = again(reviewed_item)
    workflow.sign_off(sheet, department, by=reviewer)
    version = read_before.version
    for verb, args in [
        (workflow.review, ("unmet", "", version)),
        (workflow.return_item, ("请补", version)),
    ]:
        refuses(workflow.OutOfOrder, verb, read_before, *args, by=reviewer)


def test_supervise(supervised_item, supervisor):
    version = supervised_item.version
    workflow.supervise(supervised_item, "unmet", "现场没有看到", version, by=supervisor)
    saved = again(supervised_item)
    assert (saved.supervision, saved.supervision_note) == ("unmet", "现场没有看到")
    assert (saved.review, saved.effective) == ("met", "unmet")
    event = last_event()
    assert (event.verb, event.actor, event.item_rating) == ("supervise", supervisor, saved)
    assert (event.from_state, event.to_state) == ("supervision", "supervision")
    assert event.changes == {
        "supervision": ["", "unmet"],
        "supervision_note": ["", "现场没有看到"],
    }


def test_a_blank_mark_lets_the_departments_count_again(supervised_item, supervisor):
    version = supervised_item.version
    workflow.supervise(supervised_item, "unmet", "现场没有看到", version, by=supervisor)
    workflow.supervise(again(supervised_item), "", "", version + 1, by=supervisor)
    assert again(supervised_item).effective == "met"


def test_the_committees_mark_needs_its_reason(supervised_item, supervisor):
    version = supervised_item.version
    refusal = refuses(
        workflow.Blocked, workflow.supervise, supervised_item, "met", " ", version, by=supervisor
    )
    assert sentences(refusal) == ["“填写督星”要写明理由"]


def test_a_stale_mark_of_the_committee(supervised_item, supervisor):
    version = supervised_item.version
    workflow.supervise(supervised_item, "unmet", "现场没有看到", version, by=supervisor)
    refuses(
        workflow.Stale, workflow.supervise, supervised_item, "met", "看到", version, by=supervisor
    )


@pytest.mark.parametrize("rating", ["bad", "MET", "达标", " "])
def test_a_mark_that_is_no_choice_is_refused_by_the_database(item, clerk, rating):
    with pytest.raises(IntegrityError), transaction.atomic():
        workflow.self_rate(item, {"self_rating": rating}, 0, by=clerk)
    assert not Event.objects.filter(item_rating=item).exists()
