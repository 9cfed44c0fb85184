"""A supervision notice (督查通报) as a Word document."""

from django.conf import settings
from django.utils import timezone
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.shared import Mm, Pt

from ..enums import NoticeState, Paragraph
from ..models import Event
from ..rules import notice_text
from ..rules.characters import seen
from . import looks
from .paper import WIDTH
from .parts import add, describe, new_document, packed, repeat

STYLE_OF = {
    Paragraph.HEADING: looks.HEADING,
    Paragraph.SUBHEADING: looks.SUBHEADING,
    Paragraph.TEXT: looks.BODY,
}
CHARACTER = Pt(looks.THREE + looks.CLOSER / 20)
# 序号, then the columns of the annex.
WIDTHS = [Mm(width) for width in (13, 17, 25, 33, 27, 19, 22)]
CENTRED = {0, 1, 5, 6}
STATES = {NoticeState.DRAFT: notice_text.DRAFT, NoticeState.WITHDRAWN: notice_text.WITHDRAWN}


def text_of(notice, annex):
    """What a notice says; `annex` as it was kept at issue, or as it would be kept now."""
    year = notice.cycle.year
    day = notice.issued_at and timezone.localdate(notice.issued_at)
    given = notice.reference or notice_text.reference(settings.NOTICE_PREFIX, year, None)
    return notice_text.NoticeText(
        issuer=notice.issuer,
        reference=given,
        title=notice.title,
        body=notice_text.body(
            notice.opening,
            done_well=notice.done_well,
            problems=notice.problems,
            requirements=notice.requirements,
        ),
        day=notice_text.day_in_words(day) if day else notice_text.day_to_come(year),
        annex=notice_text.annex_rows(annex),
        mark=_mark(notice),
    )


def _mark(notice):
    """Why the paper does not hold, where it does not."""
    is_made_up = Event.objects.holds_demonstration()
    return " ".join(
        filter(None, [notice_text.DEMONSTRATION if is_made_up else "", STATES.get(notice.state)])
    )


def notice_document(text, moment):
    """The document as bytes; `moment` is the one that it bears, so that it is always the same."""
    document = new_document(text.mark)
    about = {"title": text.title, "author": text.issuer, "subject": text.reference}
    describe(document, moment, **about, comments=text.mark)
    _head(document, text)
    for kind, words in text.body:
        add(document, words, STYLE_OF[kind])
    if text.annex:
        add(document, f"{notice_text.ANNEX}：{notice_text.ANNEX_TITLE}", looks.ENCLOSED)
    _sign(document, text)
    if text.annex:
        _annex(document, text.annex)
    return packed(document, moment)


def _head(document, text):
    """Issuer in red, number, rule, title, and to whom it goes."""
    head = add(document, text.issuer, looks.ISSUER)
    longest = int(WIDTH.pt / max(len(text.issuer), 1))
    head.runs[0].font.size = Pt(max(looks.THREE, min(36, longest)))
    looks.red_rule(add(document, text.reference, looks.REFERENCE))
    add(document, text.title, looks.TITLE)
    add(document, notice_text.RECIPIENTS, looks.RECIPIENTS)


def _sign(document, text):
    """The date four characters from the edge, and the issuer over its middle."""
    right = 4 + (_width(text.day) - _width(text.issuer)) / 2
    issuer = add(document, text.issuer, looks.SIGNATURE)
    issuer.paragraph_format.right_indent = int(max(right, 0) * CHARACTER)
    day = add(document, text.day, looks.DATE)
    day.paragraph_format.right_indent = 4 * CHARACTER


def _width(words):
    """In characters; a digit is half as wide."""
    return sum(0.5 if each.isascii() else 1 for each in words)


def _annex(document, rows):
    """On a page of its own: the list of problems, its header on every page."""
    first = add(document, notice_text.ANNEX, looks.ANNEX)
    first.paragraph_format.page_break_before = True
    add(document, notice_text.ANNEX_TITLE, looks.ANNEX_TITLE).paragraph_format.space_after = Pt(14)
    table = document.add_table(rows=0, cols=len(WIDTHS), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, WIDTHS, strict=True):
        column.width = width
    _row(table, notice_text.HEADER, lambda _column: looks.TABLE_HEADER)
    repeat(table.rows[0])
    for row in rows:
        _row(
            table,
            row,
            lambda column: looks.TABLE_CENTRED if column in CENTRED else looks.TABLE_TEXT,
        )


def _row(table, texts, style):
    for column, (cell, text) in enumerate(zip(table.add_row().cells, texts, strict=True)):
        cell.width = WIDTHS[column]
        cell.paragraphs[0].style = style(column)
        cell.paragraphs[0].text = seen(text)
