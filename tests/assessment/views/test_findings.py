"""部门联查 and 问题整改 through the pages: found, answered, re-checked, closed."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from assessment import workflow
from assessment.models import Event, Finding, FindingFile, Inspection
from tests.town import CAST, finding_on, inspection_of, item_of, person, sheet_of

from ..evidence.samples import PAGE, PDF, photo

TODAY = timezone.localdate()


@pytest.fixture
def inspection(sheet):
    return inspection_of(sheet, sheet_of("南陈村"))


@pytest.fixture
def finding(sheet, inspection):
    return finding_on(sheet, inspection=inspection, due_date=TODAY + timedelta(days=20))


@pytest.fixture
def answered(finding):
    workflow.rectify(finding, "已清理离田", "李某", by=person("clerk_weipo"))
    return finding


def post(client, username, name, *args, **data):
    client.force_login(person(username))
    return client.post(reverse(name, args=args), data)


def get(client, username, name, *args, **asked):
    client.force_login(person(username))
    return client.get(reverse(name, args=args), asked)


def reads(response):
    return response.content.decode()


def again(finding):
    return Finding.objects.get(pk=finding.pk)


def inspection_words(sheet, **changed):
    return {
        "version": 0,
        "held_on": "2022-11-01",
        "purpose": "查秋季秸秆禁烧",
        "looked_on_site": "on",
        f"visited-{sheet.pk}": "on",
        f"done-well-{sheet.pk}": "路灯全亮",
        **changed,
    }


def finding_words(at, **changed):
    return {
        "version": 0,
        "sheet": at.pk,
        "item": item_of(at, "ST-3").task_item_id,
        "problem": "沟边有秸秆堆放",
        "requirement": "清理离田",
        "due_date": "2022年11月20日",
        **changed,
    }


def test_an_inspection_is_recorded(client, sheet):
    answer = post(client, "supervisor", "inspection-new", 2022, **inspection_words(sheet))
    made = Inspection.objects.get()
    assert answer.url == made.get_absolute_url()
    assert [(visit.assessment, visit.done_well) for visit in made.visits.all()] == [
        (sheet, "路灯全亮")
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"looked_on_site": ""}, "联查方式至少选一种：听汇报、查资料、看实地"),
        ({"held_on": "2999-01-01"}, "联查日期不能晚于今天"),
        ({"held_on": "去年"}, "日期请写成 2022-11-30 或 2022年11月30日 的样子。"),
        ({"participants": "某" * 201}, "200"),
    ],
)
def test_a_bad_inspection_keeps_what_was_typed(client, sheet, changed, said):
    words = inspection_words(sheet, **changed)
    answer = post(client, "supervisor", "inspection-new", 2022, **words)
    assert answer.status_code == 422
    assert said in reads(answer)
    assert "路灯全亮" in reads(answer)
    assert not Inspection.objects.exists()


def test_no_branch_chosen_is_told(client, sheet):
    words = inspection_words(sheet)
    del words[f"visited-{sheet.pk}"]
    answer = post(client, "supervisor", "inspection-new", 2022, **words)
    assert (answer.status_code, "还没有选联查的支部" in reads(answer)) == (422, True)


def test_an_inspection_is_edited_as_it_was_read(client, sheet, inspection):
    page = get(client, "supervisor", "inspection-edit", inspection.pk)
    assert 'value="2022-11-01"' in reads(page)
    assert "卫坡村巡查有记录" in reads(page)
    words = inspection_words(sheet, purpose="复查")
    post(client, "supervisor", "inspection-edit", inspection.pk, **words)
    inspection.refresh_from_db()
    assert (inspection.purpose, inspection.visits.count()) == ("复查", 1)
    stale = post(client, "supervisor", "inspection-edit", inspection.pk, **words)
    assert (stale.status_code, "已被别人改过" in reads(stale)) == (409, True)
    words = inspection_words(sheet, purpose="别的缘由", version=1, read_files="on")
    workflow.edit_inspection(
        *(inspection, _facts(inspection)), [], {sheet: ""}, 1, by=person("supervisor")
    )
    stale = reads(post(client, "supervisor", "inspection-edit", inspection.pk, **words))
    assert "supervisor刚刚保存了这一项" in stale
    for told in ("又一次复查", "别的缘由"):
        assert told in stale


def _facts(inspection):
    names = ("held_on", "heard_report", "read_files", "looked_on_site", "participants")
    return {name: getattr(inspection, name) for name in names} | {"purpose": "又一次复查"}


def test_a_branch_reads_its_own_visit_and_no_neighbours(client, inspection, finding):
    page = reads(get(client, "clerk_nanchen", "inspection", inspection.pk))
    assert "南陈村巡查有记录" in page
    assert "卫坡村巡查有记录" not in page
    assert "沟边有秸秆堆放" not in page
    listed = reads(get(client, "clerk_nanchen", "cycle-inspections", 2022))
    assert "南陈村" in listed
    assert "卫坡村" not in listed


def test_a_finding_is_recorded_on_the_spot(client, sheet, inspection):
    words = finding_words(sheet)
    answer = post(client, "reviewer_ny", "finding-new", inspection.pk, **words)
    found = Finding.objects.get()
    assert answer.url == found.get_absolute_url()
    assert (found.department.code, found.due_date) == ("NY", date(2022, 11, 20))
    assert found.item_rating == item_of(sheet, "ST-3")


def test_a_finding_about_no_item_needs_a_department(client, sheet, inspection):
    words = finding_words(sheet, item="")
    answer = post(client, "supervisor", "finding-new", inspection.pk, **words)
    assert answer.status_code == 422
    assert "不对应任务项的问题，要选责任部门。" in reads(answer)
    assert "沟边有秸秆堆放" in reads(answer)


@pytest.mark.parametrize(
    ("changed", "status", "said"),
    [
        ({"problem": ""}, 422, "这个字段是必填项"),
        ({"problem": "长" * 1001}, 422, "1000"),
        ({"due_date": "下周"}, 422, "日期请写成"),
        ({"due_date": "2022-10-01"}, 409, "整改期限不能早于联查当天"),
        ({"sheet": "999999"}, 422, "选择"),
        ({"item": "x"}, 422, "选择"),
    ],
)
def test_a_bad_finding_keeps_what_was_typed(client, sheet, inspection, changed, status, said):
    words = finding_words(sheet, **changed)
    answer = post(client, "supervisor", "finding-new", inspection.pk, **words)
    assert answer.status_code == status
    assert said in reads(answer)
    assert "清理离田" in reads(answer)
    assert not Finding.objects.exists()


def test_the_branch_to_begin_with_may_be_named(client, sheet, inspection):
    page = get(client, "supervisor", "finding-new", inspection.pk, sheet=sheet.pk)
    assert page.context["form"]["sheet"].value() == str(sheet.pk)


def test_a_finding_is_corrected_and_a_stale_correction_is_told(client, sheet, finding):
    assert "沟边有秸秆堆放" in reads(get(client, "supervisor", "finding-edit", finding.pk))
    words = finding_words(sheet, problem="地头有秸秆")
    assert post(client, "supervisor", "finding-edit", finding.pk, **words).status_code == 302
    assert again(finding).problem == "地头有秸秆"
    stale = post(client, "supervisor", "finding-edit", finding.pk, **words)
    assert (stale.status_code, "已被别人改过" in reads(stale)) == (409, True)


def test_round_after_round_until_it_is_closed(client, finding):
    said = {"measure": "已清理", "responsible_person": "李某"}
    assert post(client, "clerk_weipo", "rectify", finding.pk, **said).status_code == 302
    words = {"number": 1, "note": "沟底还有", "outcome": "refused"}
    assert post(client, "reviewer_ny", "recheck", finding.pk, **words).status_code == 302
    assert again(finding).state == "open"
    said["measure"] = "沟底也清了"
    post(client, "clerk_weipo", "rectify", finding.pk, **said)
    words = {"number": 2, "note": "", "outcome": "closed"}
    post(client, "supervisor", "recheck", finding.pk, **words)
    assert again(finding).state == "closed"
    page = reads(get(client, "clerk_weipo", "finding", finding.pk))
    for told in (
        "已清理",
        "沟底还有",
        "沟底也清了",
        "复核通过，已销号",
        "supervisor",
        "reviewer_ny",
    ):
        assert told in page
    story = reads(get(client, "clerk_weipo", "finding-history", finding.pk))
    for verb in ("登记问题", "上报整改", "复核不通过", "复核销号"):
        assert verb in story


def test_a_refusal_without_a_reason_keeps_the_page(client, answered):
    words = {"number": 1, "note": "", "outcome": "refused"}
    answer = post(client, "supervisor", "recheck", answered.pk, **words)
    assert answer.status_code == 409
    assert "“复核不通过”要写明理由" in reads(answer)


def test_two_answers_at_once_keep_the_second_ones_words(client, answered):
    said = {"measure": "我写了很久的话", "responsible_person": "李某"}
    answer = post(client, "clerk_weipo", "rectify", answered.pk, **said)
    assert answer.status_code == 409
    assert "现在处于“待复核”，不能“上报整改”" in reads(answer)
    assert "我写了很久的话" in reads(answer)


def test_an_extension_is_asked_for_answered_and_told(client, finding):
    later = TODAY + timedelta(days=30)
    words = {"due": later.isoformat(), "reason": "等机械"}
    assert post(client, "clerk_weipo", "ask-extension", finding.pk, **words).status_code == 302
    assert "1 个延期申请等您答复" in reads(get(client, "supervisor", "home"))
    answer = post(client, "supervisor", "answer-extension", finding.pk, outcome="refused")
    assert (answer.status_code, "“不同意延期”要写明理由" in reads(answer)) == (409, True)
    post(client, "supervisor", "answer-extension", finding.pk, outcome="granted", answer="可以")
    assert again(finding).due_date == later


def test_set_aside_and_withdrawn_say_why(client, finding):
    post(client, "supervisor", "set-aside", finding.pk, reason="县里统一施工")
    page = reads(get(client, "clerk_weipo", "finding", finding.pk))
    assert "supervisor认定：这个问题不影响定星，整改照常。" in page
    assert "县里统一施工" in page
    post(client, "supervisor", "withdraw-finding", finding.pk, reason="记错了")
    page = reads(get(client, "clerk_weipo", "finding", finding.pk))
    assert "supervisor已撤销这个问题。" in page
    assert 'id="rectification_form' not in page


def sent(name="照片.jpg", content=None):
    return SimpleUploadedFile(name, content or photo())


def test_photos_are_filed_shown_and_taken_off(client, finding):
    address = ("file-on-finding", finding.pk, "found")
    assert post(client, "reviewer_ny", *address, files=[sent()]).status_code == 302
    filed = FindingFile.objects.get()
    page = reads(get(client, "clerk_weipo", "finding", finding.pk))
    assert filed.thumbnail_url in page
    post(client, "reviewer_ny", "remove-from-finding", finding.pk, filed.pk)
    assert filed.thumbnail_url not in reads(get(client, "clerk_weipo", "finding", finding.pk))
    assert get(client, "supervisor", "finding-file", filed.pk).status_code == 404


def test_a_script_is_answered_with_the_list_or_the_reason(client, finding):
    client.force_login(person("clerk_weipo"))
    there = reverse("file-on-finding", args=[finding.pk, "after"])
    script = {"headers": {"HX-Request": "true"}}
    answer = client.post(there, {"files": [sent()]}, **script)
    assert (answer.status_code, "<html" in reads(answer)) == (200, False)
    assert "照片.jpg" in reads(answer)
    answer = client.post(there, {"files": [sent("页.jpg", PAGE)]}, **script)
    assert (answer.status_code, answer["Content-Type"]) == (422, "text/plain; charset=utf-8")
    assert FindingFile.objects.count() == 1


def test_each_side_files_its_own(client, finding):
    for username, moment in (("clerk_weipo", "found"), ("supervisor", "after")):
        answer = post(client, username, "file-on-finding", finding.pk, moment, files=[sent()])
        assert answer.status_code == 403
    answer = post(client, "supervisor", "file-on-finding", finding.pk, "later", files=[sent()])
    assert answer.status_code == 404
    assert not FindingFile.objects.exists()


@pytest.mark.parametrize("username", CAST)
def test_who_sees_the_finding_is_given_its_files(client, finding, username):
    post(client, "supervisor", "file-on-finding", finding.pk, "found", files=[sent()])
    filed = FindingFile.objects.get()
    seen = username in {"admin", "supervisor", "auditor", "clerk_weipo", "reviewer_ny"}
    for name in ("finding-file", "finding-file-thumbnail"):
        answer = get(client, username, name, filed.pk)
        assert answer.status_code == (200 if seen else 404)
        if seen:
            assert Image.open(BytesIO(answer.getvalue())).format == "JPEG"


def test_a_document_has_no_thumbnail(client, finding):
    post(client, "supervisor", "file-on-finding", finding.pk, "found", files=[sent("a.pdf", PDF)])
    filed = FindingFile.objects.get()
    assert get(client, "supervisor", "finding-file-thumbnail", filed.pk).status_code == 404
    answer = get(client, "supervisor", "finding-file", filed.pk)
    assert answer["Content-Disposition"].startswith("attachment")
    answer.getvalue()


@pytest.fixture
def many(sheet, inspection):
    """One finding in each light, one answered, one closed, one withdrawn."""
    by, clerk = person("supervisor"), person("clerk_weipo")
    days = {"红": -1, "黄": 3, "绿": 30}
    found = {
        word: finding_on(
            sheet,
            inspection=inspection,
            problem=f"{word}问题",
            due_date=TODAY + timedelta(days=days.get(word, 30)),
        )
        for word in (*days, "复核", "销号", "撤销")
    }
    for word in ("复核", "销号"):
        workflow.rectify(found[word], "清", "李", by=clerk)
    workflow.close_finding(found["销号"], 1, "", by=by)
    workflow.withdraw_finding(found["撤销"], "记错", by=by)
    return found


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, "红黄绿复核销号撤销"),
        ({"state": "unresolved"}, "红黄绿复核"),
        ({"state": "closed"}, "销号"),
        ({"state": "nonsense"}, "红黄绿复核销号撤销"),
        ({"light": "red"}, "红"),
        ({"light": "yellow"}, "黄"),
        ({"light": "green"}, "绿复核销号撤销"),
        ({"branch": "weipo"}, "红黄绿复核销号撤销"),
        ({"branch": "南陈"}, ""),
        ({"department": "NY"}, "红黄绿复核销号撤销"),
        ({"department": "DJ"}, ""),
        ({"state": "unresolved", "light": "green"}, "绿复核"),
    ],
)
def test_filters(client, many, asked, expected):
    page = get(client, "supervisor", "cycle-findings", 2022, **asked)
    listed = {finding.pk for finding in page.context["page"].object_list}
    words = "".join(word for word, finding in many.items() if finding.pk in listed)
    assert words == expected
    assert ("没有符合条件的问题" in reads(page)) == (not expected)


def test_the_list_says_how_many_stand_where(client, many):
    page = get(client, "supervisor", "cycle-findings", 2022)
    assert dict(page.context["counts"]) == {"待整改": 3, "待复核": 1, "已销号": 1, "已撤销": 1}
    assert page.context["overdue"] == 1
    assert "红 · " in reads(page)
    assert "逾期 1 天" in reads(page)


def test_home_tells_each_what_waits(client, many):
    clerk = get(client, "clerk_weipo", "home")
    assert "3 个问题等您整改" in reads(clerk)
    reviewer = get(client, "reviewer_ny", "home")
    assert "1 个问题等您复核" in reads(reviewer)
    office = get(client, "supervisor", "home")
    assert "1 个问题逾期没有整改" in reads(office)
    for username in ("auditor", "clerk_nanchen", "reviewer_dj"):
        assert "部门联查的问题" not in reads(get(client, username, "home"))


def test_an_item_and_its_sheet_lead_to_the_findings(client, sheet, finding):
    item = item_of(sheet, "ST-3")
    assert finding.get_absolute_url() in reads(get(client, "auditor", "item", item.pk))
    assert f"{reverse('cycle-findings', args=[2022])}?branch=" in reads(
        get(client, "auditor", "assessment", sheet.pk)
    )


def test_events_of_a_finding_are_read_by_whom_it_concerns(finding, sheet):
    def told(username):
        return Event.objects.visible_on(sheet, person(username)).filter(finding=finding).exists()

    assert told("clerk_weipo")
    assert told("auditor")
    assert not told("reviewer_dj")
