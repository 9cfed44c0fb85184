"""The workbook as it is downloaded: named, kept as an event, and holding what one may see."""

from io import BytesIO
from urllib.parse import unquote

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from assessment.models import Event

from ...town import at_step, person, sheet_of


def fetched(client, username, name, args):
    client.force_login(person(username))
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    named = unquote(response["Content-Disposition"])
    return named, load_workbook(BytesIO(b"".join(response.streaming_content)))


def test_a_year_is_named_and_kept(client, town):
    named, workbook = fetched(client, "auditor", "cycle-workbook", [2022])
    assert named.startswith("attachment;")
    assert "2022年" in named
    assert named.endswith(".xlsx")
    assert len(workbook.sheetnames) == 2
    event = Event.objects.first()
    assert (event.verb, event.actor, event.cycle) == ("download", person("auditor"), town)


def test_a_branch_is_named(client, sheet):
    named, workbook = fetched(client, "clerk_weipo", "assessment-workbook", [sheet.pk])
    assert "卫坡村" in named
    assert Event.objects.first().assessment == sheet


@pytest.mark.parametrize(
    ("username", "expected"),
    [
        ("auditor", 27 * 30),
        ("supervisor", 27 * 30),
        ("clerk_weipo", 30),
        ("liaison", 3 * 30),
        ("reviewer_ny", 6),
    ],
)
def test_it_holds_what_one_may_see(client, town, username, expected):
    at_step(sheet_of("南陈村"), "review")
    _, workbook = fetched(client, username, "cycle-workbook", [2022])
    rows = [row for row in workbook.worksheets[1].values if isinstance(row[1], int)]
    led = [row for row in rows if username != "reviewer_ny" or "农业服务中心" in row]
    assert len(led) == expected


def test_a_person_without_a_branch_has_nothing_to_download(client, town):
    client.force_login(person("nobody"))
    assert client.get(reverse("cycle-workbook", args=[2022])).status_code == 404


def test_a_text_that_no_cell_holds_is_said_and_not_cut(client, sheet):
    sheet.items.filter(task_item__number=1).update(measures="长" * 32_768)
    client.force_login(person("clerk_weipo"))
    response = client.get(reverse("assessment-workbook", args=[sheet.pk]), follow=True)
    assert response.redirect_chain == [(reverse("cycle-ledger", args=[2022]), 302)]
    assert "卫坡村" in response.content.decode()
    assert not Event.objects.filter(verb="download").exists()
