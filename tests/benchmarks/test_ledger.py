"""The ledger, and the zip of it, against openpyxl merely writing the same cells and styles."""

import gc
from copy import copy
from io import BytesIO
from statistics import median
from time import process_time
from zipfile import ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.cell import Cell

from assessment.ledger import as_bytes, contents_of, write, zipped
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
    return contents_of(cycle, Assessment.objects.all(), ItemRating.objects.all())


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


def write_plainly(sheets, source):
    """The bytes of a workbook of the same cells, written without any thought."""
    book = Workbook()
    styles = styles_for(book, source)
    book.remove(book.active)
    for cells in sheets:
        sheet = book.create_sheet()
        for row, column, value, style in cells:
            cell = sheet.cell(row, column)
            cell._style = copy(styles[style])
            if value is not None:
                cell.value = value
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def zip_plainly(books):
    """The same a branch, in a zip that is held whole."""
    buffer = BytesIO()
    with ZipFile(buffer, "w") as archive:
        for number, (sheets, source) in enumerate(books):
            archive.writestr(f"{number}.xlsx", write_plainly(sheets, source))
    return buffer.getvalue()


def compared(benchmark, ours, plain):
    """Run both by turns; the ratio of their medians goes into the report."""
    took = []

    def run_plain():
        gc.collect()
        begun = process_time()
        plain()
        took.append(process_time() - begun)
        gc.collect()

    made = benchmark.pedantic(ours, setup=run_plain, rounds=7, warmup_rounds=1)
    ratio = benchmark.stats["median"] / median(took)
    benchmark.extra_info["ratio_to_openpyxl"] = round(ratio, 2)
    return made


# Processor time: the ratio must not depend on what else the machine is doing.
@pytest.mark.benchmark(timer=process_time)
def test_full_ledger(benchmark, town):
    rows = written_town(town)
    source = write(rows)
    sheets = cells_of(source)

    made = compared(benchmark, lambda: as_bytes(write(rows)), lambda: write_plainly(sheets, source))

    assert len(sheets) == 8
    assert len(sheets[-1]) > 810 * 16
    assert made.startswith(b"PK")


@pytest.mark.benchmark(timer=process_time)
def test_zip_of_every_branch(benchmark, town):
    rows = written_town(town)
    sources = [write(rows.of_sheet(sheet)) for sheet in rows.sheets]
    books = [(cells_of(source), source) for source in sources]

    made = compared(benchmark, lambda: b"".join(zipped(rows)), lambda: zip_plainly(books))

    assert len(books) == 27
    assert len(ZipFile(BytesIO(made)).namelist()) == 27
