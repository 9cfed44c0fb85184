"""The plain rows that rules read: made from database rows by the models, or by hand in a test."""

from dataclasses import dataclass
from datetime import date, datetime

from ..enums import Step


@dataclass(frozen=True, slots=True)
class CategoryRow:
    code: str
    name: str
    is_prerequisite: bool = False


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One item of one sheet. Marks are values of Rating, or "" for blank."""

    category: str
    label: str = ""
    pk: int = 0
    points: int = 1
    is_key: bool = False
    department: str = ""
    self_rating: str = ""
    review: str = ""
    supervision: str = ""
    measures: str = ""
    responsible_person: str = ""
    due_date: date | None = None
    self_rating_note: str = ""
    review_note: str = ""
    is_returned: bool = False
    is_signed_off: bool = False
    has_open_finding: bool = False

    @property
    def is_held_up(self):
        """An open finding on a key item stands in the way of its star, whatever the mark."""
        return self.is_key and self.has_open_finding

    def mark(self, step):
        """The mark that counts at `step`: in supervision the committee's, or else the review's."""
        if step == Step.SELF_RATING:
            return self.self_rating
        if step == Step.REVIEW:
            return self.review
        return self.supervision or self.review


@dataclass(frozen=True, slots=True)
class StarRow:
    """One star of one sheet; `awarded` is None until it is decided, by a named person."""

    category: CategoryRow
    targeted: bool = False
    awarded: bool | None = None
    reason: str = ""
    held_before: bool = False
    decided_by: str = ""
    decided_at: datetime | None = None
