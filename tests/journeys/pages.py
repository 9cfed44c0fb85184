"""The pages to walk: whoever they are for, over sheets, findings and notices in every state."""

from collections import defaultdict
from datetime import date

from django.core.files.uploadedfile import SimpleUploadedFile

from assessment import files, workflow
from assessment.enums import Moment
from branches.models import User

from ..assessment.evidence.samples import PDF, photo, picture
from ..town import (
    at_step,
    fill,
    finding_on,
    inspection_of,
    item_of,
    notice_about,
    person,
    sheet_of,
)

NOT_THERE = "/nothing-here/"
NO_MONTH = "/cycles/2022/report/?month=2022"
STATUS = {NOT_THERE: 404, NO_MONTH: 422}  # of pages that say what is wrong


def pages_of_everybody():
    """username → the pages of theirs that look different, over sheets in every state."""
    fill(sheet_of("卫坡村"))
    item = _evidenced(item_of(sheet_of("卫坡村"), "ST-3"))
    returned = _returned(at_step(sheet_of("南陈村"), "review"))
    at_step(sheet_of("石沟村"), "review")
    deciding = at_step(sheet_of("朝阳社区"), "supervision")
    concluded = at_step(sheet_of("游王村"), "concluded")
    blank, own = sheet_of("闫凹村"), sheet_of("卫坡村")
    found = defaultdict(list)
    for more in (
        _at_home(item, own, blank, returned),
        _of_the_committee(returned, deciding, concluded, own),
        _of_a_return(returned),
        _of_findings(own, returned.assessment, deciding),
        _of_notices(own),
        _of_the_wall(returned.assessment, deciding),
    ):
        for username, paths in more.items():
            found[username] += paths
    return found


def _at_home(item, own, blank, returned):
    """What each sees first, and the pages that anybody may come to."""
    return {
        None: ["/sign-in/"],
        "clerk_weipo": ["/", own.get_absolute_url(), *_filing(item)],
        "clerk_nanchen": ["/", f"/items/{returned.pk}/self-rating/"],
        "liaison": ["/", blank.get_absolute_url(), "/cycles/2022/"],
        "reviewer_ny": [
            *("/", "/cycles/2022/review/", "/cycles/2022/review/NY/sign-off/"),
            "/cycles/2022/review/NY/workbook/",
            "/cycles/2022/items/ST-3/review/",
            f"/assessments/{returned.assessment_id}/review/",
            "/departments/NY/phrases/",
            f"/items/{item_of(sheet_of('石沟村'), 'ST-3').pk}/review/",
        ],
        "supervisor": [
            *("/", "/cycles/", "/cycles/2022/", "/cycles/2022/ledger/", "/search/?q=村"),
        ],
        "auditor": [
            *("/catalogues/", "/catalogues/2022/", "/catalogues/2022/changes/"),
            *(f"/items/{item.pk}/", "/password/"),
        ],
        "admin": ["/"],
        "nobody": ["/", "/cycles/2022/", "/cycles/2022/ledger/", "/search/?q=卫坡", NOT_THERE],
    }


def _of_the_committee(returned, deciding, concluded, own):
    return {
        "supervisor": [
            *("/cycles/2022/report/", NO_MONTH),
            *("/cycles/2022/targets/", "/cycles/2022/beside/"),
            returned.assessment.get_absolute_url(),
            f"/assessments/{deciding.pk}/supervision/",
            f"/assessments/{concluded.pk}/supervision/",
            f"/assessments/{concluded.pk}/history/",
            f"/assessments/{own.pk}/extension/",
            f"/items/{item_of(deciding, 'ST-3').pk}/supervision/",
        ],
    }


def _of_a_return(item):
    return {
        "clerk_nanchen": [f"/assessments/{item.assessment_id}/self-rating/"],
        "auditor": [f"/items/{item.pk}/", f"/items/{item.pk}/history/"],
    }


def _of_findings(*sheets):
    """Pages of one inspection and of what it found, open, reported and closed."""
    visit = inspection_of(*sheets)
    asked, reported, closed = _problems(visit, *sheets)
    return {
        "clerk_weipo": ["/cycles/2022/findings/", f"/findings/{asked.pk}/"],
        "reviewer_ny": [f"/inspections/{visit.pk}/", f"/findings/{reported.pk}/"],
        "supervisor": [
            *("/cycles/2022/inspections/", "/cycles/2022/inspections/new/"),
            *(f"/inspections/{visit.pk}/edit/", f"/inspections/{visit.pk}/findings/new/"),
            *("/cycles/2022/findings/", f"/findings/{asked.pk}/", f"/findings/{asked.pk}/edit/"),
        ],
        "auditor": [f"/findings/{closed.pk}/", f"/findings/{closed.pk}/history/"],
        "nobody": ["/cycles/2022/inspections/", "/cycles/2022/findings/"],
    }


def _of_the_wall(reviewed, deciding):
    """The star wall for the room, sorted, and with nothing that fits; and why a star is not."""
    asked = ("view=screen", "step=review&sort=-met", "step=review&kind=community")
    return {
        "reviewer_ny": [f"/assessments/{reviewed.pk}/stars/ST/"],
        "supervisor": [
            *("/cycles/2022/supervision/", "/cycles/2022/public-list/", "/cycles/2022/calendar/"),
            *(f"/cycles/2022/?{each}" for each in asked),
            f"/assessments/{deciding.pk}/stars/ST/",
        ],
    }


def _evidenced(item):
    """A picture with an older version, and a document, which another branch has filed too."""
    clerk, theirs = person("clerk_weipo"), item_of(sheet_of("南陈村"), "ST-3")
    old = workflow.file_evidence(item, _read("旧.png", picture("PNG")), None, by=clerk)
    workflow.replace_evidence(item, old, _read("路灯.jpg", photo()), None, by=clerk)
    workflow.file_evidence(item, _read("方案.pdf", PDF), None, by=clerk)
    workflow.file_evidence(theirs, _read("方案.pdf", PDF), None, by=person("clerk_nanchen"))
    return item


def _problems(visit, *sheets):
    """One with a photo and a later date asked for, one reported for the second time, one closed."""
    far = {"inspection": visit, "due_date": date(2099, 11, 20)}
    asked, reported, closed = (finding_on(sheet, **far) for sheet in sheets)
    clerks = [User.objects.get(memberships__branch=sheet.branch) for sheet in sheets]
    by = person("supervisor")
    workflow.file_on_finding(asked, _read("沟边.jpg", photo()), Moment.FOUND, None, by=by)
    workflow.ask_extension(asked, date(2099, 12, 1), "等车", by=clerks[0])
    for finding, clerk in ((reported, clerks[1]), (closed, clerks[2])):
        workflow.rectify(finding, "已清理离田", "李某", by=clerk)
    workflow.refuse_rectification(reported, 1, "还有一处", by=by)
    workflow.rectify(reported, "都已清理", "李某", by=clerks[1])
    workflow.close_finding(closed, 1, "", by=by)
    return asked, reported, closed


def _filing(item):
    """Where they are filled in, and where another item takes what is filed on it."""
    sheet, other = item.assessment_id, item_of(item.assessment, "ST-2")
    return [
        f"/assessments/{sheet}/self-rating/",
        f"/assessments/{sheet}/self-rating/workbook/",
        f"/items/{item.pk}/self-rating/",
        f"/items/{other.pk}/evidence/attach/",
    ]


def _of_notices(sheet):
    """A draft, an issued and a withdrawn one."""
    finding, by = finding_on(sheet), person("supervisor")
    draft, issued, withdrawn = (notice_about(finding) for _ in range(3))
    for notice in (issued, withdrawn):
        workflow.issue_notice(notice, by=by)
    workflow.withdraw_notice(withdrawn, "日期写错", by=by)
    draft, issued, withdrawn = (each.get_absolute_url() for each in (draft, issued, withdrawn))
    return {
        "clerk_weipo": [issued],
        "supervisor": [
            *("/cycles/2022/notices/", "/cycles/2022/notices/new/"),
            *(draft, f"{draft}edit/", issued, withdrawn),
        ],
    }


def _read(name, content):
    return files.read(SimpleUploadedFile(name, content))


def _returned(sheet):
    item = item_of(sheet, "ST-3")
    workflow.return_item(item, "缺秸秆还田的台账", item.version, by=person("reviewer_ny"))
    return item
