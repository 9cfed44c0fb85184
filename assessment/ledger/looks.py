"""What cells look like, and how a page is set up for paper."""

from dataclasses import dataclass

from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties

BODY = 10.5  # points: 五号
CHINESE = 134  # the character set by which a desk without the font picks another
NORMAL = Font(name="仿宋", size=BODY, charset=CHINESE)
THIN = Side(style="thin")
BOX = Border(left=THIN, right=THIN, top=THIN, bottom=THIN)


@dataclass(frozen=True, slots=True)
class Look:
    font: str = NORMAL.name
    size: float = BODY
    horizontal: str = "left"
    colour: str = "000000"
    boxed: bool = True
    number_format: str = "General"
    shade: str = ""
    is_locked: bool = True

    def style(self, worksheet):
        """The array of style numbers that cells of this look copy: much faster than new objects."""
        cell = Cell(worksheet, row=1, column=1)
        cell.font = Font(name=self.font, size=self.size, color=self.colour, charset=CHINESE)
        cell.alignment = Alignment(horizontal=self.horizontal, vertical="center", wrap_text=True)
        cell.number_format = self.number_format
        if self.boxed:
            cell.border = BOX
        if self.shade:
            cell.fill = PatternFill("solid", fgColor=self.shade)
        if not self.is_locked:
            cell.protection = Protection(locked=False)
        return cell._style


TITLE = Look(font="方正小标宋简体", size=18, horizontal="center", boxed=False)
HEADER = Look(font="黑体", horizontal="center")
TEXT = Look()
SHORT = Look(horizontal="center")
CODE = Look(horizontal="center", number_format="@")
DATE = Look(horizontal="center", number_format='yyyy"年"m"月"d"日"')
STAR = Look(horizontal="center", colour="C00000")
UNDECIDED = Look(horizontal="center", colour="7F7F7F")
LINE = Look(boxed=False)
LINE_RIGHT = Look(horizontal="right", boxed=False)


def set_up_page(writer, header_row, first_to_move, pages_high=0):
    """A4 landscape, one page wide, the header on every page; `pages_high` 0 lets it grow.

    The rows down to the header and the columns before `first_to_move` stay in sight.
    """
    worksheet = writer.worksheet
    worksheet.page_setup.orientation = "landscape"
    worksheet.page_setup.paperSize = worksheet.PAPERSIZE_A4
    worksheet.page_setup.fitToWidth = 1
    worksheet.page_setup.fitToHeight = pages_high
    worksheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    worksheet.page_margins = PageMargins(0.4, 0.4, 0.5, 0.6, header=0.3, footer=0.3)
    worksheet.print_options.horizontalCentered = True
    worksheet.oddFooter.center.text = "第 &P 页 共 &N 页"
    worksheet.print_title_rows = f"{header_row}:{header_row}"
    worksheet.print_area = writer.range_from(1)
    worksheet.freeze_panes = worksheet.cell(header_row + 1, first_to_move).coordinate
