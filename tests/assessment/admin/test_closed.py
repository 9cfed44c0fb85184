"""A closed year against the admin: what was on screen before it closed changes nothing after."""

from datetime import date

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import reverse

from assessment import workflow
from assessment.models import Category, Cycle, TaskItem
from tests.browser_form import as_sent, rows
from tests.town import (
    at_step,
    close_year,
    finding_on,
    item_of,
    notice_about,
    person,
    reviewer_of,
    sheet_of,
)

from ..workflow.acts import rows as rows_of_all
from ..workflow.test_roles import file_something

MODELS = sorted(
    model._meta.model_name
    for model in apps.get_app_config("assessment").get_models()
    if admin.site.is_registered(model)
)
# A department's phrases belong to no year.
OF_A_YEAR = [name for name in MODELS if name != "phrase"]


def address(name, *args):
    return reverse(f"admin:assessment_{name}", args=args)


def pages_of(catalogue):
    """The two pages on which its words are corrected."""
    category = catalogue.categories.get(code="ST")
    return {
        address("catalogue_change", catalogue.pk): {"name": "改名", "categories-2-name": "改名"},
        address("category_change", category.pk): {"name": "改名", "items-2-standard": "改过"},
    }


def test_corrections_opened_before_are_refused_after(office, town):
    forms = {
        page: as_sent(office.get(page), reason="错字", **words)
        for page, words in pages_of(town.catalogue).items()
    }
    close_year()
    before = rows_of_all()
    assert {office.post(page, sent).status_code for page, sent in forms.items()} == {403}
    assert rows_of_all() == before


def test_the_pages_are_read_and_say_why(office, town):
    close_year()
    for page in pages_of(town.catalogue):
        response = office.get(page)
        assert response.status_code == 200
        assert "用过这份清单的年度已经关闭，连文字也不能再改。" in response.content.decode()
        assert list(response.context["adminform"].form.fields) == []
        formset = response.context["inline_admin_formsets"][0]
        assert not formset.has_change_permission
        assert not formset.has_add_permission
        assert not formset.has_delete_permission


def test_targets_opened_before_the_year_began_are_refused_after_it_closed(office, preparing):
    page = address("cycle_change", preparing.pk)
    response = office.get(page)
    assert len(rows(response, "assessments")) == 27
    typed = {"assessments-0-target_level": "5", "targets_note": "改过", "star_threshold": "50"}
    sent = as_sent(response, **typed)
    workflow.open_cycle(preparing, by=person("admin"))
    opened = rows_of_all()
    assert office.post(page, sent).status_code in (200, 302)
    assert (
        type(preparing).objects.get(pk=preparing.pk).assessments.get(branch__order=1).target_level
        == 0
    )
    assert {name: table for name, table in rows_of_all().items() if name == "Assessment"} == {
        "Assessment": opened["Assessment"]
    }
    close_year(2023)
    before = rows_of_all()
    assert office.post(page, sent).status_code == 403
    assert rows_of_all() == before


@pytest.fixture
def closed(town):
    """A closed year with a row in every table."""
    item = item_of(sheet_of("南陈村"), "ST-3")
    file_something(item)
    at_step(sheet_of("南陈村"), "review")
    supporter = item.task_item.cooperating_departments.first()
    item = item_of(sheet_of("南陈村"), "ST-3")
    workflow.opine(item, supporter, "看过", 0, by=reviewer_of(supporter))
    finding = finding_on(sheet_of("南陈村"), "")
    notice_about(finding)
    workflow.withdraw_finding(finding, "登记错了", by=person("supervisor"))
    span = date(2022, 10, 1), date(2022, 10, 31)
    workflow.write_report(finding.assessment.cycle, *span, "平稳", 0, by=person("supervisor"))
    at_step(sheet_of("卫坡村"), "concluded")
    return close_year()


@pytest.mark.parametrize("name", OF_A_YEAR)
def test_no_page_changes_adds_or_deletes_a_row_of_it(office, closed, name):
    row = apps.get_model("assessment", name).objects.first()
    before = rows_of_all()
    forged = {"post": "yes", "name": "改", "standard": "改", "target_level": 5, "review": "met"}
    asked = {
        address(f"{name}_change", row.pk): (403,),
        address(f"{name}_delete", row.pk): (403,),
        # Another year's catalogue may be begun; this form lacks what it needs.
        address(f"{name}_add"): (200, 403),
        address(f"{name}_changelist"): (200, 302, 403),
    }
    action = {"action": "delete_selected", "_selected_action": [row.pk]}
    for page, answers in asked.items():
        assert office.post(page, forged | action).status_code in answers, page
    assert rows_of_all() == before


def test_the_acts_are_over(office, closed):
    before = rows_of_all()
    for act in ("open", "fill", "close"):
        assert office.post(address(f"cycle_{act}", closed.pk)).status_code == 302
    assert rows_of_all() == before


def test_what_is_not_of_the_year_is_edited_still(office, closed):
    """The next year's catalogue, while it is being prepared."""
    catalogue = type(closed.catalogue).objects.create(year=2023, name="2023 年清单")
    category = Category.objects.create(catalogue=catalogue, code="ZB", name="支部过硬")
    TaskItem.objects.create(category=category, number=1, name="事项", standard="标准")
    page = address("category_change", category.pk)
    sent = as_sent(office.get(page), name="支部更硬")
    lead = closed.catalogue.categories.first().items.first().lead_department_id
    office.post(page, sent | {"items-0-lead_department": lead})
    assert catalogue.categories.get().name == "支部更硬"
    assert Cycle.objects.get(pk=closed.pk).state == "closed"
