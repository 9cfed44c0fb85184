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
    StarTurn,
    Step,
)
from .supervision import (
    FindingState,
    Light,
    Moment,
    Moved,
    NoticeState,
    Paragraph,
    SpanFault,
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
    "Moved",
    "NoticeState",
    "Owner",
    "Paragraph",
    "Rating",
    "ReturnField",
    "ReviewState",
    "SpanFault",
    "StarTurn",
    "Step",
    "Verb",
]
