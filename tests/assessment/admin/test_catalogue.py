"""The catalogue in the admin: edited freely until it is in use, corrected in its wording after."""

import pytest
from django.urls import reverse

from assessment import workflow
from assessment.models import Catalogue, Category, Cycle, Event, TaskItem
from branches.models import Department
from tests.browser_form import as_sent, errors, rows
from tests.town import person


def page_of(place):
    return reverse(f"admin:assessment_{place._meta.model_name}_change", args=[place.pk])


def numbered(category):
    return list(category.items.order_by("number").values_list("number", "name"))


def snapshot(catalogue):
    """Every word of a catalogue, to compare before and after."""
    items = TaskItem.objects.filter(category__catalogue=catalogue).order_by("pk")
    return (
        Catalogue.objects.filter(pk=catalogue.pk).values().get(),
        list(catalogue.categories.order_by("pk").values()),
        list(items.values()),
        sorted(items.values_list("pk", "cooperating_departments")),
    )


@pytest.fixture
def category(draft):
    return draft.categories.get()


@pytest.fixture
def used(town):
    return town.catalogue


class TestInPreparation:
    def test_a_catalogue_is_added_with_its_categories(self, office, draft):
        url = reverse("admin:assessment_catalogue_add")
        blank = {"categories-0-catalogue": "", "categories-0-id": ""}
        row = {"order": 1, "code": "ZB", "name": "支部过硬"}
        sent = as_sent(office.get(url), year="2024", name="2024 年清单") | blank
        sent |= {f"categories-0-{name}": value for name, value in row.items()}
        assert office.post(url, sent | {"categories-TOTAL_FORMS": 1}).status_code == 302
        assert Category.objects.get(catalogue__year=2024).name == "支部过硬"

    def test_the_page_lists_every_item_in_its_order_with_its_lead(self, office, used):
        page = office.get(page_of(used)).content.decode()
        items = TaskItem.objects.filter(category__catalogue=used).order_by(
            "category__order", "number"
        )
        places = [page.index(f">{item.name}</a>（{item.lead_department}）") for item in items]
        assert len(places) == 30
        assert places == sorted(places)

    def test_items_are_edited_in_their_order(self, office, category):
        category.items.filter(number=3).update(number=0)
        response = office.get(page_of(category))
        assert [form.instance.number for form in rows(response, "items")] == [0, 1, 2]

    def test_an_item_is_edited(self, office, category):
        lead = Department.objects.get(code="NY")
        cooperating = Department.objects.filter(code__in=["DJ", "SF"])
        sent = as_sent(
            office.get(page_of(category)),
            **{
                "items-1-name": "改过",
                "items-1-points": "3",
                "items-1-is_key": "on",
                "items-1-lead_department": lead.pk,
                "items-1-cooperating_departments": [row.pk for row in cooperating],
            },
        )
        response = office.post(page_of(category), sent)
        assert response.url == page_of(category.catalogue)
        item = category.items.get(number=2)
        assert (item.name, item.points, item.is_key) == ("改过", 3, True)
        assert item.lead_department == lead
        assert set(item.cooperating_departments.all()) == set(cooperating)
        assert not Event.objects.filter(verb="correct").exists()

    def test_an_item_is_added_and_another_removed(self, office, category):
        new = {"number": 1, "name": "新增", "standard": "标准", "points": 1, "source": "drafted"}
        new |= {"lead_department": Department.objects.get(code="SF").pk, "category": category.pk}
        sent = as_sent(office.get(page_of(category)))
        sent |= {f"items-3-{name}": value for name, value in new.items()}
        sent |= {"items-TOTAL_FORMS": 4, "items-0-DELETE": "on"}
        assert office.post(page_of(category), sent).status_code == 302
        assert numbered(category) == [(1, "新增"), (2, "事项2"), (3, "事项3")]

    @pytest.mark.parametrize(
        ("numbers", "order"),
        [
            ((2, 1, 3), ["事项2", "事项1", "事项3"]),
            ((3, 1, 2), ["事项2", "事项3", "事项1"]),
            ((1, 2, 9), ["事项1", "事项2", "事项3"]),
        ],
    )
    def test_items_are_reordered_by_their_numbers(self, office, category, numbers, order):
        typed = {f"items-{row}-number": number for row, number in enumerate(numbers)}
        sent = as_sent(office.get(page_of(category)), **typed)
        assert office.post(page_of(category), sent).status_code == 302
        assert numbered(category) == list(zip(sorted(numbers), order, strict=True))

    def test_a_number_may_pass_to_another_item_as_its_own_is_removed(self, office, category):
        sent = as_sent(
            office.get(page_of(category)), **{"items-0-number": 3, "items-2-DELETE": "on"}
        )
        assert office.post(page_of(category), sent).status_code == 302
        assert numbered(category) == [(2, "事项2"), (3, "事项1")]

    @pytest.mark.parametrize("number", ["2", "0", "40000", "一", ""])
    def test_a_bad_number_is_refused_in_words(self, office, category, number):
        sent = as_sent(office.get(page_of(category)), **{"items-0-number": number})
        said = errors(office.post(page_of(category), sent))
        assert said
        assert not any(message.isascii() for message in said)
        assert numbered(category) == [(1, "事项1"), (2, "事项2"), (3, "事项3")]

    def test_an_item_needs_a_lead(self, office, category):
        sent = as_sent(office.get(page_of(category)), **{"items-0-lead_department": ""})
        assert errors(office.post(page_of(category), sent)) == ["这个字段是必填项。"]

    def test_the_same_item_of_an_earlier_year_is_chosen(self, office, category, used):
        earlier = TaskItem.objects.filter(category__catalogue=used).first()
        response = office.get(page_of(category))
        choices = rows(response, "items")[0].fields["previous"].choices
        assert (earlier.pk, f"2022 {earlier}") in choices
        assert len(choices) == 31
        office.post(page_of(category), as_sent(response, **{"items-0-previous": earlier.pk}))
        assert category.items.get(number=1).previous == earlier

    def test_an_item_of_the_same_year_is_no_earlier_one(self, office, category):
        own = category.items.get(number=2)
        sent = as_sent(office.get(page_of(category)), **{"items-0-previous": own.pk})
        assert errors(office.post(page_of(category), sent))

    def test_an_unused_catalogue_is_deleted_with_all_in_it(self, office, draft):
        url = reverse("admin:assessment_catalogue_delete", args=[draft.pk])
        assert office.post(url, {"post": "yes"}).status_code == 302
        assert not Catalogue.objects.filter(pk=draft.pk).exists()

    def test_a_catalogue_of_a_cycle_in_preparation_is_still_free(self, office, preparing, category):
        sent = as_sent(office.get(page_of(category)), **{"items-0-points": "5"})
        office.post(page_of(category), sent)
        assert category.items.get(number=1).points == 5


class TestInUse:
    def test_the_lists_say_which_is_in_use(self, office, used, draft):
        catalogues = office.get(reverse("admin:assessment_catalogue_changelist")).context["cl"]
        assert {row.year: row.is_frozen for row in catalogues.queryset} == {
            2022: True,
            2023: False,
        }

    def test_only_wording_is_a_field(self, office, used):
        category = used.categories.get(code="ST")
        response = office.get(page_of(category))
        assert set(response.context["adminform"].form.fields) == {"name", "reason"}
        for form in rows(response, "items"):
            wording = {"name", "standard", "materials", "source"}
            assert set(form.fields) - {"id", "category"} == wording
        response = office.get(page_of(used))
        assert set(response.context["adminform"].form.fields) == {"name", "note", "reason"}
        for form in rows(response, "categories"):
            assert set(form.fields) - {"id", "catalogue"} == {"name"}

    def test_a_correction_is_kept_with_its_reason(self, office, used):
        category = used.categories.get(code="ST")
        item = category.items.get(number=3)
        old = item.standard
        words = {"items-2-standard": "更正后的指标", "reason": "错字"}
        response = office.post(page_of(category), as_sent(office.get(page_of(category)), **words))
        assert response.status_code == 302
        item.refresh_from_db()
        assert item.standard == "更正后的指标"
        event = Event.objects.get(verb="correct")
        assert event.actor == person("admin")
        assert event.subject == str(item)
        assert event.changes == {"standard": [old, "更正后的指标"]}
        assert event.reason == "错字"

    def test_names_of_catalogue_and_category_are_corrected_too(self, office, used):
        words = {"note": "新的说明", "categories-2-name": "生态宜居类", "reason": "统一名称"}
        office.post(page_of(used), as_sent(office.get(page_of(used)), **words))
        assert Catalogue.objects.get(pk=used.pk).note == "新的说明"
        assert used.categories.get(code="ST").name == "生态宜居类"
        assert set(Event.objects.filter(verb="correct").values_list("subject", "reason")) == {
            (used.name, "统一名称"),
            ("生态宜居", "统一名称"),
        }

    def test_a_correction_needs_a_reason(self, office, used):
        before = snapshot(used)
        response = office.post(page_of(used), as_sent(office.get(page_of(used)), name="改名"))
        assert errors(response) == ["这个字段是必填项。"]
        assert snapshot(used) == before

    def test_saving_what_stands_there_keeps_nothing(self, office, used):
        response = office.get(page_of(used))
        office.post(page_of(used), as_sent(response, reason="没有改"))
        assert not Event.objects.filter(verb="correct").exists()

    @pytest.mark.parametrize(
        "forged",
        [
            {"order": 9},
            {"code": "XX"},
            {"is_prerequisite": "on"},
            {"catalogue": 2},
            {"items-0-number": 9},
            {"items-0-points": 5},
            {"items-0-is_key": "on"},
            {"items-0-lead_department": 2},
            {"items-0-cooperating_departments": [1, 2, 3]},
            {"items-0-previous": 2},
            {"items-0-category": 1},
            {"items-0-DELETE": "on"},
        ],
        ids=lambda forged: next(iter(forged)),
    )
    def test_forged_changes_change_nothing(self, office, used, draft, forged):
        category = used.categories.get(code="ST")
        before = snapshot(used)
        sent = as_sent(office.get(page_of(category)), reason="伪造")
        response = office.post(page_of(category), sent | forged)
        assert response.status_code in (200, 302, 403)
        assert snapshot(used) == before
        assert not Event.objects.filter(verb="correct").exists()

    def test_a_forged_year_changes_nothing(self, office, used):
        before = snapshot(used)
        response = office.get(page_of(used))
        office.post(page_of(used), as_sent(response, reason="伪造", year=1999))
        assert snapshot(used) == before

    def test_a_forged_item_is_not_added(self, office, used):
        category = used.categories.get(code="ST")
        new = {"number": 7, "name": "多出", "standard": "标准", "points": 1, "source": "drafted"}
        new |= {"lead_department": Department.objects.first().pk, "category": category.pk}
        sent = as_sent(office.get(page_of(category)), reason="伪造")
        sent |= {f"items-6-{name}": value for name, value in new.items()} | {"items-TOTAL_FORMS": 7}
        office.post(page_of(category), sent)
        assert category.items.count() == 6

    def test_a_forged_category_is_not_added(self, office, used):
        new = {"order": 6, "code": "XX", "name": "多出", "catalogue": used.pk}
        sent = as_sent(office.get(page_of(used)), reason="伪造") | {"categories-TOTAL_FORMS": 6}
        sent |= {f"categories-5-{name}": value for name, value in new.items()}
        office.post(page_of(used), sent)
        assert used.categories.count() == 5

    @pytest.mark.parametrize("model", [Catalogue, Category])
    def test_nothing_is_deleted(self, office, used, model):
        name = model._meta.model_name
        row = used if model is Catalogue else used.categories.first()
        before = snapshot(used)
        url = reverse(f"admin:assessment_{name}_delete", args=[row.pk])
        assert office.post(url, {"post": "yes"}).status_code == 403
        action = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
        office.post(reverse(f"admin:assessment_{name}_changelist"), action)
        assert snapshot(used) == before

    def test_a_closed_cycle_keeps_it_frozen(self, office, used):
        Cycle.objects.filter(catalogue=used).update(state="closed")
        response = office.get(page_of(used))
        assert "year" not in response.context["adminform"].form.fields


class TestTheVerb:
    def test_other_fields_are_refused(self, used):
        item = TaskItem.objects.filter(category__catalogue=used).first()
        with pytest.raises(workflow.OutOfOrder, match="只能勘误文字"):
            workflow.correct_wording(item, {"name": "改", "points": 9}, by=person("admin"))
        assert not TaskItem.objects.filter(name="改").exists()

    @pytest.mark.parametrize("name", ["supervisor", "reviewer_dj", "clerk_weipo", "auditor"])
    def test_only_the_administrator_corrects(self, used, name):
        with pytest.raises(workflow.NotAllowed):
            workflow.correct_wording(used, {"name": "改"}, by=person(name))
        assert not Catalogue.objects.filter(name="改").exists()

    def test_what_is_kept_is_what_the_database_held(self, used):
        """The row in hand may be stale, or bear the new words already."""
        old = used.name
        used.name = "改"
        assert workflow.correct_wording(used, {"name": "改"}, by=person("admin")) == {
            "name": [old, "改"]
        }


@pytest.mark.parametrize(("code", "frozen", "queries"), [("ST", True, 9), ("ZB", False, 13)])
def test_the_pages_take_a_fixed_number_of_queries(
    office, used, draft, django_assert_num_queries, code, frozen, queries
):
    """Sixty autocompletes of departments ask nothing of their own."""
    category = Category.objects.get(code=code, catalogue=used if frozen else draft)
    departments = list(Department.objects.all())
    with django_assert_num_queries(queries):
        office.get(page_of(category))
    for number in range(11, 41):
        item = TaskItem.objects.create(
            category=category,
            number=number,
            name="多",
            lead_department=departments[number % 11],
            previous=TaskItem.objects.filter(category__catalogue=used)[number % 30],
        )
        item.cooperating_departments.set(departments[:3])
    with django_assert_num_queries(queries):
        office.get(page_of(category))


def test_the_catalogues_page_takes_a_fixed_number_of_queries(
    office, used, draft, django_assert_num_queries
):
    for catalogue in (draft, used):
        with django_assert_num_queries(8):
            office.get(page_of(catalogue))


def test_departments_are_found_as_one_types(office, town):
    asked = {"app_label": "assessment", "model_name": "taskitem", "field_name": "lead_department"}
    found = office.get(reverse("admin:autocomplete"), asked | {"term": "农业"}).json()
    assert [row["text"] for row in found["results"]] == ["农业服务中心"]
    page = office.get(page_of(Category.objects.first())).content.decode()
    assert "admin-autocomplete" not in page  # frozen


def test_the_chosen_departments_are_named_in_the_page(office, draft):
    item = draft.categories.get().items.get(number=1)
    item.cooperating_departments.set(Department.objects.filter(code__in=["SF", "BM"]))
    page = office.get(page_of(item.category)).content.decode()
    assert page.count("admin-autocomplete") >= 6
    for code, times in (("DJ", 3), ("SF", 1), ("BM", 1)):
        department = Department.objects.get(code=code)
        option = f'<option value="{department.pk}" selected>{department.name}</option>'
        assert page.count(option) == times
