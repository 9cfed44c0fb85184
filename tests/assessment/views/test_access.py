"""Every address × every member of the cast, and every address that is not there for them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from assessment import files, workflow
from assessment.enums import Moment
from assessment.models import Assessment, Event

from ...town import CAST, at_step, finding_on, item_of, notice_about, person, sheet_of
from ..evidence.samples import picture

OK, AWAY, NO, NOT_HERE, WRONG, REFUSED, TYPED = 200, 302, 403, 404, 405, 409, 422
EVERYBODY = dict.fromkeys(CAST, OK)
READERS = ("admin", "supervisor", "auditor")


def table(default, **others):
    """username → status, all `default` but for `others`."""
    return {**dict.fromkeys(CAST, default), **others}


def of_sheet(default=OK):
    """Who may see 卫坡村's sheet in review: those who read all, its clerk, the departments."""
    return table(
        NOT_HERE,
        **dict.fromkeys(READERS, default),
        clerk_weipo=default,
        reviewer_dj=default,
        reviewer_ny=default,
    )


def of_item(default=OK):
    """The same for an item of 农业服务中心: another department's reviewer does not see it."""
    return {**of_sheet(default), "reviewer_dj": NOT_HERE}


def of_finding(default=OK):
    """A finding on that item: 农业服务中心 is responsible and took part, 党建工作办公室 did not."""
    return {**of_item(default)}


def of_draft(default=OK):
    """A notice in draft stays in the office."""
    return table(NOT_HERE, **dict.fromkeys(READERS, default))


# On 卫坡村's sheet in review. Each verb is posted empty: whoever may act is told what is missing
# (422), that it is out of order (409), or carries it out (302); whoever may only see gets 403.
GETS = {
    "home": EVERYBODY,
    "search": EVERYBODY,
    "catalogues": EVERYBODY,
    "catalogue": EVERYBODY,
    "catalogue-changes": EVERYBODY,
    "cycles": EVERYBODY,
    "cycle": EVERYBODY,
    "cycle-ledger": EVERYBODY,
    "cycle-beside": EVERYBODY,
    "cycle-targets": table(NOT_HERE, **dict.fromkeys(READERS, OK)),
    "cycle-review": table(NOT_HERE, **dict.fromkeys((*READERS, "reviewer_dj", "reviewer_ny"), OK)),
    "cycle-item-review": table(NOT_HERE, **dict.fromkeys((*READERS, "reviewer_ny"), OK)),
    "sign-off-ready": table(NOT_HERE, **dict.fromkeys(READERS, NO), reviewer_ny=OK),
    "phrases": table(NOT_HERE, **dict.fromkeys(READERS, NO), reviewer_ny=OK),
    "cycle-fill-in": table(NOT_HERE, **dict.fromkeys(READERS, NO), reviewer_ny=OK),
    "cycle-fill-in-workbook": table(NOT_HERE, **dict.fromkeys(READERS, NO), reviewer_ny=OK),
    "cycle-workbook": table(OK, nobody=NOT_HERE),
    "cycle-workbooks": table(OK, nobody=NOT_HERE),
    "cycle-report": table(NOT_HERE, **dict.fromkeys(READERS, OK)),
    "cycle-report-workbook": table(NOT_HERE, **dict.fromkeys(READERS, OK)),
    "cycle-report-document": table(NOT_HERE, **dict.fromkeys(READERS, OK)),
    "password-change": EVERYBODY,
    "assessment": of_sheet(),
    "assessment-history": of_sheet(),
    "assessment-star": of_sheet(),
    "assessment-review": {**of_sheet(), "clerk_weipo": NOT_HERE},
    "assessment-workbook": of_sheet(),
    "assessment-extension": {**of_sheet(NO), "supervisor": OK},
    "assessment-self-rating": {**of_sheet(NO), "clerk_weipo": AWAY},
    "assessment-fill-in": {**of_sheet(NO), "clerk_weipo": AWAY},
    "assessment-fill-in-workbook": {**of_sheet(NO), "clerk_weipo": AWAY},
    "assessment-supervision": {**of_sheet(NO), "supervisor": OK},
    "item": {**of_item(), "reviewer_ny": AWAY},
    "item-history": of_item(),
    "item-self-rating": {**of_item(NO), "clerk_weipo": AWAY},
    "item-review": {**of_item(NO), "reviewer_ny": OK},
    "item-supervision": {**of_item(NO), "supervisor": AWAY},
    "attach-evidence": {**of_item(NO), "clerk_weipo": AWAY},
    "cycle-inspections": EVERYBODY,
    "inspection-new": table(NO, supervisor=OK),
    "inspection": of_finding(),
    "inspection-edit": {**of_finding(NO), "supervisor": OK},
    "finding-new": {**of_finding(NO), "supervisor": OK, "reviewer_ny": OK},
    "cycle-findings": EVERYBODY,
    "finding": of_finding(),
    "finding-edit": {**of_finding(NO), "supervisor": OK, "reviewer_ny": OK},
    "finding-history": of_finding(),
    "finding-file": of_finding(),
    "finding-file-thumbnail": of_finding(),
    "cycle-supervision": table(NOT_HERE, **dict.fromkeys(READERS, OK)),
    "cycle-public": table(OK, nobody=NOT_HERE),
    "cycle-public-workbook": table(OK, nobody=NOT_HERE),
    "cycle-calendar": EVERYBODY,
    "cycle-notices": EVERYBODY,
    "notice-new": table(NO, supervisor=OK),
    "notice": of_draft(),
    "notice-edit": {**of_draft(NO), "supervisor": OK},
    "notice-document": of_draft(),
    "evidence": of_item(),
    "evidence-thumbnail": of_item(),
}
POSTS = {
    "assessment-extension": {**of_sheet(NO), "supervisor": TYPED},
    "assessment-self-rating": {**of_sheet(NO), "clerk_weipo": OK},
    "assessment-supervision": {**of_sheet(NO), "supervisor": REFUSED},
    "assessment-fill-in": {**of_sheet(NO), "clerk_weipo": TYPED},
    "assessment-fill-in-apply": {**of_sheet(NO), "clerk_weipo": AWAY},
    "cycle-fill-in": table(NOT_HERE, **dict.fromkeys(READERS, NO), reviewer_ny=TYPED),
    "cycle-fill-in-apply": table(NOT_HERE, **dict.fromkeys(READERS, NO), reviewer_ny=AWAY),
    "paste": {**of_sheet(NO), "clerk_weipo": TYPED},
    "paste-apply": {**of_sheet(NO), "clerk_weipo": AWAY},
    "target-stars": {**of_sheet(NO), "clerk_weipo": REFUSED},
    "submit": {**of_sheet(NO), "clerk_weipo": REFUSED},
    "collect": {**of_sheet(NO), "supervisor": REFUSED},
    "sign-off": {**of_sheet(NO), "reviewer_ny": REFUSED},
    "sign-off-for": {**of_sheet(NO), "supervisor": AWAY},
    "conclude": {**of_sheet(NO), "supervisor": REFUSED},
    "reopen": {**of_sheet(NO), "supervisor": TYPED},
    "item-self-rating": {**of_item(NO), "clerk_weipo": TYPED},
    "item-self-rating-row": {**of_item(NO), "clerk_weipo": TYPED},
    "resubmit": {**of_item(NO), "clerk_weipo": TYPED},
    "item-review": {**of_item(NO), "reviewer_ny": TYPED},
    "return": {**of_item(NO), "reviewer_ny": TYPED},
    "opinion": of_item(NO),  # its department has nobody in the cast
    "review-many": table(
        NOT_HERE,
        **dict.fromkeys(READERS, NO),
        reviewer_dj=AWAY,
        reviewer_ny=AWAY,
    ),
    "sign-off-ready": table(NOT_HERE, **dict.fromkeys(READERS, NO), reviewer_ny=AWAY),
    "cycle-targets": table(NOT_HERE, admin=AWAY, supervisor=AWAY, auditor=NO),
    "phrases": table(NOT_HERE, **dict.fromkeys(READERS, NO), reviewer_ny=AWAY),
    "item-supervision": {**of_item(NO), "supervisor": TYPED},
    "send-back": {**of_item(NO), "supervisor": TYPED},
    "cycle-report-note": table(NOT_HERE, admin=NO, auditor=NO, supervisor=TYPED),
    "inspection-new": table(NO, supervisor=TYPED),
    "inspection-edit": {**of_finding(NO), "supervisor": TYPED},
    "finding-new": {**of_finding(NO), "supervisor": TYPED, "reviewer_ny": TYPED},
    "finding-edit": {**of_finding(NO), "supervisor": TYPED, "reviewer_ny": TYPED},
    "rectify": {**of_finding(NO), "clerk_weipo": TYPED},
    "recheck": {**of_finding(NO), "supervisor": TYPED, "reviewer_ny": TYPED},
    "ask-extension": {**of_finding(NO), "clerk_weipo": TYPED},
    "answer-extension": {**of_finding(NO), "supervisor": REFUSED},
    "set-aside": {**of_finding(NO), "supervisor": TYPED},
    "withdraw-finding": {**of_finding(NO), "supervisor": TYPED},
    "file-on-finding": {**of_finding(NO), "supervisor": AWAY, "reviewer_ny": AWAY},
    "remove-from-finding": {**of_finding(NO), "supervisor": AWAY, "reviewer_ny": AWAY},
    "decide-many": table(NOT_HERE, admin=NO, auditor=NO, supervisor=AWAY),
    "conclude-many": table(NOT_HERE, admin=NO, auditor=NO, supervisor=AWAY),
    "notice-new": table(NO, supervisor=REFUSED),
    "notice-edit": {**of_draft(NO), "supervisor": TYPED},
    "issue-notice": {**of_draft(NO), "supervisor": TYPED},
    "discard-notice": {**of_draft(NO), "supervisor": AWAY},
    "withdraw-notice": {**of_draft(NO), "supervisor": TYPED},
    "confirm-notice": of_draft(NO),  # nobody in the office is a branch's clerk
    "file-evidence": {**of_item(NO), "clerk_weipo": REFUSED},
    "attach-evidence": {**of_item(NO), "clerk_weipo": REFUSED},
    "detach-evidence": {**of_item(NO), "clerk_weipo": REFUSED},
    "replace-evidence": {**of_item(NO), "clerk_weipo": REFUSED},
}
# Addresses that answer a GET with something else than a page, and what that is.
NO_PAGES = {
    "assessment-workbook": "an Excel file",
    "assessment-fill-in-workbook": "an Excel file",
    "cycle-fill-in-workbook": "an Excel file",
    "cycle-workbook": "an Excel file",
    "cycle-workbooks": "a zip of Excel files",
    "evidence": "a file as it was filed",
    "evidence-thumbnail": "a picture",
    "finding-file": "a file as it was filed",
    "finding-file-thumbnail": "a picture",
    "cycle-public-workbook": "an Excel file",
    "cycle-report-workbook": "an Excel file",
    "cycle-report-document": "a Word file",
    "notice-document": "a Word file",
}
# Open to those who are not signed in, or tested with Django's admin.
ELSEWHERE = {"sign-in", "sign-out", "set_language"}
# What the parts of an address are, but for the pk, which is that of the first part's kind of row.
PARTS = {"year": 2022, "category": "ST", "number": 3, "code": "NY", "moment": "found"}
OTHER_PARTS = {"opinion": {"code": "RJ"}, "assessment-star": {"code": "ST"}}


@pytest.fixture
def places(sheet):
    """First part of an address → the row it is about, on 卫坡村's sheet in review."""
    rows = rows_on(sheet, person("clerk_weipo"))
    at_step(sheet, "review")
    return rows


def rows_on(sheet, clerk):
    """One of each kind of row that has an address, before the sheet is handed in."""
    item, photo = item_of(sheet, "ST-3"), read_photo()
    finding = finding_on(sheet)
    found = (finding, photo, Moment.FOUND, None)
    return {
        "assessments": sheet,
        "items": item,
        "evidence": workflow.file_evidence(item, photo, None, by=clerk),
        "inspections": finding.inspection,
        "findings": finding,
        "finding-files": workflow.file_on_finding(*found, by=person("supervisor")),
        "notices": notice_about(finding),
    }


def read_photo():
    return files.read(SimpleUploadedFile("照片.png", picture("PNG")))


def address(name, places):
    """The address of this name; `places` say which rows it is about."""
    template, names = get_resolver().reverse_dict.getlist(name)[0][0][0]
    about = {kind: row.pk for kind, row in places.items()}
    parts = {**PARTS, "evidence_pk": about["evidence"], "file_pk": about["finding-files"]}
    parts |= {"pk": about.get(first_part(name)), **OTHER_PARTS.get(name, {})}
    return reverse(name, kwargs={part: parts[part] for part in names})


def first_part(name):
    return get_resolver().reverse_dict.getlist(name)[0][0][0][0].split("/")[0]


def answers(client, method, name, places):
    """username → status, each as if nobody else had asked."""
    found = {}
    for username in CAST:
        before = transaction.savepoint()
        client.force_login(person(username))
        response = getattr(client, method)(address(name, places))
        found[username] = response.status_code
        response.getvalue()  # and so a file is closed
        transaction.savepoint_rollback(before)
    return found


@pytest.mark.parametrize(
    ("method", "name", "people"),
    [
        (method, name, people)
        for method, addresses in (("get", GETS), ("post", POSTS))
        for name, people in addresses.items()
    ],
)
def test_every_address_for_every_person(client, places, method, name, people):
    assert people.keys() == CAST.keys()
    assert answers(client, method, name, places) == people


def test_what_is_no_page_is_said(client, sheet):
    """Those of NO_PAGES and no others, whoever holds the pen."""
    places, found = rows_on(sheet, person("clerk_weipo")), set()
    for username in ("clerk_weipo", "reviewer_ny", "supervisor"):
        if username == "reviewer_ny":
            at_step(sheet, "review")
        client.force_login(person(username))
        for name in GETS:
            response = client.get(address(name, places))
            content = response.getvalue()
            if response.status_code == OK and b"<html" not in content:
                found.add(name)
    assert found == set(NO_PAGES)


def test_every_address_asks_for_sign_in(client, places):
    for name in {*GETS, *POSTS}:
        for method in (client.get, client.post):
            response = method(address(name, places))
            assert response.status_code == AWAY, name
            assert response.url.startswith(reverse("sign-in")), name


def test_a_verb_is_posted(client, places):
    """A GET, as after signing in again, does nothing but lead to the page the verb is on."""
    client.force_login(person("supervisor"))
    before = Event.objects.count(), list(Assessment.objects.values())
    for name in set(POSTS) - set(GETS):
        response = client.get(address(name, places))
        assert response.status_code == AWAY, name
        assert resolve(response.url).url_name in GETS, name
    assert before == (Event.objects.count(), list(Assessment.objects.values()))


def test_the_table_holds_every_address():
    assert {*GETS, *POSTS, *ELSEWHERE} == set(_names(get_resolver()))


def _names(resolver):
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLPattern):
            yield pattern.name
        elif isinstance(pattern, URLResolver) and pattern.namespace is None:
            yield from _names(pattern)


@pytest.mark.parametrize("step", ["self_rating", "review", "supervision", "concluded"])
def test_a_clerk_of_another_village_finds_nothing_here(client, step, town):
    other = sheet_of("南陈村")
    places = rows_on(other, person("clerk_nanchen"))
    at_step(other, step)
    client.force_login(person("clerk_weipo"))
    about_a_row = [name for name in {*GETS, *POSTS} if first_part(name) in places]
    assert len(about_a_row) > 40
    for name in about_a_row:
        there = address(name, places)
        assert client.get(there, follow=True).status_code == NOT_HERE, name
        assert client.post(there).status_code in (NOT_HERE, WRONG), name


def test_a_cycle_in_preparation_is_not_there(client, town):
    type(town).objects.update(state="preparing")
    sheet = sheet_of("卫坡村")
    for username in CAST:
        client.force_login(person(username))
        assert client.get(reverse("cycle", args=[2022])).status_code == NOT_HERE
        assert client.get(reverse("assessment", args=[sheet.pk])).status_code == NOT_HERE


def test_a_department_sees_no_sheet_before_it_is_handed_in(client, sheet):
    client.force_login(person("reviewer_ny"))
    assert client.get(reverse("assessment", args=[sheet.pk])).status_code == NOT_HERE
