"""What every official paper is put together from: paragraphs, cells, numbers of pages, a packet."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.utils import timezone
from docx import Document
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Pt

from ..rules.characters import seen
from . import looks
from .paper import lay_out


def new_document(mark=""):
    """An empty paper; `mark` says at the head of every page what the paper is not."""
    document = Document()
    looks.add_styles(document)
    lay_out(document.sections[0])
    _edges(document, mark)
    return document


def add(place, words, style):
    """One paragraph, whatever line ends `words` have."""
    return place.add_paragraph(seen(words).replace("\n", ""), style=style)


def repeat(row):
    """A header that stands on every page."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def describe(document, moment, *, title, author, subject="", comments=""):
    about = document.core_properties
    about.title, about.author, about.last_modified_by = seen(title), seen(author), ""
    about.subject, about.comments = seen(subject), comments
    about.created = about.modified = moment.replace(tzinfo=None)
    about.revision, about.language = 1, "zh-CN"


def packed(document, moment):
    """Each member bears the document's moment, where Python would put the time of packing."""
    plain, packet = BytesIO(), BytesIO()
    document.save(plain)
    stamp = timezone.localtime(moment).timetuple()[:6]
    with ZipFile(plain) as source, ZipFile(packet, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            member = ZipInfo(name, stamp)
            member.compress_type = ZIP_DEFLATED
            target.writestr(member, source.read(name))
    return packet.getvalue()


def _edges(document, mark):
    """At the foot the page's number, outside; at the head the mark."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    edges = ((section.header, section.footer), (section.even_page_header, section.even_page_footer))
    for (header, footer), is_odd in zip(edges, (True, False), strict=True):
        header.is_linked_to_previous = footer.is_linked_to_previous = False
        header.paragraphs[0].style = looks.MARK
        if mark:
            header.paragraphs[0].add_run(mark).font.color.rgb = looks.RED
        _number(footer.paragraphs[0], is_odd)


def _number(paragraph, is_odd):
    paragraph.style = looks.PAGE_NUMBER
    outside = paragraph.paragraph_format
    outside.alignment = looks.RIGHT if is_odd else looks.LEFT
    if is_odd:
        outside.right_indent = Pt(14)
    else:
        outside.left_indent = Pt(14)
    paragraph.add_run("— ")
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)
    paragraph.add_run(" —")
