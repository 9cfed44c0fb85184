"""Offline and back in a real browser: download, fill in, upload, decide, confirm."""

import pytest

from assessment import workflow

from ..assessment.ledger.fill_in import filled, key
from ..town import at_step, item_of, person, sheet_of
from .conftest import DESK, PHONE
from .looking import complaints

pytestmark = pytest.mark.django_db(transaction=True)


def taken_away(someone, folder, words):
    """The workbook that the page's link gives, filled in and kept in `folder`."""
    with someone.page.expect_download() as download:
        someone.page.get_by_role("link", name="下载离线填报表").click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    path.write_bytes(filled(path.read_bytes(), words))
    return path


def bring_back(someone, path):
    someone.page.set_input_files("input[name=workbook]", path)
    someone.press("看会改什么")
    someone.page.wait_for_load_state()


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_village_fills_in_offline(people, tmp_path, viewport):
    sheet = sheet_of("卫坡村")
    disputed, plain = item_of(sheet, "ST-3"), item_of(sheet, "ST-4")
    clerk = people("clerk_weipo", viewport=viewport)
    clerk.go(sheet.get_absolute_url())
    clerk.open("离线填报（Excel）")
    words = {
        key(sheet, "ST-3"): {"具体举措": "表里写的举措", "村组标星": "√"},
        key(sheet, "ST-4"): {"完成时限": "２０２２年１１月５日", "责任人": "李某"},
    }
    path = taken_away(clerk, tmp_path, words)
    workflow.self_rate(disputed, {"measures": "网页上写的"}, 0, by=person("clerk_weipo"))

    bring_back(clerk, path)
    assert clerk.reads("有 1 项在您下载以后又保存过")
    assert clerk.reads("网页上写的")
    assert clerk.reads("表里写的举措")
    assert complaints(clerk.page) == []
    plain.refresh_from_db()
    assert plain.version == 0

    # Without a choice the browser does not even send it.
    clerk.press("确认写入")
    assert clerk.page.locator("[type=radio]:invalid").count() == 2
    clerk.page.get_by_label("用表里的").check()
    clerk.press("确认写入")
    clerk.page.wait_for_selector("text=已写入 2 项")
    for item in (disputed, plain):
        item.refresh_from_db()
    assert (disputed.measures, disputed.self_rating) == ("表里写的举措", "met")
    assert (plain.due_date.isoformat(), plain.responsible_person) == ("2022-11-05", "李某")


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_what_is_wrong_is_mended_and_sent_again(people, tmp_path, viewport):
    sheet = sheet_of("卫坡村")
    clerk = people("clerk_weipo", viewport=viewport)
    clerk.go(f"/assessments/{sheet.pk}/self-rating/workbook/")
    words = {key(sheet, "ST-3"): {"村组标星": "优秀", "完成时限": "下月底", "备注": "好"}}
    path = taken_away(clerk, tmp_path, words)
    bring_back(clerk, path)
    assert clerk.reads("有 2 处不能写入，所以什么都没有写入")
    assert clerk.reads("看不懂“优秀”")
    assert complaints(clerk.page) == []
    mended = {key(sheet, "ST-3"): {"村组标星": "达标", "完成时限": "2022-11-30"}}
    path.write_bytes(filled(path.read_bytes(), mended))
    bring_back(clerk, path)
    clerk.press("确认写入")
    clerk.page.wait_for_selector("text=已写入 1 项")
    item = item_of(sheet, "ST-3")
    assert (item.self_rating, item.self_rating_note) == ("met", "好")


def test_the_wrong_file_is_refused_by_name(people, tmp_path):
    sheet = sheet_of("卫坡村")
    clerk = people("clerk_weipo", viewport=PHONE)
    clerk.go(f"/assessments/{sheet.pk}/self-rating/workbook/")
    path = tmp_path / "名单.csv"
    path.write_bytes("村,达标\n".encode("gb18030"))
    bring_back(clerk, path)
    assert clerk.reads("名单.csv：这不是 Excel 工作簿")
    assert complaints(clerk.page) == []


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_department_reviews_offline(people, tmp_path, viewport):
    sheets = [at_step(sheet_of(name), "review") for name in ("卫坡村", "南陈村")]
    reviewer = people("reviewer_ny", viewport=viewport)
    reviewer.go("/cycles/2022/review/")
    reviewer.open("离线填报（Excel）")
    words = {
        key(sheet, "ST-3"): {"部门瞄星": "未达标", "瞄星意见": f"{sheet.branch.name}台账不全"}
        for sheet in sheets
    }
    bring_back(reviewer, taken_away(reviewer, tmp_path, words))
    assert reviewer.reads("会改动 2 项")
    assert complaints(reviewer.page) == []
    reviewer.press("确认写入")
    reviewer.page.wait_for_selector("text=已写入 2 项")
    for sheet in sheets:
        item = item_of(sheet, "ST-3")
        assert (item.review, item.review_note) == ("unmet", f"{sheet.branch.name}台账不全")
