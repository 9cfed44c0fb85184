"""Who is given a file, and how: by every route, thumbnails included."""

from io import BytesIO
from urllib.parse import quote

import pytest
from django.urls import reverse
from PIL import Image

from assessment import files, workflow
from assessment.models import Cycle, Evidence
from starbranch import settings as as_deployed
from tests.town import CAST, at_step, item_of, person, sheet_of

from .samples import PDF, office, photo, sent

READERS = {"admin", "supervisor", "auditor"}
ROUTES = ("evidence", "evidence-thumbnail")


@pytest.fixture
def picture_on(item, file_on):
    return file_on(item, photo(), "路灯.jpg")


def given(client, username, evidence):
    client.force_login(person(username))
    answers = [client.get(reverse(route, args=[evidence.pk])) for route in ROUTES]
    for answer in answers:
        answer.getvalue()  # and so closed
    return {answer.status_code for answer in answers}


@pytest.mark.parametrize("step", ["self_rating", "review", "supervision", "concluded"])
@pytest.mark.parametrize("username", CAST)
def test_who_sees_the_item_is_given_its_files(client, picture_on, sheet, username, step):
    at_step(sheet, step)
    seen = {*READERS, "clerk_weipo"}
    if step != "self_rating":
        seen |= {"reviewer_ny"}
    assert given(client, username, picture_on) == ({200} if username in seen else {404})
    assert Evidence.objects.visible_to(person(username)).count() == (username in seen)


def test_what_backs_nothing_is_the_branch_s_and_the_readers(client, picture_on, item, clerk):
    workflow.detach_evidence(item, picture_on, by=clerk)
    at_step(item.assessment, "review")
    assert given(client, "reviewer_ny", picture_on) == {404}
    assert given(client, "clerk_weipo", picture_on) == {200}
    assert given(client, "auditor", picture_on) == {200}


def test_an_older_version_is_seen_with_its_item(client, picture_on, item, clerk):
    new = files.read(sent("新.jpg", photo(taken="2022:10:22 09:30:00")))
    workflow.replace_evidence(item, picture_on, new, None, by=clerk)
    at_step(item.assessment, "review")
    assert given(client, "reviewer_ny", picture_on) == {200}
    assert given(client, "reviewer_dj", picture_on) == {404}


def test_a_year_in_preparation_is_nobody_s(client, picture_on):
    Cycle.objects.update(state="preparing")
    assert given(client, "supervisor", picture_on) == {404}


def test_another_branch_s_file_is_not_there_by_any_route(client, item, file_on):
    theirs = file_on(item_of(sheet_of("南陈村"), "ST-3"), photo())
    client.force_login(person("clerk_weipo"))
    for route in ROUTES:
        assert client.get(reverse(route, args=[theirs.pk])).status_code == 404
    for verb in ("detach-evidence", "replace-evidence"):
        for place in (item, theirs.items.get()):
            address = reverse(verb, args=[place.pk, theirs.pk])
            uploads = {"files": sent("新.pdf", PDF)}
            assert client.post(address, uploads).status_code == 404
    for chosen in (theirs.pk, 999_999):
        response = client.post(reverse("attach-evidence", args=[item.pk]), {"evidence": [chosen]})
        assert response.status_code == 404
    assert list(theirs.items.all()) == [item_of(sheet_of("南陈村"), "ST-3")]
    assert Evidence.objects.count() == 1


def test_a_picture_is_shown(client, picture_on, clerk):
    client.force_login(clerk)
    response = client.get(reverse("evidence", args=[picture_on.pk]))
    assert response["Content-Type"] == "image/jpeg"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"] == f"inline; filename*=utf-8''{quote('路灯.jpg')}"
    assert "private" in response["Cache-Control"]
    assert "default-src 'self'" in response["Content-Security-Policy"]
    assert Image.open(BytesIO(response.getvalue())).size == (40, 60)


@pytest.mark.parametrize(("name", "content"), [("方案.pdf", PDF), ("表.docx", office("docx"))])
def test_a_document_is_saved_and_not_shown(client, item, file_on, clerk, name, content):
    evidence = file_on(item, content, name)
    client.force_login(clerk)
    response = client.get(reverse("evidence", args=[evidence.pk]))
    assert response["Content-Disposition"] == f"attachment; filename*=utf-8''{quote(name)}"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Type"] == evidence.content_type
    assert response.getvalue() == content
    assert client.get(reverse("evidence-thumbnail", args=[evidence.pk])).status_code == 404


def test_a_file_that_is_lost_is_not_there(client, picture_on, clerk):
    picture_on.file.storage.delete(picture_on.file.name)
    client.force_login(clerk)
    assert client.get(reverse("evidence", args=[picture_on.pk])).status_code == 404


@pytest.mark.parametrize("route", ROUTES)
def test_a_file_is_only_read(client, picture_on, clerk, route):
    client.force_login(clerk)
    assert client.post(reverse(route, args=[picture_on.pk])).status_code == 405


def test_files_lie_outside_the_static_root():
    location = as_deployed.STORAGES["default"]["OPTIONS"]["location"]
    assert not location.is_relative_to(as_deployed.STATIC_ROOT)
    assert not as_deployed.STATIC_ROOT.is_relative_to(location)
    assert not getattr(as_deployed, "MEDIA_URL", "")
