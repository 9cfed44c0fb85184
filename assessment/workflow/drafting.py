"""The text that a notice begins with, read from the rows it is about."""

from django.conf import settings
from django.utils.translation import override

from ..enums import FindingState
from ..rules.drafting import Found, Inspected, Visited, draft


def drafted(inspections, findings):
    """Name → text, in the town's language; see workflow.draft_notice."""
    with override(settings.LANGUAGE_CODE):
        words = draft(
            settings.TOWN_NAME,
            [_inspected(row) for row in inspections],
            [_found(row) for row in findings],
        )
    return words | {"issuer": settings.NOTICE_ISSUER}


def _inspected(row):
    return Inspected(
        held_on=row.held_on,
        purpose=row.purpose,
        ways=tuple(str(way) for way in row.ways),
        departments=tuple(department.name for department in row.departments.all()),
        visits=tuple(
            Visited(visit.assessment.branch.order, visit.assessment.branch.name, visit.done_well)
            for visit in row.visits.all()
        ),
    )


def _found(row):
    return Found(
        branch=row.assessment.branch.name,
        item=str(row.item_rating.task_item) if row.item_rating else "",
        problem=row.problem,
        requirement=row.requirement,
        department=row.department.name,
        due_date=row.due_date,
        is_closed=row.state == FindingState.CLOSED,
    )
