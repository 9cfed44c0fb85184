"""The state machine: complete, connected, and one owner for every item."""

import pytest

from assessment.enums import Owner, Step, Verb
from assessment.permissions import ACTORS
from assessment.rules.transitions import BY_VERB, TRANSITIONS, diagram, owner
from branches.enums import Role

# Events about a year, a catalogue or the site: no sheet moves by them.
NOT_ABOUT_A_SHEET = {
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


def test_every_verb_about_a_sheet_has_one_row():
    verbs = [row.verb for row in TRANSITIONS]
    assert len(verbs) == len(set(verbs))
    assert set(verbs) == set(Verb) - NOT_ABOUT_A_SHEET
    assert BY_VERB.keys() == set(verbs)


def test_every_transition_has_an_actor():
    assert set(BY_VERB) <= ACTORS.keys()
    others = {verb: role for verb, role in ACTORS.items() if verb not in BY_VERB}
    assert others.keys() <= NOT_ABOUT_A_SHEET
    assert others.pop(Verb.KEEP_PHRASES) == Role.REVIEWER
    assert set(others.values()) == {Role.ADMINISTRATOR}
    assert set(ACTORS.values()) <= set(Role)
    assert Role.AUDITOR not in ACTORS.values()


def test_every_verb_begins_somewhere_and_every_step_is_reached():
    assert all(row.sources <= set(Step) and row.sources for row in TRANSITIONS)
    reached = {Step.SELF_RATING}
    for _ in Step:
        reached |= {row.target for row in TRANSITIONS if row.sources & reached and row.target}
    assert reached == set(Step)


def test_every_step_can_be_left():
    for step in Step:
        assert any(step in row.sources and row.target not in (None, step) for row in TRANSITIONS)


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
    assert [ACTORS[row.verb] for row in about_items] == [roles[row.owner] for row in about_items]


def test_diagram():
    lines = diagram().splitlines()
    assert lines[:2] == ["stateDiagram-v2", "    [*] --> self_rating"]
    assert lines[-1] == "    concluded --> [*]"
    assert "    self_rating --> review: submit" in lines
    assert "    review --> review: return" in lines
    assert "    supervision --> review: send_back" in lines
    assert "    concluded --> supervision: reopen" in lines
    assert len(lines) == 3 + sum(len(row.sources) for row in TRANSITIONS)
