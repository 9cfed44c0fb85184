"""Evidence on the item's page: what each person reads there, and what a script is answered."""

import pytest
from django.urls import reverse

from assessment import files, workflow
from assessment.models import Assessment, Catalogue, Cycle, Event, Evidence, ItemRating
from branches.enums import Role
from branches.models import Membership
from tests.town import at_step, item_of, person, sheet_of

from ..ledger.conftest import branch_workbook
from .samples import PDF, photo, sent

SAME = "内容相同"


def page_of(client, username, item):
    client.force_login(person(username))
    return client.get(item.get_absolute_url(), follow=True).content.decode()


def test_the_list(client, item, file_on):
    file_on(item, photo(), "路灯.jpg")
    page = page_of(client, "clerk_weipo", item)
    assert "路灯.jpg" in page
    assert "2022年10月21日" in page
    assert reverse("evidence-thumbnail", args=[item.evidence.get().pk]) in page
    assert reverse("file-evidence", args=[item.pk]) in page
    assert "evidence.js" in page


def test_who_may_not_file_has_no_form(client, item, file_on):
    evidence = file_on(item)
    page = page_of(client, "auditor", item)
    assert "方案.pdf" in page
    for name, args in (
        ("file-evidence", [item.pk]),
        ("detach-evidence", [item.pk, evidence.pk]),
        ("replace-evidence", [item.pk, evidence.pk]),
    ):
        assert reverse(name, args=args) not in page
    assert "evidence.js" not in page


def test_an_item_without_any_says_so(client, item):
    assert "还没有佐证资料" in page_of(client, "clerk_weipo", item)


def test_older_versions_are_there_to_read(client, item, file_on, clerk):
    old = file_on(item, name="初稿.pdf")
    new = files.read(sent("终稿.pdf", PDF + b"2"))
    workflow.replace_evidence(item, old, new, None, by=clerk)
    page = page_of(client, "auditor", item)
    assert "旧版本 1 个" in page
    assert page.index("终稿.pdf") < page.index("初稿.pdf")


@pytest.fixture
def shared(item, file_on):
    """The same photo filed by 卫坡村 and 南陈村, both handed in."""
    theirs = item_of(sheet_of("南陈村"), "ST-3")
    for each in (item, theirs):
        file_on(each, photo(), f"{each.assessment.branch.name}.jpg")
    at_step(item.assessment, "review")
    return item


def test_the_same_content_elsewhere_is_pointed_out(client, shared):
    """Before 南陈村 hands in, its name is the committee's to know and not the department's."""
    for username in ("supervisor", "auditor"):
        page = page_of(client, username, shared)
        assert SAME in page
        assert "南陈村.jpg" in page
    page = page_of(client, "reviewer_ny", shared)
    assert "另一个支部 2022 年也有一份" in page
    assert "南陈村" not in page
    at_step(sheet_of("南陈村"), "review")
    page = page_of(client, "reviewer_ny", shared)
    assert "南陈村 2022 年也有一份" in page
    assert "南陈村.jpg" in page


def test_the_branch_is_not_told_of_others(client, shared):
    page = page_of(client, "clerk_weipo", shared)
    assert SAME not in page
    assert "另一个支部" not in page


def test_the_same_content_of_another_year(client, item, file_on):
    evidence = file_on(item)
    last = Cycle.objects.create(
        year=2021, catalogue=Catalogue.objects.create(year=2021, name="2021"), state="closed"
    )
    Evidence.objects.create(
        branch=evidence.branch,
        cycle=last,
        name="去年.pdf",
        kind="pdf",
        size=1,
        sha256=evidence.sha256,
        file="x.pdf",
        uploaded_by=evidence.uploaded_by,
    )
    at_step(item.assessment, "review")
    assert "卫坡村 2021 年也有一份" in page_of(client, "reviewer_ny", item)


def test_one_s_own_other_items_are_no_copy(client, item, another, file_on):
    file_on(item)
    file_on(another)
    at_step(item.assessment, "review")
    assert SAME not in page_of(client, "reviewer_ny", item)


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("username", "queries"), [("supervisor", 10), ("clerk_weipo", 8)])
def test_queries(client, item, file_on, django_assert_num_queries, username, queries, number):
    for each in range(number):
        file_on(item, PDF + bytes([each]))
    at_step(item.assessment, "review")
    client.force_login(person(username))
    with django_assert_num_queries(queries):
        client.get(reverse("item", args=[item.pk]))


def test_a_script_is_answered_with_the_list(client, item, clerk):
    client.force_login(clerk)
    response = client.post(
        reverse("file-evidence", args=[item.pk]),
        {"files": [sent("方案.pdf", PDF)], "taken_on": "2022-10-21"},
        headers={"HX-Request": "true"},
    )
    page = response.content.decode()
    assert response.status_code == 200
    assert "方案.pdf" in page
    assert "2022年10月21日" in page
    assert "<html" not in page


def test_without_a_script_one_is_led_back(client, item, clerk):
    client.force_login(clerk)
    uploads = {"files": [sent("一.pdf", PDF), sent("二.pdf", PDF + b"2")]}
    response = client.post(reverse("file-evidence", args=[item.pk]), uploads, follow=True)
    assert "收下了 2 个文件。" in response.content.decode()
    assert response.redirect_chain[0][0] == f"{item.get_absolute_url()}#evidence"


def test_replacing_and_detaching_by_the_page(client, item, file_on, clerk):
    old = file_on(item)
    client.force_login(clerk)
    address = reverse("replace-evidence", args=[item.pk, old.pk])
    uploads = {"files": [sent("新.pdf", PDF + b"2"), sent("又.pdf", PDF + b"3")]}
    assert client.post(address, uploads).status_code == 302
    [new] = item.evidence.current()
    assert new.name == "新.pdf"
    address = reverse("detach-evidence", args=[item.pk, new.pk])
    page = client.post(address, follow=True).content.decode()
    assert "已移出这一项" in page
    assert not item.evidence.exists()


def test_choosing_from_what_is_filed(client, item, another, file_on, clerk):
    evidence = file_on(another)
    client.force_login(clerk)
    address = reverse("attach-evidence", args=[item.pk])
    assert "方案.pdf" in client.get(address).content.decode()
    empty = client.post(address)
    assert (empty.status_code, "请先勾选" in empty.content.decode()) == (422, True)
    assert client.post(address, {"evidence": "x"}).status_code == 422
    assert client.post(address, {"evidence": [evidence.pk]}).status_code == 302
    assert client.post(address, {"evidence": [evidence.pk]}).status_code == 302  # twice: once
    assert list(item.evidence.all()) == [evidence]
    assert "没有可以选的资料" in client.get(address).content.decode()


def test_what_is_filed_comes_in_pages(client, item, another, file_on, clerk):
    for number in range(25):
        file_on(another, PDF + bytes([number]))
    client.force_login(clerk)
    page = client.get(reverse("attach-evidence", args=[item.pk]), {"page": 2}).content.decode()
    assert page.count('type="checkbox"') == 1


def test_history_names_the_files(client, item, file_on):
    file_on(item, name="方案.pdf")
    client.force_login(person("auditor"))
    page = client.get(reverse("item-history", args=[item.pk])).content.decode()
    assert "上传佐证资料" in page
    assert "方案.pdf" in page


def test_the_admin_names_them_too(client, item, file_on):
    evidence = file_on(item, photo(), "路灯.jpg")
    client.force_login(person("admin"))
    page = client.get(reverse("admin:assessment_evidence_change", args=[evidence.pk]))
    assert evidence.get_absolute_url() in page.content.decode()
    event = reverse("admin:assessment_event_change", args=[Event.objects.first().pk])
    assert "资料名称：— → 路灯.jpg" in client.get(event).content.decode()


def test_the_ledger_names_what_is_there(item, another, file_on, clerk):
    old = file_on(item, name="初稿.pdf")
    file_on(item, photo(), "路灯.jpg")
    workflow.replace_evidence(item, old, files.read(sent("终稿.pdf", PDF + b"2")), None, by=clerk)
    form = branch_workbook(sheet_of("卫坡村"), ItemRating.objects.all()).active
    cells = {row[2]: row[11] for row in form.iter_rows(min_row=5, values_only=True)}
    assert cells[item.task_item.name] == "已备：路灯.jpg、终稿.pdf"
    assert cells[another.task_item.name].startswith("应备：")


def test_a_clerk_who_reviews_elsewhere_sees_copies(client, shared):
    """The roles add up: who judges is told."""
    Membership.objects.create(user=person("clerk_weipo"), role=Role.AUDITOR)
    assert SAME in page_of(client, "clerk_weipo", shared)
    assert Assessment.objects.count() == 27
