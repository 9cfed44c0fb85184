"""Lists that an administrator keeps in Excel, edited as somebody at a desk would."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from assessment.ledger.fill_in import KEY

from .books import saved


def table_of(book):
    """The worksheet, header → column, key → row, and the first empty row."""
    worksheet = book.worksheets[0]
    header = next(row for row in worksheet.iter_rows() if row[-1].value == KEY)
    columns = {cell.value: cell.column for cell in header}
    rows, empty = {}, None
    for row in worksheet.iter_rows(min_row=header[0].row + 1):
        if row[-1].value:
            rows[row[-1].value] = row[0].row
        elif empty is None:
            empty = row[0].row
    return worksheet, columns, rows, empty


def changed(content, words=None, *, new=(), gone=()):
    """`words` is key → {header: value}; `new` are rows of {header: value}; `gone` are keys."""
    book = load_workbook(BytesIO(content))
    worksheet, columns, rows, empty = table_of(book)
    for key, cells in (words or {}).items():
        write(worksheet, columns, rows[key], cells)
    for number, cells in enumerate(new, start=empty):
        write(worksheet, columns, number, cells)
    for number in sorted((rows[key] for key in gone), reverse=True):
        worksheet.delete_rows(number)
    return saved(book)


def write(worksheet, columns, number, cells):
    for header, value in cells.items():
        worksheet.cell(number, columns[header]).value = value


def said(content):
    """Key → {header: value}, of every row that has a key."""
    worksheet, columns, rows, _empty = table_of(load_workbook(BytesIO(content)))
    return {
        key: {header: worksheet.cell(row, at).value for header, at in columns.items()}
        for key, row in rows.items()
    }


def address_of(content, key, header):
    worksheet, columns, rows, _empty = table_of(load_workbook(BytesIO(content)))
    return worksheet.cell(rows[key], columns[header]).coordinate


def send(client, page, content, name="表.xlsx"):
    return client.post(page, {"workbook": SimpleUploadedFile(name, content)})


def confirm(client, page, response, **more):
    """Press the button of the page that shows what would change."""
    return client.post(page, {"plan": response.context["sealed"], **more})
