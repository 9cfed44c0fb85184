"""The rows of the workflow are read here and changed nowhere in the admin."""

import re
from datetime import date

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from assessment import files, workflow
from assessment.models import (
    Assessment,
    DepartmentSignOff,
    Event,
    Evidence,
    Finding,
    Inspection,
    ItemRating,
    Notice,
    Opinion,
    ReportNote,
    Star,
)
from branches.models import Department
from tests.town import at_step, finding_on, item_of, notice_about, person

from ..evidence.samples import picture

ROWS = (
    Assessment,
    Star,
    ItemRating,
    DepartmentSignOff,
    Event,
    Evidence,
    Opinion,
    Inspection,
    Finding,
    Notice,
    ReportNote,
)
OF_THE_TOWN = (Inspection, Finding, Notice, ReportNote)  # one of each here


@pytest.fixture
def filled(sheet):
    """A sheet that has left a row in every table."""
    filed = files.read(SimpleUploadedFile("照片.png", picture("PNG")))
    workflow.file_evidence(item_of(sheet, "ST-3"), filed, None, by=person("clerk_weipo"))
    Opinion.objects.create(
        item_rating=item_of(sheet, "ST-3"),
        department=Department.objects.get(code="RJ"),
        text="现场看过",
        by=person("reviewer_ny"),
        at=timezone.now(),
    )
    found = at_step(sheet, "concluded")
    notice_about(finding_on(found))
    span = date(2022, 10, 1), date(2022, 10, 31)
    workflow.write_report(found.cycle, *span, "进展平稳", 0, by=person("supervisor"))
    return found


def address(model, page, *args):
    return reverse(f"admin:assessment_{model._meta.model_name}_{page}", args=args)


def of(model, sheet):
    if model in OF_THE_TOWN:
        return model.objects.get()
    if model is Assessment:
        return model.objects.get(pk=sheet.pk)
    if model is Evidence:
        return model.objects.of_sheet(sheet).first()
    about = "item_rating__assessment" if model is Opinion else "assessment"
    return model.objects.filter(**{about: sheet}).first()


@pytest.mark.parametrize("model", ROWS)
def test_posts_are_refused(office, filled, model):
    row = of(model, filled)
    kept = model.objects.filter(pk=row.pk).values().get()
    count = model.objects.count()
    forged = dict.fromkeys(kept, "1") | {"_save": "1", "post": "yes"}
    for url in (
        address(model, "add"),
        address(model, "change", row.pk),
        address(model, "delete", row.pk),
    ):
        assert office.post(url, forged).status_code == 403
    action = {"action": "delete_selected", "_selected_action": [row.pk], "post": "yes"}
    office.post(address(model, "changelist"), action)
    assert model.objects.filter(pk=row.pk).values().get() == kept
    assert model.objects.count() == count


@pytest.mark.parametrize("model", ROWS)
def test_a_page_shows_fields_and_no_inputs(office, filled, model):
    response = office.get(address(model, "change", of(model, filled).pk))
    assert list(response.context["adminform"].form.fields) == []
    assert len(list(response.context["adminform"])[0].fields) >= 5
    assert response.context["has_change_permission"] is False


@pytest.mark.parametrize("model", ROWS)
def test_nothing_leads_to_an_edit(office, filled, model):
    response = office.get(address(model, "changelist"))
    assert response.context["cl"].formset is None
    assert response.context["has_add_permission"] is False
    assert admin.site.get_model_admin(model).get_actions(response.wsgi_request) == {}


def test_an_event_reads_in_words(office, item, clerk):
    words = {"self_rating": "partly_met", "measures": "入户走访"}
    workflow.self_rate(item, words, version=0, by=clerk)
    page = office.get(address(Event, "change", Event.objects.first().pk)).content.decode()
    assert "填写标星" in page
    assert "<p>村组标星：— → 基本达标</p>" in page
    assert "<p>具体举措：— → 入户走访</p>" in page


def test_an_event_keeps_what_was_typed_as_text(office, item, clerk):
    workflow.self_rate(item, {"measures": "<b>粗</b>"}, version=0, by=clerk)
    page = office.get(address(Event, "change", Event.objects.first().pk)).content.decode()
    assert "&lt;b&gt;粗&lt;/b&gt;" in page
    assert "<b>粗</b>" not in page


def test_events_say_from_where_to_where(office, filled):
    page = office.get(address(Event, "changelist"), {"verb": "submit"}).content.decode()
    assert "村组标星 → 部门瞄星" in page
    decided = office.get(address(Event, "changelist"), {"verb": "decide"}).content.decode()
    assert '<td class="field-moved">党委督星</td>' in decided


def test_every_change_has_a_chinese_name(office, sheet, clerk):
    """Whatever the verbs keep, its page names the fields as the forms do."""
    administrator, supervisor = person("admin"), person("supervisor")
    workflow.edit_cycle(sheet.cycle, {"targets_note": "新的说明"}, by=administrator)
    item = item_of(sheet, "ST-3").task_item
    workflow.correct_wording(item, {"standard": "新的指标"}, by=administrator)
    workflow.extend(sheet, "review", date(2030, 1, 1), "路远", by=supervisor)
    workflow.target_stars(sheet, ["ZB"], by=clerk)
    workflow.keep_phrases(Department.objects.get(code="NY"), ["缺照片。"], by=person("reviewer_ny"))
    workflow.keep("set_up", None, "朝阳镇", changes={"administrator": [None, "a"]})
    at_step(sheet, "concluded")
    kept = [event for event in Event.objects.all() if event.changes]
    verbs = {"edit", "correct", "extend", "sign_off", "conclude", "keep_phrases", "set_up"}
    assert {event.verb for event in kept} >= verbs
    for event in kept:
        names = re.findall("<p>(.*?)：", admin.site.get_model_admin(Event).changed(event))
        assert len(names) == len(event.changes)
        assert [name for name in names if name.isascii()] == []


def test_days_lead_through_the_events(office, filled):
    year = Event.objects.first().at.year
    response = office.get(address(Event, "changelist"), {"at__year": year})
    assert response.context["cl"].date_hierarchy == "at"
    assert len(response.context["cl"].result_list) == Event.objects.count()
    none = office.get(address(Event, "changelist"), {"at__year": year - 1})
    assert len(none.context["cl"].result_list) == 0


def test_an_act_of_nobody_is_shown_too(office, town):
    event = workflow.keep("sign_in_failed", None, "someone")
    assert office.get(address(Event, "change", event.pk)).status_code == 200
    page = office.get(address(Event, "changelist"), {"q": "someone"}).content.decode()
    assert "登录失败" in page


def test_old_categories_are_told_apart_by_name_alone(office, draft, filled):
    """Two catalogues with a category of one name give the filter one choice."""
    changes = office.get(address(Star, "changelist")).context["cl"]
    shown = [
        choice["display"]
        for spec in changes.filter_specs
        if str(spec.title) == "类别"
        for choice in spec.choices(changes)
    ]
    assert shown.count("支部过硬") == 1
