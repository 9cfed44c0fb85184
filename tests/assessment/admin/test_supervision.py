"""Inspections, findings, notices and reports in the admin: all of each is read, in words."""

import re
from datetime import date

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessment import files, workflow
from assessment.models import Event, Finding, Inspection, Notice
from branches.models import Department
from tests.town import finding_on, inspection_of, notice_about, person

from ..evidence.samples import picture


def page(office, row):
    address = reverse(f"admin:assessment_{row._meta.model_name}_change", args=[row.pk])
    return office.get(address).content.decode()


@pytest.fixture
def finding(sheet):
    """A finding that has been corrected, answered, put off, re-checked and closed."""
    clerk, supervisor = person("clerk_weipo"), person("supervisor")
    inspection = inspection_of(sheet)
    facts = {"held_on": date(2022, 11, 2), "purpose": "查安全", "heard_report": False}
    facts |= {"read_files": True, "looked_on_site": True, "participants": "王某"}
    departments = Department.objects.filter(code__in=["NY", "DJ"])
    visits = {sheet: "档案齐全"}
    inspection = workflow.edit_inspection(inspection, facts, departments, visits, 0, by=supervisor)
    found = finding_on(sheet, inspection=inspection)
    facts = {"item_rating": found.item_rating, "problem": "沟边有垃圾", "requirement": "清运"}
    facts |= {"department": found.department, "due_date": date(2098, 11, 25)}
    found = workflow.correct_finding(found, facts, 0, by=supervisor)
    workflow.ask_extension(found, date(2098, 12, 1), "等车", by=clerk)
    workflow.grant_extension(found, "同意", by=supervisor)
    photo = files.read(SimpleUploadedFile("清运后.png", picture("PNG")))
    workflow.file_on_finding(found, photo, "after", None, by=clerk)
    workflow.rectify(found, "已清运", "李某", by=clerk)
    workflow.close_finding(found, 1, "看过现场", by=supervisor)
    return Finding.objects.get()


@pytest.fixture
def notice(finding, sheet):
    """An issued notice about it, read by its branch."""
    draft, supervisor = notice_about(finding), person("supervisor")
    words = {name: getattr(draft, name) for name in workflow.notices.WORDS}
    draft = workflow.edit_notice(draft, words | {"title": "通报"}, [], 0, by=supervisor)
    draft = workflow.edit_notice(draft, words, [finding], 1, by=supervisor)
    workflow.issue_notice(draft, by=supervisor)
    issued = Notice.objects.get()
    workflow.confirm_notice(issued, sheet, by=person("clerk_weipo"))
    return issued


def test_every_table_is_read_somewhere():
    """On a page of its own or on the page of the row it belongs to."""
    registered = admin.site._registry
    inlines = {inline.model for page in registered.values() for inline in page.inlines}
    ours = {
        model
        for label in ("branches", "assessment")
        for model in apps.get_app_config(label).get_models()
    }
    assert ours - registered.keys() - inlines == set()


def test_an_inspection_is_told_whole(office, finding):
    told = page(office, Inspection.objects.get())
    for words in ("查安全", "王某", "党建工作办公室", "卫坡村", "档案齐全"):
        assert words in told


def test_a_finding_is_told_with_its_rounds(office, finding):
    told = page(office, finding)
    for words in ("沟边有垃圾", "清运", "已销号", "已清运", "看过现场", "等车", "清运后"):
        assert words in told
    assert f'href="{finding.files.get().get_absolute_url()}"' in told


def test_a_notice_is_told_with_who_has_read_it(office, notice):
    told = page(office, notice)
    for words in (notice.reference, notice.title, "沟边有垃圾", "卫坡村 2022", "clerk_weipo"):
        assert words in told


def test_what_is_shown_beside_a_row_is_no_input_either(office, finding, notice):
    for row in (finding, finding.inspection, notice):
        told = page(office, row)
        assert "<textarea" not in told
        # Beside what is hidden, the page's own search.
        typed = re.findall(r'<input(?! type="hidden")[^>]* name="([^"]+)"', told)
        assert typed == ["q"]


def test_their_events_name_every_field_in_chinese(office, notice):
    span = date(2022, 10, 1), date(2022, 10, 31)
    workflow.write_report(notice.cycle, *span, "进展平稳", 0, by=person("supervisor"))
    changed = [event for event in Event.objects.all() if event.changes]
    assert {event.verb for event in changed} >= {
        "record_inspection",
        "edit_inspection",
        "record_finding",
        "correct_finding",
        "ask_extension",
        "file_rectified",
        "edit_notice",
        "issue_notice",
        "write_report",
    }
    for event in changed:
        told = admin.site.get_model_admin(Event).changed(event)
        names = re.findall("<p>(.*?)：", told)
        assert len(names) >= len(event.changes)
        assert [name for name in names if name.isascii()] == []
        assert "True" not in told


def test_each_moves_in_words_of_its_own(office, notice):
    """A finding is 销号 and a year is 关闭; in code both are closed."""
    told = admin.site.get_model_admin(Event)
    moved = {event.verb: told.moved(event) for event in Event.objects.all()}
    assert moved["rectify"] == "待整改 → 待复核"
    assert moved["close_finding"] == "待复核 → 已销号"
    assert moved["issue_notice"] == "草稿 → 已印发"
    assert moved["open_cycle"] == "筹备中 → 进行中"


def test_a_finding_is_named_and_linked_on_its_event(office, finding):
    event = Event.objects.filter(verb="close_finding").get()
    told = page(office, event)
    assert str(finding) in told
    assert str(finding.inspection) in told
