"""星级分布: branches by level, against the target."""

import pytest

from assessment.rules.distribution import distribution


@pytest.mark.parametrize(
    ("levels", "counts", "branches", "stars"),
    [
        ([], (0, 0, 0, 0, 0, 0), 0, 0),
        ([4, 3, 3, 2, 2, 2], (0, 1, 2, 3, 0, 0), 6, 16),
        ([5, 0, 0, 1], (1, 0, 0, 0, 1, 2), 4, 6),
        ([None, 2, None], (0, 0, 0, 1, 0, 0), 1, 2),
    ],
)
def test_a_series(levels, counts, branches, stars):
    names, [series] = distribution(levels)
    assert names == [5, 4, 3, 2, 1, 0]
    assert (series.counts, series.branches, series.stars) == (counts, branches, stars)


def test_the_targets_of_2022():
    _levels, [target] = distribution([4, *[3] * 4, *[2] * 22])
    assert (target.branches, target.stars) == (27, 60)


def test_all_series_share_their_levels():
    levels, (target, now) = distribution([2, 2], [6, None])
    assert levels == [6, 5, 4, 3, 2, 1, 0]
    assert (target.counts, now.counts) == ((0, 0, 0, 0, 2, 0, 0), (1, 0, 0, 0, 0, 0, 0))
