"""The rows that columns read: a loaded row, and what outside of it stands beside it on paper."""

from dataclasses import dataclass
from datetime import date

from ..models import Assessment, BranchNames, Finding, ItemRating, Star
from ..rules.stars import Tally


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """An item of a sheet and its place in the catalogue, which starts again with each branch."""

    branch: BranchNames
    item: ItemRating
    number: int
    department: str
    evidence: tuple = ()

    @property
    def task_id(self):
        return self.item.task_item_id

    @property
    def category_id(self):
        return self.item.task_item.category_id


@dataclass(frozen=True, slots=True)
class OverviewRow:
    """A sheet, its place in the list, its stars by category id, its items by the marks that count
    now, and whose turn it is.
    """

    sheet: Assessment
    branch: BranchNames
    number: int
    stars: dict
    met: int
    applicable: int
    turn: str


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A problem that an inspection found; `today` tells how it stands to its due date."""

    finding: Finding
    branch: BranchNames
    number: int
    department: str
    closed_by: str
    today: date


@dataclass(frozen=True, slots=True)
class StarRow:
    """One star of one sheet: the marks that count now by task item id, how they add up, and how
    those of each step do.
    """

    branch: BranchNames
    number: int
    star: Star | None
    marks: dict
    now: Tally | None
    sums: dict
    decided_by: str
