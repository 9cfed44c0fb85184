"""Strange text in the workbooks beside the ledger: to fill in, public list, report."""

from datetime import date
from io import BytesIO

import pytest
from openpyxl import load_workbook

from assessment import workflow
from assessment.ledger import (
    Span,
    TextTooLong,
    as_bytes,
    public_contents,
    report_workbook,
    write_public_list,
)
from assessment.models import Cycle, ItemRating, ReportNote, progress_in
from assessment.rules.spans import month_named
from tests.town import at_step, person, sheet_of

from .fill_in import branch_form, cells, department_form, opened
from .test_strange import STRANGE, kept, named


@pytest.fixture
def reviewed(town):
    """One branch is in review, one is concluded."""
    at_step(sheet_of("卫坡村"), "review")
    at_step(sheet_of("南陈村"), "concluded")
    return town


def assert_text(content, strange):
    """No cell is a formula, and the text stands whole in one of them."""
    book = load_workbook(BytesIO(content))
    found = [cell for sheet in book for row in sheet for cell in row if cell.value is not None]
    assert all(cell.data_type in ("s", "n", "d") for cell in found)
    values = [str(cell.value) for cell in found]
    assert any(kept(strange) in value for value in values)
    return values


@pytest.mark.parametrize("strange", STRANGE)
def test_forms_to_fill_in(reviewed, strange):
    named(strange)
    for content in (branch_form(sheet_of("卫坡村")), department_form(reviewed, "NY")):
        assert_text(content, strange)
        worksheet, columns, rows = opened(content)
        shown = {worksheet.cell(row, columns["具体举措"]).value for row in rows.values()}
        assert shown == {kept(strange)}
        # The reader of uploads takes them for text as well.
        assert kept(strange) in cells(content).values()


@pytest.mark.parametrize("strange", STRANGE)
def test_the_public_list(reviewed, strange):
    named(strange)
    days = Span(date(2022, 12, 21), date(2022, 12, 27))
    cycle = Cycle.objects.get(pk=reviewed.pk)
    values = assert_text(as_bytes(write_public_list(public_contents(cycle), days)), strange)
    assert kept(strange) in values


@pytest.mark.parametrize("strange", STRANGE)
def test_the_report(reviewed, strange):
    named(strange)
    month = month_named("2022-11")
    workflow.write_report(
        reviewed, month.begins_on, month.ends_on, strange, 0, by=person("supervisor")
    )
    cycle = Cycle.objects.get(pk=reviewed.pk)
    note = ReportNote.objects.on(cycle, month)
    report = report_workbook(progress_in(cycle, month, date(2022, 11, 15)), note)
    values = assert_text(as_bytes(report), strange)
    assert sum(kept(strange) in value for value in values) >= 3


LONG = "长" * 40_000


def test_a_text_that_no_cell_holds_is_refused_with_its_place(reviewed):
    """Past the forms, which take no such text: it is not cut in silence wherever it came from."""
    ItemRating.objects.update(measures=LONG)
    for make in (
        lambda: branch_form(sheet_of("卫坡村")),
        lambda: department_form(reviewed, "NY"),
    ):
        with pytest.raises(TextTooLong, match="40000 字"):
            make()


def test_nor_is_a_report_s(reviewed):
    month = month_named("2022-11")
    workflow.write_report(
        reviewed, month.begins_on, month.ends_on, "说明", 0, by=person("supervisor")
    )
    note = ReportNote.objects.on(reviewed, month)
    note.text = LONG
    with pytest.raises(TextTooLong, match="概况!A.*40005 字"):
        report_workbook(progress_in(reviewed, month, date(2022, 11, 15)), note)
