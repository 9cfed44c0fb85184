"""Findings that wait for whoever looks: to be put right, re-checked, or put off."""

from dataclasses import dataclass

from branches.enums import Role

from ...enums import CycleState, FindingState
from ...models import Finding


@dataclass(frozen=True, slots=True)
class OwnFindings:
    """The same finding stands once in each list that it belongs in, the earliest due first."""

    to_rectify: list
    to_recheck: list
    to_answer: list
    overdue: list

    @property
    def open_work(self):
        """What is overdue is the branch's to do; it is told, not counted twice."""
        return len(self.to_rectify) + len(self.to_recheck) + len(self.to_answer)

    @property
    def is_empty(self):
        return not (self.open_work or self.overdue)


def own_findings(user, today):
    """One query for any number of findings."""
    supervises = user.has_role(Role.SUPERVISOR)
    seen = Finding.objects.visible_to(user).unresolved()
    seen = seen.filter(assessment__cycle__state=CycleState.OPEN).with_places().with_waiting()
    rows = list(seen.order_by("due_date", "pk"))

    def rechecks(row):
        return supervises or row.department_id in user.department_ids

    return OwnFindings(
        to_rectify=[
            row
            for row in rows
            if row.state == FindingState.OPEN and row.assessment.branch_id in user.branch_ids
        ],
        to_recheck=[row for row in rows if row.state == FindingState.ANSWERED and rechecks(row)],
        to_answer=[row for row in rows if row.has_waiting_extension and supervises],
        overdue=[
            row
            for row in rows
            if row.state == FindingState.OPEN and row.due_date < today and supervises
        ],
    )
