"""Supervision notices, drafted from the inspections as the page drafts them."""

from branches.enums import Role

from .. import workflow
from ..models import Finding
from ..workflow.drafting import drafted
from . import script


def make_notices(cycle, cast):
    """One a row of the script: issued and read by some, or still a draft."""
    inspections = list(cycle.inspections.with_places().order_by("held_on"))
    sheets = {sheet.branch.name: sheet for sheet in cycle.assessments.with_places()}
    by = cast[Role.SUPERVISOR]
    for told in script.notices():
        inspection = inspections[told["inspection"]]
        findings = Finding.objects.filter(inspection=inspection).with_places().in_order()
        words = drafted([inspection], findings)
        notice = workflow.draft_notice(cycle, [inspection], findings, words, by=by)
        if told["is_issued"]:
            workflow.issue_notice(notice, by=by)
        for branch in told["read"]:
            workflow.confirm_notice(notice, sheets[branch], by=cast[branch])
