"""The field that takes a workbook: what it says, and every reason why it is not taken."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assessment.forms.workbook import WorkbookForm

from .books import book


def form(name="表.xlsx", content=b"", **options):
    files = {"workbook": SimpleUploadedFile(name, content)} if name else {}
    return WorkbookForm({}, files, **options)


def said(form):
    assert not form.is_valid()
    return form.errors["workbook"]


def test_it_becomes_what_the_workbook_says():
    sent = form(content=book(["村"]))
    assert sent.is_valid()
    assert sent.cleaned_data["workbook"]["表"].text(1, 1) == "村"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "文件是空的，没有收下"),
        (b"a,b\n", "这不是 Excel 工作簿"),
        (book(["村"])[:99], "工作簿打不开"),
    ],
    ids=["empty", "csv", "truncated"],
)
def test_the_reason_stands_under_the_name_of_the_file(content, reason):
    [sentence] = said(form("我的表.csv", content))
    assert sentence.startswith(f"我的表.csv：{reason}")


def test_nothing_sent():
    assert said(form(None)) == ["没有收到文件，请先选取填好的表。"]


def test_a_file_too_large_to_come_in_is_named():
    assert said(form(None, cut_off="大.xlsx")) == ["大.xlsx：文件超过 5 MB，没有收下"]


def test_it_offers_workbooks_only_and_says_how_large():
    page = form(None).as_p()
    assert 'accept=".xlsx"' in page
    assert "不超过 5 MB" in page


def test_a_town_may_set_a_lower_limit(settings):
    settings.EVIDENCE_FILE_BYTES = 2 * 2**20
    assert "不超过 2 MB" in form(None).as_p()
