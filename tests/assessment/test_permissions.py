"""Who sees what: exact sets, for each person of the cast at each step."""

import pytest

from assessment.enums import Step
from assessment.models import Assessment, Cycle, ItemRating
from branches.enums import Role
from branches.models import Department, Membership, User
from tests.town import CAST, at_step, person, sheet_of

ALL = {f"{code}-{n}" for code in ("ZB", "CY", "ST", "PA", "WM") for n in range(1, 7)}

# Items of a sheet that has left its branch, by the department that leads or supports them.
OF_DEPARTMENT = {
    "reviewer_dj": {"ZB-1", "ZB-2", "ZB-3", "ZB-4", "ZB-5", "ZB-6", "CY-4", "WM-4"},
    "reviewer_ny": {"CY-1", "CY-2", "CY-3", "CY-5", "ST-2", "ST-3"},
    "reviewer_rj": {"ST-1", "ST-2", "ST-3", "ST-4", "ST-5", "ST-6"},  # leads 3, supports 3
    "reviewer_sh": {"WM-6", "CY-5", "WM-2"},  # leads 1, supports 2
}
READING_ALL = {"admin", "supervisor", "auditor"}
OWN_BRANCHES = {
    "clerk_weipo": {"卫坡村"},
    "clerk_nanchen": {"南陈村"},
    "liaison": {"石沟村", "游王村", "闫凹村"},
}
PEOPLE = sorted({*CAST, *OF_DEPARTMENT})


@pytest.fixture
def people(town):
    for username in OF_DEPARTMENT.keys() - CAST.keys():
        code = username.removeprefix("reviewer_").upper()
        user = User.objects.create(username=username)
        department = Department.objects.get(code=code)
        Membership.objects.create(user=user, role=Role.REVIEWER, department=department)


def sheets_seen(user):
    return sorted(Assessment.objects.visible_to(user).values_list("branch__name", flat=True))


def items_seen(user, branch):
    found = ItemRating.objects.visible_to(user).filter(assessment__branch__name=branch)
    return sorted(
        f"{code}-{number}"
        for code, number in found.values_list("task_item__category__code", "task_item__number")
    )


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("username", PEOPLE)
def test_sheets(username, step, people, sheet):
    """卫坡村's sheet stands at `step`, the other 26 in self-rating."""
    at_step(sheet, step)
    if username in READING_ALL:
        assert len(sheets_seen(person(username))) == 27
        return
    expected = set(OWN_BRANCHES.get(username, ()))
    if username in OF_DEPARTMENT and step != Step.SELF_RATING:
        expected = {"卫坡村"}
    assert sheets_seen(person(username)) == sorted(expected)


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("username", PEOPLE)
def test_items(username, step, people, sheet):
    at_step(sheet, step)
    expected = set()
    if username in READING_ALL or username == "clerk_weipo":
        expected = ALL
    elif username in OF_DEPARTMENT and step != Step.SELF_RATING:
        expected = OF_DEPARTMENT[username]
    assert items_seen(person(username), "卫坡村") == sorted(expected)
    everywhere = ItemRating.objects.visible_to(person(username)).count()
    others = 26 if username in READING_ALL else len({*OWN_BRANCHES.get(username, ())} - {"卫坡村"})
    assert everywhere == len(expected) + 30 * others


@pytest.mark.parametrize("username", PEOPLE)
def test_a_year_in_preparation_is_nobodys(username, people, sheet):
    at_step(sheet, "concluded")
    Cycle.objects.update(state="preparing")
    assert not Assessment.objects.visible_to(person(username)).exists()
    assert not ItemRating.objects.visible_to(person(username)).exists()
    assert not Cycle.objects.begun().exists()


@pytest.mark.parametrize("username", PEOPLE)
def test_a_closed_year_is_seen_as_before(username, people, sheet):
    at_step(sheet, "concluded")
    before = sheets_seen(person(username)), items_seen(person(username), "卫坡村")
    Cycle.objects.update(state="closed")
    assert (sheets_seen(person(username)), items_seen(person(username), "卫坡村")) == before


@pytest.mark.parametrize("username", PEOPLE)
def test_an_inactive_person_sees_nothing(username, people, sheet):
    at_step(sheet, "review")
    User.objects.update(is_active=False)
    assert sheets_seen(person(username)) == []
    assert not ItemRating.objects.visible_to(person(username)).exists()


def test_several_memberships_add_up_and_nothing_comes_twice(people, sheet):
    at_step(sheet, "review")
    user = person("clerk_nanchen")
    for code in ("DJ", "SH"):
        department = Department.objects.get(code=code)
        Membership.objects.create(user=user, role=Role.REVIEWER, department=department)
    user = person("clerk_nanchen")
    assert sheets_seen(user) == sorted(["南陈村", "卫坡村"])
    both = OF_DEPARTMENT["reviewer_dj"] | OF_DEPARTMENT["reviewer_sh"]
    assert items_seen(user, "卫坡村") == sorted(both)
    assert items_seen(user, "南陈村") == sorted(ALL)


def test_a_sheet_sent_back_stays_with_its_departments_until_the_branch_has_it(people, sheet):
    at_step(sheet, "review")
    assert sheets_seen(person("reviewer_sh")) == ["卫坡村"]
    sheet.items.filter(task_item__lead_department__code="SH").update(
        returned_at="2022-11-01T00:00Z", returned_by=person("reviewer_sh"), return_reason="补"
    )
    assert items_seen(person("reviewer_sh"), "卫坡村") == sorted(OF_DEPARTMENT["reviewer_sh"])


def test_a_department_without_an_item_sees_no_sheet(people, sheet):
    at_step(sheet, "review")
    idle = Department.objects.create(code="ID", name="闲置办公室")
    user = User.objects.create(username="reviewer_id")
    Membership.objects.create(user=user, role=Role.REVIEWER, department=idle)
    assert sheets_seen(user) == []


def test_seeing_takes_one_query(people, sheet, django_assert_num_queries):
    user = person("reviewer_ny")
    assert user.held
    with django_assert_num_queries(1):
        list(Assessment.objects.visible_to(user))
    with django_assert_num_queries(1):
        list(ItemRating.objects.visible_to(user))


def test_a_sheet_is_found_by_its_natural_key(sheet):
    assert Assessment.objects.get_by_natural_key(2022, sheet.branch.code) == sheet_of("卫坡村")
