"""The faces of the town's papers in Word, and the one way to set them.

The names are those of Windows and WPS, as in its workbooks (ledger/fonts.py); where a face is
missing, Word and LibreOffice take another.
"""

from docx.oxml.ns import qn
from docx.shared import Pt

TITLE, BODY, SECOND, FIRST, NUMBER = "方正小标宋简体", "仿宋", "楷体", "黑体", "宋体"


def set_face(style, face, size):
    """The same font for Chinese and for what stands between it."""
    style.font.name = face
    style.font.size = Pt(size)
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for which in ("w:eastAsia", "w:hAnsi", "w:cs"):
        fonts.set(qn(which), face)
