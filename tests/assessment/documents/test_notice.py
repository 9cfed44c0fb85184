"""A notice as a Word document, read back: its words in order, its styles, its page."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Pt

from assessment import workflow
from assessment.documents import notice_document, text_of
from assessment.enums import Verb
from assessment.models import Notice
from assessment.rules.notice_text import NoticeText, annex_rows, body
from tests.town import finding_on, notice_about, person

MOMENT = datetime(2022, 11, 30, 2, tzinfo=UTC)
ROW = {
    "branch": "卫坡村",
    "item": "生态宜居 3 · 资源化利用",
    "problem": "沟边有秸秆堆放",
    "requirement": "清理离田",
    "department": "农业服务中心",
    "due_date": "2022-11-20",
}


def text(**changed):
    facts = {
        "issuer": "中共朝阳镇委员会",
        "reference": "朝督〔2022〕3号",
        "title": "关于秸秆禁烧督查情况的通报",
        "body": body("近日联查。", done_well="路灯全亮。", problems="（一）卫坡村\n1. 有秸秆。"),
        "day": "2022年11月30日",
        "annex": annex_rows([ROW, ROW]),
    }
    return NoticeText(**(facts | changed))


def read(**changed):
    return Document(BytesIO(notice_document(text(**changed), MOMENT)))


def lines(document):
    return [(each.style.name, each.text) for each in document.paragraphs]


def test_its_parts_stand_in_order_each_in_its_style():
    assert lines(read()) == [
        ("发文机关标志", "中共朝阳镇委员会"),
        ("发文字号", "朝督〔2022〕3号"),
        ("公文标题", "关于秸秆禁烧督查情况的通报"),
        ("主送机关", "各村（社区）党支部，各有关部门："),
        ("公文正文", "近日联查。"),
        ("一级标题", "一、好的做法"),
        ("公文正文", "路灯全亮。"),
        ("一级标题", "二、存在问题"),
        ("二级标题", "（一）卫坡村"),
        ("公文正文", "1. 有秸秆。"),
        ("附件说明", "附件：问题清单"),
        ("发文机关署名", "中共朝阳镇委员会"),
        ("成文日期", "2022年11月30日"),
        ("附件", "附件"),
        ("附件标题", "问题清单"),
    ]


def test_the_annex_is_a_table_whose_header_is_repeated():
    [table] = read().tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["序号", "支部", "任务项", "存在问题", "整改要求", "责任部门", "整改期限"]
    assert rows[2] == ["2", *list(ROW.values())[:5], "2022年11月20日"]
    assert [row._tr.trPr is not None for row in table.rows] == [True, False, False]
    assert sum(column.width.mm for column in table.columns) == pytest.approx(156, abs=0.1)


def test_without_problems_there_is_no_annex():
    document = read(annex=())
    assert document.tables == []
    assert "附件" not in "".join(words for _, words in lines(document))


def test_the_page():
    [section] = read().sections
    sides = ("page_width", "page_height", "top_margin", "bottom_margin", "left_margin")
    asked = [210, 297, 37, 35, 28, 26]
    found = [getattr(section, side).mm for side in (*sides, "right_margin")]
    assert found == pytest.approx(asked, abs=0.02)  # Word counts in twentieths of a point
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


@pytest.mark.parametrize(
    ("style", "face", "size"),
    [
        ("发文机关标志", "方正小标宋简体", 36),
        ("发文字号", "仿宋", 16),
        ("公文标题", "方正小标宋简体", 22),
        ("公文正文", "仿宋", 16),
        ("一级标题", "黑体", 16),
        ("二级标题", "楷体", 16),
        ("附件", "黑体", 16),
        ("页码", "宋体", 14),
    ],
)
def test_faces_and_sizes(style, face, size):
    made = read().styles[style]
    fonts = made.element.rPr.rFonts
    faces = {fonts.get(qn(f"w:{which}")) for which in ("ascii", "hAnsi", "eastAsia", "cs")}
    assert (faces, made.font.size) == ({face}, Pt(size))


def test_the_body_is_set_on_22_lines_of_28_characters():
    styles = read().styles
    normal = styles["Normal"]
    assert normal.paragraph_format.line_spacing == Pt(28.95)
    assert normal.element.rPr.find(qn("w:spacing")).get(qn("w:val")) == "-5"
    for name in ("公文正文", "一级标题", "二级标题", "附件说明"):
        indent = styles[name].element.pPr.ind
        assert indent.get(qn("w:firstLineChars")) == "200"
        assert indent.get(qn("w:firstLine")) == "630"


@pytest.mark.parametrize("name", ["公文标题", "附件标题", "表格文字"])
def test_what_is_higher_or_lower_than_a_line_leaves_the_grid(name):
    snap = read().styles[name].element.pPr.find(qn("w:snapToGrid"))
    assert snap.get(qn("w:val")) == "0"


def test_the_issuer_is_red_and_a_rule_stands_under_the_number():
    document = read()
    assert str(document.styles["发文机关标志"].font.color.rgb) == "E60012"
    rule = document.paragraphs[1]._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert rule.get(qn("w:color")) == "E60012"


@pytest.mark.parametrize(("issuer", "size"), [("镇党委", 36), ("机" * 20, 22), ("机" * 50, 16)])
def test_a_long_issuer_is_set_smaller(issuer, size):
    assert read(issuer=issuer).paragraphs[0].runs[0].font.size == Pt(size)


def test_page_numbers_stand_outside():
    document = read()
    assert document.settings.odd_and_even_pages_header_footer
    [section] = document.sections
    for footer, side in ((section.footer, 2), (section.even_page_footer, 0)):
        [paragraph] = footer.paragraphs
        assert paragraph.paragraph_format.alignment == side
        assert paragraph._p.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"
        assert paragraph.text.split() == ["—", "—"]


@pytest.mark.parametrize("mark", ["", "草稿", "已撤回"])
def test_what_does_not_hold_says_so_on_every_page(mark):
    [section] = read(mark=mark).sections
    assert section.header.paragraphs[0].text == mark
    assert section.even_page_header.paragraphs[0].text == mark


def test_what_no_document_holds_is_left_out():
    hostile = "甲\x07乙\x00\n丙\ud800"
    row = dict.fromkeys(ROW, hostile) | {"due_date": "2022-11-20"}
    document = read(title=hostile, issuer=hostile, annex=annex_rows([row]))
    assert document.paragraphs[2].text == "甲乙丙"
    assert document.tables[0].rows[1].cells[3].text == "甲乙\n丙"
    assert document.core_properties.title == "甲乙\n丙"


def test_the_same_notice_makes_the_same_bytes_which_bear_its_moment(time_machine):
    first = notice_document(text(), MOMENT)
    time_machine.move_to("2031-05-05")
    assert notice_document(text(), MOMENT) == first
    stamps = {member.date_time for member in ZipFile(BytesIO(first)).infolist()}
    assert stamps == {(2022, 11, 30, 10, 0, 0)}
    about = Document(BytesIO(first)).core_properties
    assert (about.author, about.title) == ("中共朝阳镇委员会", "关于秸秆禁烧督查情况的通报")
    assert about.created.replace(tzinfo=UTC) == MOMENT


def test_of_a_notice_in_each_state(sheet, supervisor):
    notice = notice_about(finding_on(sheet))
    said = text_of(notice, workflow.annex_of(notice))
    assert (said.mark, said.reference, said.day) == ("草稿", "朝督〔2022〕　号", "2022年　月　日")
    assert said.annex[0][:3] == ("1", "卫坡村", "生态宜居 3 · 资源化利用")
    workflow.issue_notice(notice, by=supervisor)
    notice = Notice.objects.get()
    said = text_of(notice, notice.annex)
    assert (said.mark, said.reference) == ("", "朝督〔2022〕1号")
    workflow.withdraw_notice(notice, "有误", by=person("supervisor"))
    notice = Notice.objects.get()
    assert text_of(notice, notice.annex).mark == "已撤回"


@pytest.mark.parametrize(("is_issued", "mark"), [(False, "演示数据 草稿"), (True, "演示数据")])
def test_in_a_demonstration_every_notice_says_so(sheet, supervisor, is_issued, mark):
    workflow.keep(Verb.DEMONSTRATE, None, sheet.cycle)
    notice = notice_about(finding_on(sheet))
    if is_issued:
        workflow.issue_notice(notice, by=supervisor)
    assert text_of(Notice.objects.get(), []).mark == mark


def test_the_day_is_the_towns(sheet, supervisor, time_machine):
    """Half past midnight there is still the day before in Greenwich."""
    time_machine.move_to("2022-12-01T00:30+08:00", tick=False)
    notice = notice_about(finding_on(sheet))
    workflow.issue_notice(notice, by=supervisor)
    assert text_of(Notice.objects.get(), []).day == "2022年12月1日"
