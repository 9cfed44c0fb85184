"""The report in Word: read back against the report, and measured on paper."""

from datetime import UTC, datetime
from io import BytesIO
from xml.etree import ElementTree

import pytest
from django.utils import translation
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Length

from assessment import workflow
from assessment.documents import report_document
from assessment.models import progress_in, report_tables
from assessment.rules.spans import month_named
from tests.assessment.ledger.test_printing import PAGE, WORD, page_sizes, pages, pytestmark, run

from .conftest import TODAY

A4_PORTRAIT = "595.3"
POINTS = 72 / 25.4  # a millimetre in points
needs_libreoffice = pytestmark
del pytestmark


def read_back(progress, note=None):
    return Document(BytesIO(report_document(progress, note)))


def lines(document):
    return [paragraph.text for paragraph in document.paragraphs]


def test_its_paper_and_its_fonts(progress):
    document = read_back(progress)
    section = document.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    text = Length(section.page_width - section.left_margin - section.right_margin)
    assert round(text.mm) == 156
    assert round(section.top_margin.mm) == 37
    faces = {
        paragraph.text: paragraph.style.element.rPr.rFonts.get(qn("w:eastAsia"))
        for paragraph in document.paragraphs
    }
    assert faces["2022年朝阳镇“五星”支部创建定期汇报"] == "方正小标宋简体"
    assert faces["一、总体情况"] == "黑体"
    assert faces["登记部门联查 2 次。"] == "仿宋"
    assert document.core_properties.title == "2022年朝阳镇“五星”支部创建定期汇报（2022年11月）"
    assert document.core_properties.author == "朝阳镇"


def test_what_it_says(progress, note):
    said = lines(read_back(progress, note))
    assert said[:2] == ["2022年朝阳镇“五星”支部创建定期汇报", "（2022年11月）"]
    assert "这段时间还没有结束，本汇报统计到2022年11月15日。" in said
    facts = "；".join(f"{name} {cell.pair}" for name, cell in report_tables.facts(progress.report))
    assert f"全镇：{facts}。" in said
    assert any(line.startswith("提交台账 3 次：") and "卫坡村" in line for line in said)
    at = said.index("=1+1 不是公式。")
    assert said[at + 1 : at + 3] == [
        "第二段：三个部门还没有办结。",
        "（填写人：supervisor，2022年11月15日）",
    ]
    headings = ["一、总体情况", "二、这段时间的进展", "三、按支部", "四、按类别", "五、按部门"]
    assert [line for line in said if line[1:2] == "、"] == headings
    assert said[-4:] == list(report_tables.notes())
    assert said[-5] == report_tables.note_on_arrows()


def test_its_tables_are_the_reports(progress):
    document = read_back(progress)
    expected = report_tables.tables(progress.report)
    assert len(document.tables) == len(expected) == 3
    for grid, table in zip(document.tables, expected, strict=True):
        texts = [[cell.text for cell in row.cells] for row in grid.rows]
        heads = [str(column.header) for column in table.columns]
        assert [text.replace("\n", "") for text in texts[0]] == heads
        told = [[cell.pair.replace(" ", "") for cell in row] for row in (*table.rows, table.total)]
        assert [[text.replace("\n", "") for text in row] for row in texts[1:]] == told
        # The heads come again on every page, and no row is torn.
        assert grid.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in grid.rows)
        assert round(sum(column.width.mm for column in grid.columns)) == 156


def test_a_month_in_which_nothing_moved(quiet):
    said = lines(read_back(quiet))
    assert "这段时间没有提交、办结、定星等进展。" in said
    assert not any("统计到" in line or "填写人" in line for line in said)


def test_a_note_that_was_emptied_is_not_there(progress, note):
    note.text = ""
    assert not any("填写人" in line for line in lines(read_back(progress, note)))


def test_a_demonstration_says_so(november):
    workflow.keep("demonstrate", None, november)
    progress = progress_in(november, month_named("2022-11"), TODAY)
    document = read_back(progress)
    assert "演示数据，不是真实的评定。" in lines(document)
    [section] = document.sections
    assert section.header.paragraphs[0].text == "演示数据"
    assert section.even_page_header.paragraphs[0].text == "演示数据"


def test_what_no_document_holds_is_left_out(progress, note):
    note.text = "甲\x07乙\x00\r\n丙\ud800"
    said = lines(read_back(progress, note))
    assert said[said.index("甲乙") + 1] == "丙"


def test_it_bears_the_moment_it_was_made(progress, time_machine):
    time_machine.move_to("2022-12-01T00:30+08:00", tick=False)
    about = read_back(progress).core_properties
    assert about.created == about.modified == datetime(2022, 11, 30, 16, 30, tzinfo=UTC)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_it_is_in_chinese_whatever_the_page_is_in(progress, language):
    with translation.override(language):
        assert "一、总体情况" in lines(read_back(progress))


@needs_libreoffice
def test_on_paper(progress, note, printed):
    pdf = printed(report_document(progress, note), ".docx")
    assert all(size.startswith(A4_PORTRAIT) for size in page_sizes(pdf))
    texts = pages(pdf)
    assert 3 <= len(texts) <= 6
    for number, text in enumerate(texts, start=1):
        assert f"—{number}—" in text.replace(" ", "")
    tree = ElementTree.fromstring(run("pdftotext", "-bbox", str(pdf), "-"))
    for page in tree.iter(PAGE):
        for word in page.iter(WORD):
            # Nothing runs out of the 156 mm between the margins; a hair for a font that stands in.
            assert float(word.get("xMin")) > 27.5 * POINTS, word.text
            assert float(word.get("xMax")) < 184.6 * POINTS, word.text
    # A table that goes on has its heads again.
    of_branches = [text for text in texts if any(n in text for n in ("朝阳社区", "煤窑新村"))]
    assert of_branches
    for text in texts:
        if "→部门瞄星" in text or "合计" in text:
            assert "退回" in text
