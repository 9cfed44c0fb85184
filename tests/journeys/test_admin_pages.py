"""The admin on a phone and on a desk: axe finds nothing, nothing overflows, nothing is refused."""

import re
from datetime import date

import pytest
from django.contrib import admin
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessment import files, workflow
from assessment.models import Catalogue, Cycle
from branches.models import Department

from ..assessment.evidence.samples import PDF
from ..town import at_step, finding_on, item_of, notice_about, person, reviewer_of, sheet_of
from . import walking
from .conftest import DESK
from .looking import what_is_wrong

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def pages(committed_town):
    """The index, and of every table its list, its first row, and the page that adds one."""
    _one_of_each()
    draft = Catalogue.objects.create(year=2023, name="2023 年清单")
    preparing = Cycle.objects.create(year=2023, catalogue=draft)
    paths = [reverse("admin:index"), reverse("admin:password_change")]
    for model in admin.site._registry:
        name, row = f"admin:{model._meta.app_label}_{model._meta.model_name}", model.objects.first()
        paths += [reverse(f"{name}_changelist"), reverse(f"{name}_change", args=[row.pk])]
        if model._meta.app_label == "branches" or model in (Catalogue, Cycle):
            paths.append(reverse(f"{name}_add"))
    paths.append(reverse("admin:assessment_cycle_change", args=[preparing.pk]))
    paths.append(reverse("admin:assessment_cycle_history", args=[preparing.pk]))
    paths.append(reverse("admin:assessment_catalogue_delete", args=[draft.pk]))
    return paths


def _one_of_each():
    """A row in each of the tables in which the town has none yet."""
    item = item_of(sheet_of("卫坡村"), "ST-3")
    plan = files.read(SimpleUploadedFile("方案.pdf", PDF))
    workflow.file_evidence(item, plan, None, by=person("clerk_weipo"))
    reviewed = item_of(at_step(sheet_of("卫坡村"), "review"), "ST-3")
    helper = Department.objects.get(code="RJ")
    workflow.opine(reviewed, helper, "现场看过", 0, by=reviewer_of(helper))
    lead = Department.objects.get(code="NY")
    workflow.keep_phrases(lead, ["缺现场照片。"], by=person("reviewer_ny"))
    at_step(sheet_of("南陈村"), "supervision")
    cycle = notice_about(finding_on(sheet_of("南陈村"))).cycle
    span, supervisor = (date(2022, 10, 1), date(2022, 10, 31)), person("supervisor")
    workflow.write_report(cycle, *span, "按进度推进", 0, by=supervisor)


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_every_admin_page(people, pages, locale):
    office = people("admin", viewport=DESK, locale=locale)
    wrong = []
    for path in pages:
        office.page.set_viewport_size(DESK)
        office.go(path)
        office.page.wait_for_function("window.django?.jQuery?.isReady ?? true")
        wrong += [f"{path}: {each}" for each in office.refused]
        wrong += [f"{path}: {each}" for each in what_is_wrong(office.page)]
        # To read what a style sheet imports, axe writes a style of its own, which is refused.
        office.refused.clear()
    assert not wrong, "\n".join(wrong)


def test_the_admin_by_tab(people, pages):
    """The index, a list, and forms of every make: plain, with rows to fill in, only read."""
    office = people("admin", viewport=DESK)
    kinds = "|".join(("branch", "user", "catalogue", "category", "cycle", "finding"))
    walked = [path for path in pages if re.search(rf"/admin/(\w+/({kinds})/.*)?$", path)]
    assert len(walked) > 2 * kinds.count("|")
    wrong = []
    for path in walked:
        office.go(path)
        office.page.wait_for_function("window.django?.jQuery?.isReady ?? true")
        wrong += [f"{path}: {each}" for each in walking.what_is_wrong(office.page)]
    assert not wrong, "\n".join(wrong)
