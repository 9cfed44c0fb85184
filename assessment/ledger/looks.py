"""What cells look like, and how a page is set up for paper."""

from dataclasses import dataclass

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, PatternFill, Protection, Side
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

from .fonts import BODY_FACE, HEADING_FACE, TITLE_FACE, Face

BODY = 10.5  # points: 五号
NORMAL = BODY_FACE.font(BODY)
THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


@dataclass(frozen=True, slots=True)
class Look:
    face: Face = BODY_FACE
    size: float = BODY
    horizontal: str = "left"
    vertical: str = "center"
    colour: str = "000000"
    boxed: bool = True
    number_format: str = "General"
    shade: str = ""
    is_locked: bool = True

    def style(self, worksheet):
        """The array of style numbers that cells of this look copy: much faster than new objects."""
        cell = Cell(worksheet, row=1, column=1)
        cell.font = self.face.font(self.size, self.colour)
        cell.alignment = Alignment(
            horizontal=self.horizontal, vertical=self.vertical, wrap_text=True
        )
        cell.number_format = self.number_format
        if self.boxed:
            cell.border = BOX
        if self.shade:
            cell.fill = PatternFill("solid", fgColor=self.shade)
        if not self.is_locked:
            cell.protection = Protection(locked=False)
        return cell._style


TITLE = Look(face=TITLE_FACE, size=18, horizontal="center", boxed=False)
HEADER = Look(face=HEADING_FACE, horizontal="center")
TEXT = Look()
SHORT = Look(horizontal="center")
# Of cells merged down: in the middle it would be cut where a page ends.
SHORT_ON_TOP = Look(horizontal="center", vertical="top")
CODE = Look(horizontal="center", number_format="@")
DATE = Look(horizontal="center", number_format='yyyy"年"m"月"d"日"')
STAR = Look(horizontal="center", colour="C00000")
UNDECIDED = Look(horizontal="center", colour="7F7F7F")
LINE = Look(boxed=False)
LINE_RIGHT = Look(horizontal="right", boxed=False)
LINE_CENTRED = Look(horizontal="center", boxed=False)


PAGE_HEIGHT = 510  # points that A4 in landscape has room for
SMALLEST = 0.62  # of their size: as small as rows are drawn rather than a few left to a second page


def pages_for(writer):
    """1 where the rows can be drawn on one page, or else 0: as many as it takes."""
    return int(writer.height * SMALLEST <= PAGE_HEIGHT)


def set_up_page(writer, header_row, first_to_move, pages_high=0):
    """The header on every page; on screen it stays, with the columns before `first_to_move`."""
    worksheet = writer.worksheet
    set_up_paper(writer, pages_high)
    worksheet.print_title_rows = f"{header_row}:{header_row}"
    worksheet.freeze_panes = worksheet.cell(header_row + 1, first_to_move).coordinate


def set_up_paper(writer, pages_high):
    """A4 landscape, one page wide, numbered; `pages_high` 0 lets it grow."""
    worksheet = writer.worksheet
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = worksheet.PAPERSIZE_A4
    worksheet.page_setup.fitToWidth = 1
    worksheet.page_setup.fitToHeight = pages_high
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.page_margins = PageMargins(0.4, 0.4, 0.5, 0.6, header=0.3, footer=0.3)
    worksheet.print_options.horizontalCentered = True
    worksheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    worksheet.oddFooter.right.text = "&A"  # a loose page says which worksheet it is of
    worksheet.print_area = writer.range_from(1)
