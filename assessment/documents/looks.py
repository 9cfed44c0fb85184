"""The styles of an official paper, under the names that Chinese offices give its parts."""

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Emu, Pt, RGBColor

from . import faces
from .faces import set_face
from .paper import LINE

RED = RGBColor(0xE6, 0x00, 0x12)
# 三号 二号 四号 小四 五号 小五, in points.
THREE, TWO, FOUR, SMALL_FOUR, FIVE, SMALL_FIVE = 16, 22, 14, 12, 10.5, 9
CLOSER = -5  # twentieths of a point between characters: 28 of 16 points in 156 mm
CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
LEFT, JUSTIFY = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
BLANK = LINE  # one line left free

# What the schema puts after the spacing of characters, and after a paragraph's borders.
AFTER_SPACING = ("w:w", "w:kern", "w:position", "w:sz", "w:szCs", "w:lang")
AFTER_BORDERS = ("w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:outlineLvl", "w:rPr")
# The styles' names.
ISSUER = "发文机关标志"
REFERENCE = "发文字号"
TITLE = "公文标题"
SUBTITLE = "副标题"
RECIPIENTS = "主送机关"
BODY = "公文正文"
HEADING = "一级标题"
SUBHEADING = "二级标题"
ENCLOSED = "附件说明"
SIGNATURE = "发文机关署名"
DATE = "成文日期"
ANNEX = "附件"
ANNEX_TITLE = "附件标题"
TABLE_HEADER = "表头"
TABLE_TEXT = "表格文字"
TABLE_CENTRED = "表格居中"
NARROW_HEADER = "窄表表头"
NARROW_TEXT = "窄表文字"
NOTE = "注"
PAGE_NUMBER = "页码"
MARK = "状态标记"
# Name → face, size, alignment, space before, whether it is indented by two characters.
STYLES = {
    ISSUER: (faces.TITLE, 36, CENTRE, 3 * BLANK, False),
    REFERENCE: (faces.BODY, THREE, CENTRE, 2 * BLANK, False),
    TITLE: (faces.TITLE, TWO, CENTRE, 2 * BLANK, False),
    SUBTITLE: (faces.BODY, THREE, CENTRE, 0, False),
    RECIPIENTS: (faces.BODY, THREE, LEFT, BLANK, False),
    BODY: (faces.BODY, THREE, JUSTIFY, 0, True),
    HEADING: (faces.FIRST, THREE, LEFT, 0, True),
    SUBHEADING: (faces.SECOND, THREE, LEFT, 0, True),
    ENCLOSED: (faces.BODY, THREE, LEFT, BLANK, True),
    SIGNATURE: (faces.BODY, THREE, RIGHT, 2 * BLANK, False),
    DATE: (faces.BODY, THREE, RIGHT, 0, False),
    ANNEX: (faces.FIRST, THREE, LEFT, 0, False),
    ANNEX_TITLE: (faces.TITLE, TWO, CENTRE, BLANK, False),
    TABLE_HEADER: (faces.FIRST, FIVE, CENTRE, 0, False),
    TABLE_TEXT: (faces.BODY, FIVE, LEFT, 0, False),
    TABLE_CENTRED: (faces.BODY, FIVE, CENTRE, 0, False),
    NARROW_HEADER: (faces.FIRST, SMALL_FIVE, CENTRE, 0, False),
    NARROW_TEXT: (faces.BODY, SMALL_FIVE, CENTRE, 0, False),
    NOTE: (faces.BODY, SMALL_FOUR, JUSTIFY, 0, True),
    PAGE_NUMBER: (faces.NUMBER, FOUR, LEFT, 0, False),
    MARK: (faces.FIRST, THREE, RIGHT, 0, False),
}
OFF_THE_GRID = (
    *(TABLE_HEADER, TABLE_TEXT, TABLE_CENTRED, NARROW_HEADER, NARROW_TEXT),
    *(NOTE, PAGE_NUMBER, MARK),
)
WITH_NEXT = (ISSUER, REFERENCE, TITLE, HEADING, SUBHEADING, SIGNATURE, ANNEX)


def add_styles(document):
    _defaults(document.styles["Normal"])
    for name, (face, size, alignment, before, is_indented) in STYLES.items():
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        set_face(style, face, size)
        paragraph = style.paragraph_format
        paragraph.alignment = alignment
        paragraph.space_before = before
        paragraph.keep_with_next = name in WITH_NEXT
        if is_indented:
            indent_two(style, size)
        if name in OFF_THE_GRID:
            paragraph.line_spacing = Pt(1.5 * size)
            _space_characters(style, 0)
            _leave_grid(style)
        if name in (TITLE, ANNEX_TITLE):
            # On the grid, letters as high as these would take two of its lines each.
            _leave_grid(style)
    mark = document.styles[ISSUER]
    mark.font.color.rgb = RED
    mark.paragraph_format.line_spacing = Emu(2 * LINE)


def _defaults(normal):
    set_face(normal, faces.BODY, THREE)
    _space_characters(normal, CLOSER)
    paragraph = normal.paragraph_format
    paragraph.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    paragraph.line_spacing = LINE
    paragraph.space_before = paragraph.space_after = Pt(0)
    paragraph.widow_control = False


def _space_characters(style, twentieths):
    spacing = OxmlElement("w:spacing")
    spacing.set(qn("w:val"), str(twentieths))
    style.element.get_or_add_rPr().insert_element_before(spacing, *AFTER_SPACING)


def _leave_grid(style):
    """Its lines stand closer than the grid's."""
    snap = OxmlElement("w:snapToGrid")
    snap.set(qn("w:val"), "0")
    style.element.get_or_add_pPr().insert_element_before(snap, *AFTER_BORDERS[2:])


def indent_two(style, size):
    """Two characters: counted by Word, measured by LibreOffice."""
    indent = style.element.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), "200")
    indent.set(qn("w:firstLine"), str(round(2 * (size * 20 + CLOSER))))


def red_rule(paragraph):
    """Under the number, as wide as the text."""
    properties = paragraph._p.get_or_add_pPr()
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "12"), ("space", "11"), ("color", str(RED))):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    properties.insert_element_before(borders, *AFTER_BORDERS)
