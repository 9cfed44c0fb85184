"""Choosing and downloading the ledger in a real browser, with a script and without."""

from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from assessment.models import Event

from ..town import PASSWORD
from .conftest import PHONE

pytestmark = pytest.mark.django_db(transaction=True)

WORKBOOK, ZIP = "下载 Excel 工作簿", "每个支部一个文件，打包下载"


def taken(page, button, folder):
    """The file that a button downloads."""
    with page.expect_download() as caught:
        page.get_by_role("button", name=button, exact=True).click()
    path = folder / caught.value.suggested_filename
    caught.value.save_as(path)
    return path


def test_a_supervisor_chooses_and_is_told_that_it_is_being_made(people, tmp_path):
    supervisor = people("supervisor", viewport=PHONE)
    supervisor.go("/cycles/2022/ledger/")
    page = supervisor.page
    page.get_by_label("范围").select_option(label="生态宜居")
    page.get_by_label("筛选统计").check()
    page.get_by_label("不写").check()

    path = taken(page, WORKBOOK, tmp_path)

    assert path.name == "2022年朝阳镇“五星”支部创建工作台账（生态宜居）（供筛选、不含意见）.xlsx"
    assert load_workbook(path).sheetnames == ["生态宜居", "工作台账", "说明"]
    busy = page.get_by_role("button", name="正在生成…")
    assert busy.is_disabled()
    assert page.get_by_role("status").inner_text() == "正在生成…"
    # The page stays; when the file is long there, it can be asked for again.
    again = page.get_by_role("button", name=WORKBOOK, exact=True)
    again.wait_for(timeout=10_000)
    assert again.is_enabled()
    assert page.get_by_role("status").inner_text() == ""

    archive = taken(page, ZIP, tmp_path)
    assert len(ZipFile(archive).namelist()) == 27
    assert Event.objects.filter(verb="download").count() == 2


def test_it_works_without_a_script(chromium, live_server, committed_town, tmp_path):
    context = chromium.new_context(java_script_enabled=False, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{live_server.url}/sign-in/?next=/cycles/2022/ledger/")
    page.fill("input[name=username]", "liaison")
    page.fill("input[name=password]", PASSWORD)
    page.locator("main button.btn-primary").click()
    page.get_by_label("再附上各支部的台账").check()
    book = load_workbook(taken(page, WORKBOOK, tmp_path))
    assert book.sheetnames[-3:] == ["石沟村", "游王村", "闫凹村"]
    names = ZipFile(taken(page, ZIP, tmp_path)).namelist()
    assert len(names) == 3
    assert all(name.endswith("工作台账.xlsx") for name in names)
    context.close()
