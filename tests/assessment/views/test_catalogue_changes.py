"""What changed from one catalogue to another, side by side."""

from html import unescape

import pytest
from django.urls import reverse

from assessment import workflow
from assessment.models import Catalogue, Cycle, TaskItem
from branches.models import Department
from tests.town import CAST, person


def address(year=2023):
    return reverse("catalogue-changes", args=[year])


def text_of(response):
    return unescape(response.content.decode())


@pytest.fixture
def reader(client, town):
    client.force_login(person("auditor"))
    return client


@pytest.fixture
def newer(town):
    """2023's, in use, in which one thing of each kind is not as it was."""
    catalogue = workflow.copy_catalogue(town.catalogue, 2023, "2023", by=person("admin"))
    items = TaskItem.objects.filter(category__catalogue=catalogue, category__code="ST")
    items.filter(number=1).update(standard="新的指标")
    items.filter(number=2).update(points=3, is_key=True)
    items.filter(number=3).update(lead_department=Department.objects.get(code="SF"))
    items.filter(number=4).update(category=catalogue.categories.get(code="PA"), number=7)
    items.filter(number=6).delete()
    TaskItem.objects.create(
        category=catalogue.categories.get(code="ST"),
        number=8,
        name="新事",
        standard="新标准",
        lead_department=Department.objects.get(code="NY"),
    )
    Cycle.objects.create(year=2023, catalogue=catalogue, state="open")
    return catalogue


def shown(response):
    """(code before, code after) → its changes."""
    return {
        (row.pair.old and row.pair.old.code, row.pair.new and row.pair.new.code): [
            str(change) for change in row.pair.changes
        ]
        for row in response.context["rows"]
    }


def test_what_changed_is_beside_what_was(reader, newer):
    response = reader.get(address())
    assert response.context["other"].year == 2022
    assert shown(response) == {
        ("ST-1", "ST-1"): ["reworded"],
        ("ST-2", "ST-2"): ["weighed"],
        ("ST-3", "ST-3"): ["reassigned"],
        ("ST-4", "PA-7"): ["moved"],
        (None, "ST-8"): ["added"],
        ("ST-6", None): ["dropped"],
    }
    page = text_of(response)
    for words in ("新的指标", "司法所", "农业服务中心", "生态宜居 4 ·", "平安法治 7 ·", "新标准"):
        assert words in page
    counts = {str(change): count for change, count in response.context["counts"]}
    assert counts == {**dict.fromkeys(sum(shown(response).values(), []), 1), "same": 25}


def test_every_kind_is_a_shape_and_a_word(reader, newer):
    page = text_of(reader.get(address()))
    for kind in ("added", "dropped", "reworded", "weighed", "reassigned", "moved", "same"):
        assert f'change-{kind}"><svg' in page


def test_the_catalogues_page_leads_to_it(reader, newer):
    page = text_of(reader.get(reverse("catalogue", args=[2023])))
    assert f'href="{address()}"' in page


def test_the_other_way_round_and_over_a_year(reader, newer):
    last = workflow.copy_catalogue(newer, 2024, "2024", by=person("admin"))
    Cycle.objects.create(year=2024, catalogue=last, state="open")
    response = reader.get(address(2024))
    assert response.context["other"].year == 2023
    assert shown(response) == {}
    assert "完全一样" in text_of(response)
    over = reader.get(address(2024), {"with": 2022})
    assert shown(over) == shown(reader.get(address()))
    back = reader.get(address(2022), {"with": 2023})
    assert back.status_code == 200
    # From 2022 nothing came of 2023, so that items are matched by their codes.
    assert ("ST-8", None) in shown(back)


def test_a_category_that_was_renamed(reader, newer):
    newer.categories.filter(code="ST").update(name="生态文明")
    response = reader.get(address())
    assert response.context["categories"] == [("ST", "生态宜居", "生态文明")]
    assert "生态宜居 改名为 生态文明" in text_of(response)


def test_the_only_one_says_what_to_do(reader, town):
    response = reader.get(address(2022))
    assert response.status_code == 200
    assert "没有可以对照的" in text_of(response)


def test_the_earliest_offers_the_others(reader, newer):
    response = reader.get(address(2022))
    assert response.context["other"] is None
    assert 'href="?with=2023"' in text_of(response)


@pytest.mark.parametrize("asked", ["1999", "", "x", "２０２２", "2023", "9" * 400])
def test_a_year_that_is_not_there(reader, newer, asked):
    assert reader.get(address(), {"with": asked}).status_code == 404


@pytest.mark.parametrize("username", CAST)
def test_one_in_preparation_is_the_administrators(client, newer, username):
    Cycle.objects.filter(year=2023).update(state="preparing")
    client.force_login(person(username))
    expected = 200 if username == "admin" else 404
    assert client.get(address()).status_code == expected
    assert client.get(address(2022), {"with": 2023}).status_code == expected


@pytest.mark.parametrize("rows", [1, 31])
def test_it_takes_a_fixed_number_of_queries(reader, newer, django_assert_num_queries, rows):
    if rows == 1:
        newer.categories.exclude(code="ST").delete()
    assert Catalogue.objects.count() == 2
    with django_assert_num_queries(9):
        reader.get(address())
