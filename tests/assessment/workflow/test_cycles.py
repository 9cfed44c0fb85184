"""Opening and closing a year."""

import pytest
from django.utils import timezone

from assessment import workflow
from assessment.models import Assessment, Catalogue, Cycle, ItemRating, Star, TaskItem
from branches.models import Branch
from tests.town import at_step, conclude_everything, item_of, person, sheet_of

from .acts import events_after, last_event, refuses, rows, sentences


@pytest.fixture
def admin(town):
    return person("admin")


@pytest.fixture
def next_year(town):
    """A year in preparation over last year's catalogue, with nobody's sheet in it yet."""
    return Cycle.objects.create(year=2023, catalogue=town.catalogue)


def test_open(next_year, admin):
    start = last_event().pk
    workflow.open_cycle(next_year, by=admin)
    next_year.refresh_from_db()
    assert next_year.state == "open"
    sheets = next_year.assessments.all()
    assert sheets.count() == 27
    assert Star.objects.filter(assessment__in=sheets).count() == 27 * 5
    assert ItemRating.objects.filter(assessment__in=sheets).count() == 27 * 30
    assert set(sheets.values_list("step", "target_level")) == {("self_rating", 0)}
    [event] = events_after(start)
    assert (event.verb, event.actor, event.cycle) == ("open_cycle", admin, next_year)
    assert (event.from_state, event.to_state) == ("preparing", "open")


def test_opening_keeps_the_targets_that_were_set_before(next_year, admin):
    branch = Branch.objects.get(name="卫坡村")
    Assessment.objects.create(cycle=next_year, branch=branch, target_level=5)
    workflow.open_cycle(next_year, by=admin)
    assert sheet_of("卫坡村", 2023).target_level == 5
    assert sheet_of("卫坡村", 2023).items.count() == 30


def test_only_active_branches_take_part(next_year, admin):
    Branch.objects.filter(name="卫坡村").update(is_active=False)
    workflow.open_cycle(next_year, by=admin)
    assert next_year.assessments.count() == 26
    assert not next_year.assessments.filter(branch__name="卫坡村").exists()


def without_events():
    return {name: table for name, table in rows().items() if name != "Event"}


def test_opening_again_changes_nothing(town, admin, sheet, clerk):
    item = item_of(sheet, "ST-3")
    workflow.self_rate(item, {"measures": "建沼气站"}, 0, by=clerk)
    before = without_events()
    workflow.open_cycle(town, by=admin)
    assert without_events() == before


def test_opening_again_adds_what_is_missing_and_nothing_else(town, admin, sheet):
    at_step(sheet, "review")
    before = without_events()
    Branch.objects.create(code="410308105999", name="新设社区", kind="community")
    workflow.open_cycle(town, by=admin)
    assert last_event().verb == "open_cycle"
    assert (last_event().from_state, last_event().to_state) == ("open", "open")
    added = sheet_of("新设社区")
    assert (added.stars.count(), added.items.count()) == (5, 30)
    after = without_events()
    assert {name: table[: len(before[name])] for name, table in after.items()} == before
    new = {name: len(table) - len(before[name]) for name, table in after.items()}
    assert {name: number for name, number in new.items() if number} == {
        "Assessment": 1,
        "Star": 5,
        "ItemRating": 30,
    }


def test_open_lists_what_the_catalogue_lacks(next_year, admin):
    TaskItem.objects.filter(category__code="ST", number=3).update(lead_department=None)
    refusal = refuses(workflow.Blocked, workflow.open_cycle, next_year, by=admin)
    assert sentences(refusal) == ["生态宜居 3 · 资源化利用：还没有牵头部门"]


def test_an_empty_catalogue_opens_nothing(town, admin):
    empty = Catalogue.objects.create(year=2024, name="2024 年清单")
    Branch.objects.update(is_active=False)
    cycle = Cycle.objects.create(year=2024, catalogue=empty)
    refusal = refuses(workflow.Blocked, workflow.open_cycle, cycle, by=admin)
    assert sentences(refusal) == ["2024 年清单里还没有任务项", "还没有参加创建的支部"]


def test_close(town, admin):
    conclude_everything()
    start = last_event().pk
    workflow.close_cycle(town, by=admin)
    town.refresh_from_db()
    assert town.state == "closed"
    assert (town.closed_at, town.closed_by) == (timezone.now(), admin)
    [event] = events_after(start)
    assert (event.verb, event.actor, event.cycle) == ("close_cycle", admin, town)
    assert (event.from_state, event.to_state) == ("open", "closed")


def test_a_year_closes_when_every_sheet_is_concluded(town, admin):
    conclude_everything()
    supervisor = person("supervisor")
    workflow.reopen(sheet_of("卫坡村"), "复核", by=supervisor)
    workflow.reopen(sheet_of("南陈村"), "复核", by=supervisor)
    refusal = refuses(workflow.Blocked, workflow.close_cycle, town, by=admin)
    assert set(sentences(refusal)) == {"卫坡村：还没有办结定星", "南陈村：还没有办结定星"}


@pytest.mark.parametrize("state", ["preparing", "closed"])
def test_only_an_open_year_closes(town, admin, state):
    conclude_everything()
    Cycle.objects.update(state=state)
    refuses(workflow.OutOfOrder, workflow.close_cycle, town, by=admin)


def test_a_closed_year_is_not_opened_again(town, admin):
    Cycle.objects.update(state="closed")
    refusal = refuses(workflow.OutOfOrder, workflow.open_cycle, town, by=admin)
    assert sentences(refusal) == ["2022 年度已经关闭，不能再开启。"]


@pytest.mark.parametrize("verb", [workflow.open_cycle, workflow.close_cycle])
@pytest.mark.parametrize(
    "username", ["supervisor", "auditor", "reviewer_ny", "clerk_weipo", "nobody"]
)
def test_the_year_is_the_administrators(town, verb, username):
    conclude_everything()
    refusal = refuses(workflow.NotAllowed, verb, town, by=person(username))
    assert "由管理员办理" in str(refusal)


def test_the_first_superuser_needs_no_membership(town):
    user = person("nobody")
    user.is_superuser = True
    user.save()
    conclude_everything()
    workflow.close_cycle(town, by=person("nobody"))
    assert Cycle.objects.get().state == "closed"
