"""Hostile workbooks by every page that takes one: refused at once and in words, nothing changed."""

import tracemalloc
from html import unescape
from time import process_time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessment import workflow
from assessment.models import Event, ItemRating, TaskItem
from branches.models import Membership, User
from tests.assessment.ledger.test_hostile import REFUSED
from tests.town import at_step, person, sheet_of

PAGES = ("self-rating", "review", "catalogue", "people")


@pytest.fixture(params=PAGES)
def desk(client, town, request):
    """Sends a file by one of the pages, as somebody who may."""
    username, address = {
        "self-rating": _self_rating,
        "review": _review,
        "catalogue": _catalogue,
        "people": _people,
    }[request.param](town)
    client.force_login(person(username))
    assert client.get(address).status_code == 200
    before = snapshot()

    def send(name):
        content = REFUSED[name][0]()
        upload = {"workbook": SimpleUploadedFile("怪.xlsx", content)}
        begun = process_time()
        response = client.post(address, upload)
        took = process_time() - begun
        said = unescape(response.content.decode())
        assert response.status_code == 422, name
        assert "怪.xlsx：" in said, name
        # The way to send a better one is still there.
        assert 'name="workbook"' in said, name
        return took

    yield send
    assert snapshot() == before


def _self_rating(_town):
    return "clerk_weipo", reverse("assessment-fill-in", args=[sheet_of("卫坡村").pk])


def _review(_town):
    at_step(sheet_of("卫坡村"), "review")
    return "reviewer_ny", reverse("cycle-fill-in", args=[2022, "NY"])


def _catalogue(town):
    new = workflow.copy_catalogue(town.catalogue, 2023, "2023 年清单", by=person("admin"))
    return "admin", reverse("admin:assessment_catalogue_upload", args=[new.pk])


def _people(_town):
    return "admin", reverse("admin:branches_user_upload")


def snapshot():
    return (
        list(ItemRating.objects.order_by("pk").values()),
        list(TaskItem.objects.order_by("pk").values()),
        list(User.objects.order_by("pk").values()),
        list(Membership.objects.order_by("pk").values()),
        Event.objects.count(),
    )


def test_at_once_and_in_words(desk):
    """Processor time: it must not depend on what else the machine is doing."""
    for name in REFUSED:
        assert desk(name) < 2, name


def test_without_filling_the_memory(desk):
    """The file itself, all that is unpacked of it, and the page that refuses it."""
    for name in ("zip bomb", "billion laughs", "bomb of strings", "a million cells", "200 sheets"):
        tracemalloc.start()
        try:
            desk(name)
            assert tracemalloc.get_traced_memory()[1] < 200 * 10**6, name
        finally:
            tracemalloc.stop()
