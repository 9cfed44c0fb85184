"""Takes a workbook to fill in, fills it in as somebody at a desk would, and sends it back."""

import subprocess
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from openpyxl import load_workbook

from assessment import ledger
from assessment.forms.workbook import FilledInForm
from assessment.ledger.boxes import REVIEW, SELF_RATING
from assessment.ledger.fill_in import KEY
from assessment.ledger.reading import sheets_of
from assessment.models import Assessment, ItemRating
from branches.models import Department


def branch_form(sheet, *, open_items=None):
    """The bytes of a branch's workbook; every item is open unless told."""
    if open_items is None:
        open_items = set(sheet.items.values_list("pk", flat=True))
    return ledger.as_bytes(ledger.self_rating_workbook(sheet, open_items))


def department_form(cycle, code, *, open_items=None):
    department = Department.objects.get(code=code)
    items = ItemRating.objects.led_by(department).exclude(assessment__step="self_rating")
    if open_items is None:
        open_items = set(items.values_list("pk", flat=True))
    sheets = Assessment.objects.exclude(step="self_rating")
    book = ledger.review_workbook(cycle, department, sheets, items, open_items)
    return ledger.as_bytes(book)


def opened(content):
    """The worksheet to fill in, and its header → column and key → row."""
    return table_of(load_workbook(BytesIO(content)))


def table_of(book):
    worksheet = book.worksheets[0]
    header = next(row for row in worksheet.iter_rows() if row[-1].value == KEY)
    columns = {cell.value: cell.column for cell in header}
    rows = {
        worksheet.cell(number, header[-1].column).value: number
        for number in range(header[0].row + 1, worksheet.max_row + 1)
    }
    return worksheet, columns, {each: row for each, row in rows.items() if each}


def filled(content, words):
    """`words` is key → {header: value}, or {header: value} for every row."""
    book = load_workbook(BytesIO(content))
    worksheet, columns, rows = table_of(book)
    for each, row in rows.items():
        for header, value in (words.get(each, {}) if _is_by_key(words) else words).items():
            worksheet.cell(row, columns[header]).value = value
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _is_by_key(words):
    return any(isinstance(value, dict) for value in words.values())


def key(sheet, code):
    return f"{sheet.branch.code}/{code}"


def form_of(sheet, content):
    """The form to which the workbook of a branch was sent."""
    place = ledger.place_of(SELF_RATING.step, sheet.cycle, sheet.branch)
    return _form(content, place, sheet.items.with_places())


def form_of_department(cycle, code, content):
    department = Department.objects.get(code=code)
    place = ledger.place_of(REVIEW.step, cycle, department)
    return _form(content, place, ItemRating.objects.led_by(department).with_places())


def _form(content, place, items):
    files = {"workbook": SimpleUploadedFile("表.xlsx", content)}
    return FilledInForm(
        {}, files, place=place, items=items, name_of=lambda item: str(item.task_item)
    )


def reading(form):
    assert form.is_valid(), form.errors
    return form.reading()


def cells(content):
    """What every cell of every worksheet says, hidden ones too."""
    return {
        (title, cell.address): cell.text
        for title, sheet in sheets_of(content).items()
        for row in sheet.rows.values()
        for cell in row.values()
    }


def through_office(folder, contents):
    """The workbooks as LibreOffice saves them; one start for all of them."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", "saved"]
    for number, content in enumerate(contents):
        (folder / f"{number}.xlsx").write_bytes(content)
    command += [f"{number}.xlsx" for number in range(len(contents))]
    subprocess.run(command, check=True, capture_output=True, timeout=300, cwd=folder)
    return [(folder / "saved" / f"{number}.xlsx").read_bytes() for number in range(len(contents))]
