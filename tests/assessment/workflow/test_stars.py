"""The committee decides each star, concludes, reopens."""

import pytest
from django.utils import timezone

from assessment import workflow
from assessment.models import Category
from tests.town import item_of, sheet_of

from .acts import events_after, last_event, refuses, rows, sentences

ALL = ("ZB", "CY", "ST", "PA", "WM")
AGREED = dict.fromkeys(ALL, (True, ""))


def star_of(sheet, code):
    return sheet.stars.select_related("category").get(category__code=code)


def unmeet(sheet, code):
    """The department's mark on one item, so that the rules do not propose its star."""
    item = item_of(sheet, code)
    sheet.items.filter(pk=item.pk).update(review="unmet")


def test_decide_as_proposed(in_supervision, supervisor):
    start = last_event().pk
    assert workflow.decide(in_supervision, {"ZB": (True, "")}, by=supervisor) == 1
    star = star_of(in_supervision, "ZB")
    assert (star.awarded, star.reason) == (True, "")
    assert (star.decided_by, star.decided_at) == (supervisor, timezone.now())
    [event] = events_after(start)
    assert (event.verb, event.actor, event.assessment) == ("decide", supervisor, in_supervision)
    assert (event.from_state, event.to_state) == ("supervision", "supervision")
    assert (event.subject, event.reason) == ("支部过硬", "")
    assert event.changes == {"支部过硬": [None, True]}
    assert star_of(in_supervision, "CY").awarded is None


@pytest.mark.parametrize(("proposed", "awarded"), [(True, False), (False, True)])
def test_a_decision_that_differs_needs_a_reason(in_supervision, supervisor, proposed, awarded):
    if not proposed:
        unmeet(in_supervision, "ST-3")
    refusal = refuses(
        workflow.Blocked, workflow.decide, in_supervision, {"ST": (awarded, "")}, by=supervisor
    )
    assert sentences(refusal) == ["生态宜居：决定与提议不一致，要写明理由"]
    workflow.decide(in_supervision, {"ST": (awarded, "党委会议定")}, by=supervisor)
    assert star_of(in_supervision, "ST").awarded is awarded
    assert last_event().reason == "党委会议定"


def test_decisions_are_taken_together_or_not_at_all(in_supervision, supervisor):
    decisions = {"ZB": (True, ""), "CY": (False, "")}
    refuses(workflow.Blocked, workflow.decide, in_supervision, decisions, by=supervisor)


def test_a_decision_that_stands_is_left_alone(in_supervision, supervisor):
    workflow.decide(in_supervision, AGREED, by=supervisor)
    before = rows()
    assert workflow.decide(in_supervision, AGREED, by=supervisor) == 0
    assert rows() == before
    assert workflow.decide(in_supervision, {"ZB": (False, "一票否决")}, by=supervisor) == 1
    assert last_event().changes == {"支部过硬": [True, False]}


def test_conclude(in_supervision, supervisor):
    decisions = {**AGREED, "WM": (False, "群众不认可")}
    workflow.decide(in_supervision, decisions, by=supervisor)
    start = last_event().pk
    workflow.conclude(in_supervision, by=supervisor)
    sheet = sheet_of("卫坡村")
    assert (sheet.step, sheet.level) == ("concluded", 4)
    assert (sheet.concluded_by, sheet.concluded_at) == (supervisor, timezone.now())
    [event] = events_after(start)
    assert (event.verb, event.actor) == ("conclude", supervisor)
    assert (event.from_state, event.to_state) == ("supervision", "concluded")
    assert event.changes == {"level": [None, 4]}


def test_conclude_asks_for_every_star(in_supervision, supervisor):
    workflow.decide(in_supervision, {"ZB": (True, ""), "PA": (True, "")}, by=supervisor)
    refusal = refuses(workflow.Blocked, workflow.conclude, in_supervision, by=supervisor)
    assert sentences(refusal) == [
        "产业兴旺：还没有定星",
        "生态宜居：还没有定星",
        "文明幸福：还没有定星",
    ]


def test_a_star_agreed_before_an_item_changed_blocks_the_conclusion(in_supervision, supervisor):
    workflow.decide(in_supervision, AGREED, by=supervisor)
    item = item_of(in_supervision, "ST-3")
    workflow.supervise(item, "unmet", "现场没有看到", item.version, by=supervisor)
    refusal = refuses(workflow.Blocked, workflow.conclude, in_supervision, by=supervisor)
    assert sentences(refusal) == ["生态宜居：决定与提议不一致，要写明理由"]
    workflow.decide(in_supervision, {"ST": (False, "")}, by=supervisor)
    workflow.conclude(in_supervision, by=supervisor)
    assert sheet_of("卫坡村").level == 4


def test_the_threshold_of_the_cycle_decides_what_is_proposed(in_supervision, supervisor):
    unmeet(in_supervision, "ST-3")
    type(in_supervision.cycle).objects.update(star_threshold=80)
    workflow.decide(in_supervision, AGREED, by=supervisor)
    workflow.conclude(in_supervision, by=supervisor)
    assert sheet_of("卫坡村").level == 5


@pytest.mark.parametrize(("is_held", "level"), [(True, 5), (False, 0)])
def test_a_prerequisite(in_supervision, supervisor, is_held, level):
    Category.objects.filter(code="ZB").update(is_prerequisite=True)
    decisions = {**AGREED, "ZB": (is_held, "" if is_held else "党组织软弱涣散")}
    workflow.decide(in_supervision, decisions, by=supervisor)
    workflow.conclude(in_supervision, by=supervisor)
    assert sheet_of("卫坡村").level == level


def test_reopen(concluded, supervisor):
    start = last_event().pk
    workflow.reopen(concluded, "群众举报属实", by=supervisor)
    sheet = sheet_of("卫坡村")
    assert (sheet.step, sheet.level) == ("supervision", None)
    assert (sheet.concluded_at, sheet.concluded_by) == (None, None)
    [event] = events_after(start)
    assert (event.verb, event.actor, event.reason) == ("reopen", supervisor, "群众举报属实")
    assert (event.from_state, event.to_state) == ("concluded", "supervision")
    assert event.changes == {"level": [5, None]}
    # The decisions stand, and can be changed before it is concluded again.
    workflow.decide(sheet, {"PA": (False, "举报属实")}, by=supervisor)
    workflow.conclude(sheet, by=supervisor)
    assert sheet_of("卫坡村").level == 4


def test_reopening_needs_a_reason(concluded, supervisor):
    refusal = refuses(workflow.Blocked, workflow.reopen, concluded, "", by=supervisor)
    assert sentences(refusal) == ["“重新打开”要写明理由"]


def test_a_sheet_reopened_goes_back_as_far_as_its_departments(concluded, supervisor):
    workflow.reopen(concluded, "群众举报属实", by=supervisor)
    item = item_of(sheet_of("卫坡村"), "PA-1")
    workflow.send_back(item, "请复核", item.version, by=supervisor)
    assert sheet_of("卫坡村").step == "review"
