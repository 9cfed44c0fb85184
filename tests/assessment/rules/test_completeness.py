"""Why an act must wait: each reason produced, and its sentence."""

from datetime import date

import pytest

from assessment.enums import BlockerKind, Step, Verb
from assessment.rules.completeness import (
    Blocker,
    close_blockers,
    conclude_blockers,
    decide_blockers,
    extend_blockers,
    item_blockers,
    open_blockers,
    opine_blockers,
    overdue_blockers,
    reason_blockers,
    review_each_blockers,
    review_many_blockers,
    sign_off_blockers,
    stale_blockers,
    standing_blockers,
    submit_blockers,
)
from assessment.rules.rows import CategoryRow, ItemRow, StarRow
from assessment.rules.targets import TargetChange, target_blockers

from .test_deciding import SENTENCES as OF_DECIDING
from .test_findings import SENTENCES as OF_FINDINGS
from .test_uploads import SENTENCES as OF_UPLOADS

DUE = date(2022, 10, 31)
STAR = StarRow(CategoryRow("ZB", "支部过硬"), targeted=True)


def filled(**facts):
    """An item with all that is wanted for handing it in."""
    words = {"self_rating": "met", "measures": "清运", "responsible_person": "李某"}
    return ItemRow("ST", "生态宜居 4 · 垃圾分类", 7, department="RJ", **{**words, **facts})


def kinds(blockers):
    return [blocker.kind.value for blocker in blockers]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"self_rating": "unmet"}, []),
        ({"self_rating": ""}, ["mark_missing"]),
        ({"measures": ""}, ["measures_missing"]),
        ({"responsible_person": ""}, ["person_missing"]),
        (
            {"self_rating": "", "measures": "", "responsible_person": ""},
            ["mark_missing", "measures_missing", "person_missing"],
        ),
        # What does not apply wants its reason, and nothing else.
        ({"self_rating": "not_applicable"}, ["reason_missing"]),
        ({"self_rating": "not_applicable", "self_rating_note": "没有畜禽养殖"}, []),
        (
            {
                "self_rating": "not_applicable",
                "self_rating_note": "没有畜禽养殖",
                "measures": "",
                "responsible_person": "",
            },
            [],
        ),
        ({"self_rating": "met", "self_rating_note": ""}, []),
    ],
)
def test_handing_in_an_item(facts, expected):
    assert kinds(submit_blockers([filled(**facts)], [], 0, "无星")) == expected
    assert kinds(item_blockers(filled(**facts))) == expected


@pytest.mark.parametrize(
    ("targeted", "target", "expected"),
    [(0, 0, []), (0, 1, ["targets_missing"]), (1, 2, ["targets_missing"]), (2, 2, []), (3, 2, [])],
)
def test_as_many_stars_are_set_out_for_as_the_target_asks(targeted, target, expected):
    stars = [STAR] * targeted + [StarRow(CategoryRow("CY", "产业兴旺"), awarded=True)]
    assert kinds(submit_blockers([filled()], stars, target, "二星")) == expected


def test_the_targets_come_first_then_the_items_in_their_order():
    rows = [filled(measures=""), filled(), filled(self_rating="")]
    assert kinds(submit_blockers(rows, [], 2, "二星")) == [
        "targets_missing",
        "measures_missing",
        "mark_missing",
    ]


@pytest.mark.parametrize(
    ("due", "today", "expected"),
    [
        (DUE, date(2022, 10, 30), ["not_due"]),
        (DUE, date(2022, 10, 31), ["not_due"]),
        (DUE, date(2022, 11, 1), []),
        (None, date(2022, 11, 1), ["not_due"]),
    ],
)
def test_acting_for_somebody_waits_for_the_due_date(due, today, expected):
    assert kinds(overdue_blockers(Step.REVIEW, due, today)) == expected


@pytest.mark.parametrize(
    ("due", "new", "expected"),
    [
        (DUE, date(2022, 10, 30), ["not_later"]),
        (DUE, date(2022, 10, 31), ["not_later"]),
        (DUE, date(2022, 11, 1), []),
        (None, date(2022, 10, 1), []),
        (None, date(2022, 9, 30), ["not_later"]),
        (date(2022, 9, 1), date(2022, 9, 30), ["not_later"]),
    ],
)
def test_an_extension_is_later(due, new, expected):
    assert kinds(extend_blockers(due, new, today=date(2022, 10, 1))) == expected


@pytest.mark.parametrize(
    ("reason", "expected"), [("", ["no_reason"]), (" \n", ["no_reason"]), ("理由", [])]
)
def test_a_reason_is_more_than_blanks(reason, expected):
    assert kinds(reason_blockers(Verb.REOPEN, reason)) == expected


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"review": "met"}, []),
        ({"review": "unmet"}, []),
        ({"review": ""}, ["review_missing"]),
        ({"review": "met", "is_returned": True}, ["still_returned"]),
        ({"review": "", "is_returned": True}, ["still_returned"]),
        ({"review": "not_applicable"}, ["reason_missing"]),
        ({"review": "not_applicable", "review_note": "没有畜禽养殖"}, []),
        ({"review": "met", "is_signed_off": True}, ["already_signed_off"]),
    ],
)
def test_sign_off(facts, expected):
    other = ItemRow("ST", department="NY", is_returned=True)
    assert kinds(sign_off_blockers([filled(**facts), other], "RJ", "人居办")) == expected


def test_a_department_that_leads_nothing_has_nothing_to_sign_off():
    assert kinds(sign_off_blockers([filled(review="met")], "SH", "社会事务办公室")) == [
        "leads_nothing"
    ]
    assert kinds(standing_blockers([], "社会事务办公室")) == ["leads_nothing"]


@pytest.mark.parametrize(
    ("awarded", "proposal", "reason", "expected"),
    [
        (True, {"ZB"}, "", []),
        (False, set(), "", []),
        (True, set(), "", ["star_differs"]),
        (False, {"ZB"}, "", ["star_differs"]),
        (True, {"CY"}, "", ["star_differs"]),
        (True, set(), "一票否决", []),
        (False, {"ZB"}, "一票否决", []),
    ],
)
def test_a_decision_that_differs_needs_a_reason(awarded, proposal, reason, expected):
    assert kinds(decide_blockers(STAR, awarded, reason, proposal, [])) == expected


@pytest.mark.parametrize(
    ("awarded", "reason", "review", "supervision", "expected"),
    [
        (None, "", "met", "", ["star_undecided"]),
        (True, "", "met", "", []),
        (False, "", "met", "", ["star_differs"]),
        (False, "群众不认可", "met", "", []),
        (True, "", "met", "unmet", ["star_differs"]),
        (True, "", "unmet", "met", []),
        (True, "", "", "", ["star_differs"]),
    ],
)
def test_conclude(awarded, reason, review, supervision, expected):
    row = ItemRow("ZB", review=review, supervision=supervision)
    star = StarRow(STAR.category, awarded=awarded, reason=reason)
    assert kinds(conclude_blockers([row], [star], 100)) == expected


def test_conclude_names_the_category_of_each_star():
    stars = [STAR, StarRow(CategoryRow("CY", "产业兴旺"), awarded=True)]
    blockers = conclude_blockers([], stars, 100)
    assert [(blocker.kind.value, blocker.category) for blocker in blockers] == [
        ("star_undecided", "ZB"),
        ("star_differs", "CY"),
    ]


@pytest.mark.parametrize(
    ("items", "branches", "expected"),
    [
        ([("垃圾分类", 1)], ["卫坡村"], []),
        ([("垃圾分类", None), ("厕所", 1)], ["卫坡村"], ["no_lead"]),
        ([], ["卫坡村"], ["no_items"]),
        ([("垃圾分类", 1)], [], ["no_branches"]),
        ([], [], ["no_items", "no_branches"]),
    ],
)
def test_open(items, branches, expected):
    assert kinds(open_blockers(items, branches, "2022 年清单")) == expected


def test_close():
    sheets = [("卫坡村", Step.CONCLUDED), ("南陈村", "supervision"), ("石沟村", "self_rating")]
    assert [str(blocker) for blocker in close_blockers(sheets, ["石沟村 · 沟边秸秆"])] == [
        "南陈村：还没有办结定星",
        "石沟村：还没有办结定星",
        "石沟村 · 沟边秸秆：还没有销号，也没有认定不影响定星",
    ]
    assert close_blockers(sheets[:1], []) == []


@pytest.mark.parametrize("kind", BlockerKind)
def test_every_sentence_reads_with_its_subject_and_without_braces(kind):
    sentence = str(Blocker(kind, "〔主语〕"))
    assert "{" not in sentence
    assert ("〔主语〕" in sentence) == ("{subject}" in str(kind.label))


@pytest.mark.parametrize(
    ("rating", "note", "expected"),
    [
        ("met", "", []),
        ("partly_met", " ", []),
        ("unmet", "缺台账", []),
        ("unmet", " ", ["note_missing"]),
        ("not_applicable", "", ["note_missing"]),
        ("not_applicable", "没有养殖", []),
        ("", "", ["review_missing"]),
        ("", "只有意见", ["review_missing"]),
    ],
)
def test_marks_of_their_own(rating, note, expected):
    blockers = review_each_blockers([("垃圾分类", 7, rating, note)], [])
    assert kinds(blockers) == expected
    assert all(blocker.item == 7 for blocker in blockers)


SENTENCES = [
    (submit_blockers([], [], 2, "二星"), "拟创星还没选够：创建目标是二星"),
    (item_blockers(filled(self_rating="")), "生态宜居 4 · 垃圾分类：还没有标星"),
    (item_blockers(filled(measures="")), "生态宜居 4 · 垃圾分类：还没有填写具体举措"),
    (
        item_blockers(filled(responsible_person="")),
        "生态宜居 4 · 垃圾分类：还没有填写责任人",
    ),
    (
        item_blockers(filled(self_rating="not_applicable")),
        "生态宜居 4 · 垃圾分类：标为不适用，要写明理由",
    ),
    (stale_blockers([filled()]), "生态宜居 4 · 垃圾分类：您打开之后已被别人改过"),
    (overdue_blockers("self_rating", DUE, DUE), "村组标星还没有过期限"),
    (extend_blockers(DUE, DUE, DUE), "新的期限要晚于现在的期限，也不能早于今天"),
    (reason_blockers(Verb.SEND_BACK, ""), "“发回部门”要写明理由"),
    (sign_off_blockers([filled()], "RJ", "人居办"), "生态宜居 4 · 垃圾分类：还没有瞄星"),
    (
        sign_off_blockers([filled(is_returned=True)], "RJ", "人居办"),
        "生态宜居 4 · 垃圾分类：已退回支部，还没有重新提交",
    ),
    (opine_blockers(Verb.OPINE, " ", False, "农业中心"), "“填写配合意见”不能空着"),
    (opine_blockers(Verb.OPINE, "同意", True, "农业中心"), "农业中心已经审核办结"),
    (review_many_blockers("unmet", " ", [], []), "“未达标”要写明理由"),
    (review_many_blockers("not_applicable", "", [], []), "“不适用”要写明理由"),
    (
        review_many_blockers("met", "", [("卫坡村 垃圾分类", 7)], []),
        "卫坡村 垃圾分类：现在不由本部门办理",
    ),
    (
        review_many_blockers("partly_met", "", [], [("卫坡村 垃圾分类", 7)]),
        "卫坡村 垃圾分类：您打开之后已被别人改过",
    ),
    (
        review_each_blockers([("卫坡村 垃圾分类", 7, "unmet", "")], []),
        "卫坡村 垃圾分类：瞄为未达标或不适用，要在瞄星意见里写明理由",
    ),
    (
        review_each_blockers([], [("卫坡村 垃圾分类", 7)]),
        "卫坡村 垃圾分类：现在不由本部门办理",
    ),
    (standing_blockers([filled(is_signed_off=True)], "人居办"), "人居办已经审核办结"),
    (standing_blockers([], "人居办"), "人居办在这份台账里没有牵头的任务项"),
    (conclude_blockers([], [STAR], 100), "支部过硬：还没有定星"),
    (decide_blockers(STAR, True, "", set(), []), "支部过硬：决定与提议不一致，要写明理由"),
    (close_blockers([("卫坡村", "review")], []), "卫坡村：还没有办结定星"),
    (open_blockers([], ["卫坡村"], "2022 年清单"), "2022 年清单里还没有任务项"),
    (open_blockers([("垃圾分类", None)], ["卫坡村"], ""), "垃圾分类：还没有牵头部门"),
    (open_blockers([("垃圾分类", 1)], [], ""), "还没有参加创建的支部"),
    (target_blockers([TargetChange("卫坡村", 2, 2, 6)]), "卫坡村：没有这样的星级"),
]


@pytest.mark.parametrize(("blockers", "sentence"), SENTENCES)
def test_sentences(blockers, sentence):
    assert [str(blocker) for blocker in blockers] == [sentence]


def test_the_sentences_above_are_all_there_are():
    rendered = {kind for blockers, _sentence in SENTENCES for kind in kinds(blockers)}
    of_findings = {kind for blockers, _ in [*OF_FINDINGS, *OF_DECIDING] for kind in kinds(blockers)}
    assert rendered | of_findings | OF_UPLOADS.keys() == {kind.value for kind in BlockerKind}
    assert not rendered & OF_UPLOADS.keys()


def test_a_blocker_says_where_to_go():
    [blocker] = item_blockers(filled(measures=""))
    assert (blocker.item, blocker.category, blocker.anchor) == (7, "ST", "")


@pytest.mark.parametrize(
    ("blocker", "anchor"),
    [
        (Blocker(BlockerKind.TARGETS_MISSING, "四星"), "targets"),
        (Blocker(BlockerKind.STAR_UNDECIDED, "支部过硬", category="ZB"), "star-ZB"),
        (Blocker(BlockerKind.NOT_DUE, "村组标星"), ""),
    ],
)
def test_what_is_mended_on_no_items_page_is_a_part_of_its_own_page(blocker, anchor):
    assert (blocker.item, blocker.anchor) == (None, anchor)
