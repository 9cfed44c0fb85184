"""The progress report (定期汇报) as a Word document, in the town's language whatever the page's."""

import re
from copy import deepcopy
from io import BytesIO

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from ..models import report_tables, span_label
from .faces import BODY, HEADING, TITLE

BODY_SIZE, TITLE_SIZE, TABLE_SIZE, NOTE_SIZE = 16, 22, 9, 12  # points
# Paper of GB/T 9704: what is left between the margins is 156 × 225 mm.
PAPER = {
    "page_width": 210,
    "page_height": 297,
    "top_margin": 37,
    "bottom_margin": 35,
    "left_margin": 28,
    "right_margin": 26,
}
WIDTH = 156
# Millimetres of a column by what it holds; the rest is shared by those with a single number.
# A name beside words has less room than one beside numbers alone.
NAME_WIDTH, LONG_NAME_WIDTH, WORDS_WIDTH, PAIR_WIDTH = 20, 32, 19, 14
SHORT = 3  # characters of a head that stand on one line
MARGIN = 28  # twentieths of a point, left and right of the words of a cell: half a millimetre
# What XML cannot hold.
ILLEGAL = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def report_document(progress, note):
    """The bytes of the document; `note` is the ReportNote on the span, or None."""
    with translation.override(settings.LANGUAGE_CODE):
        document = _new(progress)
        _write_outline(document, progress)
        if note and note.text:
            _write_note(document, note)
        _write_moves(document, progress.report)
        heads = (_("三、{name}"), _("四、{name}"), _("五、{name}"))
        for head, table in zip(heads, report_tables.tables(progress.report), strict=True):
            _heading(document, head.format(name=table.name))
            _write_table(document, table)
        for sentence in (report_tables.note_on_arrows(), *report_tables.notes()):
            _paragraph(document, sentence, size=NOTE_SIZE)
        out = BytesIO()
        document.save(out)
    return out.getvalue()


def _new(progress):
    document = Document()
    section = document.sections[0]
    for name, millimetres in PAPER.items():
        setattr(section, name, Mm(millimetres))
    _set_fonts(document.styles["Normal"], BODY, BODY_SIZE)
    title = _("{year}年{town}“五星”支部创建定期汇报").format(
        year=progress.cycle.year, town=progress.town
    )
    _centred(document, title, TITLE, TITLE_SIZE)
    _centred(document, _("（{span}）").format(span=span_label(progress.span)), BODY, BODY_SIZE)
    properties = document.core_properties
    properties.title = _clean(f"{title}（{span_label(progress.span)}）")
    properties.author = properties.last_modified_by = _clean(progress.town)
    properties.language = settings.LANGUAGE_CODE
    properties.comments = ""
    _number_pages(section)
    return document


def _write_outline(document, progress):
    report = progress.report
    _heading(document, _("一、总体情况"))
    if progress.is_demonstration:
        _paragraph(document, _("演示数据，不是真实的评定。"))
    if progress.last_day < progress.span.ends_on:
        day = _day(progress.last_day)
        _paragraph(document, _("这段时间还没有结束，本汇报统计到{day}。").format(day=day))
    said = [
        _("{name} {value}").format(name=n, value=c.pair) for n, c in report_tables.facts(report)
    ]
    _paragraph(document, _("全镇：{facts}。").format(facts=_("；").join(said)))
    said = [
        _("{level}目标 {aim} 个、已定 {fixed} 个").format(level=level, aim=aim, fixed=cell.pair)
        for level, aim, cell in report_tables.levels(report)
    ]
    _paragraph(document, _("按星级：{levels}。").format(levels=_("；").join(said)))


def _write_note(document, note):
    for line in note.text.split("\n"):
        _paragraph(document, line)
    day = _day(timezone.localdate(note.written_at))
    author = _("（填写人：{name}，{day}）").format(name=note.written_by, day=day)
    _paragraph(document, author, size=NOTE_SIZE)


def _write_moves(document, report):
    _heading(document, _("二、这段时间的进展"))
    moves = report_tables.moves(report)
    for name, count, branches in moves:
        said = _("{name} {count} 次").format(name=name, count=count)
        if branches:
            said = _("{what}：{branches}").format(what=said, branches=branches)
        _paragraph(document, _("{sentence}。").format(sentence=said))
    if not moves:
        _paragraph(document, _("这段时间没有提交、办结、定星等进展。"))


def _write_table(document, table):
    """Each row is a copy of one: python-docx takes ten times as long to make every cell anew."""
    grid = document.add_table(rows=2, cols=len(table.columns))
    grid.style, grid.autofit = "Table Grid", False
    widths = _widths(table.columns)
    _set_margins(grid)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    head, pattern = grid.rows
    _set_up_row(head, widths, HEADING)
    _flag(head._tr.get_or_add_trPr(), "w:tblHeader")
    _set_up_row(pattern, widths, BODY)
    _fill(head._tr, [_halved(str(column.header)) for column in table.columns])
    for line in [*table.rows, table.total] if table.total else table.rows:
        row = deepcopy(pattern._tr)
        _fill(row, map(_in_little_room, line))
        grid._tbl.append(row)
    grid._tbl.remove(pattern._tr)


def _set_up_row(row, widths, face):
    _flag(row._tr.get_or_add_trPr(), "w:cantSplit")
    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = Mm(width)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        [paragraph] = cell.paragraphs
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        layout = paragraph.paragraph_format
        layout.line_spacing_rule = WD_LINE_SPACING.SINGLE
        layout.space_before = layout.space_after = Pt(2)
        _set_fonts(paragraph.add_run(), face, TABLE_SIZE)


def _fill(row, texts):
    for cell, text in zip(row.tc_lst, texts, strict=True):
        cell.p_lst[0].r_lst[0].text = _clean(text)


def _halved(head):
    """A long head on two lines of the same length, rather than as it happens to break."""
    middle = (len(head) + 1) // 2
    return head if len(head) <= SHORT else f"{head[:middle]}\n{head[middle:]}"


def _in_little_room(cell):
    """Words go on a line each, numbers close to their arrow."""
    return cell.pair.replace(" → ", "→" if cell.is_number else "\n→")


def _widths(columns):
    has_words = any(column.is_words for column in columns)
    wide = [_width(column, has_words) for column in columns]
    narrow = (WIDTH - sum(wide)) / wide.count(0)
    return [width or narrow for width in wide]


def _width(column, has_words):
    if column.is_name:
        return NAME_WIDTH if has_words else LONG_NAME_WIDTH
    if column.is_words:
        return WORDS_WIDTH
    return PAIR_WIDTH if column.before else 0


def _set_margins(grid):
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        margin = OxmlElement(side)
        margin.set(qn("w:w"), str(MARGIN))
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    grid._tbl.tblPr.append(margins)


def _heading(document, text):
    paragraph = _paragraph(document, text, face=HEADING)
    paragraph.paragraph_format.keep_with_next = True


def _centred(document, text, face, size):
    paragraph = document.add_paragraph()
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.paragraph_format.space_after = Pt(size / 2)
    _set_fonts(paragraph.add_run(_clean(text)), face, size)


def _paragraph(document, text, face=BODY, size=BODY_SIZE):
    """Indented by two characters, at the line distance of an official paper."""
    paragraph = document.add_paragraph()
    layout = paragraph.paragraph_format
    layout.first_line_indent = Pt(2 * size)
    layout.line_spacing = Pt(size * 1.8)
    layout.space_after = Pt(0)
    _set_fonts(paragraph.add_run(_clean(text)), face, size)
    return paragraph


def _set_fonts(styled, face, size):
    """Chinese characters go by a font of their own, which python-docx leaves as it was."""
    styled.font.name, styled.font.size = face, Pt(size)
    styled.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def _flag(properties, name):
    properties.append(OxmlElement(name))


def _number_pages(section):
    paragraph = section.footer.paragraphs[0]
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.add_run(" —")


def _day(day):
    return _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)


def _clean(text):
    return ILLEGAL.sub("", str(text))
