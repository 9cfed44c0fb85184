"""The rows of a progress report (定期汇报): what goes into it, and what comes out."""

from dataclasses import dataclass
from datetime import date

from ..enums import Moved, Step
from .rewinding import Snapshot
from .rows import CategoryRow


@dataclass(frozen=True, slots=True)
class Place:
    """A sheet, by its id and its branch's name, or a department, by its code and name."""

    key: int | str
    name: str
    target: int = 0


@dataclass(frozen=True, slots=True)
class Town:
    """What stands still: the places in their order, and what earns a star."""

    sheets: tuple[Place, ...]
    categories: tuple[CategoryRow, ...]
    departments: tuple[Place, ...]
    threshold: int


@dataclass(frozen=True, slots=True)
class Course:
    """How things stood at both ends, and what was done between them; `last_day` is the end's."""

    before: Snapshot
    after: Snapshot
    changes: tuple
    last_day: date


@dataclass(frozen=True, slots=True)
class Traffic:
    """Items and findings of one place: in the span, or at its end."""

    returned: int = 0
    answered: int = 0
    opened: int = 0
    closed: int = 0
    unresolved: int = 0
    overdue: int = 0


@dataclass(frozen=True, slots=True)
class BranchLine:
    """`stars` are those awarded, and where the committee has not yet decided those proposed."""

    sheet: int
    name: str
    target: int
    step_before: str
    step: str
    stars_before: int
    stars: int
    own_met_before: int
    own_met: int
    met_before: int
    met: int
    traffic: Traffic


@dataclass(frozen=True, slots=True)
class StarLine:
    """How many branches set out for the star and have it; a blank code: findings on no item."""

    code: str
    name: str
    targeted: int
    held_before: int
    held: int
    awarded_before: int
    awarded: int
    traffic: Traffic


@dataclass(frozen=True, slots=True)
class DepartmentLine:
    """`marked` counts items in the span; `waiting` and `signed`, items and sheets at its end."""

    code: str
    name: str
    led: int
    marked: int
    waiting: int
    signed: int
    traffic: Traffic


@dataclass(frozen=True, slots=True)
class Move:
    """How often something happened, and at which branches."""

    kind: Moved
    count: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LevelLine:
    """How many branches aim at a level, and how many had and have it for good."""

    level: int
    aimed: int
    fixed_before: int
    fixed: int


@dataclass(frozen=True, slots=True)
class Report:
    branches: tuple[BranchLine, ...]
    stars: tuple[StarLine, ...]
    departments: tuple[DepartmentLine, ...]
    moves: tuple[Move, ...]
    levels: tuple[LevelLine, ...]
    steps: tuple[tuple[Step, int, int], ...]
    awarded_before: int
    awarded: int
    is_empty: bool

    @property
    def target(self):
        return sum(line.target for line in self.branches)

    @property
    def held_before(self):
        return sum(line.stars_before for line in self.branches)

    @property
    def held(self):
        return sum(line.stars for line in self.branches)
