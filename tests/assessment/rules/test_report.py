"""What a report makes of two snapshots and of what was done between them."""

from datetime import date

import pytest

from assessment.enums import Moved, Step, Verb
from assessment.rules.report import report
from assessment.rules.report_rows import Course, LevelLine, Move, Place, Town, Traffic
from assessment.rules.rewinding import Change, FindingRow, Snapshot
from assessment.rules.rows import CategoryRow, ItemRow

LAST_DAY = date(2022, 11, 30)
SHEETS = (Place(2, "南陈村", 3), Place(1, "卫坡村", 2))
CATEGORIES = (CategoryRow("ZB", "支部过硬"), CategoryRow("CY", "产业兴旺"))
DEPARTMENTS = (Place("NY", "农业"), Place("DJ", "党建办"), Place("SF", "司法所"))
TOWN = Town(SHEETS, CATEGORIES, DEPARTMENTS, 100)


def snapshot(marks=(), **changed):
    """Each of two sheets with one item a category; `marks` maps an item to its marks."""
    items = {
        pk: (pk // 10, ItemRow(code, pk=pk, department=department))
        for pk, code, department in (
            (11, "ZB", "DJ"),
            (12, "CY", "NY"),
            (21, "ZB", "DJ"),
            (22, "CY", "NY"),
        )
    }
    for pk, facts in dict(marks).items():
        sheet, row = items[pk]
        known = {name: getattr(row, name) for name in ("category", "pk", "department")}
        items[pk] = sheet, ItemRow(**known, **facts)
    facts = {
        "steps": {1: "self_rating", 2: "self_rating"},
        "levels": {1: None, 2: None},
        "items": items,
        "targeted": set(),
        "awarded": {},
        "signed": set(),
        "findings": {},
        "categories": {},
    }
    return Snapshot(**facts | changed)


def made(after=None, before=None, changes=(), town=TOWN, last_day=LAST_DAY):
    course = Course(before or snapshot(), after or snapshot(), tuple(changes), last_day)
    return report(town, course)


def by_name(lines):
    return {line.name: line for line in lines}


def test_places_come_in_their_order_and_not_by_what_they_did():
    told = made(changes=[Change(Verb.RETURN, 1, 11)] * 3)
    assert [line.name for line in told.branches] == ["南陈村", "卫坡村"]
    assert [line.name for line in told.stars] == ["支部过硬", "产业兴旺"]
    # 司法所 leads nothing and answers for nothing.
    assert [line.name for line in told.departments] == ["农业", "党建办"]


@pytest.mark.parametrize(
    ("marks", "awarded", "stars"),
    [
        ({}, {}, 0),
        ({11: {"self_rating": "met"}}, {}, 0),
        ({11: {"review": "met"}}, {}, 1),
        ({11: {"review": "met", "supervision": "unmet"}}, {}, 0),
        ({11: {"review": "unmet", "supervision": "met"}}, {}, 1),
        ({11: {"review": "met"}, 12: {"review": "met"}}, {}, 2),
        ({11: {"review": "met"}}, {(1, "ZB"): False}, 0),
        ({11: {"review": "unmet"}}, {(1, "ZB"): True}, 1),
        ({11: {"review": "met"}}, {(1, "ZB"): None}, 1),
        ({11: {"review": "met"}, 12: {"review": "met"}}, {(1, "ZB"): True, (1, "CY"): False}, 1),
    ],
)
def test_stars_are_those_decided_and_else_those_proposed(marks, awarded, stars):
    told = made(snapshot(marks, awarded=awarded))
    assert by_name(told.branches)["卫坡村"].stars == stars
    assert (told.held_before, told.held) == (0, stars)
    assert told.awarded == sum(map(bool, awarded.values()))


def test_without_the_prerequisite_there_is_no_level():
    first = CategoryRow("ZB", "支部过硬", is_prerequisite=True)
    town = Town(SHEETS, (first, CATEGORIES[1]), DEPARTMENTS, 100)
    told = made(snapshot({12: {"review": "met"}}), town=town)
    assert by_name(told.branches)["卫坡村"].stars == 0
    # The star is held none the less.
    assert by_name(told.stars)["产业兴旺"].held == 1


def test_an_open_finding_on_a_key_item_keeps_the_star_away():
    key = {11: {"review": "met", "is_key": True}}
    finding = FindingRow(1, 11, "ZB", "DJ", LAST_DAY)
    told = made(snapshot(key, findings={5: finding}), snapshot(key))
    line = by_name(told.branches)["卫坡村"]
    assert (line.stars_before, line.stars) == (1, 0)


def test_items_met_by_the_branch_and_by_the_town():
    before = {11: {"self_rating": "met"}}
    after = {
        11: {"self_rating": "met", "review": "met", "supervision": "unmet"},
        12: {"self_rating": "met", "review": "met"},
    }
    line = by_name(made(snapshot(after), snapshot(before)).branches)["卫坡村"]
    assert (line.own_met_before, line.own_met, line.met_before, line.met) == (1, 2, 0, 1)
    assert (line.target, line.sheet) == (2, 1)


def test_returns_and_answers_are_counted_where_they_belong():
    changes = [
        Change(Verb.RETURN, 1, 11),
        Change(Verb.RETURN, 1, 11),
        Change(Verb.RESUBMIT, 1, 11),
        Change(Verb.RETURN, 2, 22),
    ]
    told = made(changes=changes)
    wanted = {"卫坡村": (2, 1), "南陈村": (1, 0), "支部过硬": (2, 1), "产业兴旺": (1, 0)}
    wanted |= {"党建办": (2, 1), "农业": (1, 0)}
    lines = by_name([*told.branches, *told.stars, *told.departments])
    assert {
        name: (line.traffic.returned, line.traffic.answered) for name, line in lines.items()
    } == wanted


# What a finding was, what it is, and how it counts; due before, on and after the last day.
EARLY, LATE = date(2022, 11, 29), date(2022, 12, 1)
FINDINGS = [
    (None, ("open", LATE), Traffic(opened=1, unresolved=1)),
    (None, ("open", LAST_DAY), Traffic(opened=1, unresolved=1)),
    (None, ("open", EARLY), Traffic(opened=1, unresolved=1, overdue=1)),
    (None, ("answered", EARLY), Traffic(opened=1, unresolved=1, overdue=1)),
    (None, ("closed", EARLY), Traffic(opened=1, closed=1)),
    (None, ("withdrawn", EARLY), Traffic()),
    (("open", EARLY), ("open", LATE), Traffic(unresolved=1)),
    (("answered", EARLY), ("closed", EARLY), Traffic(closed=1)),
    (("closed", EARLY), ("closed", EARLY), Traffic()),
    (("open", EARLY), ("withdrawn", EARLY), Traffic()),
]


@pytest.mark.parametrize(("was", "now", "counted"), FINDINGS)
def test_a_finding(was, now, counted):
    def findings(state):
        if state is None:
            return {}
        return {5: FindingRow(1, 11, "ZB", "SF", state[1], state[0])}

    told = made(snapshot(findings=findings(now)), snapshot(findings=findings(was)))
    lines = by_name([*told.branches, *told.stars, *told.departments])
    assert lines["卫坡村"].traffic == lines["支部过硬"].traffic == counted
    assert lines["南陈村"].traffic == lines["产业兴旺"].traffic == Traffic()
    # Whoever answers for one is in the table, though they lead nothing.
    assert ("司法所" in lines) is (now[0] != "withdrawn")
    assert lines["司法所" if "司法所" in lines else "农业"].traffic == counted


def test_a_finding_on_no_item_has_a_line_of_its_own():
    finding = FindingRow(1, None, "", "DJ", LATE)
    lines = made(snapshot(findings={5: finding})).stars
    assert [line.code for line in lines] == ["ZB", "CY", ""]
    assert lines[-1].traffic == Traffic(opened=1, unresolved=1)
    assert (lines[-1].held, lines[-1].targeted, lines[-1].awarded) == (0, 0, 0)


def test_a_star():
    after = snapshot(
        {11: {"review": "met"}, 21: {"review": "met"}},
        targeted={(1, "ZB"), (2, "CY")},
        awarded={(1, "ZB"): True, (2, "ZB"): False, (1, "CY"): None},
    )
    before = snapshot({21: {"review": "met"}}, awarded={(1, "ZB"): True})
    line = by_name(made(after, before).stars)["支部过硬"]
    assert (line.targeted, line.held_before, line.held) == (1, 2, 1)
    assert (line.awarded_before, line.awarded) == (1, 1)


WAITING = [
    ("review", {}, set(), 1),
    ("review", {"review": "met"}, set(), 0),
    ("review", {"is_returned": True}, set(), 0),
    ("review", {}, {(1, "DJ")}, 0),
    ("review", {}, {(1, "NY"), (2, "DJ")}, 1),
    ("self_rating", {}, set(), 0),
    ("supervision", {}, set(), 0),
]


@pytest.mark.parametrize(("step", "marks", "signed", "waiting"), WAITING)
def test_what_waits_with_a_department(step, marks, signed, waiting):
    steps = {1: step, 2: "self_rating"}
    told = made(snapshot({11: marks}, steps=steps, signed=signed))
    line = by_name(told.departments)["党建办"]
    assert (line.led, line.waiting) == (2, waiting)
    assert line.signed == sum(code == "DJ" for _sheet, code in signed)


def test_items_that_a_department_has_marked_count_once():
    def marked(item, *pair):
        return Change(Verb.REVIEW, item // 10, item, changes={"review": list(pair)})

    note = Change(Verb.REVIEW, 2, 21, changes={"review_note": ["", "好"]})
    changes = [marked(11, "met", "unmet"), marked(11, "", "met"), marked(22, "met", ""), note]
    lines = by_name(made(changes=changes).departments)
    assert (lines["党建办"].marked, lines["农业"].marked) == (1, 0)


def moved(verb, sheet=1, source="review", target="review"):
    return Change(verb, sheet, from_state=source, to_state=target)


@pytest.mark.parametrize(
    ("change", "kind"),
    [
        (moved(Verb.SUBMIT), Moved.SUBMITTED),
        (moved(Verb.COLLECT), Moved.COLLECTED),
        (moved(Verb.SIGN_OFF, target="supervision"), Moved.REVIEWED),
        (moved(Verb.SIGN_OFF_FOR, target="supervision"), Moved.REVIEWED),
        (moved(Verb.SIGN_OFF), None),
        (moved(Verb.SEND_BACK), Moved.SENT_BACK),
        (moved(Verb.DECIDE), Moved.DECIDED),
        (moved(Verb.CONCLUDE), Moved.CONCLUDED),
        (moved(Verb.REOPEN), Moved.REOPENED),
        (moved(Verb.EXTEND), Moved.EXTENDED),
        (moved(Verb.SELF_RATE), None),
        (moved(Verb.RECTIFY), None),
    ],
)
def test_what_is_told_as_having_happened(change, kind):
    assert made(changes=[change]).moves == ((Move(kind, 1, ("卫坡村",)),) if kind else ())


def test_moves_come_in_the_order_of_the_year_and_branches_in_theirs():
    changes = [
        moved(Verb.ISSUE_NOTICE, sheet=None),
        moved(Verb.SUBMIT, 1),
        moved(Verb.SUBMIT, 2),
        moved(Verb.SUBMIT, 1),
    ]
    assert made(changes=changes).moves == (
        Move(Moved.SUBMITTED, 3, ("南陈村", "卫坡村")),
        Move(Moved.NOTIFIED, 1, ()),
    )


def test_levels_and_steps():
    after = snapshot(levels={1: 2, 2: None}, steps={1: "concluded", 2: "review"})
    told = made(after)
    assert told.levels == (LevelLine(3, 1, 0, 0), LevelLine(2, 1, 0, 1))
    assert told.steps == (
        (Step.SELF_RATING, 2, 0),
        (Step.REVIEW, 0, 1),
        (Step.SUPERVISION, 0, 0),
        (Step.CONCLUDED, 0, 1),
    )
    assert told.target == 5


def test_whether_anything_was_done():
    assert made().is_empty
    assert not made(changes=[Change(Verb.SELF_RATE, 1, 11)]).is_empty
