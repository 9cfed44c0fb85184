"""A year from the one before: its catalogue, the stars held, last year's words."""

import pytest

from assessment import workflow
from assessment.models import Catalogue, Category, Cycle, ItemRating, Star, TaskItem
from branches.models import Branch
from tests.town import at_step, close_year, fill, item_of, person, sheet_of

from .acts import last_event, refuses, sentences

COPIED = ("number", "name", "standard", "materials", "points", "is_key", "source")


@pytest.fixture
def admin(town):
    return person("admin")


def award(branch, *codes, year=2022):
    """Conclude the branch's sheet with these stars, past the verbs."""
    sheet = sheet_of(branch, year)
    supervisor = person("supervisor")
    stamp = {"decided_at": "2022-12-20T00:00Z", "decided_by": supervisor}
    sheet.stars.update(awarded=False, **stamp)
    sheet.stars.filter(category__code__in=codes).update(awarded=True)
    stamps = dict.fromkeys(("submitted_at", "concluded_at"), "2022-12-20T00:00Z")
    stamps |= dict.fromkeys(("submitted_by", "concluded_by"), supervisor)
    type(sheet).objects.filter(pk=sheet.pk).update(step="concluded", level=len(codes), **stamps)


def held(branch, year=2023):
    stars = Star.objects.filter(assessment=sheet_of(branch, year), held_before=True)
    return {star.category.code for star in stars.select_related("category")}


def opened(catalogue, year=2023):
    cycle = Cycle.objects.create(year=year, catalogue=catalogue)
    workflow.open_cycle(cycle, by=person("admin"))
    return cycle


class TestTheCatalogue:
    def test_every_item_bears_the_one_that_it_was(self, town, admin):
        TaskItem.objects.filter(number=2).update(points=3, is_key=True)
        new = workflow.copy_catalogue(town.catalogue, 2023, by=admin)
        assert (new.year, new.name) == (2023, "2023 年“五星”支部创建任务清单")
        items = TaskItem.objects.filter(category__catalogue=new).select_related("previous")
        assert items.count() == 30
        for item in items.prefetch_related("cooperating_departments"):
            old = item.previous
            assert [getattr(item, name) for name in COPIED] == [
                getattr(old, name) for name in COPIED
            ]
            assert item.code == old.code
            assert item.lead_department == old.lead_department
            assert {*item.cooperating_departments.all()} == {*old.cooperating_departments.all()}
        names = ("code", "name", "order", "is_prerequisite")
        assert list(new.categories.values_list(*names)) == list(
            town.catalogue.categories.values_list(*names)
        )
        event = last_event()
        assert (event.verb, event.actor, event.subject) == ("edit", admin, str(new))
        assert event.reason == f"由“{town.catalogue}”新建，30 项。"

    def test_the_old_one_is_left_as_it_is(self, town, admin):
        before = list(TaskItem.objects.values()), list(Category.objects.values())
        workflow.copy_catalogue(town.catalogue, 2023, by=admin)
        old = TaskItem.objects.filter(category__catalogue=town.catalogue)
        assert list(old.values()) == before[0]
        assert list(town.catalogue.categories.values()) == before[1]

    def test_a_year_has_one(self, town, admin):
        workflow.copy_catalogue(town.catalogue, 2023, by=admin)
        for year, sentence in (
            (2022, "新清单的年度要晚于 2022 年。"),
            (2023, "已经有 2023 年的任务清单，没有再建。"),
        ):
            refusal = refuses(
                workflow.OutOfOrder, workflow.copy_catalogue, town.catalogue, year, by=admin
            )
            assert sentences(refusal) == [sentence]

    @pytest.mark.parametrize("username", ["supervisor", "auditor", "reviewer_ny", "clerk_weipo"])
    def test_it_is_the_administrators(self, town, username):
        refuses(
            workflow.NotAllowed,
            workflow.copy_catalogue,
            town.catalogue,
            2023,
            by=person(username),
        )


class TestTheStarsHeld:
    def test_what_was_awarded_is_held(self, town, admin):
        award("卫坡村", "ZB", "ST")
        award("南陈村")
        close_year()
        opened(workflow.copy_catalogue(town.catalogue, 2023, by=admin))
        assert (held("卫坡村"), held("南陈村"), held("石沟村")) == ({"ZB", "ST"}, set(), set())

    def test_over_the_same_catalogue_too(self, town):
        award("卫坡村", "WM")
        opened(town.catalogue)
        assert held("卫坡村") == {"WM"}

    def test_another_code_is_followed_by_its_items(self, town, admin):
        award("卫坡村", "ST", "PA")
        new = workflow.copy_catalogue(town.catalogue, 2023, by=admin)
        new.categories.filter(code="ST").update(code="HB", name="绿色家园")
        new.categories.filter(code="PA").delete()
        opened(new)
        assert held("卫坡村") == {"HB"}

    def test_a_branch_without_a_sheet_holds_none(self, town, admin):
        award("卫坡村", "ZB")
        Branch.objects.create(code="410308105999", name="新设村", kind="village", order=99)
        opened(workflow.copy_catalogue(town.catalogue, 2023, by=admin))
        assert held("新设村") == set()
        assert held("卫坡村") == {"ZB"}

    def test_a_decision_that_is_not_concluded_is_none(self, town, sheet, supervisor):
        at_step(sheet, "supervision")
        workflow.decide(sheet_of("卫坡村"), {"ZB": (True, "")}, by=supervisor)
        opened(town.catalogue)
        assert held("卫坡村") == set()

    def test_opening_again_takes_over_what_was_decided_since(self, town, admin):
        cycle = opened(town.catalogue)
        assert held("卫坡村") == set()
        award("卫坡村", "ZB", "CY")
        before = last_event().pk
        workflow.open_cycle(cycle, by=admin)
        assert held("卫坡村") == {"ZB", "CY"}
        assert last_event().pk > before
        award("卫坡村", "CY")
        workflow.open_cycle(cycle, by=admin)
        assert held("卫坡村") == {"CY"}
        kept = last_event().pk
        workflow.open_cycle(cycle, by=admin)
        assert last_event().pk == kept

    def test_the_first_year_has_none_to_carry_over(self, town, admin):
        Star.objects.filter(assessment=sheet_of("卫坡村"), category__code="ZB").update(
            held_before=True
        )
        workflow.open_cycle(town, by=admin)
        assert held("卫坡村", 2022) == {"ZB"}

    def test_a_year_in_preparation_is_not_the_one_before(self, town):
        award("卫坡村", "ZB")
        empty = Catalogue.objects.create(year=2023, name="没有开启")
        Cycle.objects.create(year=2023, catalogue=empty)
        opened(town.catalogue, year=2024)
        assert held("卫坡村", 2024) == {"ZB"}


class TestLastYearsWords:
    def test_they_are_offered_item_by_item(self, town, admin, clerk):
        fill(sheet_of("卫坡村"))
        words = {"measures": "建沼气站", "responsible_person": "李某"}
        old = item_of(sheet_of("卫坡村"), "ST-3")
        workflow.self_rate(old, words, old.version, by=clerk)
        close_year()
        new = workflow.copy_catalogue(town.catalogue, 2023, by=admin)
        # Moved to another place and renamed, it is the same item still.
        moved = TaskItem.objects.filter(category__catalogue=new, category__code="ST")
        moved.filter(number=3).update(number=9, name="变废为宝")
        added = TaskItem.objects.create(
            category=moved.first().category,
            number=10,
            name="新增",
            standard="新",
            lead_department=moved.first().lead_department,
        )
        opened(new)
        sheet = sheet_of("卫坡村", 2023)
        before = ItemRating.objects.visible_to(clerk).of_the_year_before(item_of(sheet, "ST-9"))
        assert before == old
        assert (before.measures, before.responsible_person) == ("建沼气站", "李某")
        assert before.assessment.cycle == town
        of_new = sheet.items.with_places().get(task_item=added)
        assert ItemRating.objects.visible_to(clerk).of_the_year_before(of_new) is None

    def test_on_the_page(self, client, town, admin):
        fill(sheet_of("卫坡村"))
        close_year()
        opened(workflow.copy_catalogue(town.catalogue, 2023, by=admin))
        client.force_login(person("clerk_weipo"))
        item = item_of(sheet_of("卫坡村", 2023), "ST-3")
        page = client.get(f"/items/{item.pk}/self-rating/").content.decode()
        assert "2022 年写的" in page
        assert '<dd data-fill="responsible_person">李某</dd>' in page
        other = item_of(sheet_of("南陈村", 2023), "ST-3")
        assert client.get(f"/items/{other.pk}/self-rating/").status_code == 404

    def test_over_the_same_catalogue_too(self, client, town, clerk):
        """The latest year's, and never what this year says itself."""
        old = item_of(sheet_of("卫坡村"), "ST-3")
        workflow.self_rate(old, {"measures": "建沼气站"}, old.version, by=clerk)
        assert ItemRating.objects.all().of_the_year_before(old) is None
        close_year()
        opened(town.catalogue)
        new = item_of(sheet_of("卫坡村", 2023), "ST-3")
        assert new.task_item == old.task_item
        client.force_login(clerk)
        page = client.get(f"/items/{new.pk}/self-rating/").content.decode()
        assert "2022 年写的" in page
        assert 'data-fill="measures">建沼气站</dd>' in page
        workflow.self_rate(new, {"measures": "沼气站扩建"}, new.version, by=clerk)
        close_year(2023)
        opened(town.catalogue, year=2024)
        last = item_of(sheet_of("卫坡村", 2024), "ST-3")
        before = ItemRating.objects.visible_to(clerk).of_the_year_before(last)
        assert (before.assessment.cycle.year, before.measures) == (2023, "沼气站扩建")
        middle = item_of(sheet_of("卫坡村", 2023), "ST-3")
        assert ItemRating.objects.all().of_the_year_before(middle) == old

    def test_the_reviewer_sees_last_years_mark_too(self, town):
        for mark, year in (("met", 2022), ("unmet", 2023)):
            sheet = sheet_of("卫坡村", year)
            sheet.items.update(review=mark)
            close_year(year)
            opened(town.catalogue, year=year + 1)
        rows = ItemRating.objects.all()
        third, second = (item_of(sheet_of("卫坡村", year), "ST-3") for year in (2024, 2023))
        of = third.task_item_id, third.assessment.branch_id
        assert rows.of_years_before(third).marks_of_concluded()[of] == "unmet"
        assert rows.of_years_before(second).marks_of_concluded()[of] == "met"
        assert rows.of_years_before().marks_of_concluded() == {}
