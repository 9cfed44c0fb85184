"""Who gets into the admin, and that every page of it answers in a fixed number of queries."""

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse
from django.utils import timezone

from assessment.models import (
    Assessment,
    Catalogue,
    Category,
    Cycle,
    DepartmentSignOff,
    Event,
    Evidence,
    Finding,
    Inspection,
    ItemRating,
    Notice,
    Opinion,
    Phrase,
    ReportNote,
    Star,
)
from branches.models import Branch, Department, Membership, User
from tests.town import CAST, finding_on, notice_about, person

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)
PAGES = ("changelist", "add", "change")
NEVER_ADDED = {Assessment, Category, DepartmentSignOff, Event, Evidence, ItemRating, Opinion, Star}
NEVER_ADDED |= {Finding, Inspection, Notice, ReportNote}
OTHERS = [name for name in CAST if name != "admin"]


def address(model, page):
    opts = model._meta
    args = [model._default_manager.first().pk] if page == "change" else []
    return reverse(f"admin:{opts.app_label}_{opts.model_name}_{page}", args=args)


@pytest.fixture
def signed_off(sheet):
    """A row in each of the tables that the town has none in yet."""
    Evidence.objects.create(
        branch=sheet.branch,
        cycle=sheet.cycle,
        name="方案.pdf",
        kind="pdf",
        size=1,
        sha256="0" * 64,
        file="evidence/00/a.pdf",
        uploaded_by=person("clerk_weipo"),
    )
    department, by = Department.objects.get(code="DJ"), person("reviewer_dj")
    Phrase.objects.create(department=department, text="缺照片。")
    item = sheet.items.get(task_item__category__code="CY", task_item__number=4)
    Opinion.objects.create(
        item_rating=item, department=department, text="现场看过", by=by, at=timezone.now()
    )
    for _row in range(4):
        notice_about(finding_on(sheet))
    ReportNote.objects.create(
        cycle=sheet.cycle,
        begins_on="2022-10-01",
        ends_on="2022-10-31",
        written_by=by,
        written_at=timezone.now(),
    )
    return DepartmentSignOff.objects.create(assessment=sheet, department=department, signed_by=by)


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("model", MODELS)
def test_every_page_answers_the_administrator(office, signed_off, model, page):
    refused = page == "add" and model in NEVER_ADDED
    assert office.get(address(model, page)).status_code == (403 if refused else 200)


@pytest.mark.parametrize("name", OTHERS)
def test_nobody_else_gets_in(client, signed_off, name):
    client.force_login(person(name))
    for url in [address(model, page) for model in MODELS for page in PAGES]:
        assert client.get(url, follow=True).status_code == 403, url


def test_what_is_registered():
    """A model that is registered later comes under the tests of this module by itself."""
    assert {Branch, Department, User, Catalogue, Category, Cycle, Phrase} | NEVER_ADDED == set(
        MODELS
    )
    assert Group not in MODELS
    assert Membership not in MODELS


def test_the_index_leaves_out_the_categories(office):
    page = office.get(reverse("admin:index")).content.decode()
    assert reverse("admin:assessment_catalogue_changelist") in page
    assert reverse("admin:assessment_category_changelist") not in page


class TestTheDoor:
    @pytest.fixture(autouse=True)
    def _sign_in_elsewhere(self, settings):
        settings.LOGIN_URL = settings.LOGOUT_REDIRECT_URL = "/the-one-door/"

    @pytest.mark.parametrize("page", ["index", "login"])
    def test_anonymous_is_sent_to_the_one_sign_in(self, client, db, page):
        response = client.get(reverse(f"admin:{page}"), follow=True)
        assert response.redirect_chain[-1] == ("/the-one-door/?next=/admin/", 302)

    def test_the_admins_own_sign_in_page_leads_an_administrator_on(self, office):
        assert office.get(reverse("admin:login")).url == reverse("admin:index")

    def test_a_superuser_needs_no_membership(self, client, town):
        client.force_login(User.objects.create(username="first", is_superuser=True))
        assert client.get(reverse("admin:index")).status_code == 200

    def test_an_administrator_who_is_switched_off_is_out(self, office):
        User.objects.filter(username="admin").update(is_active=False)
        assert office.get(reverse("admin:index")).status_code == 302

    def test_an_administrator_whose_membership_ends_is_out(self, office):
        Membership.objects.filter(user__username="admin").delete()
        assert office.get(reverse("admin:index"), follow=True).status_code == 403

    def test_the_links_of_the_header_work(self, office):
        assert office.get(reverse("admin:password_change")).status_code == 200

    def test_signing_out_from_the_admin(self, office):
        assert office.post(reverse("admin:logout")).url == "/the-one-door/"
        assert office.get(reverse("admin:index")).status_code == 302


@pytest.mark.parametrize(
    ("model", "queries"),
    [
        (Assessment, 9),
        (Branch, 7),
        (Catalogue, 7),
        (Category, 8),
        (Cycle, 7),
        (Department, 7),
        (DepartmentSignOff, 8),
        (Event, 9),
        (Finding, 8),
        (Inspection, 10),
        (ItemRating, 9),
        (Notice, 8),
        (Opinion, 8),
        (Phrase, 8),
        (ReportNote, 7),
        (Star, 8),
        (User, 8),
    ],
)
def test_a_list_takes_a_fixed_number_of_queries(
    office, draft, signed_off, django_assert_num_queries, monkeypatch, model, queries
):
    monkeypatch.setattr(admin.site.get_model_admin(model), "list_max_show_all", 0)
    for rows in (1, 3):
        monkeypatch.setattr(admin.site.get_model_admin(model), "list_per_page", rows)
        with django_assert_num_queries(queries):
            response = office.get(address(model, "changelist"))
        assert len(response.context["cl"].result_list) <= rows


@pytest.mark.parametrize(
    ("model", "words", "found"),
    [
        (Branch, "魏家坡", "卫坡村"),
        (Branch, "410308105222", "卫坡村"),
        (Department, "农业", "农业服务中心"),
        (User, "卫坡", "clerk_weipo"),
        (User, "魏家坡", "clerk_weipo"),
        (Assessment, "魏家坡", "卫坡村"),
        (Event, "年度创建", "开启年度创建"),
    ],
)
def test_search(office, model, words, found):
    response = office.get(address(model, "changelist"), {"q": words})
    assert len(response.context["cl"].result_list) == 1
    assert found in response.content.decode()


@pytest.mark.parametrize("model", MODELS)
def test_every_filter_works_and_is_named_in_chinese(office, signed_off, model):
    changes = office.get(address(model, "changelist")).context["cl"]
    for spec in changes.filter_specs:
        assert not str(spec.title).isascii(), spec.title
        for choice in spec.choices(changes):
            url = address(model, "changelist") + choice["query_string"]
            assert office.get(url).status_code == 200, url


@pytest.mark.parametrize("model", MODELS)
def test_every_label_is_in_chinese(office, signed_off, model):
    page = office.get(address(model, "change"))
    labels = [
        field.field["label"] if field.is_readonly else field.field.label
        for fieldset in page.context["adminform"]
        for line in fieldset
        for field in line
    ]
    assert labels
    assert [label for label in labels if str(label).isascii()] == []
