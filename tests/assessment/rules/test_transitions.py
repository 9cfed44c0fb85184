"""The state machine: complete, connected, and one owner for every item."""

import pytest

from assessment.enums import FindingState, NoticeState, Owner, Step, Verb
from assessment.permissions import POWERS, roles_for
from assessment.rules.transitions import (
    BY_VERB,
    FINDING_TRANSITIONS,
    NOTICE_TRANSITIONS,
    TABLES,
    TRANSITIONS,
    diagram,
    owner,
)
from branches.enums import Role

# Events about a year, a catalogue or the site: nothing moves by them.
NOT_IN_A_TABLE = {
    Verb.OPEN_CYCLE,
    Verb.CLOSE_CYCLE,
    Verb.CORRECT,
    Verb.EDIT,
    Verb.SIGN_IN,
    Verb.SIGN_IN_FAILED,
    Verb.DOWNLOAD,
    Verb.SET_UP,
    Verb.DEMONSTRATE,
    Verb.KEEP_PHRASES,
    Verb.RECORD_INSPECTION,
    Verb.EDIT_INSPECTION,
    Verb.RECORD_FINDING,
    Verb.DRAFT_NOTICE,
    Verb.WRITE_REPORT,
}


@pytest.mark.parametrize(
    ("step", "is_returned", "is_signed_off", "expected"),
    [
        (Step.SELF_RATING, False, False, Owner.BRANCH),
        (Step.SELF_RATING, True, False, Owner.BRANCH),
        (Step.SELF_RATING, False, True, Owner.BRANCH),
        (Step.SELF_RATING, True, True, Owner.BRANCH),
        (Step.REVIEW, False, False, Owner.DEPARTMENT),
        (Step.REVIEW, True, False, Owner.BRANCH),
        (Step.REVIEW, False, True, Owner.COMMITTEE),
        (Step.REVIEW, True, True, Owner.BRANCH),
        (Step.SUPERVISION, False, False, Owner.COMMITTEE),
        (Step.SUPERVISION, True, False, Owner.COMMITTEE),
        (Step.SUPERVISION, False, True, Owner.COMMITTEE),
        (Step.SUPERVISION, True, True, Owner.COMMITTEE),
        (Step.CONCLUDED, False, False, Owner.NOBODY),
        (Step.CONCLUDED, True, False, Owner.NOBODY),
        (Step.CONCLUDED, False, True, Owner.NOBODY),
        (Step.CONCLUDED, True, True, Owner.NOBODY),
    ],
)
def test_owner(step, is_returned, is_signed_off, expected):
    assert owner(step, is_returned=is_returned, is_signed_off=is_signed_off) == expected


def test_every_verb_that_moves_something_has_one_row():
    verbs = [row.verb for _states, rows, _ends in TABLES for row in rows]
    assert len(verbs) == len(set(verbs))
    assert set(verbs) == set(Verb) - NOT_IN_A_TABLE
    assert BY_VERB.keys() == set(verbs)


def test_every_transition_has_an_actor():
    assert all(roles_for(verb) for verb in BY_VERB)
    others = {verb: roles_for(verb) for verbs in POWERS.values() for verb in verbs}
    others = {verb: roles for verb, roles in others.items() if verb not in BY_VERB}
    assert others.keys() <= NOT_IN_A_TABLE
    assert others == {
        Verb.KEEP_PHRASES: [Role.REVIEWER],
        Verb.RECORD_FINDING: [Role.REVIEWER, Role.SUPERVISOR],
        **dict.fromkeys(
            (Verb.RECORD_INSPECTION, Verb.EDIT_INSPECTION, Verb.DRAFT_NOTICE, Verb.WRITE_REPORT),
            [Role.SUPERVISOR],
        ),
        **dict.fromkeys(
            (Verb.OPEN_CYCLE, Verb.CLOSE_CYCLE, Verb.CORRECT, Verb.EDIT), [Role.ADMINISTRATOR]
        ),
    }
    assert POWERS.keys() == set(Role) - {Role.AUDITOR}


@pytest.mark.parametrize(("states", "rows", "ends"), TABLES)
def test_every_verb_begins_somewhere_and_every_state_is_reached(states, rows, ends):
    assert all(row.sources <= set(states) and row.sources for row in rows)
    reached = {list(states)[0]}
    for _ in states:
        reached |= {row.target for row in rows if row.sources & reached and row.target}
    assert reached == set(states)


@pytest.mark.parametrize(("states", "rows", "ends"), TABLES)
def test_every_state_but_the_ends_can_be_left(states, rows, ends):
    left = {state for row in rows if row.target for state in row.sources - {row.target}}
    assert set(states) - set(ends) <= left


def test_what_ends_for_good():
    """A closed or withdrawn finding and a notice that was sent out or thrown away stay so."""
    ends = {
        FindingState: {FindingState.CLOSED, FindingState.WITHDRAWN},
        NoticeState: {NoticeState.WITHDRAWN, NoticeState.DISCARDED},
    }
    for states, rows in (
        (FindingState, FINDING_TRANSITIONS),
        (NoticeState, NOTICE_TRANSITIONS),
    ):
        assert not any(row.sources & ends[states] for row in rows)


def test_the_pen_a_verb_asks_for_can_be_held_where_it_begins():
    states = [(False, False), (True, False), (False, True)]
    for row in TRANSITIONS:
        for step in row.sources:
            holders = {owner(step, is_returned=a, is_signed_off=b) for a, b in states}
            assert row.owner is None or row.owner in holders


def test_the_pen_is_held_by_who_may_act():
    roles = {
        Owner.BRANCH: Role.CLERK,
        Owner.DEPARTMENT: Role.REVIEWER,
        Owner.COMMITTEE: Role.SUPERVISOR,
    }
    about_items = [row for row in TRANSITIONS if row.owner]
    for row in about_items:
        assert roles_for(row.verb) == [roles[row.owner]]


def test_diagram():
    lines = diagram(*TABLES[0]).splitlines()
    assert lines[:2] == ["stateDiagram-v2", "    [*] --> self_rating"]
    assert lines[-1] == "    concluded --> [*]"
    assert "    self_rating --> review: submit" in lines
    assert "    review --> review: return" in lines
    assert "    supervision --> review: send_back" in lines
    assert "    concluded --> supervision: reopen" in lines
    assert len(lines) == 3 + sum(len(row.sources) for row in TRANSITIONS)
