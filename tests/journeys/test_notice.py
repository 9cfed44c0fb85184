"""督查通报: drafted and issued at a desk, read on a phone, told to everybody."""

from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from assessment import workflow
from assessment.models import Notice

from ..town import finding_on, inspection_of, notice_about, person, sheet_of
from .conftest import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def findings(committed_town):
    """Two problems that one inspection found."""
    sheets = [sheet_of("卫坡村"), sheet_of("南陈村")]
    inspection = inspection_of(*sheets)
    return [
        finding_on(sheets[0], inspection=inspection),
        finding_on(sheets[1], code="", inspection=inspection, problem="村口路面有积水"),
    ]


def issue(notice):
    workflow.issue_notice(notice, by=person("supervisor"))
    return Notice.objects.get(pk=notice.pk)


def test_from_two_findings_to_a_branch_that_has_read_them(people, findings):
    supervisor = people("supervisor", viewport=DESK)
    supervisor.go("/cycles/2022/")
    supervisor.open("督查通报")
    supervisor.open("起草通报")
    for problem in ("沟边有秸秆堆放", "村口路面有积水"):
        supervisor.page.get_by_role("checkbox", name=problem).check()
    supervisor.press("起草")
    supervisor.page.wait_for_url("**/edit/")
    problems = supervisor.page.get_by_label("存在问题", exact=False).first.input_value()
    # Branch by branch, in the branches' order.
    assert problems.startswith("（一）南陈村\n1. 村口路面有积水。\n（二）卫坡村\n1. 生态宜居 3")
    supervisor.page.get_by_label("标题").fill("关于秋季联查情况的通报")
    supervisor.press("保存草稿")
    supervisor.page.wait_for_selector("text=草稿已保存")
    assert supervisor.reads("草稿")
    supervisor.page.get_by_text("印发…").click()
    assert supervisor.reads("印发以后不能再改")
    supervisor.press("确认印发")
    supervisor.page.wait_for_selector("text=已印发，各支部马上就能看到")
    assert supervisor.reads("朝督〔2022〕1号")

    clerk = people("clerk_weipo", viewport=PHONE)
    assert clerk.reads("1 份通报等您阅知")
    clerk.open("朝督〔2022〕1号 关于秋季联查情况的通报")
    assert clerk.reads("沟边有秸秆堆放")
    clerk.press("卫坡村已阅知")
    clerk.page.wait_for_selector("text=已记下：卫坡村已阅知")
    clerk.go("/")
    assert not clerk.reads("等您阅知")

    supervisor.page.reload()
    readers = supervisor.page.locator("#readers").inner_text()
    assert "27 个支部中 1 个已阅知" in readers
    assert "clerk_weipo" in readers
    with supervisor.page.expect_download() as taken:
        supervisor.open("下载 Word 文档")
    assert taken.value.suggested_filename == "朝督〔2022〕1号 关于秋季联查情况的通报.docx"
    document = Document(BytesIO(Path(taken.value.path()).read_bytes()))
    assert len(document.tables[0].rows) == 3


def test_on_paper_there_is_the_notice_alone(people, findings):
    issued = issue(notice_about(*findings))
    supervisor = people("supervisor", viewport=DESK)
    supervisor.go(f"/notices/{issued.pk}/")
    supervisor.page.emulate_media(media="print")
    printed = supervisor.page.inner_text("main")
    assert "朝督〔2022〕1号" in printed
    for only_on_screen in ("下载 Word 文档", "撤回通报", "个已阅知", "留痕"):
        assert only_on_screen not in printed
    size = supervisor.page.evaluate(
        "getComputedStyle(document.querySelector('.official p:not([class])')).fontSize"
    )
    assert float(size.removesuffix("px")) == pytest.approx(16 * 96 / 72, abs=0.1)
