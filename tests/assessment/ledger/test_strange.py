"""Strange names and notes wherever they stand: text stays text in every kind of workbook."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from assessment.enums import LedgerUse
from assessment.ledger import Choices, TextTooLong, as_bytes, contents_of, write, zipped
from assessment.models import Assessment, Catalogue, Category, Cycle, ItemRating, Star, TaskItem
from branches.models import Branch, Department, User
from tests.town import sheet_of

# How each begins or ends, and what a name of at most thirty characters may hold.
STRANGE = [
    '=HYPERLINK("x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "#REF!",
    "\x0b\x1f控制",
    "🌟&<b>'\"",
    "[a]:*?/\\",
    "'引号'",
    "a\tb\nc",
]


def named(strange):
    """The text in every place from which a workbook is made."""
    Branch.objects.filter(name="南陈村").update(name=strange, secretary=strange, phone=strange)
    Department.objects.filter(code="NY").update(name=strange)
    Category.objects.filter(code="ST").update(name=strange)
    TaskItem.objects.filter(category__code="ST", number=3).update(
        name=strange, standard=strange, materials=strange
    )
    Catalogue.objects.update(name=strange, note=strange)
    Cycle.objects.update(targets_note=strange)
    User.objects.filter(username="supervisor").update(name=strange)
    Star.objects.update(reason=strange)
    fields = (
        "measures progress responsible_leader responsible_person self_rating_note review_note"
        " supervision_note"
    )
    ItemRating.objects.update(**dict.fromkeys(fields.split(), strange))


def kept(strange):
    return "".join(character for character in strange if character not in "\x0b\x1f")


def one_star(**asked):
    """A part of the town that has every kind of worksheet but the overview."""
    star = Category.objects.get(catalogue__year=2022, code="ST")
    return everything(scope="star", place=star, has_branch_sheets=True, **asked)


def everything(**asked):
    rows = Assessment.objects.all(), ItemRating.objects.all()
    return contents_of(Cycle.objects.get(year=2022), *rows, Choices(**asked))


@pytest.mark.parametrize("use", LedgerUse)
@pytest.mark.parametrize("strange", STRANGE)
def test_text_stays_text(busy_town, strange, use):
    named(strange)
    book = load_workbook(BytesIO(as_bytes(write(one_star(use=use)))))
    assert len(book.sheetnames) == 3 + 27
    for sheet in book:
        for cell in (cell for row in sheet for cell in row if cell.value is not None):
            assert cell.data_type in ("s", "n", "d"), (sheet.title, cell.coordinate)
    ledger = book["工作台账"]
    heads = next(row for row in ledger.values if "任务内容" in row)
    row = next(row for row in ledger.values if kept(strange) in row[:2])
    assert row[heads.index("具体举措")] == kept(strange)


@pytest.mark.parametrize("strange", STRANGE)
def test_the_zip_has_names_that_any_desk_takes(busy_town, strange):
    named(strange)
    archive = ZipFile(BytesIO(b"".join(zipped(one_star()))))
    assert len(set(archive.namelist())) == 27
    for name in archive.namelist():
        assert not set(name) & set('\\/:*?"<>|\n\r\t\x0b\x1f')


def test_all_of_it_at_once_in_the_whole_town(busy_town):
    named("=1+1\x0b🌟")
    book = load_workbook(BytesIO(as_bytes(write(everything()))))
    assert "=1+1🌟" in [cell.value for cell in book["总览"]["C"]]
    assert all(cell.data_type != "f" for sheet in book for row in sheet for cell in row)


def test_a_note_that_no_cell_holds_is_refused_with_its_place(busy_town):
    Catalogue.objects.update(note="长" * 40_000)
    with pytest.raises(TextTooLong, match="封面!A.*40007"):
        write(everything())
    with pytest.raises(TextTooLong, match="说明!C"):
        write(everything(use=LedgerUse.FILTER))
    # A branch's form does not hold it.
    write(everything(scope="branch", place=sheet_of("卫坡村").branch))
