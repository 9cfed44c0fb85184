"""An item handed back to the branch, and one sent back to its department."""

import pytest
from django.utils import timezone

from assessment import workflow
from assessment.models import DepartmentSignOff, ItemRating
from tests.town import at_step, item_of, reviewer_of, sheet_of

from .acts import again, kinds, last_event, refuses, sentences


def test_return(reviewed_item, reviewer):
    workflow.review(reviewed_item, "unmet", "台账不全", reviewed_item.version, by=reviewer)
    item = again(reviewed_item)
    workflow.return_item(item, "请补台账", item.version, by=reviewer)
    returned = again(item)
    assert returned.is_returned
    assert (returned.returned_at, returned.returned_by) == (timezone.now(), reviewer)
    assert (returned.return_reason, returned.version) == ("请补台账", item.version + 1)
    # The mark stands until the branch has answered; the sheet stays where it is.
    assert (returned.review, returned.assessment.step) == ("unmet", "review")
    event = last_event()
    assert (event.verb, event.actor, event.item_rating) == ("return", reviewer, item)
    assert (event.from_state, event.to_state) == ("review", "review")
    assert (event.changes, event.reason) == ({}, "请补台账")


def test_a_return_takes_effect_at_once_and_for_that_item_alone(returned_item, clerk):
    workflow.self_rate(returned_item, {"progress": "已补"}, returned_item.version, by=clerk)
    assert again(returned_item).progress == "已补"
    assert last_event().from_state == "review"
    other = item_of(returned_item.assessment, "ST-2")
    refuses(
        workflow.OutOfOrder, workflow.self_rate, other, {"progress": "x"}, other.version, by=clerk
    )


def test_the_department_waits_while_the_branch_holds_the_pen(returned_item, reviewer):
    version = returned_item.version
    for verb, args in [
        (workflow.review, ("met", "", version)),
        (workflow.return_item, ("再补", version)),
    ]:
        refusal = refuses(workflow.OutOfOrder, verb, returned_item, *args, by=reviewer)
        assert "由支部办理" in sentences(refusal)[0]


@pytest.mark.parametrize("reason", ["", "  "])
def test_a_return_needs_a_reason(reviewed_item, reviewer, reason):
    refusal = refuses(
        workflow.Blocked,
        workflow.return_item,
        reviewed_item,
        reason,
        reviewed_item.version,
        by=reviewer,
    )
    assert sentences(refusal) == ["“退回”要写明理由"]


def test_a_stale_return(reviewed_item, reviewer):
    version = reviewed_item.version
    workflow.review(reviewed_item, "met", "", version, by=reviewer)
    refuses(workflow.Stale, workflow.return_item, reviewed_item, "请补台账", version, by=reviewer)


def test_resubmit(returned_item, clerk):
    workflow.self_rate(returned_item, {"progress": "已补"}, returned_item.version, by=clerk)
    item = again(returned_item)
    workflow.resubmit(item, item.version, by=clerk)
    answered = again(item)
    assert not answered.is_returned
    assert answered.is_changed_since_review
    assert (answered.resubmitted_at, answered.version) == (timezone.now(), item.version + 1)
    assert (answered.review, answered.review_note) == ("", "台账不全")
    assert answered.return_reason == "请补台账"
    event = last_event()
    assert (event.verb, event.actor, event.item_rating) == ("resubmit", clerk, item)
    assert (event.from_state, event.to_state) == ("review", "review")
    assert event.changes == {"review": ["unmet", ""]}


def test_resubmitting_twice_is_out_of_order(returned_item, clerk):
    workflow.resubmit(returned_item, returned_item.version, by=clerk)
    for item in (returned_item, again(returned_item)):
        refuses(workflow.OutOfOrder, workflow.resubmit, item, item.version, by=clerk)


def test_resubmit_lists_what_the_item_lacks(returned_item, clerk):
    blank = {"measures": "", "responsible_person": "", "self_rating": ""}
    workflow.self_rate(returned_item, blank, returned_item.version, by=clerk)
    item = again(returned_item)
    refusal = refuses(workflow.Blocked, workflow.resubmit, item, item.version, by=clerk)
    assert kinds(refusal) == ["mark_missing", "measures_missing", "person_missing"]


def test_a_stale_resubmission(returned_item, clerk):
    version = returned_item.version
    workflow.self_rate(returned_item, {"progress": "已补"}, version, by=clerk)
    refuses(workflow.Stale, workflow.resubmit, again(returned_item), version, by=clerk)


def test_twice_round(returned_item, reviewer, clerk):
    workflow.resubmit(returned_item, returned_item.version, by=clerk)
    item = again(returned_item)
    workflow.review(item, "partly_met", "好些了", item.version, by=reviewer)
    item = again(item)
    assert not item.is_changed_since_review
    workflow.return_item(item, "再补照片", item.version, by=reviewer)
    item = again(item)
    assert item.is_returned
    assert (item.return_reason, item.resubmitted_at) == ("再补照片", None)
    workflow.self_rate(item, {"progress": "补了照片"}, item.version, by=clerk)
    item = again(item)
    workflow.resubmit(item, item.version, by=clerk)
    item = again(item)
    assert item.is_changed_since_review
    assert item.review == ""
    assert list(item.events.order_by("pk").values_list("verb", flat=True)) == [
        "review",
        "return",
        "resubmit",
        "review",
        "return",
        "self_rate",
        "resubmit",
    ]


def test_a_returned_item_can_be_returned_again_at_once(returned_item, reviewer, clerk):
    workflow.resubmit(returned_item, returned_item.version, by=clerk)
    item = again(returned_item)
    workflow.return_item(item, "没有改", item.version, by=reviewer)
    assert again(item).is_returned


def test_send_back(supervised_item, supervisor):
    workflow.supervise(
        supervised_item, "unmet", "现场没有看到", supervised_item.version, by=supervisor
    )
    item = again(supervised_item)
    before = set(DepartmentSignOff.objects.values_list("department__code", flat=True))
    workflow.send_back(item, "请到现场", item.version, by=supervisor)
    sent = again(item)
    assert (sent.review, sent.supervision, sent.supervision_note) == ("", "", "")
    assert (sent.sent_back_reason, sent.version) == ("请到现场", item.version + 1)
    assert not sent.is_changed_since_review
    assert sent.assessment.step == "review"
    # The department's sign-off lapses; the others' stay.
    after = set(DepartmentSignOff.objects.values_list("department__code", flat=True))
    assert before - after == {"NY"}
    event = last_event()
    assert (event.verb, event.actor, event.item_rating) == ("send_back", supervisor, item)
    assert (event.from_state, event.to_state) == ("supervision", "review")
    assert event.reason == "请到现场"
    assert event.changes == {
        "review": ["met", ""],
        "supervision": ["unmet", ""],
        "supervision_note": ["现场没有看到", ""],
        "sent_back_reason": ["", "请到现场"],
    }


def test_send_back_clears_no_other_mark(supervised_item, supervisor):
    workflow.send_back(supervised_item, "请到现场", supervised_item.version, by=supervisor)
    unmarked = supervised_item.assessment.items.filter(review="")
    assert list(unmarked) == [supervised_item]


def test_what_is_sent_back_comes_again_by_a_mark_and_a_sign_off(
    supervised_item, supervisor, reviewer
):
    workflow.send_back(supervised_item, "请到现场", supervised_item.version, by=supervisor)
    department = supervised_item.task_item.lead_department
    refusal = refuses(
        workflow.Blocked, workflow.sign_off, supervised_item.assessment, department, by=reviewer
    )
    assert kinds(refusal) == ["review_missing"]
    # A note alone answers nothing: the committee's reason stays until there is a mark.
    item = again(supervised_item)
    workflow.review(item, "", "下周去看", item.version, by=reviewer)
    item = again(item)
    assert item.sent_back_reason == "请到现场"
    workflow.review(item, "partly_met", "已到现场", item.version, by=reviewer)
    item = again(item)
    assert item.sent_back_reason == ""
    workflow.sign_off(item.assessment, department, by=reviewer)
    assert sheet_of("卫坡村").step == "supervision"


def test_the_others_do_not_sign_off_again(supervised_item, supervisor):
    workflow.send_back(supervised_item, "请到现场", supervised_item.version, by=supervisor)
    sheet = sheet_of("卫坡村")
    other = item_of(sheet, "ST-1")
    refuses(
        workflow.Blocked,
        workflow.sign_off,
        sheet,
        other.task_item.lead_department,
        by=reviewer_of(other.task_item.lead_department),
    )
    # Nor may they mark again what they have signed off.
    reviewer = reviewer_of(other.task_item.lead_department)
    refuses(workflow.OutOfOrder, workflow.review, other, "unmet", "", other.version, by=reviewer)


def test_a_return_before_the_committees_send_back_is_not_a_change_after_it(
    returned_item, clerk, reviewer, supervisor, sign_off_others
):
    sheet, department = returned_item.assessment, returned_item.task_item.lead_department
    workflow.resubmit(returned_item, returned_item.version, by=clerk)
    sheet.items.led_by(department).update(review="met")
    workflow.sign_off(sheet, department, by=reviewer)
    sign_off_others(sheet, but="NY")
    item = again(returned_item)
    workflow.send_back(item, "请到现场", item.version, by=supervisor)
    item = again(item)
    assert (item.is_returned, item.is_changed_since_review) == (False, False)


def test_a_silent_item_sent_back_twice_with_the_same_words(
    supervised_item, supervisor, late, reviewer
):
    """The second time no field changes; the act is kept all the same."""
    late()
    department = supervised_item.task_item.lead_department
    for _round in (1, 2):
        item = again(supervised_item)
        workflow.send_back(item, "请到现场", item.version, by=supervisor)
        assert last_event().verb == "send_back"
        assert last_event().to_state == "review"
        workflow.sign_off_for(item.assessment, department, "没有回音", by=supervisor)
    item = again(supervised_item)
    refuses(workflow.Stale, workflow.send_back, item, "请到现场", item.version - 1, by=supervisor)


@pytest.mark.parametrize("reason", ["", "\n"])
def test_a_send_back_needs_a_reason(supervised_item, supervisor, reason):
    refusal = refuses(
        workflow.Blocked,
        workflow.send_back,
        supervised_item,
        reason,
        supervised_item.version,
        by=supervisor,
    )
    assert sentences(refusal) == ["“发回部门”要写明理由"]


def test_a_stale_send_back(supervised_item, supervisor):
    version = supervised_item.version
    workflow.supervise(supervised_item, "unmet", "现场没有看到", version, by=supervisor)
    for item in (supervised_item, again(supervised_item)):
        refuses(workflow.Stale, workflow.send_back, item, "请到现场", version, by=supervisor)


def test_a_send_back_under_way_when_the_sheet_is_concluded(
    supervised_item, supervisor, in_supervision
):
    codes = in_supervision.stars.values_list("category__code", flat=True)
    workflow.decide(in_supervision, dict.fromkeys(codes, (True, "")), by=supervisor)
    workflow.conclude(in_supervision, by=supervisor)
    refuses(
        workflow.OutOfOrder,
        workflow.send_back,
        supervised_item,
        "请到现场",
        supervised_item.version,
        by=supervisor,
    )


def test_what_a_silent_department_left_blank_waits_for_nobody(in_review, item, late, supervisor):
    """While other departments still review, the page must not lead its reviewer there."""
    other = item_of(at_step(sheet_of("南陈村"), "review"), "ST-3")
    assert ItemRating.objects.next_to_review(other).assessment == in_review
    late()
    workflow.sign_off_for(in_review, item.task_item.lead_department, "催办未果", by=supervisor)
    assert in_review.step == "review"
    assert ItemRating.objects.next_to_review(other) is None
