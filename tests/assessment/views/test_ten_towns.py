"""Lists of the committee's work take as many queries for 270 branches as for 27."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from assessment.models import Assessment, Finding

from ...town import person
from .test_wall_numbers import multiply


@pytest.fixture(params=[1, 10])
def branches(request, town):
    """How many there are, each with a finding: overdue, waiting for a re-check, or closed."""
    multiply(town, request.param)
    found = list(Finding.objects.order_by("pk"))
    today, by = timezone.localdate(), person("supervisor")
    for number, finding in enumerate(found):
        finding.due_date = today + timedelta(days=number % 30 - 10)
        finding.state = ("open", "answered", "closed")[number % 3]
        if finding.state == "closed":
            finding.closed_at, finding.closed_by = timezone.now(), by
    Finding.objects.bulk_update(found, ["due_date", "state", "closed_at", "closed_by"])
    assert Assessment.objects.count() == len(found) == 27 * request.param
    return len(found)


# One more where a branch or a department is asked for by name.
FINDINGS = (
    ("supervisor", {}, 10),
    ("supervisor", {"page": "2"}, 10),
    ("supervisor", {"state": "unresolved", "light": "red", "department": "NY"}, 11),
    ("supervisor", {"branch": "村"}, 11),
    ("reviewer_ny", {}, 10),
    ("reviewer_ny", {"branch": "村"}, 11),
    ("clerk_weipo", {}, 10),
)


@pytest.mark.parametrize(("username", "asked", "queries"), FINDINGS)
def test_findings(client, branches, django_assert_num_queries, username, asked, queries):
    """Session, person, memberships, 演示数据; year, departments, states, overdue, count, rows."""
    client.force_login(person(username))
    with django_assert_num_queries(queries):
        response = client.get(reverse("cycle-findings", args=[2022]), asked)
    if username == "supervisor":
        assert sum(count for _label, count in response.context["counts"]) == branches
    assert response.context["page"].object_list


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("cycle-public", 10),
        ("cycle-calendar", 10),
        ("cycle-inspections", 9),
        ("cycle-supervision", 10),
        ("home", 10),
    ],
)
def test_other_lists(client, branches, django_assert_num_queries, name, queries):
    client.force_login(person("supervisor"))
    args = [] if name == "home" else [2022]
    if name == "cycle-supervision":
        stamps = {"submitted_at": timezone.now(), "submitted_by": person("supervisor")}
        Assessment.objects.update(step="supervision", **stamps)
    with django_assert_num_queries(queries):
        response = client.get(reverse(name, args=args))
    assert response.status_code == 200
    if name == "cycle-public":
        assert len(response.context["listed"].branches) == branches
    if name == "cycle-supervision":
        assert len(response.context["rows"]) == branches
