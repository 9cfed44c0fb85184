"""The full ledger against openpyxl merely writing the same cells with the same styles."""

import gc
from copy import copy
from statistics import median
from time import process_time

import pytest
from openpyxl import Workbook
from openpyxl.cell import Cell

from assessment.ledger import as_bytes, contents, workbook
from assessment.models import Assessment, ItemRating

WORDS = "新装路灯{n}盏，累计投入20余万元，实现电、网、水户户通；聘请保洁员8名，垃圾日产日清。"


def written_town(cycle):
    """The loaded rows of a year in which every box has words of its own."""
    items = list(ItemRating.objects.all())
    for item in items:
        item.self_rating = item.review = "met"
        item.measures = WORDS.format(n=item.pk) * 2
        item.progress = WORDS.format(n=item.pk)
        item.self_rating_note = WORDS.format(n=item.pk)[: item.pk % 20]
        item.responsible_leader, item.responsible_person = "张某某", "李某"
        item.due_date = cycle.self_rating_due
    fields = (
        "self_rating review measures progress self_rating_note responsible_leader"
        " responsible_person due_date"
    )
    ItemRating.objects.bulk_update(items, fields.split())
    return contents.of_cycle(cycle, Assessment.objects.all(), ItemRating.objects.all())


def cells_of(book):
    """Every cell of `book`, sheet by sheet: where, what, and in which style."""
    return [
        [(cell.row, cell.column, cell.value, cell.style_id) for row in sheet for cell in row]
        for sheet in book
    ]


def styles_for(book, source):
    """Style number in `source` → the same style made in `book`."""
    styles = {}
    for cell in (cell for sheet in source for row in sheet for cell in row):
        if cell.style_id not in styles:
            prototype = Cell(book.active, row=1, column=1)
            prototype.font, prototype.border = copy(cell.font), copy(cell.border)
            prototype.alignment = copy(cell.alignment)
            prototype.number_format = cell.number_format
            styles[cell.style_id] = prototype._style
    return styles


def write_plainly(book, sheets, styles):
    for cells in sheets:
        sheet = book.create_sheet()
        for row, column, value, style in cells:
            cell = sheet.cell(row, column)
            cell._style = copy(styles[style])
            if value is not None:
                cell.value = value
    return as_bytes(book)


# Processor time: the ratio must not depend on what else the machine is doing.
@pytest.mark.benchmark(timer=process_time)
def test_full_ledger(benchmark, town):
    rows = written_town(town)
    source = workbook.write_cycle(rows)
    sheets, plain = cells_of(source), []

    def write_both():
        book = Workbook()
        styles = styles_for(book, source)
        gc.collect()
        begun = process_time()
        write_plainly(book, sheets, styles)
        plain.append(process_time() - begun)
        gc.collect()

    made = benchmark.pedantic(
        lambda: as_bytes(workbook.write_cycle(rows)), setup=write_both, rounds=7, warmup_rounds=1
    )

    ratio = benchmark.stats["median"] / median(plain)
    benchmark.extra_info["ratio_to_openpyxl"] = round(ratio, 2)
    assert len(sheets[1]) > 810 * 16
    assert made.startswith(b"PK")
