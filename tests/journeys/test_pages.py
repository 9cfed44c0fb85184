"""Every page in both languages on a phone and on a desk: axe finds nothing, nothing overflows."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.files.uploadedfile import SimpleUploadedFile

from assessment import files, workflow

from ..assessment.evidence.samples import PDF, photo, picture
from ..town import at_step, fill, item_of, person, sheet_of
from .conftest import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)

WCAG = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


@pytest.fixture
def pages(committed_town):
    """username → the pages of theirs that look different, over sheets in every state."""
    fill(sheet_of("卫坡村"))
    item = _evidenced(item_of(sheet_of("卫坡村"), "ST-3"))
    returned = _returned(at_step(sheet_of("南陈村"), "review"))
    at_step(sheet_of("石沟村"), "review")
    deciding = at_step(sheet_of("朝阳社区"), "supervision")
    concluded = at_step(sheet_of("游王村"), "concluded")
    blank, own = sheet_of("闫凹村"), sheet_of("卫坡村")
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
            f"/items/{returned.pk}/",
        ],
        "supervisor": [
            *("/", "/cycles/", "/cycles/2022/", "/cycles/2022/ledger/"),
            returned.assessment.get_absolute_url(),
            f"/assessments/{deciding.pk}/supervision/",
            f"/assessments/{concluded.pk}/supervision/",
            f"/assessments/{concluded.pk}/history/",
            f"/assessments/{own.pk}/extension/",
            f"/items/{item_of(deciding, 'ST-3').pk}/supervision/",
        ],
        "auditor": [
            *("/catalogues/", "/catalogues/2022/", "/catalogues/2022/changes/"),
            *(f"/items/{item.pk}/", "/password/"),
        ],
        "admin": ["/"],
        "nobody": ["/", "/cycles/2022/", "/cycles/2022/ledger/", "/nothing-here/"],
    }


def _evidenced(item):
    """A picture with an older version, and a document, which another branch has filed too."""
    clerk, theirs = person("clerk_weipo"), item_of(sheet_of("南陈村"), "ST-3")
    old = workflow.file_evidence(item, _read("旧.png", picture("PNG")), None, by=clerk)
    workflow.replace_evidence(item, old, _read("路灯.jpg", photo()), None, by=clerk)
    workflow.file_evidence(item, _read("方案.pdf", PDF), None, by=clerk)
    workflow.file_evidence(theirs, _read("方案.pdf", PDF), None, by=person("clerk_nanchen"))
    return item


def _filing(item):
    """Where they are filled in, and where another item takes what is filed on it."""
    sheet, other = item.assessment_id, item_of(item.assessment, "ST-2")
    return [
        f"/assessments/{sheet}/self-rating/workbook/",
        f"/items/{item.pk}/self-rating/",
        f"/items/{other.pk}/evidence/attach/",
    ]


def _read(name, content):
    return files.read(SimpleUploadedFile(name, content))


def _returned(sheet):
    item = item_of(sheet, "ST-3")
    workflow.return_item(item, "缺秸秆还田的台账", item.version, by=person("reviewer_ny"))
    return item


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page(people, pages, viewport, locale):
    axe = Axe()
    wrong = []
    for username, paths in pages.items():
        someone = people(viewport=viewport, locale=locale)
        if username:
            someone.sign_in(username)
        for path in paths:
            someone.go(path)
            _open_everything(someone.page)
            found = axe.run(someone.page, options=WCAG)
            wrong += [
                f"{username} {path}: {each['id']} {each['nodes'][0]['html'][:120]}"
                for each in found.response["violations"]
            ]
            width = someone.page.evaluate("document.documentElement.scrollWidth")
            if width > viewport["width"]:
                wrong.append(f"{username} {path}: {width} px wide")
    assert wrong == []


def _open_everything(page):
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
