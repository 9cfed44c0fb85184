"""One star: every branch's marks on the items of a category, and what becomes of the star."""

from django.utils.translation import gettext as _

from .columns import STAR_COUNTED, star_columns
from .looks import HEADER, SHORT, TITLE
from .notes import notes_on_counting, notes_on_star
from .table import write_table

NAMED = 2  # the columns that say which branch


def write_star(worksheet, contents):
    [category] = contents.categories
    records = contents.star_rows()
    columns = star_columns(contents, records)

    def head(writer):
        title = _("{year}年{town}“五星”支部创建：{star}")
        town = contents.names.town
        shown = title.format(year=contents.cycle.year, town=town, star=category.name)
        writer.put_line(1, shown, TITLE)

    def foot(writer, _header_row):
        _write_counts(writer, columns, records)
        writer.add_lines([*notes_on_star(), *notes_on_counting()])

    write_table(
        worksheet, contents, columns, records, first_to_move=NAMED + 1, head=head, foot=foot
    )


def _write_counts(writer, columns, records):
    """How many branches meet each item, and how many have the star at each step."""
    row = writer.last_row + 1
    writer.put(row, 1, _("合计（支部数）"), HEADER, to_column=NAMED)
    counted = [str(word) for word in STAR_COUNTED]
    for number, column in enumerate(columns[NAMED:], start=NAMED + 1):
        count = None
        if column.is_counted:
            count = sum(column.value(record) in counted for record in records)
        writer.put(row, number, count, SHORT)
