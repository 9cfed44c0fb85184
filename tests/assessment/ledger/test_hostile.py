"""Workbooks that are refused: at once, without filling the memory, and with a reason."""

import re
import tracemalloc
from contextlib import suppress
from io import BytesIO
from time import perf_counter
from zipfile import ZIP_LZMA, ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from assessment.ledger.reading import read, sheets_of
from assessment.rules.uploads import Unfit

from .books import (
    BOOK,
    SHEET,
    STRINGS,
    STYLES,
    attributes,
    billion_laughs,
    book,
    data,
    edited,
    lying_zip,
    many_sheets,
    part,
    with_strings,
    with_type,
    zip_bomb,
)

PLAIN = book(["村", "达标"], [None, 3], ["尾"])
MACROS = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
LINK = "application/vnd.openxmlformats-officedocument.spreadsheetml.externalLink+xml"
OLDER = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)


def sheet(inside):
    return part(PLAIN, SHEET, data(inside))


def packed(method):
    """The workbook packed as no office packs it."""
    out = BytesIO()
    with ZipFile(BytesIO(PLAIN)) as old, ZipFile(out, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    return out.getvalue()


def one_part_as(count):
    """A list of sheets that names one part over and over."""
    return edited(PLAIN, BOOK, lambda text: re.sub(r"<sheet .*?/>", r"\g<0>" * count, text))


def shared_formulas():
    """A long formula that a thousand cells share."""
    shared = "<row><c><f t='shared' si='0'/></c></row>" * 4_000
    return sheet(f"<row><c><f t='shared' si='0'>{'A1+' * 2000}1</f></c></row>{shared}")


REFUSED = {
    "nothing": (lambda: b"", "no_workbook"),
    "renamed csv": (lambda: "村,达标\n卫坡村,√\n".encode("gb18030"), "no_workbook"),
    "renamed page": (lambda: b"<html><table><tr><td>1</td></tr></table></html>", "no_workbook"),
    "another archive": (lambda: sheet("").replace(b"xl/workbook", b"xl/webbook_"), "no_workbook"),
    "older": (lambda: OLDER, "older_workbook"),
    "truncated": (lambda: PLAIN[: len(PLAIN) // 2], "workbook_broken"),
    "zip bomb": (zip_bomb, "archive_too_large"),
    "bomb of strings": (lambda: with_strings(PLAIN, " " * 40 * 2**20), "workbook_too_large"),
    "long list": (lambda: PLAIN + b"PK\x01\x02" * 10**6, "archive_too_large"),
    "lying list": (lying_zip, "workbook_broken"),
    "packed otherwise": (lambda: packed(ZIP_LZMA), "workbook_broken"),
    "billion laughs": (billion_laughs, "has_entities"),
    "far cell": (
        lambda: sheet("<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>"),
        "cell_too_far",
    ),
    "200 sheets": (lambda: many_sheets(200), "archive_too_large"),
    "21 sheets": (lambda: many_sheets(21), "too_many_sheets"),
    "one part as 9,000 sheets": (lambda: one_part_as(9000), "too_many_sheets"),
    "macros": (lambda: part(PLAIN, "xl/vbaProject.bin", "x"), "has_macros"),
    "macros by type": (lambda: with_type(PLAIN, MACROS), "has_macros"),
    "external link": (lambda: part(PLAIN, "xl/externalLinks/x.xml", "<x/>"), "has_links"),
    "external link by type": (lambda: with_type(PLAIN, LINK), "has_links"),
    "a million cells": (lambda: sheet(f"<row>{'<c/>' * 10**6}</row>"), "workbook_too_large"),
    "many strings": (
        lambda: with_strings(PLAIN, "<si><t/></si>" * 200_000),
        "workbook_too_large",
    ),
    "many styles": (
        lambda: part(PLAIN, STYLES, f"<x><cellXfs>{'<xf/>' * 10**6}</cellXfs></x>"),
        "workbook_too_large",
    ),
    "many attributes": (lambda: part(PLAIN, SHEET, attributes(500_000)), "workbook_too_large"),
    "attributes bit by bit": (
        lambda: part(PLAIN, SHEET, f"<x>{attributes(9000) * 80}</x>"),
        "workbook_too_large",
    ),
    "deep": (lambda: part(PLAIN, SHEET, "<a>" * 100_000), "workbook_too_large"),
    "line ends": (
        lambda: part(PLAIN, SHEET, "<x>" + ("<a/>" + "\n" * 290_000) * 55),
        "workbook_broken",
    ),
    "entities of signs": (
        lambda: part(PLAIN, SHEET, "<x>" + ("<a/>" + "&#10;" * 58_000) * 55),
        "workbook_broken",
    ),
    "long cell": (
        lambda: sheet(f"<row><c t='str'><v>{'长' * 40_000}</v></c></row>"),
        "cell_too_long",
    ),
    "utf-16": (lambda: part(PLAIN, SHEET, "<a\0/>"), "workbook_broken"),
    "not xml": (lambda: part(PLAIN, SHEET, "达标"), "workbook_broken"),
    "no such string": (lambda: sheet("<row><c t='s'><v>99</v></c></row>"), "workbook_broken"),
    "no such place": (lambda: sheet("<row><c r='第一格'><v>9</v></c></row>"), "workbook_broken"),
}


def kinds(content):
    with pytest.raises(Unfit) as refusal:
        sheets_of(content)
    return [blocker.kind.value for blocker in refusal.value.blockers]


@pytest.mark.parametrize("name", REFUSED)
def test_at_once_with_a_reason(name):
    make, expected = REFUSED[name]
    content = make()
    begun = perf_counter()
    found = kinds(content)
    assert perf_counter() - begun < 2
    assert found == [expected]


@pytest.mark.parametrize("name", REFUSED)
def test_without_filling_the_memory(name):
    content = REFUSED[name][0]()
    tracemalloc.start()
    try:
        kinds(content)
        assert tracemalloc.get_traced_memory()[1] < 200 * 10**6
    finally:
        tracemalloc.stop()


def test_formulas_are_not_worked_out():
    begun = perf_counter()
    assert len(sheets_of(shared_formulas())["表"].rows) == 4_001
    assert perf_counter() - begun < 2


def test_a_file_over_the_limit_is_not_even_read():
    upload = SimpleUploadedFile("表.xlsx", PLAIN)
    upload.size = 5 * 2**20 + 1
    with pytest.raises(Unfit, match="5 MB"):
        read(upload)
    with pytest.raises(Unfit, match="空的"):
        read(SimpleUploadedFile("表.xlsx", b""))


def reads_or_refuses(content):
    """Anything but these two fails the test."""
    with suppress(Unfit):
        sheets_of(content)


@given(st.binary(max_size=300))
def test_any_bytes(content):
    reads_or_refuses(content)
    reads_or_refuses(b"PK\x03\x04" + content)


@given(st.data())
def test_any_bytes_in_a_workbook(drawn):
    """A workbook with some of its bytes changed, and one with a part of rubbish."""
    content = bytearray(PLAIN)
    for at in drawn.draw(st.lists(st.integers(0, len(content) - 1), max_size=5)):
        content[at] = drawn.draw(st.integers(0, 255))
    reads_or_refuses(bytes(content))
    member = drawn.draw(st.sampled_from([BOOK, SHEET, STYLES, STRINGS]))
    reads_or_refuses(part(PLAIN, member, drawn.draw(st.text("<>&/='\"abc 123xrvt村"))))
