"""Which sheets are decided together: those in which nothing differs. A truth table."""

import pytest

from assessment.enums import Step
from assessment.rules.completeness import as_proposed_blockers, changed_blockers
from assessment.rules.rows import CategoryRow, ItemRow, StarRow
from assessment.rules.standing import standing

ST = CategoryRow("ST", "生态宜居")
WM = CategoryRow("WM", "文明幸福")


def stars_of(*facts):
    """(category, targeted, proposed, awarded) of each, as a standing makes them of rows."""
    rows = [ItemRow(each.code, review="met" if proposed else "") for each, _, proposed, _ in facts]
    stars = [StarRow(each, targeted, awarded) for each, targeted, _, awarded in facts]
    return standing(rows, stars, Step.SUPERVISION, 100).stars


@pytest.mark.parametrize(
    ("targeted", "proposed", "awarded", "expected"),
    [
        (True, True, None, []),
        (True, True, True, []),
        (True, True, False, ["decided_otherwise"]),
        (True, False, None, ["target_differs"]),
        (True, False, True, ["target_differs", "decided_otherwise"]),
        (True, False, False, ["target_differs"]),
        (False, True, None, ["target_differs"]),
        (False, True, True, ["target_differs"]),
        (False, True, False, ["target_differs", "decided_otherwise"]),
        (False, False, None, []),
        (False, False, True, ["decided_otherwise"]),
        (False, False, False, []),
    ],
)
def test_one_star(targeted, proposed, awarded, expected):
    found = as_proposed_blockers("卫坡村", stars_of((ST, targeted, proposed, awarded)))
    assert [blocker.kind.value for blocker in found] == expected
    assert {blocker.category for blocker in found} <= {"ST"}


SENTENCES = [
    (
        as_proposed_blockers("卫坡村", stars_of((ST, True, False, None))),
        "卫坡村 生态宜居：提议与拟创星不一致，请打开这个支部逐颗定星",
    ),
    (
        as_proposed_blockers("卫坡村", stars_of((WM, False, False, True))),
        "卫坡村 文明幸福：已有与提议不同的决定，请打开这个支部办理",
    ),
    (changed_blockers(["南陈村"]), "南陈村：您打开之后已被别人改过"),
]


@pytest.mark.parametrize(("blockers", "sentence"), SENTENCES)
def test_sentences(blockers, sentence):
    assert [str(blocker) for blocker in blockers] == [sentence]


def test_each_star_is_looked_at_by_itself():
    differing = stars_of((ST, True, False, None), (WM, False, False, True))
    found = as_proposed_blockers("卫坡村", differing)
    assert [(each.kind.value, each.category) for each in found] == [
        ("target_differs", "ST"),
        ("decided_otherwise", "WM"),
    ]


def test_each_sheet_that_has_changed_is_named():
    assert changed_blockers([]) == []
    assert [each.subject for each in changed_blockers(["卫坡村", "南陈村"])] == ["卫坡村", "南陈村"]
