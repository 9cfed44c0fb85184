"""Pages take a fixed number of queries, whatever the number of rows."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessment import workflow
from assessment.models import Assessment, Catalogue, Cycle

from ...town import at_step, finding_on, item_of, person, sheet_of
from ..ledger.fill_in import branch_form, department_form, filled, key

# Every page asks for the session, the person, their memberships, and whether to say 演示数据.
ASKED = {"q": "村"}  # of the search; the other pages pass it over
VILLAGES = ("卫坡村", "南陈村", "石沟村")


@pytest.fixture
def three(town):
    """Three sheets in review."""
    return [at_step(sheet_of(name), "review") for name in VILLAGES]


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(
    ("username", "name", "args", "queries"),
    [
        ("supervisor", "home", [], 10),
        ("reviewer_ny", "home", [], 8),
        ("clerk_weipo", "home", [], 10),
        ("auditor", "home", [], 8),
        ("admin", "home", [], 12),
        ("supervisor", "search", [], 10),
        ("clerk_weipo", "search", [], 10),
        ("admin", "search", [], 11),
        ("supervisor", "cycle", [2022], 11),
        ("reviewer_ny", "cycle-review", [2022], 9),
        ("reviewer_ny", "cycle-item-review", [2022, "ST", 3], 13),
        ("reviewer_ny", "sign-off-ready", [2022, "NY"], 7),
        ("reviewer_ny", "cycle-fill-in", [2022, "NY"], 7),
        ("supervisor", "cycle-inspections", [2022], 9),
        ("clerk_weipo", "cycle-inspections", [2022], 9),
        ("supervisor", "cycle-findings", [2022], 10),
        ("supervisor", "cycle-targets", [2022], 8),
        ("supervisor", "cycle-ledger", [2022], 9),
        ("supervisor", "cycle-workbook", [2022], 25),
        ("supervisor", "cycle-workbooks", [2022], 25),
        ("auditor", "catalogue", [2022], 9),
    ],
)
def test_lists(client, three, django_assert_num_queries, rows, username, name, args, queries):
    _drop_all_but(rows)
    client.force_login(person(username))
    with django_assert_num_queries(queries):
        assert client.get(reverse(name, args=args), ASKED).status_code == 200


def _drop_all_but(rows):
    """Move the other sheets to a year in preparation, out of every list."""
    for name in VILLAGES[:rows]:
        finding_on(sheet_of(name))
    catalogue = Catalogue.objects.create(year=2021, name="2021")
    away = Cycle.objects.create(year=2021, catalogue=catalogue)
    Assessment.objects.exclude(branch__name__in=VILLAGES[:rows]).update(cycle=away)


@pytest.mark.parametrize(
    ("username", "name", "queries"),
    [
        ("supervisor", "assessment", 9),
        ("clerk_weipo", "assessment", 9),
        ("supervisor", "assessment-supervision", 10),
        ("supervisor", "assessment-history", 7),
        ("reviewer_ny", "assessment-review", 13),
    ],
)
def test_a_sheet(client, three, django_assert_num_queries, username, name, queries):
    client.force_login(person(username))
    with django_assert_num_queries(queries):
        assert client.get(reverse(name, args=[three[0].pk])).status_code == 200


@pytest.mark.parametrize("rows", [1, 3, 27])
@pytest.mark.parametrize(
    ("username", "name", "step", "queries"),
    [
        ("clerk_weipo", "assessment", "self_rating", 9),
        ("supervisor", "assessment", "review", 9),
        ("supervisor", "assessment-supervision", "supervision", 10),
        ("reviewer_ny", "assessment-review", "review", 13),
    ],
)
def test_a_sheet_of_any_length(
    client, sheet, django_assert_num_queries, username, name, step, queries, rows
):
    at_step(sheet, step)
    of_one_department_first = sorted(
        sheet.items.with_places(), key=lambda item: item.task_item.lead_department.code != "NY"
    )
    sheet.items.exclude(pk__in=[item.pk for item in of_one_department_first[:rows]]).delete()
    client.force_login(person(username))
    with django_assert_num_queries(queries):
        assert client.get(reverse(name, args=[sheet.pk])).status_code == 200
    assert sheet.items.count() == rows


@pytest.mark.parametrize("saves", [1, 3, 27])
@pytest.mark.parametrize(("name", "queries"), [("assessment-history", 7), ("item-history", 7)])
def test_a_history_of_any_length(client, item, django_assert_num_queries, name, queries, saves):
    for number in range(saves):
        workflow.self_rate(item, {"progress": f"第 {number} 次"}, number, by=person("clerk_weipo"))
        item.refresh_from_db()
    client.force_login(person("supervisor"))
    about = item if name == "item-history" else item.assessment
    with django_assert_num_queries(queries):
        response = client.get(reverse(name, args=[about.pk]))
    assert response.content.decode().count('class="event"') == saves


@pytest.mark.parametrize("rows", [1, 3, 30])
@pytest.mark.parametrize(("name", "queries"), [("assessment-self-rating", 6), ("paste", 6)])
def test_the_grid_and_what_a_block_would_change(
    client, sheet, django_assert_num_queries, name, queries, rows
):
    client.force_login(person("clerk_weipo"))
    address = reverse(name, args=[sheet.pk])
    block = {"text": "达标\t逐户排查\n" * rows, "row": 1, "column": 0}
    with django_assert_num_queries(queries):
        response = client.post(address, block) if name == "paste" else client.get(address)
    assert response.status_code == 200
    assert response.content.decode().count("逐户排查") == (rows if name == "paste" else 0)


@pytest.mark.parametrize("rows", [1, 30])
def test_bringing_a_workbook_back(client, sheet, django_assert_num_queries, rows):
    """To show what it would change and to write it: 20 at most, reading the file apart."""
    client.force_login(person("clerk_weipo"))
    keys = [key(sheet, item.task_item.code) for item in sheet.items.with_places()[:rows]]
    content = filled(branch_form(sheet), dict.fromkeys(keys, {"村组标星": "√", "备注": "好"}))
    with django_assert_num_queries(6):
        upload = {"workbook": SimpleUploadedFile("表.xlsx", content)}
        response = client.post(reverse("assessment-fill-in", args=[sheet.pk]), upload)
    changes = {"changes": response.context["sealed"]}
    with django_assert_num_queries(11):
        response = client.post(reverse("assessment-fill-in-apply", args=[sheet.pk]), changes)
    assert response.status_code == 302
    assert sheet.items.filter(self_rating="met", version=1).count() == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_bringing_a_departments_workbook_back(client, three, town, django_assert_num_queries, rows):
    client.force_login(person("reviewer_ny"))
    keys = [key(sheet, "ST-3") for sheet in three[:rows]]
    content = filled(department_form(town, "NY"), dict.fromkeys(keys, {"部门瞄星": "√"}))
    with django_assert_num_queries(7):
        upload = {"workbook": SimpleUploadedFile("表.xlsx", content)}
        response = client.post(reverse("cycle-fill-in", args=[2022, "NY"]), upload)
    changes = {"changes": response.context["sealed"]}
    with django_assert_num_queries(11):
        response = client.post(reverse("cycle-fill-in-apply", args=[2022, "NY"]), changes)
    assert response.status_code == 302


@pytest.mark.parametrize(
    ("username", "name", "queries"),
    [("supervisor", "item", 9), ("reviewer_ny", "item-review", 13), ("clerk_weipo", "item", 8)],
)
def test_an_item(client, three, django_assert_num_queries, username, name, queries):
    item = item_of(three[0], "ST-3")
    client.force_login(person(username))
    with django_assert_num_queries(queries):
        assert client.get(reverse(name, args=[item.pk])).status_code == 200


def test_saving_one_item_takes_at_most_eight(client, sheet, item, django_assert_max_num_queries):
    client.force_login(person("clerk_weipo"))
    words = {"measures": "举措", "self_rating": "met", "version": 0}
    with django_assert_max_num_queries(8):
        response = client.post(reverse("item-self-rating", args=[item.pk]), words)
    assert response.status_code == 302
    item.refresh_from_db()
    assert item.measures == "举措"
