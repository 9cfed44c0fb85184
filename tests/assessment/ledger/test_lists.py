"""The lists in Excel: how they look, how they print, and that LibreOffice leaves them whole."""

from io import BytesIO
from itertools import pairwise

import pytest
from django.utils import translation
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from assessment import ledger
from assessment.ledger.catalogue import COLUMNS as CATALOGUE
from assessment.ledger.catalogue import read_catalogue
from assessment.ledger.lists import SPARE
from assessment.ledger.people import COLUMNS as PEOPLE
from assessment.ledger.people import read_people
from assessment.ledger.reading import sheets_of
from assessment.models import TaskItem
from branches.models import User
from tests.office import needs_office

from .books import as_wps
from .fill_in import cells, through_office
from .lists import changed, table_of
from .test_printing import A4_LANDSCAPE, page_sizes, pages, printed, words  # noqa: F401 - a fixture
from .test_strange import STRANGE, kept

READ = {"catalogue": (read_catalogue, CATALOGUE), "people": (read_people, PEOPLE)}


def book_of(kind, town):
    if kind == "catalogue":
        return ledger.catalogue_workbook(town.catalogue)
    return ledger.people_workbook(User.people.with_places())


def content_of(kind, town):
    return ledger.as_bytes(book_of(kind, town))


def read_back(kind, content):
    return READ[kind][0](sheets_of(content))


@pytest.fixture(params=READ)
def kind(request):
    return request.param


def test_ids_and_keys_are_hidden_and_rows_are_to_spare(town, kind):
    book = load_workbook(BytesIO(content_of(kind, town)))
    assert [sheet.sheet_state for sheet in book] == ["visible", "hidden", "hidden"]
    worksheet, columns, rows, empty = table_of(book)
    letter = get_column_letter(columns["key"])
    assert worksheet.column_dimensions[letter].hidden
    assert not worksheet.protection.sheet
    # Sorted by the filter, each row takes its key along.
    assert worksheet.auto_filter.ref == f"A{min(rows.values()) - 1}:{letter}{worksheet.max_row}"
    assert worksheet.max_row - empty + 1 == SPARE
    assert empty == max(rows.values()) + 1


def test_it_is_in_chinese_whatever_the_page(town, kind):
    chinese = cells(content_of(kind, town))
    with translation.override("en"):
        assert cells(content_of(kind, town)) == chinese


def test_untouched_nothing_differs(town, kind):
    read = read_back(kind, content_of(kind, town))
    assert not read.blockers
    assert not read.missing
    assert all(row.cells == {} for row in read.rows)
    assert len(read.rows) == len(read.known) > 10


def test_as_wps_writes_it(town, kind):
    read = read_back(kind, as_wps(content_of(kind, town)))
    assert len(read.rows) == len(read.known)
    assert all(row.cells == {} for row in read.rows)


def test_rows_sorted_and_columns_moved_are_known(town, kind):
    book = load_workbook(BytesIO(content_of(kind, town)))
    worksheet, columns, rows, _empty = table_of(book)
    first, last = min(rows.values()), max(rows.values())
    worksheet.move_range(f"A{first}:{get_column_letter(columns['key'])}{first}", last)
    out = BytesIO()
    book.save(out)
    read = read_back(kind, out.getvalue())
    assert not read.missing
    assert all(row.cells == {} for row in read.rows)


@pytest.mark.parametrize("strange", STRANGE)
def test_strange_text_is_text_and_comes_back(town, strange):
    item = TaskItem.objects.filter(category__catalogue=town.catalogue).first()
    TaskItem.objects.filter(pk=item.pk).update(name=strange, standard=strange)
    User.objects.filter(username="nobody").update(name=strange)
    for kind in READ:
        content = content_of(kind, town)
        book = load_workbook(BytesIO(content))
        for cell in (cell for sheet in book for row in sheet for cell in row):
            assert cell.value is None or cell.data_type in ("s", "n")
        assert kept(strange).strip() in cells(content).values()
        assert all(row.cells == {} for row in read_back(kind, content).rows)


def test_a_lost_column_and_another_list_are_refused(town, kind):
    content = content_of(kind, town)
    book = load_workbook(BytesIO(content))
    worksheet, columns, rows, _empty = table_of(book)
    worksheet.cell(min(rows.values()) - 1, 1).value = "别的"
    out = BytesIO()
    book.save(out)
    with pytest.raises(ledger.Unfit, match="找不到“"):
        read_back(kind, out.getvalue())
    for other in READ:
        if other != kind:
            with pytest.raises(ledger.Unfit, match="不是从这里下载的"):
                read_back(other, content)


def test_a_new_row_and_one_that_is_gone(town, kind):
    content = content_of(kind, town)
    first = read_back(kind, content).rows[0].key
    header = str(READ[kind][1][0].header)
    read = read_back(kind, changed(content, new=[{header: "新"}], gone=[first]))
    assert read.missing == {first}
    assert [row.cells[next(iter(row.cells))].text for row in read.rows if not row.key] == ["新"]


@needs_office
def test_as_libreoffice_saves_them(town, tmp_path):
    contents = [content_of(each, town) for each in READ]
    for each, content in zip(READ, through_office(tmp_path, contents), strict=True):
        read = read_back(each, content)
        assert not read.missing
        assert [row.cells for row in read.rows if row.cells] == []


@needs_office
def test_edited_and_saved_by_libreoffice_every_word_is_there(town, tmp_path):
    """Strange words in a row that stood there, and in a new one."""
    sent, told = [], {}
    for each, (_read, columns) in READ.items():
        content = content_of(each, town)
        header = {"catalogue": "任务内容", "people": "姓名"}[each]
        told[each] = next(column.name for column in columns if column.header == header)
        key = read_back(each, content).rows[0].key
        sent.append(changed(content, {key: {header: "+1\n-🌟"}}, new=[{header: "@新 +86"}]))
    for each, content in zip(READ, through_office(tmp_path, sent), strict=True):
        read = read_back(each, content)
        assert not read.missing
        words = [
            {name: cell.text or f"={cell.formula}" for name, cell in row.cells.items()}
            for row in read.rows
            if row.cells
        ]
        assert words == [{told[each]: "+1\n-🌟"}, {told[each]: "@新 +86"}]


@needs_office
def test_they_print_one_page_wide(town, kind, printed):  # noqa: F811 - the fixture
    pdf = printed(book_of(kind, town))
    assert all(size.startswith(A4_LANDSCAPE) for size in page_sizes(pdf))
    texts = pages(pdf)
    columns = [str(column.header) for column in READ[kind][1]]
    for text in texts:
        # The last header on a line with others: the page is as wide as its table.
        assert any(columns[2] in line and columns[-1] in line for line in text.splitlines())
        assert "####" not in text
    assert 1 <= len(texts) <= 8
    assert_lines_stand_apart(pdf, columns)


def assert_lines_stand_apart(pdf, headers):
    """The lines that tell how to fill it in: none runs into the next, or into the table."""
    placed = [word for word in words(pdf) if word[0] == 1]
    signs = "①②③④"
    last = max(top for _, word, top, _ in placed if word[0] in signs)
    # A header of two lines begins higher than the others.
    begin = [top for _, word, top, _ in placed if any(each.startswith(word) for each in headers)]
    header = min(top for top in begin if top > last)
    begins = [(word[0], top) for _, word, top, _ in placed if word[0] in signs and top < header]
    assert len(begins) >= 3
    for (_, top), (_, following) in pairwise([*begins, ("", header)]):
        # What is written from one sign on ends above the next.
        ends = [end for _, _, at, end in placed if top - 1 <= at < following - 1]
        assert max(ends) <= following + 1
