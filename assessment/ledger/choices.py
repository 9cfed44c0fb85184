"""What a reader asks of a workbook."""

from dataclasses import dataclass

from django.db.models import Model

from ..enums import LedgerScope, LedgerUse


@dataclass(frozen=True, slots=True)
class Choices:
    """`place` is the branch, the department or the category of the scope; a town has none.

    A department's items are those it leads, its findings those it answers for. Reviewers' words
    are what departments and the committee write beside their marks.
    """

    scope: LedgerScope = LedgerScope.TOWN
    place: Model | None = None
    has_reviewers_words: bool = True
    use: LedgerUse = LedgerUse.PRINT
    has_branch_sheets: bool = False

    @property
    def is_for_filtering(self):
        return self.use == LedgerUse.FILTER

    def of_sheets(self, sheets):
        return sheets.filter(branch=self.place) if self.scope == LedgerScope.BRANCH else sheets

    def of_items(self, items):
        if self.scope == LedgerScope.TOWN:
            return items
        way = {
            LedgerScope.BRANCH: "assessment__branch",
            LedgerScope.DEPARTMENT: "task_item__lead_department",
            LedgerScope.STAR: "task_item__category",
        }[self.scope]
        return items.filter(**{way: self.place})

    def of_findings(self, findings):
        if self.scope == LedgerScope.TOWN:
            return findings
        way = {
            LedgerScope.BRANCH: "assessment__branch",
            LedgerScope.DEPARTMENT: "department",
            LedgerScope.STAR: "item_rating__task_item__category",
        }[self.scope]
        return findings.filter(**{way: self.place})


WHOLE = Choices()
