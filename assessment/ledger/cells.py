"""Writes cells: text stays text, and no row is too low for it."""

import re
from copy import copy
from dataclasses import replace

from django.utils.translation import gettext as _
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.cell_range import CellRange

from ..rules.characters import seen
from .looks import HEADER, LINE
from .measure import ONE_LINE, fit

LONGEST = 32_767  # characters, as Excel counts them: UTF-16 units
# Excel would take these for a sign that it had written out.
ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
# Excel would take these for the beginning of a formula.
FORMULA_SIGNS = ("=", "+", "-", "@")


class TextTooLong(ValueError):
    """A text that Excel would cut without a word; `place` says where it was to go."""

    def __init__(self, place, length):
        self.place = place
        super().__init__(
            _("{place}有 {length} 字，超过 Excel 一格 {limit} 字的上限，没有写出。").format(
                place=place, length=length, limit=LONGEST
            )
        )


def excel_length(text):
    return len(text) if len(text) <= LONGEST // 2 else len(text.encode("utf-16-le")) // 2


class Writer:
    """Writes one worksheet whose columns have `widths`, the last `hidden` of them out of sight."""

    def __init__(self, worksheet, widths, hidden=0):
        self.worksheet = worksheet
        self.widths = widths
        self.seen = len(widths) - hidden
        self.last_row = 0
        self._styles = {}
        self._fitted = {}
        self._heights = {}
        for column, width in enumerate(widths, start=1):
            worksheet.column_dimensions[get_column_letter(column)].width = width

    def put(self, row, column, value, look, *, to_column=None):
        """Write one cell, merged up to `to_column`, and make its row tall enough.

        Nothing and empty text leave the cell empty.
        """
        width = sum(self.widths[column - 1 : to_column or column])
        self._put(row, column, value, look, self._style(look), width)
        self.last_row = max(self.last_row, row)
        if to_column:
            self._merge(row, row, column, to_column, look)

    @property
    def height(self):
        """Points that all rows take."""
        return sum(self._heights.get(row, ONE_LINE) for row in range(1, self.last_row + 1))

    def put_table(self, header_row, columns, grid):
        """A header row and, below it, the rows of values in `grid`."""
        for number, column in enumerate(columns, start=1):
            self.put(header_row, number, str(column.header), HEADER)
        looks = [column.look for column in columns]
        styles = [self._style(look) for look in looks]
        numbers = range(1, len(columns) + 1)
        widths = self.widths[: len(columns)]
        for row, values in enumerate(grid, start=header_row + 1):
            for cell in zip(numbers, values, looks, styles, widths, strict=True):
                self._put(row, *cell)
        self.last_row = header_row + len(grid)
        for number, column in enumerate(columns, start=1):
            if column.look_of:
                self._dress(number, header_row + 1, grid, column.look_of)

    def merge_down(self, column, first_row, last_row, look):
        """Merge cells of a table that say the same; the uppermost says it for all."""
        self.worksheet.cell(first_row, column)._style = copy(self._style(look))
        self._merge(first_row, last_row, column, column, look)

    def put_line(self, row, text, look=LINE):
        """A line across all that is seen of the sheet: what is hidden gives it no room."""
        self.put(row, 1, text, look, to_column=self.seen)

    def add_lines(self, texts):
        """Lines across the whole sheet, below all that is written."""
        for text in texts:
            self.put_line(self.last_row + 1, text)

    def range_from(self, row):
        """All that is written from `row` on, as Excel names a range."""
        return f"A{row}:{get_column_letter(len(self.widths))}{self.last_row}"

    def _merge(self, first_row, last_row, first_column, last_column, look):
        """openpyxl's own way draws every edge anew, which takes a third of a small workbook's time.

        One cell alone is left as it is: Excel calls a file broken where one is merged with itself.
        """
        if (first_row, first_column) != (last_row, last_column):
            area = CellRange(None, first_column, first_row, last_column, last_row)
            self.worksheet.merged_cells.add(area)
        for row in range(first_row, last_row + 1):
            for column in range(first_column, last_column + 1):
                if (row, column) != (first_row, first_column):
                    cell = self.worksheet.cell(row, column)
                    cell._style = copy(self._style(look))
                    cell._value, cell.data_type = None, "n"

    def _dress(self, column, first_row, grid, look_of):
        for row, values in enumerate(grid, start=first_row):
            style = self._style(look_of(values[column - 1]))
            self.worksheet.cell(row, column)._style = copy(style)

    def _put(self, row, column, value, look, style, width):
        cell = self.worksheet.cell(row, column)
        cell._style = copy(style)
        if isinstance(value, str):
            if value:
                self._write_text(cell, value, look, width)
        elif value is not None:
            cell.value = value

    def _write_text(self, cell, value, look, width):
        fitted = self._fitted.get((value, width, look.size))
        if fitted is None:
            fitted = self._fitted[value, width, look.size] = self._fit(cell, value, look, width)
        text, size, points = fitted
        if not text:
            return
        # Set past `cell.value`, which would take some texts for formulas or errors.
        cell._value, cell.data_type = text, "s"
        if size != look.size:
            cell._style = copy(self._style(replace(look, size=size)))
        if text.startswith(FORMULA_SIGNS):
            cell.quotePrefix = True
        if points > self._heights.get(cell.row, 0):
            self._heights[cell.row] = points
            self.worksheet.row_dimensions[cell.row].height = points

    def _fit(self, cell, value, look, width):
        """The text to write, its size, and the height it takes."""
        text = seen(value)
        length = excel_length(text)
        if length > LONGEST:
            raise TextTooLong(f"{self.worksheet.title}!{cell.coordinate}", length)
        return ESCAPE.sub("_x005F_", text), *fit(text, width, look.size)

    def _style(self, look):
        if look not in self._styles:
            self._styles[look] = look.style(self.worksheet)
        return self._styles[look]
