"""The progress report (定期汇报) as a Word document, in the town's language whatever the page's."""

from copy import deepcopy

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from ..models import report_tables, span_label
from ..rules import notice_text
from ..rules.characters import seen
from . import looks
from .paper import WIDTH
from .parts import add, describe, new_document, packed, repeat

# Millimetres of a column by what it holds; the rest is shared by those with a single number.
# A name beside words has less room than one beside numbers alone.
NAME_WIDTH, LONG_NAME_WIDTH, WORDS_WIDTH, PAIR_WIDTH = 20, 32, 19, 14
SHORT = 3  # characters of a head that stand on one line
MARGIN = 28  # twentieths of a point, left and right of the words of a cell: half a millimetre


def report_document(progress, note):
    """The bytes of the document; `note` is the ReportNote on the span, or None."""
    moment = timezone.now()
    with translation.override(settings.LANGUAGE_CODE):
        document = _new(progress, moment)
        _write_outline(document, progress)
        if note and note.text:
            _write_note(document, note)
        _write_moves(document, progress.report)
        heads = (_("三、{name}"), _("四、{name}"), _("五、{name}"))
        for head, table in zip(heads, report_tables.tables(progress.report), strict=True):
            add(document, head.format(name=table.name), looks.HEADING)
            _write_table(document, table)
        for sentence in (report_tables.note_on_arrows(), *report_tables.notes()):
            add(document, str(sentence), looks.NOTE)
    return packed(document, moment)


def _new(progress, moment):
    document = new_document(notice_text.DEMONSTRATION if progress.is_demonstration else "")
    title = _("{year}年{town}“五星”支部创建定期汇报").format(
        year=progress.cycle.year, town=progress.town
    )
    span = _("（{span}）").format(span=span_label(progress.span))
    add(document, title, looks.TITLE)
    add(document, span, looks.SUBTITLE)
    describe(document, moment, title=title + span, author=progress.town)
    return document


def _write_outline(document, progress):
    report = progress.report
    add(document, _("一、总体情况"), looks.HEADING)
    if progress.is_demonstration:
        add(document, _("演示数据，不是真实的评定。"), looks.BODY)
    if progress.last_day < progress.span.ends_on:
        day = notice_text.day_in_words(progress.last_day)
        add(document, _("这段时间还没有结束，本汇报统计到{day}。").format(day=day), looks.BODY)
    said = [
        _("{name} {value}").format(name=n, value=c.pair) for n, c in report_tables.facts(report)
    ]
    add(document, _("全镇：{facts}。").format(facts=_("；").join(said)), looks.BODY)
    said = [
        _("{level}目标 {aim} 个、已定 {fixed} 个").format(level=level, aim=aim, fixed=cell.pair)
        for level, aim, cell in report_tables.levels(report)
    ]
    add(document, _("按星级：{levels}。").format(levels=_("；").join(said)), looks.BODY)


def _write_note(document, note):
    for line in note.text.split("\n"):
        add(document, line, looks.BODY)
    day = notice_text.day_in_words(timezone.localdate(note.written_at))
    author = _("（填写人：{name}，{day}）").format(name=note.written_by, day=day)
    add(document, author, looks.NOTE)


def _write_moves(document, report):
    add(document, _("二、这段时间的进展"), looks.HEADING)
    moves = report_tables.moves(report)
    for name, count, branches in moves:
        said = _("{name} {count} 次").format(name=name, count=count)
        if branches:
            said = _("{what}：{branches}").format(what=said, branches=branches)
        add(document, _("{sentence}。").format(sentence=said), looks.BODY)
    if not moves:
        add(document, _("这段时间没有提交、办结、定星等进展。"), looks.BODY)


def _write_table(document, table):
    """Each row is a copy of one: python-docx takes ten times as long to make every cell anew."""
    grid = document.add_table(rows=2, cols=len(table.columns))
    grid.style, grid.autofit = "Table Grid", False
    widths = _widths(table.columns)
    _set_margins(grid)
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = Mm(width)
    head, pattern = grid.rows
    _set_up_row(head, widths, looks.NARROW_HEADER)
    repeat(head)
    _set_up_row(pattern, widths, looks.NARROW_TEXT)
    _fill(head._tr, [_halved(str(column.header)) for column in table.columns])
    for line in [*table.rows, table.total] if table.total else table.rows:
        row = deepcopy(pattern._tr)
        _fill(row, map(_in_little_room, line))
        grid._tbl.append(row)
    grid._tbl.remove(pattern._tr)


def _set_up_row(row, widths, style):
    row._tr.get_or_add_trPr().insert(0, OxmlElement("w:cantSplit"))
    for cell, width in zip(row.cells, widths, strict=True):
        cell.width = Mm(width)
        cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER
        [paragraph] = cell.paragraphs
        paragraph.style = style
        layout = paragraph.paragraph_format
        layout.space_before = layout.space_after = Pt(2)
        paragraph.add_run()


def _fill(row, texts):
    for cell, text in zip(row.tc_lst, texts, strict=True):
        cell.p_lst[0].r_lst[0].text = seen(text)


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
    narrow = (WIDTH.mm - sum(wide)) / wide.count(0)
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
