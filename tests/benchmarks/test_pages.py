"""Pages against an empty page through the same middleware, and the saving of one item."""

from statistics import median
from time import process_time

import pytest
from django.shortcuts import render
from django.urls import include, path, reverse

from ..town import at_step, item_of, person, sheet_of

ROUNDS = 15
urlpatterns = [
    path("", include("starbranch.urls")),
    path("empty/", lambda request: render(request, "base.html")),
]


@pytest.fixture
def busy_town(town):
    """A third of the town in each of review, supervision and concluded."""
    names = list(town.assessments.values_list("branch__name", flat=True))
    for number, name in enumerate(names):
        at_step(sheet_of(name), ("review", "supervision", "concluded")[number % 3])
    return town


def seconds(act):
    start = process_time()
    act()
    return process_time() - start


def ratio(page, empty):
    """The page's processor time over the empty page's, in turn, so that both drift alike."""
    pairs = [(seconds(page), seconds(empty)) for _ in range(ROUNDS)]
    return median(one for one, _ in pairs) / median(other for _, other in pairs)


@pytest.mark.urls(__name__)
@pytest.mark.parametrize(
    ("username", "address"),
    [
        ("supervisor", "/"),
        ("supervisor", "/cycles/2022/"),
        ("supervisor", "/assessments/{sheet}/"),
        ("reviewer_ny", "/cycles/2022/review/"),
        ("reviewer_ny", "/assessments/{sheet}/review/"),
        ("reviewer_ny", "/cycles/2022/items/ST-3/review/"),
    ],
)
def test_page_over_an_empty_one(benchmark, client, busy_town, username, address):
    client.force_login(person(username))
    address = address.format(sheet=sheet_of("卫坡村").pk)

    def page():
        assert client.get(address).status_code == 200

    page()
    benchmark.extra_info["ratio_to_empty_page"] = round(
        ratio(page, lambda: client.get("/empty/")), 2
    )
    benchmark(page)


@pytest.mark.urls(__name__)
def test_reviewing_27_branches_over_an_empty_page(benchmark, client, town):
    """One item down all branches, each row with its forms."""
    for sheet in town.assessments.select_related("branch"):
        at_step(sheet, "review")
    client.force_login(person("reviewer_ny"))
    address = reverse("cycle-item-review", args=[2022, "ST", 3])

    def page():
        assert client.get(address).content.count(b"data-mark-form") == 27

    page()
    benchmark.extra_info["ratio_to_empty_page"] = round(
        ratio(page, lambda: client.get("/empty/")), 2
    )
    benchmark(page)


def test_saving_one_item(benchmark, client, town):
    client.force_login(person("clerk_weipo"))
    item = item_of(sheet_of("卫坡村"), "ST-3")
    address = reverse("item-self-rating", args=[item.pk])
    versions = iter(range(10**6))

    def save():
        version = next(versions)
        words = {"self_rating": "met", "measures": f"举措 {version}", "version": version}
        assert client.post(address, words).status_code == 302

    benchmark(save)
    item.refresh_from_db()
    assert item.version > 0
