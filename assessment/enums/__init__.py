"""The closed lists of the domain. What a member is called on screen is its label."""

from .blockers import BlockerKind
from .catalogue import ItemChange
from .rating import (
    CycleState,
    DueState,
    FileKind,
    LedgerScope,
    LedgerUse,
    Owner,
    Rating,
    ReturnField,
    ReviewState,
    Step,
)
from .supervision import (
    FindingState,
    Light,
    Moment,
    NoticeState,
)
from .verbs import Verb

__all__ = [
    "BlockerKind",
    "CycleState",
    "DueState",
    "FileKind",
    "FindingState",
    "ItemChange",
    "LedgerScope",
    "LedgerUse",
    "Light",
    "Moment",
    "NoticeState",
    "Owner",
    "Rating",
    "ReturnField",
    "ReviewState",
    "Step",
    "Verb",
]
