"""The office reports on a quarter, on a phone and at a desk: chooses it, writes, takes it away."""

import pytest
from docx import Document
from openpyxl import load_workbook

from assessment.models import Event, ReportNote

from ..town import at_step, sheet_of
from .conftest import DESK, PHONE
from .looking import too_wide

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_from_the_overview_to_the_papers(people, viewport, tmp_path):
    at_step(sheet_of("卫坡村"), "review")
    office = people("supervisor", viewport=viewport)
    office.go("/cycles/2022/")
    office.open("定期汇报")
    page = office.page
    page.wait_for_url("**/cycles/2022/report/")
    assert office.reads("提交台账")

    # This quarter.
    page.get_by_text("换一段时间").click()
    quarter = page.get_by_label("季度", exact=True)
    name = quarter.locator("option").nth(1).inner_text()
    quarter.select_option(label=name)
    office.press("看这个季度")
    page.wait_for_url("**quarter=**")
    assert name in page.locator("h1").inner_text()
    assert too_wide(page) == []

    # A few words on it.
    page.get_by_text("写一段说明").click()
    page.get_by_label("汇报说明").fill("一个村已提交，其余抓紧。")
    office.press("保存说明")
    page.wait_for_selector("text=汇报说明已保存。")
    assert name in page.locator("h1").inner_text()
    assert office.reads("一个村已提交，其余抓紧。")
    assert ReportNote.objects.get().written_by.username == "supervisor"

    _take_both(page, name, tmp_path)

    # Days that make no sense are said to, and can be chosen anew at once.
    office.go("/cycles/2022/report/?begins=2022-11-02&ends=2022-11-01")
    assert office.reads("截止日期不能早于起始日期。")
    assert page.get_by_label("起", exact=True).input_value() == "2022-11-02"


def _take_both(page, name, folder):
    for link, opened in (("下载 Word 文档", Document), ("下载 Excel 工作簿", load_workbook)):
        with page.expect_download() as caught:
            page.get_by_role("link", name=link).click()
        path = folder / caught.value.suggested_filename
        caught.value.save_as(path)
        assert name in path.name
        assert opened(path)
    assert Event.objects.filter(verb="download").count() == 2


def test_it_works_without_a_script(chromium, live_server, committed_town):
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{live_server.url}/sign-in/?next=/cycles/2022/report/")
    page.fill("input[name=username]", "supervisor")
    page.fill("input[name=password]", "a-long-test-password")
    page.locator("main button.btn-primary").click()
    page.get_by_text("写一段说明").click()
    page.get_by_label("汇报说明").fill("刚刚开始。")
    page.get_by_role("button", name="保存说明").click()
    page.wait_for_selector("text=汇报说明已保存。")
    assert "刚刚开始。" in page.inner_text("main")
    context.close()
