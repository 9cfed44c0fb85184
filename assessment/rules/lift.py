"""还差哪些项: the fewest items that would bring a branch to the level it set out for."""

from dataclasses import dataclass, replace

from ..enums import Rating
from .rows import StarRow
from .stars import HALVES, bars_the_star, level, tally


@dataclass(frozen=True, slots=True)
class StarLift:
    """A star that is not held, and the fewest of its rows that have to be met to win it."""

    star: StarRow
    rows: tuple


@dataclass(frozen=True, slots=True)
class Lift:
    """From the level that stands now to the target. Where no items lead there, `stars` is empty."""

    target: int
    level: int
    stars: tuple = ()

    @property
    def is_reached(self):
        return self.level >= self.target

    @property
    def is_reachable(self):
        return self.is_reached or bool(self.stars)

    @property
    def rows(self):
        return tuple(row for star in self.stars for row in star.rows)

    @property
    def count(self):
        return sum(len(star.rows) for star in self.stars)


def lift(rows, stars, step, threshold, target):
    """What `rows` at `step` lack for `target` stars; `stars` come in their order.

    What the committee has decided stands: items no longer win or lose that star.
    """
    groups = {star.category.code: [] for star in stars}
    for row in rows:
        groups[row.category].append(row)
    held = [star for star in stars if _is_held(star, groups, step, threshold)]
    now = level([replace(star, awarded=star in held) for star in stars])
    if now >= target:
        return Lift(target, now)
    ways = [
        StarLift(star, needed)
        for star in stars
        if star not in held and star.awarded is None
        for needed in [fewest(groups[star.category.code], step, threshold)]
        if needed
    ]
    return Lift(target, now, _cheapest(ways, held, stars, target))


def _is_held(star, groups, step, threshold):
    if star.awarded is not None:
        return star.awarded
    return tally(groups[star.category.code], step, threshold).is_earned


def _cheapest(ways, held, stars, target):
    """The ways that win the missing stars with the fewest items; those set out for come first."""
    have = {star.category.code for star in held}
    asked = {star.category.code for star in stars if star.category.is_prerequisite} - have
    chosen = [way for way in ways if way.star.category.code in asked]
    others = [way for way in ways if way not in chosen]
    others.sort(key=lambda way: (len(way.rows), not way.star.targeted))
    missing = max(target - len(have) - len(chosen), 0)
    if len(chosen) < len(asked) or len(others) < missing:
        return ()
    chosen += others[:missing]
    return tuple(way for way in ways if way in chosen)


def fewest(rows, step, threshold):
    """The fewest of one category's `rows` that earn its star once they are met, in their order.

    Empty where the star is earned already, or where nothing is applicable and so nothing earns it.
    """
    counted = [row for row in rows if row.mark(step) != Rating.NOT_APPLICABLE]
    gains = [_gain(row, step) for row in counted]
    # By place, for two rows may look the same.
    chosen = {place for place, row in enumerate(counted) if bars_the_star(row, step)}
    sums = tally(counted, step, threshold)
    halves = sums.halves + sum(gains[place] for place in chosen)
    others = sorted(set(range(len(counted))) - chosen, key=lambda place: (-gains[place], place))
    for place in others:
        if halves * 100 >= threshold * sums.applicable:
            break
        chosen.add(place)
        halves += gains[place]
    return tuple(counted[place] for place in sorted(chosen))


def _gain(row, step):
    """Half points that the row adds once it is met."""
    return (HALVES[Rating.MET] - HALVES.get(row.mark(step), 0)) * row.points
