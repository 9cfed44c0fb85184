"""A department's review filled in offline, by the pages."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment import workflow
from assessment.ledger.boxes import REVIEW
from assessment.models import DepartmentSignOff, Event, ItemRating
from branches.models import Department
from tests.assessment.ledger.fill_in import department_form, filled, key, opened
from tests.town import at_step, item_of, person, sheet_of

PAGE = "/cycles/2022/review/NY/workbook/"
VILLAGES = ("南陈村", "卫坡村")
HEADERS = [str(box.header) for box in REVIEW.boxes]
ANY = st.one_of(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40), st.floats())
MARKS = st.sampled_from(["√", "未达标", "达　标", "不适用", "好", ""])


@pytest.fixture
def reviewing(client, town):
    """农业服务中心's reviewer, with two branches in review."""
    for name in VILLAGES:
        at_step(sheet_of(name), "review")
    client.force_login(person("reviewer_ny"))
    return client


@pytest.fixture
def items(reviewing):
    return [item_of(sheet_of(name), "ST-3") for name in VILLAGES]


def snapshot():
    return list(ItemRating.objects.values().order_by("pk")), Event.objects.count()


def text_of(response):
    return unescape(response.content.decode())


def send(client, town, words):
    content = filled(department_form(town, "NY"), words)
    return client.post(PAGE, {"workbook": SimpleUploadedFile("表.xlsx", content)})


def confirm(client, response, **choices):
    words = {"changes": response.context["sealed"], **choices}
    return client.post(f"{PAGE}apply/", words)


def marks(items, *words):
    return {
        key(item.assessment, "ST-3"): dict(zip(("部门瞄星", "瞄星意见"), own, strict=True))
        for item, own in zip(items, words, strict=True)
    }


def test_it_is_taken_away(reviewing, items):
    assert f'href="{PAGE}"' in text_of(reviewing.get("/cycles/2022/review/"))
    assert "现在有 12 项可以填" in text_of(reviewing.get(PAGE))
    response = reviewing.get("/cycles/2022/review/NY/workbook.xlsx")
    rows = opened(b"".join(response.streaming_content))[2]
    assert len(rows) == 12
    event = Event.objects.latest("pk")
    assert (event.verb, event.assessment) == ("download", None)
    assert "农业服务中心" in event.subject


def test_what_is_returned_or_signed_off_is_closed(reviewing, items):
    workflow.return_item(items[0], "缺台账", items[0].version, by=person("reviewer_ny"))
    department = Department.objects.get(code="NY")
    DepartmentSignOff.objects.create(
        assessment=items[1].assessment, department=department, signed_by=person("reviewer_ny")
    )
    page = text_of(reviewing.get(PAGE))
    assert "现在有 5 项可以填" in page
    assert "另有 7 项现在不能填" in page
    response = reviewing.get("/cycles/2022/review/NY/workbook.xlsx")
    worksheet, columns, rows = opened(b"".join(response.streaming_content))
    open_rows = {
        each
        for each, row in rows.items()
        if not worksheet.cell(row, columns["部门瞄星"]).protection.locked
    }
    assert len(open_rows) == 5
    assert {each.split("/")[0] for each in open_rows} == {sheet_of("南陈村").branch.code}


def test_with_nothing_to_review_the_page_says_so(client, town):
    client.force_login(person("reviewer_ny"))
    page = text_of(client.get(PAGE))
    assert "现在没有等本部门瞄星的任务项" in page
    assert "workbook.xlsx" not in page
    assert client.get("/cycles/2022/review/NY/workbook.xlsx").url == PAGE


def test_marks_are_shown_by_branch_and_then_written(reviewing, items, town):
    before = snapshot()
    response = send(reviewing, town, marks(items, ("√", ""), ("未达标", "台账不全")))
    page = text_of(response)
    assert (response.status_code, snapshot()) == (200, before)
    assert f"南陈村 · {items[0].task_item}" in page
    assert "<del>空</del> → <ins>台账不全</ins>" in page
    response = confirm(reviewing, response)
    assert response.url == "/cycles/2022/review/?department=NY"
    assert "已写入 2 项" in text_of(reviewing.get(response.url))
    saved = [item_of(item.assessment, "ST-3") for item in items]
    assert [(item.review, item.review_note) for item in saved] == [
        ("met", ""),
        ("unmet", "台账不全"),
    ]


def test_a_mark_without_the_note_it_wants_and_a_note_without_a_mark(reviewing, items, town):
    before = snapshot()
    response = send(reviewing, town, marks(items, ("未达标", ""), ("", "资料齐")))
    assert (response.status_code, snapshot()) == (422, before)
    missing, alone = response.context["wrong"]
    assert missing.startswith("第 ")
    assert f"南陈村 {items[0].task_item}：瞄为未达标或不适用，要在瞄星意见里写明理由" in missing
    assert alone.endswith(f"卫坡村 {items[1].task_item}：还没有瞄星")
    assert "确认写入" not in text_of(response)


def test_what_is_not_the_departments_now_is_said_by_its_row(reviewing, items, town):
    content = marks(items, ("√", ""), ("√", ""))
    form = filled(department_form(town, "NY"), content)
    workflow.return_item(items[0], "缺台账", items[0].version, by=person("reviewer_ny"))
    before = snapshot()
    response = reviewing.post(PAGE, {"workbook": SimpleUploadedFile("表.xlsx", form)})
    assert (response.status_code, snapshot()) == (422, before)
    [sentence] = response.context["wrong"]
    assert sentence.startswith("第 ")
    assert f"南陈村 {items[0].task_item}" in sentence
    assert "由支部办理" in sentence


def test_a_colleagues_mark_is_decided_on(reviewing, items, town):
    form = filled(department_form(town, "NY"), marks(items, ("√", ""), ("√", "")))
    colleague = person("reviewer_ny")
    workflow.review(items[1], "unmet", "缺照片", items[1].version, by=colleague)
    response = reviewing.post(PAGE, {"workbook": SimpleUploadedFile("表.xlsx", form)})
    [conflict] = response.context["conflicts"]
    assert (conflict.item, response.status_code) == (items[1], 200)
    assert confirm(reviewing, response).status_code == 422
    response = confirm(reviewing, response, **{f"choice-{items[1].pk}": "saved"})
    assert response.status_code == 302
    saved = [item_of(item.assessment, "ST-3").review for item in items]
    assert saved == ["met", "unmet"]


def test_another_departments_workbook_is_refused_by_name(reviewing, items, town):
    content = department_form(town, "DJ")
    response = reviewing.post(PAGE, {"workbook": SimpleUploadedFile("表.xlsx", content)})
    assert response.status_code == 422
    name = Department.objects.get(code="DJ").name
    said = f"这是{name} 2022 年的部门瞄星填报表，不是农业服务中心 2022 年的部门瞄星填报表"
    assert said in text_of(response)


@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
@given(mark=st.one_of(MARKS, ANY), note=ANY)
def test_any_text_is_shown_or_said_to_be_wrong_and_written_whole_or_not_at_all(
    reviewing, items, town, mark, note
):
    words = dict(zip(HEADERS, (mark, note), strict=True))
    before = snapshot()
    response = send(reviewing, town, {key(items[0].assessment, "ST-3"): words})
    assert response.status_code in (200, 422)
    assert snapshot() == before
    if response.status_code == 200 and response.context["found"]:
        with transaction.atomic():
            assert confirm(reviewing, response).status_code == 302
            saved = item_of(items[0].assessment, "ST-3")
            others = ItemRating.objects.exclude(pk=saved.pk).order_by("pk")
            assert list(others.values()) == [row for row in before[0] if row["id"] != saved.pk]
            assert saved.review
            transaction.set_rollback(True)
