"""A table on a worksheet: for print with what stands above and below it, for filtering alone."""

from .cells import Writer
from .looks import TEXT, pages_for, set_up_page
from .measure import widened
from .notes import notes_on_every_sheet


def write_table(
    worksheet,
    contents,
    columns,
    records,
    *,
    first_to_move,
    head,
    foot=None,
    spare=(),
    pages_high=None,
):
    """`head(writer)` writes the rows above, `foot(writer, header_row)` those below, for print.

    `spare` are the widths of columns beyond the table's; `pages_high` is for who knows better.
    """
    grid = [[column.value(record) for column in columns] for record in records]
    writer = Writer(worksheet, [*_widths(columns, grid), *spare])
    if contents.choices.is_for_filtering:
        writer.put_table(1, columns, grid)
        worksheet.auto_filter.ref = writer.range_from(1)
        header_row = 1
    else:
        head(writer)
        header_row = writer.last_row + 1
        writer.put_table(header_row, columns, grid)
        if foot:
            foot(writer, header_row)
        writer.add_lines(notes_on_every_sheet(contents))
    pages_high = pages_for(writer) if pages_high is None else pages_high
    set_up_page(writer, header_row, first_to_move, pages_high)


def _widths(columns, grid):
    """Wide enough for the longest words."""
    return [
        widened(column.width, {row[place] for row in grid if isinstance(row[place], str)})
        if column.look is TEXT
        else column.width
        for place, column in enumerate(columns)
    ]
