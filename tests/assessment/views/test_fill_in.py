"""Filling in offline by the pages: take away, bring back, see what would change, and confirm."""

from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment import workflow
from assessment.ledger.boxes import SELF_RATING
from assessment.models import Event, ItemRating
from tests.assessment.ledger.books import book, zip_bomb
from tests.assessment.ledger.fill_in import branch_form, filled, key, opened
from tests.town import at_step, item_of, person, sheet_of

HEADERS = [str(box.header) for box in SELF_RATING.boxes]
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def signed_in(client, clerk):
    client.force_login(clerk)
    return client


def page_of(sheet):
    return reverse("assessment-fill-in", args=[sheet.pk])


def snapshot():
    return list(ItemRating.objects.values().order_by("pk")), Event.objects.count()


def text_of(response):
    return unescape(response.content.decode())


def upload(client, address, content, name="表.xlsx"):
    return client.post(address, {"workbook": SimpleUploadedFile(name, content)})


def confirm(client, response, **choices):
    """Press the button of the page that shows what would change."""
    words = {"changes": response.context["sealed"], **choices}
    return client.post(response.context["apply"], words)


def shown(response):
    """Item → its lines, of what would change."""
    return {
        item.task_item.code: [(line.label, line.old, line.new) for line in lines]
        for item, lines in response.context["found"]
    }


# Taking it away


def test_the_workbook_is_taken_away_and_that_is_kept(signed_in, sheet):
    before = Event.objects.count()
    response = signed_in.get(reverse("assessment-fill-in-workbook", args=[sheet.pk]))
    content = b"".join(response.streaming_content)
    assert response["Content-Type"] == XLSX
    assert "filename*=utf-8''2022" in response["Content-Disposition"]
    assert len(opened(content)[2]) == 30
    event = Event.objects.latest("pk")
    assert (Event.objects.count(), event.verb, event.assessment) == (before + 1, "download", sheet)


def test_the_pages_lead_to_it(signed_in, sheet):
    for page in (sheet.get_absolute_url(), reverse("assessment-self-rating", args=[sheet.pk])):
        assert f'href="{page_of(sheet)}' in text_of(signed_in.get(page))
    page = text_of(signed_in.get(page_of(sheet)))
    assert "现在有 30 项可以填" in page
    assert reverse("assessment-fill-in-workbook", args=[sheet.pk]) in page


def test_with_nothing_to_fill_it_leads_back_to_the_sheet(signed_in, sheet):
    at_step(sheet, "review")
    for name in ("assessment-fill-in", "assessment-fill-in-workbook"):
        response = signed_in.get(reverse(name, args=[sheet.pk]))
        assert (response.status_code, response.url) == (302, sheet.get_absolute_url())
    assert page_of(sheet) not in text_of(signed_in.get(sheet.get_absolute_url()))


def test_after_a_return_only_that_item_is_open(signed_in, sheet):
    at_step(sheet, "review")
    item = item_of(sheet, "ST-3")
    workflow.return_item(item, "缺台账", item.version, by=person("reviewer_ny"))
    assert "现在有 1 项可以填" in text_of(signed_in.get(page_of(sheet)))
    response = signed_in.get(reverse("assessment-fill-in-workbook", args=[sheet.pk]))
    worksheet, columns, rows = opened(b"".join(response.streaming_content))
    unlocked = [
        each
        for each, row in rows.items()
        if not worksheet.cell(row, columns["具体举措"]).protection.locked
    ]
    assert unlocked == [key(sheet, "ST-3")]


def test_a_text_longer_than_a_cell_is_said(signed_in, sheet):
    sheet.items.filter(pk=item_of(sheet, "ST-3").pk).update(measures="长" * 40_000)
    address = reverse("assessment-fill-in-workbook", args=[sheet.pk])
    assert "有 40000 字，超过 Excel 一格" in text_of(signed_in.get(address, follow=True))


# Bringing it back


def test_nothing_is_written_before_it_was_shown(signed_in, sheet, clerk):
    workflow.self_rate(item_of(sheet, "ZB-2"), {"measures": "旧的举措"}, 0, by=clerk)
    words = {
        key(sheet, "ZB-1"): {"村组标星": "√", "具体举措": "一\n二"},
        key(sheet, "ZB-2"): {"村组标星": "基本 达标", "具体举措": "新的举措"},
    }
    content = filled(branch_form(sheet), words)
    before = snapshot()
    response = upload(signed_in, page_of(sheet), content)
    assert (response.status_code, snapshot()) == (200, before)
    assert shown(response) == {
        "ZB-1": [("村组标星", "空", "达标"), ("具体举措", "空", "一\n二")],
        "ZB-2": [("村组标星", "空", "基本达标"), ("具体举措", "旧的举措", "新的举措")],
    }
    response = confirm(signed_in, response)
    assert (response.status_code, response.url) == (302, sheet.get_absolute_url())
    assert "已写入 2 项" in text_of(signed_in.get(response.url))
    assert item_of(sheet, "ZB-2").measures == "新的举措"
    assert Event.objects.filter(verb="self_rate").count() == 3


def test_an_empty_cell_changes_nothing(signed_in, sheet, item, clerk):
    workflow.self_rate(item, {"measures": "旧的", "self_rating": "met"}, 0, by=clerk)
    content = filled(branch_form(sheet), {"具体举措": None, "村组标星": " "})
    response = upload(signed_in, page_of(sheet), content)
    assert response.status_code == 200
    assert "没有要改动的内容" in text_of(response)
    assert "确认写入" not in text_of(response)


def test_everything_that_is_wrong_is_said_at_once_and_nothing_can_be_confirmed(signed_in, sheet):
    words = {
        key(sheet, "ZB-1"): {"村组标星": "优秀", "具体举措": "好的举措"},
        key(sheet, "ST-3"): {"完成时限": "11月底", "进展情况": "=B2"},
    }
    before = snapshot()
    response = upload(signed_in, page_of(sheet), filled(branch_form(sheet), words))
    page = text_of(response)
    assert (response.status_code, snapshot()) == (422, before)
    assert len(response.context["wrong"]) == 3
    assert all(sentence in page for sentence in response.context["wrong"])
    assert "好的举措" in page
    assert "确认写入" not in page
    assert 'name="workbook"' in page  # to be sent again


@pytest.mark.parametrize(
    ("name", "make", "said"),
    [
        ("台账.csv", lambda _sheet: b"a,b\n", "台账.csv：这不是 Excel 工作簿"),
        ("炸弹.xlsx", lambda _sheet: zip_bomb(), "展开后太大"),
        ("别的.xlsx", lambda _sheet: book(["村"]), "这不是从这里下载的填报表"),
        (
            "南陈.xlsx",
            lambda _sheet: branch_form(sheet_of("南陈村")),
            "这是南陈村 2022 年的村组标星填报表，不是卫坡村 2022 年的村组标星填报表",
        ),
    ],
)
def test_what_is_refused(signed_in, sheet, name, make, said):
    before = snapshot()
    response = upload(signed_in, page_of(sheet), make(sheet), name)
    assert (response.status_code, snapshot()) == (422, before)
    assert said in text_of(response)
    assert 'name="workbook"' in text_of(response)


def test_nothing_sent(signed_in, sheet):
    response = signed_in.post(page_of(sheet))
    assert response.status_code == 422
    assert "没有收到文件" in text_of(response)


def test_a_file_over_every_limit_is_named(signed_in, sheet, settings):
    settings.EVIDENCE_FILE_BYTES = 2**20
    response = upload(signed_in, page_of(sheet), b"x" * (2**20 + 1), "大.xlsx")
    assert response.status_code == 422
    assert "大.xlsx：文件超过 1 MB" in text_of(response)


def test_what_is_not_the_branchs_now_is_said_by_its_row(signed_in, sheet):
    content = filled(branch_form(sheet), {"进展情况": "晚了"})
    at_step(sheet, "review")
    before = snapshot()
    response = upload(signed_in, page_of(sheet), content)
    assert (response.status_code, snapshot()) == (422, before)
    assert len(response.context["wrong"]) == 30
    assert response.context["wrong"][0].startswith("第 ")
    assert "由牵头部门办理" in response.context["wrong"][0]


ANY = st.one_of(st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40), st.floats())


@settings(max_examples=25, suppress_health_check=list(HealthCheck), deadline=None)
@given(st.dictionaries(st.sampled_from(HEADERS), ANY, max_size=7))
def test_any_text_is_shown_or_said_to_be_wrong_and_written_whole_or_not_at_all(
    signed_in, sheet, words
):
    before = snapshot()
    response = upload(signed_in, page_of(sheet), filled(branch_form(sheet), words))
    assert response.status_code in (200, 422)
    assert snapshot() == before
    if response.status_code == 200 and response.context["found"]:
        with transaction.atomic():
            assert confirm(signed_in, response).status_code == 302
            versions = set(sheet.items.values_list("version", flat=True))
            transaction.set_rollback(True)
        assert versions == {1}


# What has been saved since


@pytest.fixture
def behind(sheet, clerk):
    """A workbook filled in for two items, one of which somebody has saved meanwhile."""
    words = {
        key(sheet, "ST-3"): {"具体举措": "表里写的"},
        key(sheet, "ST-4"): {"具体举措": "没有争议"},
    }
    content = filled(branch_form(sheet), words)
    for code in ("ST-3", "ST-5"):
        workflow.self_rate(item_of(sheet, code), {"measures": "别人写的"}, 0, by=clerk)
    return content


def test_both_sides_are_shown_and_who_it_was(signed_in, sheet, behind):
    before = snapshot()
    response = upload(signed_in, page_of(sheet), behind)
    assert (response.status_code, snapshot()) == (200, before)
    [conflict] = response.context["conflicts"]
    assert conflict.item == item_of(sheet, "ST-3")
    assert [(line.old, line.new) for line in conflict.lines] == [("别人写的", "表里写的")]
    # What somebody saved in an item that was not filled in is no matter.
    assert shown(response).keys() == {"ST-4"}
    assert "clerk_weipo保存的" in text_of(response)


def test_nothing_is_written_until_a_side_is_chosen(signed_in, sheet, behind):
    response = upload(signed_in, page_of(sheet), behind)
    before = snapshot()
    for choice in ({}, {f"choice-{item_of(sheet, 'ST-3').pk}": "nonsense"}):
        again = confirm(signed_in, response, **choice)
        assert (again.status_code, snapshot()) == (422, before)
        assert "还有 1 项没有选留哪一边" in text_of(again)
    assert "表里写的" in text_of(again)


@pytest.mark.parametrize(
    ("choice", "measures", "count"), [("saved", "别人写的", 1), ("sent", "表里写的", 2)]
)
def test_the_side_that_is_chosen_stands(signed_in, sheet, behind, choice, measures, count):
    response = upload(signed_in, page_of(sheet), behind)
    item = item_of(sheet, "ST-3")
    response = confirm(signed_in, response, **{f"choice-{item.pk}": choice})
    assert response.status_code == 302
    assert f"已写入 {count} 项" in text_of(signed_in.get(response.url))
    assert item_of(sheet, "ST-3").measures == measures
    assert item_of(sheet, "ST-4").measures == "没有争议"
    assert item_of(sheet, "ST-5").measures == "别人写的"


def test_saved_again_before_it_is_confirmed_it_is_decided_on_again(signed_in, sheet, behind, clerk):
    response = upload(signed_in, page_of(sheet), behind)
    first, second = item_of(sheet, "ST-3"), item_of(sheet, "ST-4")
    workflow.self_rate(second, {"measures": "又有人写"}, 0, by=clerk)
    before = snapshot()
    chosen = {f"choice-{first.pk}": "sent"}
    again = confirm(signed_in, response, **chosen)
    assert (again.status_code, snapshot()) == (409, before)
    choices = {each.item.pk: each.choice for each in again.context["conflicts"]}
    assert choices == {first.pk: "sent", second.pk: ""}
    assert f"{second.task_item}：您打开之后已被别人改过" in text_of(again)
    assert confirm(signed_in, again, **chosen).status_code == 422
    assert (
        confirm(signed_in, again, **chosen, **{f"choice-{second.pk}": "saved"}).status_code == 302
    )
    assert item_of(sheet, "ST-4").measures == "又有人写"
    assert item_of(sheet, "ST-3").measures == "表里写的"


@pytest.mark.parametrize("spoil", [lambda seal: seal[:-1], lambda seal: "", lambda seal: "a:b:c"])
def test_what_was_not_shown_is_not_written(signed_in, sheet, behind, spoil):
    response = upload(signed_in, page_of(sheet), behind)
    before = snapshot()
    address = reverse("assessment-fill-in-apply", args=[sheet.pk])
    words = {"changes": spoil(response.context["sealed"])}
    response = signed_in.post(address, words, follow=True)
    assert snapshot() == before
    assert "请重新粘贴或上传" in text_of(response)


def test_what_was_shown_for_a_sheet_is_not_a_departments(signed_in, sheet, behind):
    response = upload(signed_in, page_of(sheet), behind)
    at_step(sheet, "review")
    signed_in.force_login(person("reviewer_ny"))
    before = snapshot()
    address = reverse("cycle-fill-in-apply", args=[2022, "NY"])
    words = {"changes": response.context["sealed"]}
    assert signed_in.post(address, words).status_code == 302
    assert snapshot() == before
