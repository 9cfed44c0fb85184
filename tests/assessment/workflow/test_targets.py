"""The town's targets: all or none, as they were read, an event each."""

import pytest

from assessment import workflow
from assessment.enums import Verb
from assessment.models import Cycle
from branches.models import Branch
from tests.town import at_step, close_year, person, sheet_of

from .acts import events_after, last_event, refuses, sentences


@pytest.fixture
def next_year(town):
    cycle = Cycle.objects.create(year=2023, catalogue=town.catalogue)
    workflow.enrol_branches(cycle)
    return cycle


def levels(*changes):
    """(branch, target read, target wanted) as the verb takes them."""
    return {sheet_of(name, year).pk: (read, wanted) for name, year, read, wanted in changes}


def test_in_preparation_a_table_is_set_without_a_reason(next_year, supervisor):
    start = last_event().pk
    table = levels(("卫坡村", 2023, 0, 5), ("南陈村", 2023, 0, 3), ("石沟村", 2023, 0, 0))
    assert workflow.set_targets(next_year, table, by=supervisor) == 2
    assert [sheet_of(name, 2023).target_level for name in ("卫坡村", "南陈村", "石沟村")] == [
        5,
        3,
        0,
    ]
    events = events_after(start)
    assert {(event.subject, *event.changes["target_level"]) for event in events} == {
        ("卫坡村 2023", 0, 5),
        ("南陈村 2023", 0, 3),
    }
    assert {(event.verb, event.actor, event.cycle) for event in events} == {
        (Verb.SET_TARGET, supervisor, next_year)
    }


def test_a_branch_may_still_leave_before_the_year_opens(next_year, supervisor):
    workflow.set_targets(next_year, levels(("卫坡村", 2023, 0, 5)), by=supervisor)
    Branch.objects.filter(name="卫坡村").update(is_active=False)
    workflow.enrol_branches(next_year)
    assert not next_year.assessments.filter(branch__name="卫坡村").exists()
    assert last_event().subject == "卫坡村 2023"


def test_once_open_it_takes_a_reason(town, sheet, supervisor):
    table = levels(("卫坡村", 2022, 4, 5))
    for reason in ("", "  "):
        refusal = refuses(
            workflow.Blocked, workflow.set_targets, town, table, by=supervisor, reason=reason
        )
        assert sentences(refusal) == ["“设定创建目标”要写明理由"]
    workflow.set_targets(town, table, by=supervisor, reason="党委会议定")
    event = last_event()
    assert (event.assessment, event.reason) == (sheet, "党委会议定")
    assert event.changes == {"target_level": [4, 5]}
    assert (event.from_state, event.to_state) == ("self_rating", "self_rating")


def test_what_stays_needs_no_reason_and_leaves_no_event(town, supervisor):
    start = last_event().pk
    assert workflow.set_targets(town, levels(("卫坡村", 2022, 4, 4)), by=supervisor) == 0
    assert events_after(start) == []


def test_a_sheet_that_is_handed_in_keeps_its_target(town, sheet, supervisor):
    at_step(sheet, "review")
    table = levels(("卫坡村", 2022, 4, 5), ("南陈村", 2022, 3, 4))
    refusal = refuses(
        workflow.OutOfOrder, workflow.set_targets, town, table, by=supervisor, reason="议定"
    )
    assert sentences(refusal) == ["卫坡村：台账已经提交，创建目标不能再改"]


def test_all_or_none_where_one_was_changed_meanwhile(town, supervisor):
    table = levels(("卫坡村", 2022, 3, 5), ("南陈村", 2022, 3, 4), ("石沟村", 2022, 2, 9))
    refusal = refuses(
        workflow.Blocked, workflow.set_targets, town, table, by=supervisor, reason="议定"
    )
    assert sentences(refusal) == ["石沟村：没有这样的星级", "卫坡村：您打开之后已被别人改过"]


def test_a_closed_year_takes_none(town, supervisor):
    table = levels(("卫坡村", 2022, 4, 5))
    close_year()
    refusal = refuses(
        workflow.OutOfOrder, workflow.set_targets, town, table, by=supervisor, reason="议定"
    )
    assert sentences(refusal) == ["这一年度的创建没有在进行，不能再改动。"]


def test_a_sheet_of_another_year_is_left_alone(next_year, supervisor):
    assert workflow.set_targets(next_year, levels(("卫坡村", 2022, 4, 5)), by=supervisor) == 0
    assert sheet_of("卫坡村").target_level == 4


@pytest.mark.parametrize("username", ["auditor", "reviewer_ny", "clerk_weipo", "nobody"])
@pytest.mark.parametrize("wanted", [4, 5])
def test_the_targets_are_the_towns(town, username, wanted):
    table = levels(("卫坡村", 2022, 4, wanted))
    refusal = refuses(
        workflow.NotAllowed, workflow.set_targets, town, table, by=person(username), reason="议定"
    )
    assert "由党委督星人或管理员办理" in str(refusal)


def test_the_branch_hands_in_by_the_new_target(town, sheet, supervisor):
    workflow.set_targets(town, levels(("卫坡村", 2022, 4, 5)), by=supervisor, reason="议定")
    sheet = sheet_of("卫坡村")
    blockers = workflow.blockers_to_submit(sheet, [], sheet.star_rows())
    assert [str(blocker) for blocker in blockers] == ["拟创星还没选够：创建目标是五星"]
