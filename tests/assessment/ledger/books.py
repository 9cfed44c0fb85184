"""Workbooks as people send them, and as they should not: made by openpyxl, then edited as XML."""

import re
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from openpyxl import Workbook

SHEET = "xl/worksheets/sheet1.xml"
STYLES, STRINGS, BOOK = "xl/styles.xml", "xl/sharedStrings.xml", "xl/workbook.xml"
RELATIONS = "xl/_rels/workbook.xml.rels"
TYPES = "[Content_Types].xml"
NS = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def book(*rows, title="表"):
    """The bytes of a workbook with one sheet of `rows`."""
    workbook = Workbook()
    workbook.active.title = title
    for row in rows:
        workbook.active.append(row)
    return saved(workbook)


def saved(workbook):
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def edited(content, member=SHEET, change=lambda text: text):
    """The same workbook with one of its parts changed, or added where it has none."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), member]):
            text = old.read(name) if name in old.namelist() else b""
            if name == member:
                text = change(text.decode())
            new.writestr(name, text)
    return out.getvalue()


def part(content, member, text):
    return edited(content, member, lambda _old: text)


def data(inside):
    """A worksheet's XML with `inside` as its rows."""
    return f'<worksheet xmlns="{NS}"><sheetData>{inside}</sheetData></worksheet>'


def as_wps(content):
    """As WPS writes it: a <dimension> of one cell, and formulas without what they come to."""

    def change(text):
        text = re.sub(r'<dimension ref="[^"]*" ?/>', '<dimension ref="A1"/>', text)
        return re.sub(r"(</f>)<v ?/>|(</f>)<v>[^<]*</v>", r"\1\2", text)

    return edited(content, change=change)


def with_shared_formula(content, column, first, last, formula):
    """Down a column the same formula, written out once and shared, with nothing cached."""

    def change(text):
        for row in range(first, last + 1):
            at = f"{column}{row}"
            inside = f'<f t="shared" si="0" ref="{at}:{column}{last}">{formula}</f>'
            if row > first:
                inside = '<f t="shared" si="0"/>'
            cell = rf'<c r="{at}"([^>]*?)(?: t="\w+")?(?:/>|>.*?</c>)'
            text = re.sub(cell, rf'<c r="{at}"\1>{inside}</c>', text, count=1)
        return text

    return edited(content, change=change)


def zip_bomb(member=SHEET, size=60 * 2**20):
    """A small archive that unpacks to a very long part."""
    return part(book(["一"]), member, "<a>" + " " * size + "</a>")


def lying_zip():
    """An archive whose list says that a long part is short."""
    content = bytearray(part(book(["一"]), SHEET, data("<row/>" * 100_000)))
    with ZipFile(BytesIO(content)) as archive:
        size = archive.getinfo(SHEET).file_size
    lie = (100).to_bytes(4, "little")
    return bytes(content).replace(size.to_bytes(4, "little"), lie)


def billion_laughs():
    lines = ['<!ENTITY a0 "哈">']
    lines += [f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10)]
    text = data('<row r="1"><c r="A1" t="inlineStr"><is><t>&a9;</t></is></c></row>')
    return part(book(["一"]), SHEET, f"<!DOCTYPE x [{''.join(lines)}]>{text}")


def many_sheets(count):
    workbook = Workbook()
    for number in range(1, count):
        workbook.create_sheet(f"表{number}")
    return saved(workbook)


def with_strings(content, inside):
    """A table of strings, as other offices write one, of which the first cell shows the first."""
    line = f'<Relationship Type="x/sharedStrings" Target="{STRINGS[3:]}" Id="rId9"/></Relation'
    content = edited(content, RELATIONS, lambda text: text.replace("</Relation", line))
    cell = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    return part(part(content, STRINGS, f"<sst>{inside}</sst>"), SHEET, data(cell))


def attributes(count):
    """An element with so many attributes."""
    return "<a " + " ".join(f"b{number}=''" for number in range(count)) + "/>"


def with_type(content, kind):
    """The list of types names one more part."""
    line = f'<Override PartName="/xl/more.bin" ContentType="{kind}"/></Types>'
    return edited(content, TYPES, lambda text: text.replace("</Types>", line))
