"""What is proposed after the level held, how targets add up, and what keeps them from being set."""

import pytest

from assessment.rules.targets import TargetChange, plan, proposed_target, target_blockers


@pytest.mark.parametrize(
    ("held", "categories", "proposed"),
    [
        (None, 5, None),
        (0, 5, 1),
        (1, 5, 2),
        (3, 5, 4),
        (4, 5, 5),
        (5, 5, 5),
        (3, 4, 4),
        (4, 4, 4),
        (5, 4, 4),
        (5, 8, 5),
        (0, 0, 0),
    ],
)
def test_one_star_above_the_level_held(held, categories, proposed):
    assert proposed_target(held, categories) == proposed


def test_the_town_of_the_article():
    """1 four-star, 4 three-star, 22 two-star: 60 stars."""
    sums = plan([4] + [3] * 4 + [2] * 22, 60)
    assert sums.counts == ((4, 1), (3, 4), (2, 22))
    assert (sums.stars, sums.planned, sums.difference) == (60, 60, 0)


@pytest.mark.parametrize(
    ("levels", "planned", "difference"),
    [([], None, None), ([], 0, 0), ([], 3, -3), ([5, 0], 3, 2), ([1, 1], 3, -1), ([2], None, None)],
)
def test_above_the_plan_or_below(levels, planned, difference):
    assert plan(levels, planned).difference == difference


@pytest.mark.parametrize(
    ("read", "stands", "wanted", "kinds"),
    [
        (2, 2, 3, []),
        (2, 2, 0, []),
        (2, 2, 5, []),
        (2, 2, 6, ["no_such_level"]),
        (2, 2, -1, ["no_such_level"]),
        (2, 3, 4, ["stale"]),
        (2, 3, 6, ["no_such_level", "stale"]),
        # Two people who want the same are of one mind, and what stays is nobody's change.
        (2, 3, 3, []),
        (2, 2, 2, []),
        (9, 9, 9, []),
    ],
)
def test_a_target_is_a_level_and_is_set_as_it_was_read(read, stands, wanted, kinds):
    blockers = target_blockers([TargetChange("卫坡村", read, stands, wanted)])
    assert [blocker.kind.value for blocker in blockers] == kinds
    assert all(str(blocker).startswith("卫坡村：") for blocker in blockers)


def test_every_branch_in_the_way_is_named():
    changes = [TargetChange(name, 1, 2, 3) for name in ("卫坡村", "南陈村")]
    assert [blocker.subject for blocker in target_blockers(changes)] == ["卫坡村", "南陈村"]
