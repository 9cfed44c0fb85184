"""The progress report (定期汇报) as a workbook: an outline, then a worksheet a table."""

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from ..models import report_tables, span_label
from .cells import Writer
from .columns import Column
from .looks import HEADER, SHORT, TEXT, TITLE, pages_for, set_up_page, set_up_paper
from .names import day_in_words, free_title, safe_file_name
from .workbook import new_workbook

OUTLINE = (20, 12, 12, 12, 64)
# By what a column holds: the name that a row goes by, one of both ends of the days, or a number.
NAME, END, NUMBER = 20, 12.5, 9.5


def report_title(progress):
    return _("{year}年{town}“五星”支部创建定期汇报（{span}）").format(
        year=progress.cycle.year, town=progress.town, span=span_label(progress.span)
    )


def report_name(progress, suffix):
    """The name of its file, in the town's language."""
    with translation.override(settings.LANGUAGE_CODE):
        return safe_file_name(report_title(progress), suffix)


def report_workbook(progress, note):
    """`note` is the ReportNote on the span, or None."""
    with translation.override(settings.LANGUAGE_CODE):
        workbook = new_workbook(report_title(progress))
        workbook.active.title = _("概况")
        _write_outline(workbook.active, progress, note)
        for table in report_tables.tables(progress.report):
            title = free_title(table.name, workbook.sheetnames)
            _write_table(workbook.create_sheet(title), progress, table)
    return workbook


def _write_outline(worksheet, progress, note):
    writer, report = Writer(worksheet, OUTLINE), progress.report
    writer.put_line(1, report_title(progress), TITLE)
    writer.add_lines([*_warnings(progress), _until(progress)])
    if note and note.text:
        writer.add_lines([_("汇报说明：{text}").format(text=note.text), _author(note)])
    rows = [(name, cell.before, cell.value) for name, cell in report_tables.facts(report)]
    _put_rows(writer, (_("全镇"), _("开始时"), _("结束时")), rows)
    rows = [
        (name, aim, cell.before, cell.value) for name, aim, cell in report_tables.levels(report)
    ]
    _put_rows(writer, (_("星级"), _("创建目标"), *_ends(_("已定"))), rows)
    rows = report_tables.moves(report)
    if rows:
        _put_rows(writer, (_("这段时间"), _("次数"), _("支部")), rows, is_last_wide=True)
    else:
        writer.add_lines([_("这段时间没有提交、办结、定星等进展。")])
    writer.add_lines(report_tables.notes())
    set_up_paper(writer, pages_for(writer))


def _put_rows(writer, heads, rows, *, is_last_wide=False):
    """A small table below what is written, with an empty row between."""
    first, wide = writer.last_row + 2, len(heads) if is_last_wide else None
    for row, values in enumerate([heads, *rows], start=first):
        for column, value in enumerate(values, start=1):
            look = HEADER if row == first or column == 1 else TEXT if column == wide else SHORT
            writer.put(row, column, value, look, to_column=len(OUTLINE) if column == wide else None)


def _ends(name):
    """The heads of two columns that tell both ends of the days."""
    heads = (_("{name}\n（开始时）"), _("{name}\n（结束时）"))
    return [head.format(name=name) for head in heads]


def _warnings(progress):
    if progress.is_demonstration:
        yield _("演示数据，不是真实的评定。")


def _until(progress):
    first, last = (day_in_words(day) for day in (progress.span.begins_on, progress.span.ends_on))
    words = _("起止：{first}至{last}").format(first=first, last=last)
    if progress.last_day < progress.span.ends_on:
        words += _("（统计到{day}）").format(day=day_in_words(progress.last_day))
    return words


def _author(note):
    day = day_in_words(timezone.localdate(note.written_at))
    return _("填写人：{name}，{day}").format(name=note.written_by, day=day)


def _write_table(worksheet, progress, table):
    columns = [column for each in table.columns for column in _columns(each)]
    grid = [_values(row) for row in table.rows]
    writer = Writer(worksheet, [column.width for column in columns])
    writer.put_line(1, f"{report_title(progress)} · {table.name}", TITLE)
    writer.add_lines(_warnings(progress))
    header_row = writer.last_row + 1
    writer.put_table(header_row, columns, grid)
    if table.total:
        row = writer.last_row + 1
        for column, value in enumerate(_values(table.total), start=1):
            writer.put(row, column, value, HEADER)
    writer.add_lines(report_tables.notes())
    set_up_page(writer, header_row, 2, pages_for(writer))


def _values(cells):
    return [
        value
        for cell in cells
        for value in ((cell.before, cell.value) if cell.has_before else (cell.value,))
    ]


def _columns(column):
    """Two where both ends of the span are told."""
    if column.before:
        return [Column(head, END, SHORT, None) for head in _ends(column.header)]
    return [Column(column.header, NAME if column.is_name else NUMBER, SHORT, None)]
