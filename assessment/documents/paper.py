"""The page of an official paper: GB/T 9704-2012, A4, 22 lines of 28 characters.

The grid holds lines alone (`type="lines"`): with `linesAndChars` LibreOffice loses characters, so
28 to a line come from the spacing of the characters instead (looks.py).
"""

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt

PAGE = (Mm(210), Mm(297))
TOP, LEFT = Mm(37), Mm(28)
WIDTH, HEIGHT = Mm(156), Mm(225)
LINES, CHARACTERS = 22, 28
LINE = Pt(28.95)
LINE_PITCH = 579  # twentieths of a point, as the grid counts
# The page's number stands 7 mm under the text; what is left below it, its own height taken off.
BELOW_NUMBER = Mm(23)
ABOVE_MARK = Mm(25)


def lay_out(section):
    section.page_width, section.page_height = PAGE
    section.top_margin, section.left_margin = TOP, LEFT
    section.right_margin = PAGE[0] - LEFT - WIDTH
    section.bottom_margin = PAGE[1] - TOP - HEIGHT
    section.header_distance, section.footer_distance = ABOVE_MARK, BELOW_NUMBER
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(LINE_PITCH))
    section._sectPr.append(grid)
