"""Every address × every member of the cast, and every address that is not there for them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver, resolve, reverse

from assessment import files, workflow
from assessment.models import Assessment, Event

from ...town import CAST, at_step, item_of, person, sheet_of
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


# On 卫坡村's sheet in review. Each verb is posted empty: whoever may act is told what is missing
# (422), that it is out of order (409), or carries it out (302); whoever may only see gets 403.
GETS = {
    "home": EVERYBODY,
    "search": EVERYBODY,
    "catalogues": EVERYBODY,
    "catalogue": EVERYBODY,
    "cycles": EVERYBODY,
    "cycle": EVERYBODY,
    "cycle-ledger": EVERYBODY,
    "cycle-review": table(NOT_HERE, **dict.fromkeys((*READERS, "reviewer_dj", "reviewer_ny"), OK)),
    "cycle-item-review": table(NOT_HERE, **dict.fromkeys((*READERS, "reviewer_ny"), OK)),
    "sign-off-ready": table(NOT_HERE, **dict.fromkeys(READERS, NO), reviewer_ny=OK),
    "phrases": table(NOT_HERE, **dict.fromkeys(READERS, NO), reviewer_ny=OK),
    "cycle-fill-in": table(NOT_HERE, **dict.fromkeys(READERS, NO), reviewer_ny=OK),
    "cycle-fill-in-workbook": table(NOT_HERE, **dict.fromkeys(READERS, NO), reviewer_ny=OK),
    "cycle-workbook": table(OK, nobody=NOT_HERE, liaison=OK),
    "password-change": EVERYBODY,
    "assessment": of_sheet(),
    "assessment-history": of_sheet(),
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
    "reopen": {**of_sheet(NO), "supervisor": AWAY},
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
    "phrases": table(NOT_HERE, **dict.fromkeys(READERS, NO), reviewer_ny=AWAY),
    "item-supervision": {**of_item(NO), "supervisor": TYPED},
    "send-back": {**of_item(NO), "supervisor": TYPED},
    "file-evidence": {**of_item(NO), "clerk_weipo": REFUSED},
    "attach-evidence": {**of_item(NO), "clerk_weipo": REFUSED},
    "detach-evidence": {**of_item(NO), "clerk_weipo": REFUSED},
    "replace-evidence": {**of_item(NO), "clerk_weipo": REFUSED},
}
# Open to those who are not signed in, or tested with Django's admin.
OF_FILES = {"evidence", "evidence-thumbnail", "detach-evidence", "replace-evidence"}
ELSEWHERE = {"sign-in", "sign-out", "set_language"}


@pytest.fixture
def places(sheet):
    """Address name → its arguments, on 卫坡村's sheet in review."""
    item = item_of(sheet, "ST-3")
    photo = files.read(SimpleUploadedFile("照片.png", picture("PNG")))
    filed = workflow.file_evidence(item, photo, None, by=person("clerk_weipo"))
    at_step(sheet, "review")
    of_year = dict.fromkeys(
        ("catalogue", "cycle", "cycle-ledger", "cycle-review", "cycle-workbook", "review-many"),
        [2022],
    )
    of_town = {
        "cycle-item-review": [2022, "ST", 3],
        **{name: [2022, "NY"] for name in (*GETS, *POSTS) if name.startswith("cycle-fill-in")},
        "sign-off-ready": [2022, "NY"],
        "phrases": ["NY"],
        "opinion": [item.pk, "RJ"],
    }
    of_items = {
        name: [item.pk]
        for name in {*GETS, *POSTS}
        if name.startswith("item")
        or name in ("resubmit", "return", "send-back", "file-evidence", "attach-evidence")
    }
    of_files = {
        name: [item.pk, filed.pk] if name.endswith("-evidence") else [filed.pk] for name in OF_FILES
    }
    of_departments = dict.fromkeys(("sign-off", "sign-off-for"), [sheet.pk, "NY"])
    of_sheets = {
        name: [sheet.pk]
        for name in {*GETS, *POSTS}
        if name.startswith(("assessment", "paste"))
        or name in ("target-stars", "submit", "collect", "conclude", "reopen")
    }
    return of_year | of_town | of_items | of_files | of_departments | of_sheets


@pytest.mark.parametrize(
    ("method", "name", "username", "status"),
    [
        (method, name, username, status)
        for method, addresses in (("get", GETS), ("post", POSTS))
        for name, people in addresses.items()
        for username, status in people.items()
    ],
)
def test_every_address_for_every_person(client, places, method, name, username, status):
    client.force_login(person(username))
    response = getattr(client, method)(reverse(name, args=places.get(name)))
    assert response.status_code == status


@pytest.mark.parametrize("name", sorted({*GETS, *POSTS}))
def test_every_address_asks_for_sign_in(client, places, name):
    address = reverse(name, args=places.get(name))
    for response in (client.get(address), client.post(address)):
        assert response.status_code == AWAY
        assert response.url.startswith(reverse("sign-in"))


@pytest.mark.parametrize("name", sorted(set(POSTS) - set(GETS)))
def test_a_verb_is_posted(client, places, name):
    """A GET, as after signing in again, does nothing but lead to the page the verb is on."""
    before = Event.objects.count(), list(Assessment.objects.values())
    client.force_login(person("supervisor"))
    response = client.get(reverse(name, args=places[name]))
    assert response.status_code == AWAY
    assert resolve(response.url).url_name in ("assessment", "cycle-review", "item")
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
def test_a_clerk_of_another_village_finds_nothing_here(client, places, step, town):
    other = at_step(sheet_of("南陈村"), step)
    item = item_of(other, "ST-3")
    client.force_login(person("clerk_weipo"))
    for name, args in places.items():
        if name in ("sign-off", "sign-off-for"):
            args = [other.pk, "NY"]
        elif name == "opinion":
            args = [item.pk, "RJ"]
        elif name in OF_FILES:
            continue  # tests/assessment/evidence/test_serving.py
        elif args[0] != 2022 and name != "phrases":
            args = [item.pk] if args[0] in _item_ids(other, places) else [other.pk]
        else:
            continue
        address = reverse(name, args=args)
        assert client.get(address, follow=True).status_code == NOT_HERE, name
        assert client.post(address).status_code in (NOT_HERE, WRONG), name


def _item_ids(sheet, places):
    return {places["item"][0]}


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
