"""Findings: what keeps one from being made, answered, put off, or told of; and what it holds up."""

from datetime import date

import pytest

from assessment.enums import Step, Verb
from assessment.rules.completeness import (
    asked_blockers,
    close_blockers,
    conclude_blockers,
    decide_blockers,
    draft_blockers,
    dropped_visit_blockers,
    finding_blockers,
    inspection_blockers,
    issue_blockers,
    issued_blockers,
    set_aside_blockers,
)
from assessment.rules.gaps import gaps
from assessment.rules.rows import CategoryRow, ItemRow, StarRow
from assessment.rules.stars import earned

FOUND, DUE, LATER = date(2022, 11, 1), date(2022, 11, 20), date(2022, 11, 30)
STAR = StarRow(CategoryRow("ST", "生态宜居"))


def kinds(blockers):
    return [blocker.kind.value for blocker in blockers]


def facts(**values):
    ways = {"heard_report": True, "read_files": False, "looked_on_site": False}
    return {"held_on": FOUND, **ways, **values}


def item(**values):
    values = {"is_key": True, "has_open_finding": True, **values}
    marks = dict.fromkeys((step.value for step in Step.marking()), "met")
    return ItemRow("ST", label="生态宜居 3 · 资源化利用", pk=7, **marks, **values)


@pytest.mark.parametrize(
    ("changed", "branches", "today", "expected"),
    [
        ({}, ["卫坡村"], FOUND, []),
        ({"looked_on_site": True}, ["卫坡村"], DUE, []),
        ({"heard_report": False}, ["卫坡村"], FOUND, ["no_way"]),
        ({}, [], FOUND, ["nobody_visited"]),
        ({"held_on": DUE}, ["卫坡村"], FOUND, ["held_later"]),
        (
            {"heard_report": False, "held_on": DUE},
            [],
            FOUND,
            ["no_way", "nobody_visited", "held_later"],
        ),
    ],
)
def test_inspection(changed, branches, today, expected):
    assert kinds(inspection_blockers(facts(**changed), branches, today)) == expected


@pytest.mark.parametrize(
    ("is_visited", "is_of_sheet", "due", "expected"),
    [
        (True, True, DUE, []),
        (True, True, FOUND, []),
        (False, True, DUE, ["not_visited"]),
        (True, False, DUE, ["of_another_sheet"]),
        (True, True, date(2022, 10, 31), ["due_before_found"]),
        (
            False,
            False,
            date(2022, 10, 31),
            ["not_visited", "of_another_sheet", "due_before_found"],
        ),
    ],
)
def test_finding(is_visited, is_of_sheet, due, expected):
    found = {"is_visited": is_visited, "is_of_sheet": is_of_sheet, "found_on": FOUND, "due": due}
    assert kinds(finding_blockers("卫坡村", **found)) == expected


@pytest.mark.parametrize(
    ("wanted", "today", "is_waiting", "expected"),
    [
        (LATER, DUE, False, []),
        (LATER, date(2022, 11, 21), False, ["due_is_past"]),
        (LATER, FOUND, True, ["extension_waits"]),
        (DUE, FOUND, False, ["not_later"]),
        (FOUND, date(2022, 11, 21), True, ["due_is_past", "extension_waits", "not_later"]),
    ],
)
def test_asking_for_an_extension(wanted, today, is_waiting, expected):
    assert kinds(asked_blockers(DUE, wanted, today, is_waiting=is_waiting)) == expected


@pytest.mark.parametrize(
    ("has_item", "reason", "expected"),
    [
        (True, "已经动工", []),
        (True, " ", ["no_reason"]),
        (False, "已经动工", ["no_item"]),
        (False, "", ["no_item", "no_reason"]),
    ],
)
def test_setting_aside(has_item, reason, expected):
    assert kinds(set_aside_blockers(has_item, Verb.SET_ASIDE, reason)) == expected


@pytest.mark.parametrize(
    ("texts", "withdrawn", "expected"),
    [
        ({"标题": "通报"}, [], []),
        ({"标题": ""}, [], ["no_words"]),
        ({"标题": "", "工作要求": ""}, ["卫坡村"], ["no_words", "no_words", "withdrawn_finding"]),
    ],
)
def test_issuing(texts, withdrawn, expected):
    assert kinds(issue_blockers(texts, withdrawn)) == expected


@pytest.mark.parametrize(
    ("inspections", "findings", "expected"),
    [([1], [], []), ([], [1], []), ([], [], ["nothing_chosen"])],
)
def test_drafting(inspections, findings, expected):
    assert kinds(draft_blockers(inspections, findings)) == expected


@pytest.mark.parametrize("step", Step.marking())
@pytest.mark.parametrize(
    ("is_key", "has_open_finding", "holds_up"),
    [(True, True, True), (True, False, False), (False, True, False), (False, False, False)],
)
def test_an_open_finding_on_a_key_item_keeps_the_star_away(
    step, is_key, has_open_finding, holds_up
):
    """But not from the branch's own marks, which are its own word."""
    rows = [item(is_key=is_key, has_open_finding=has_open_finding)]
    is_away = holds_up and step != Step.SELF_RATING
    assert earned(rows, step, 100) == (set() if is_away else {"ST"})
    in_the_way = [row.pk for gap in gaps(rows, step, 100) for row in gap.rows]
    assert in_the_way == ([7] if is_away else [])


@pytest.mark.parametrize(
    ("awarded", "reason", "expected"),
    [
        (True, "", ["finding_open", "star_differs"]),
        (True, "现场看过", ["finding_open"]),
        (False, "", []),
        (None, "", ["star_undecided"]),
    ],
)
def test_no_reason_passes_an_open_finding(awarded, reason, expected):
    star = StarRow(STAR.category, awarded=awarded, reason=reason)
    assert kinds(conclude_blockers([item()], [star], 100)) == expected
    if awarded is not None:
        assert kinds(decide_blockers(star, awarded, reason, set(), [item()])) == expected


def test_a_finding_of_another_category_holds_up_nothing_here():
    other = StarRow(CategoryRow("ZB", "支部过硬"))
    assert decide_blockers(other, True, "", {"ZB"}, [item()]) == []


SENTENCES = [
    (
        decide_blockers(STAR, True, "看过", set(), [item()]),
        "生态宜居 3 · 资源化利用：关键项上的问题还没有销号，不能评定；请先销号，或认定不影响定星",
    ),
    (
        inspection_blockers(facts(heard_report=False), ["卫坡村"], FOUND),
        "联查方式至少选一种：听汇报、查资料、看实地",
    ),
    (inspection_blockers(facts(), [], FOUND), "还没有选联查的支部"),
    (inspection_blockers(facts(held_on=DUE), ["卫坡村"], FOUND), "联查日期不能晚于今天"),
    (dropped_visit_blockers(["卫坡村"]), "卫坡村在这次联查里已经登记了问题，不能去掉"),
    (
        finding_blockers("卫坡村", is_visited=False, is_of_sheet=True, found_on=FOUND, due=DUE),
        "卫坡村不在这次联查的支部里，请先把它加进去",
    ),
    (
        finding_blockers(
            "卫坡村", is_visited=True, is_of_sheet=False, found_on=FOUND, due=DUE, item="垃圾分类"
        ),
        "垃圾分类不是这个支部的任务项",
    ),
    (
        finding_blockers("卫坡村", is_visited=True, is_of_sheet=True, found_on=DUE, due=FOUND),
        "整改期限不能早于联查当天",
    ),
    (
        issued_blockers("朝督〔2022〕3号"),
        "这个问题已经写进印发的通报（朝督〔2022〕3号），不能再改；要改先撤回通报",
    ),
    (asked_blockers(DUE, LATER, FOUND, is_waiting=True), "已有一次延期申请在等答复"),
    (asked_blockers(FOUND, LATER, DUE, is_waiting=False), "整改期限已过，不能再申请延期"),
    (
        set_aside_blockers(False, Verb.SET_ASIDE, "看过"),
        "这个问题没有对应任务项，本来就不影响定星",
    ),
    (draft_blockers([], []), "还没有选联查或问题"),
    (close_blockers([], ["卫坡村 · 秸秆"]), "卫坡村 · 秸秆：还没有销号，也没有认定不影响定星"),
    (issue_blockers({}, ["卫坡村 · 秸秆"]), "卫坡村 · 秸秆：这个问题已撤销，请从通报里去掉"),
    (
        conclude_blockers([], [StarRow(STAR.category, awarded=True)], 100),
        "生态宜居：决定与提议不一致，要写明理由",
    ),
]


@pytest.mark.parametrize(("blockers", "sentence"), SENTENCES)
def test_sentences(blockers, sentence):
    assert [str(blocker) for blocker in blockers] == [sentence]
