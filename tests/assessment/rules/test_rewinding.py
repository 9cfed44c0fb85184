"""What each event undoes, as a table; and back again from any number of them."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessment.enums import Step, Verb
from assessment.rules.rewinding import Change, FindingRow, Snapshot, rewound
from assessment.rules.rows import ItemRow

DUE = date(2022, 11, 20)
FINDING = FindingRow(1, 10, "ZB", "DJ", DUE)


def snapshot(**changed):
    """Sheet 1 with items 10 and 11, of two departments and two categories, in review."""
    facts = {
        "steps": {1: "review", 2: "self_rating"},
        "levels": {1: None, 2: None},
        "items": {
            10: (1, ItemRow("ZB", pk=10, department="DJ", self_rating="met", is_key=True)),
            11: (1, ItemRow("CY", pk=11, department="NY", self_rating="unmet")),
            20: (2, ItemRow("ZB", pk=20, department="DJ")),
        },
        "targeted": {(1, "ZB")},
        "awarded": {(1, "ZB"): None, (1, "CY"): None, (2, "ZB"): None, (2, "CY"): None},
        "signed": set(),
        "findings": {},
        "categories": {"支部过硬": "ZB", "产业兴旺": "CY"},
    }
    return Snapshot(**facts | changed)


def with_item(pk, **changed):
    items = snapshot().items
    sheet, row = items[pk]
    return {**items, pk: (sheet, replace(row, **changed))}


def on_item(verb, item=10, **facts):
    return Change(verb, 1, item, from_state="review", to_state="review", **facts)


def on_sheet(verb, source="review", target="review", **changes):
    return Change(verb, 1, from_state=source, to_state=target, changes=changes)


def signed(verb, department, target="review"):
    return Change(verb, 1, department=department, from_state="review", to_state=target)


def decision(name, old, new):
    return Change(Verb.DECIDE, 1, changes={name: [old, new]})


def on_finding(verb, source, target, **changes):
    return Change(verb, 1, 10, 5, from_state=source, to_state=target, changes=changes)


def marked(name, old, new):
    return {"changes": {name: [old, new], "note": ["", "好"]}}


# What stands now, the event, and what stood before it.
ITEMS = {
    "a mark of the branch": (
        {"self_rating": "unmet"},
        on_item(Verb.SELF_RATE, **marked("self_rating", "", "unmet")),
        {"self_rating": ""},
    ),
    "words alone": (
        {"self_rating": "met"},
        on_item(Verb.SELF_RATE, changes={"measures": ["旧", "新"]}),
        {"self_rating": "met"},
    ),
    "a mark of the department": (
        {"review": "met"},
        on_item(Verb.REVIEW, **marked("review", "partly_met", "met")),
        {"review": "partly_met"},
    ),
    "a mark of the committee": (
        {"supervision": "unmet"},
        on_item(Verb.SUPERVISE, **marked("supervision", "", "unmet")),
        {"supervision": ""},
    ),
    "a return": ({"is_returned": True}, on_item(Verb.RETURN), {"is_returned": False}),
    "a return answered": (
        {"review": "", "is_returned": False},
        on_item(Verb.RESUBMIT, changes={"review": ["unmet", ""]}),
        {"review": "unmet", "is_returned": True},
    ),
    "a return ended for a silent department": (
        {"review": ""},
        on_item(Verb.SIGN_OFF_FOR, changes={"review": ["met", ""]}),
        {"review": "met", "is_returned": True},
    ),
    "an opinion": ({"review": "met"}, on_item(Verb.OPINE), {"review": "met"}),
}


@pytest.mark.parametrize(("now", "change", "before"), ITEMS.values(), ids=ITEMS)
def test_an_act_on_an_item(now, change, before):
    at = snapshot(items=with_item(10, **now))
    assert rewound(at, [change]) == snapshot(items=with_item(10, **before))


SHEETS = {
    "handed in": (
        {"steps": {1: "review", 2: "self_rating"}},
        on_sheet(Verb.SUBMIT, "self_rating"),
        {"steps": {1: "self_rating", 2: "self_rating"}},
    ),
    "collected": (
        {},
        on_sheet(Verb.COLLECT, "self_rating"),
        {"steps": {1: "self_rating", 2: "self_rating"}},
    ),
    "one of the sign-offs": (
        {"signed": {(1, "NY"), (1, "DJ")}},
        signed(Verb.SIGN_OFF, "NY"),
        {"signed": {(1, "DJ")}},
    ),
    "the last sign-off": (
        {"signed": {(1, "NY"), (1, "DJ")}, "steps": {1: "supervision", 2: "review"}},
        signed(Verb.SIGN_OFF_FOR, "NY", target="supervision"),
        {"signed": {(1, "DJ")}, "steps": {1: "review", 2: "review"}},
    ),
    "a star decided": (
        {"awarded": {(1, "ZB"): True, (1, "CY"): None}},
        decision("支部过硬", None, True),
        {"awarded": {(1, "ZB"): None, (1, "CY"): None}},
    ),
    "a star decided anew": (
        {"awarded": {(1, "ZB"): False}},
        decision("支部过硬", True, False),
        {"awarded": {(1, "ZB"): True}},
    ),
    "concluded": (
        {"levels": {1: 3}, "steps": {1: "concluded"}},
        on_sheet(Verb.CONCLUDE, "supervision", "concluded", level=[None, 3]),
        {"levels": {1: None}, "steps": {1: "supervision"}},
    ),
    "reopened": (
        {"levels": {1: None}, "steps": {1: "supervision"}},
        on_sheet(Verb.REOPEN, "concluded", "supervision", level=[3, None]),
        {"levels": {1: 3}, "steps": {1: "concluded"}},
    ),
    "stars chosen": (
        {"targeted": {(1, "CY"), (2, "ZB")}},
        on_sheet(Verb.TARGET_STARS, targeted=[["支部过硬"], ["产业兴旺"]]),
        {"targeted": {(1, "ZB"), (2, "ZB")}},
    ),
    "a later date": ({}, on_sheet(Verb.EXTEND, review_due=[None, "2022-12-01"]), {}),
    "an item sent back": (
        {
            "signed": {(1, "NY")},
            "items": with_item(10, is_returned=False),
            "steps": {1: "review", 2: "self_rating"},
        },
        Change(
            Verb.SEND_BACK,
            1,
            10,
            from_state="supervision",
            to_state="review",
            changes={"review": ["met", ""], "supervision": ["unmet", ""]},
        ),
        {
            "signed": {(1, "NY"), (1, "DJ")},
            "items": with_item(10, review="met", supervision="unmet"),
            "steps": {1: "supervision", 2: "self_rating"},
        },
    ),
}


@pytest.mark.parametrize(("now", "change", "before"), SHEETS.values(), ids=SHEETS)
def test_an_act_on_a_sheet(now, change, before):
    assert rewound(snapshot(**now), [change]) == snapshot(**before)


FINDINGS = {
    "recorded": (FINDING, on_finding(Verb.RECORD_FINDING, "open", "open"), None),
    "answered": (
        replace(FINDING, state="answered"),
        on_finding(Verb.RECTIFY, "open", "answered"),
        FINDING,
    ),
    "closed": (
        replace(FINDING, state="closed"),
        on_finding(Verb.CLOSE_FINDING, "answered", "closed"),
        replace(FINDING, state="answered"),
    ),
    "refused": (
        FINDING,
        on_finding(Verb.REFUSE_RECTIFICATION, "answered", "open"),
        replace(FINDING, state="answered"),
    ),
    "withdrawn": (
        replace(FINDING, state="withdrawn"),
        on_finding(Verb.WITHDRAW_FINDING, "open", "withdrawn"),
        FINDING,
    ),
    "set aside": (
        replace(FINDING, is_set_aside=True),
        on_finding(Verb.SET_ASIDE, "open", "open"),
        FINDING,
    ),
    "a later date": (
        replace(FINDING, due_date=date(2022, 12, 1)),
        on_finding(Verb.GRANT_EXTENSION, "open", "open", due_date=["2022-11-20", "2022-12-01"]),
        FINDING,
    ),
    "no later date": (FINDING, on_finding(Verb.REFUSE_EXTENSION, "open", "open"), FINDING),
}


@pytest.mark.parametrize(("now", "change", "before"), FINDINGS.values(), ids=FINDINGS)
def test_an_act_on_a_finding(now, change, before):
    """It leaves the item and the step of the sheet alone, whatever states it names."""
    stood = {} if before is None else {5: before}
    assert rewound(snapshot(findings={5: now}), [change]) == snapshot(findings=stood)


def test_the_snapshot_itself_stays_as_it_is():
    at = snapshot(awarded={(1, "ZB"): True})
    rewound(at, [decision("支部过硬", None, True), on_item(Verb.RETURN)])
    assert at == snapshot(awarded={(1, "ZB"): True})


def test_older_events_go_by_older_names():
    at = snapshot(awarded={(1, "ZB"): True}, categories={"支部过硬": "ZB"})
    renamed = Change(Verb.CORRECT, changes={"name": ["支部坚强", "支部过硬"]})
    decided = decision("支部坚强", None, True)
    other = Change(Verb.CORRECT, changes={"name": ["旧项", "新项"]})
    assert rewound(at, [renamed, other, decided]).awarded == {(1, "ZB"): None}
    # A name that nothing here bears says nothing of the stars here.
    assert rewound(at, [decided]).awarded == {(1, "ZB"): True}


@pytest.mark.parametrize(
    ("finding", "is_held_up"),
    [
        (FINDING, True),
        (replace(FINDING, state="answered"), True),
        (replace(FINDING, state="closed"), False),
        (replace(FINDING, state="withdrawn"), False),
        (replace(FINDING, is_set_aside=True), False),
        (replace(FINDING, item=None), False),
        (replace(FINDING, item=11), False),
    ],
)
def test_what_a_finding_holds_up(finding, is_held_up):
    rows = snapshot(findings={5: finding}, signed={(1, "DJ"), (2, "NY")}).rows_by_sheet()
    assert {row.pk for row in rows[1]} == {10, 11}
    [row] = [row for row in rows[1] if row.pk == 10]
    assert row.has_open_finding is is_held_up
    assert [row.is_signed_off for row in (*rows[1], *rows[2])] == [True, False, False]


MARKS = st.sampled_from(["", "met", "partly_met", "unmet", "not_applicable"])
STEPS = st.sampled_from([step.value for step in Step])


@st.composite
def course(draw):
    """(what stands now, the changes newest first, what stood before them), played forwards."""
    now, changes = snapshot(), []
    for _act in range(draw(st.integers(0, 25))):
        kind = draw(st.sampled_from(sorted(PLAYS)))
        changes.insert(0, PLAYS[kind](now, draw))
    return now, changes


def play_mark(now, draw):
    item, name = draw(st.sampled_from([10, 11, 20])), draw(st.sampled_from(list(Step.marking())))
    sheet, row = now.items[item]
    old, new = getattr(row, name), draw(MARKS)
    now.items[item] = sheet, replace(row, **{name: new})
    verb = {"self_rating": Verb.SELF_RATE, "review": Verb.REVIEW}.get(name, Verb.SUPERVISE)
    return Change(verb, sheet, item, changes={name.value: [old, new]})


def play_return(now, draw):
    item = draw(st.sampled_from([10, 11]))
    sheet, row = now.items[item]
    if row.is_returned:
        now.items[item] = sheet, replace(row, is_returned=False, review="")
        return Change(Verb.RESUBMIT, sheet, item, changes={"review": [row.review, ""]})
    now.items[item] = sheet, replace(row, is_returned=True)
    return Change(Verb.RETURN, sheet, item)


def play_step(now, draw):
    sheet, old, new = draw(st.sampled_from([1, 2])), None, draw(STEPS)
    old, now.steps[sheet] = now.steps[sheet], new
    return Change(Verb.SUBMIT, sheet, from_state=old, to_state=new)


def play_level(now, draw):
    sheet, new = draw(st.sampled_from([1, 2])), draw(st.integers(0, 5))
    old, now.levels[sheet] = now.levels[sheet], new
    return Change(Verb.CONCLUDE, sheet, changes={"level": [old, new]})


def play_decision(now, draw):
    sheet, new = draw(st.sampled_from([1, 2])), draw(st.booleans())
    name = draw(st.sampled_from(sorted(now.categories)))
    place = sheet, now.categories[name]
    old, now.awarded[place] = now.awarded[place], new
    return Change(Verb.DECIDE, sheet, changes={name: [old, new]})


def play_finding(now, draw):
    pk, new = draw(st.integers(1, 3)), draw(st.sampled_from(["open", "answered", "closed"]))
    if pk not in now.findings:
        now.findings[pk] = FINDING
        return Change(Verb.RECORD_FINDING, 1, 10, pk, from_state="open", to_state="open")
    old = now.findings[pk].state
    now.findings[pk] = replace(now.findings[pk], state=new)
    return Change(Verb.RECTIFY, 1, 10, pk, from_state=old, to_state=new)


PLAYS = {
    "mark": play_mark,
    "return": play_return,
    "step": play_step,
    "level": play_level,
    "decision": play_decision,
    "finding": play_finding,
}


@given(course())
def test_back_from_any_course_to_its_beginning(played):
    now, changes = played
    assert rewound(now, changes) == snapshot()


@given(course(), st.integers(0, 25))
def test_in_two_goes_as_in_one(played, half):
    now, changes = played
    assert rewound(rewound(now, changes[:half]), changes[half:]) == rewound(now, changes)
