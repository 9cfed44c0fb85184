"""The bytes: the same moment makes the same, and a zip is written as it is taken."""

import gc
import weakref
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

import pytest
import time_machine
from openpyxl import load_workbook

from assessment.enums import LedgerUse
from assessment.ledger import Choices, as_bytes, contents_of, packing, write, zipped
from assessment.models import Assessment, Cycle, ItemRating
from branches.models import Branch
from tests.town import person, sheet_of

from .conftest import branch_workbook

NOON = "2022-12-09 04:00:00+00:00"  # in London


def contents(**asked):
    everything = Assessment.objects.all(), ItemRating.objects.all()
    return contents_of(Cycle.objects.get(year=2022), *everything, Choices(**asked))


def opened(content):
    return ZipFile(BytesIO(content))


def test_one_moment_makes_the_same_bytes(busy_town):
    with time_machine.travel(NOON, tick=False):
        rows = contents()
    first = as_bytes(write(rows))
    with time_machine.travel("2024-02-29 23:59:58+00:00", tick=False):
        assert as_bytes(write(rows)) == first


def test_every_member_bears_the_moment_in_the_town_s_time(busy_town):
    with time_machine.travel(NOON, tick=False):
        content = as_bytes(write(contents()))
    assert {member.date_time for member in opened(content).infolist()} == {(2022, 12, 9, 12, 0, 0)}
    properties = load_workbook(BytesIO(content)).properties
    assert properties.created == properties.modified
    assert properties.created.isoformat() == "2022-12-09T04:00:00"


@pytest.fixture
def archive(busy_town):
    with time_machine.travel(NOON, tick=False):
        return opened(b"".join(zipped(contents())))


def test_a_zip_holds_a_workbook_a_branch_in_their_order(archive):
    names = Branch.objects.order_by("order").values_list("name", flat=True)
    assert archive.testzip() is None
    assert archive.namelist() == [
        f"{number:02} 2022年朝阳镇{name}“五星”支部创建工作台账.xlsx"
        for number, name in enumerate(names, start=1)
    ]


def test_each_is_the_branch_s_own(archive):
    for name in ("卫坡村", "南陈村", "石沟村"):
        [member] = [each for each in archive.namelist() if name in each]
        inside = load_workbook(BytesIO(archive.read(member)))
        alone = branch_workbook(sheet_of(name), ItemRating.objects.all())
        assert inside.sheetnames == [name]
        assert [list(row) for row in inside.active.values] == [
            [value if value != "" else None for value in row] for row in read_values(alone)
        ]


def read_values(workbook):
    return load_workbook(BytesIO(as_bytes(workbook))).active.values


def test_its_heads_can_be_read_by_anybody(archive):
    """Names in UTF-8 that say so, and lengths before the members, not behind them."""
    for member in archive.infolist():
        assert member.flag_bits == 0x800
        assert member.compress_type == ZIP_STORED
        assert member.date_time == (2022, 12, 9, 12, 0, 0)
        assert member.CRC
        assert member.file_size == member.compress_size > 5000


def test_it_is_written_while_it_is_taken(busy_town, monkeypatch):
    written = []
    monkeypatch.setattr(packing, "write", lambda piece: written.append(piece) or write(piece))
    pieces = zipped(contents())
    assert written == []
    for count in range(1, 28):
        assert next(pieces).startswith(b"PK\x03\x04")
        assert len(written) == count
    assert next(pieces).startswith(b"PK\x01\x02")
    with pytest.raises(StopIteration):
        next(pieces)


def test_no_workbook_is_held_once_it_is_taken(busy_town, monkeypatch):
    books = []

    def watched(piece):
        book = write(piece)
        books.append(weakref.ref(book))
        return book

    monkeypatch.setattr(packing, "write", watched)
    for count, _bytes in zip(range(1, 4), zipped(contents()), strict=False):
        gc.collect()
        assert [book() for book in books] == [None] * count


@pytest.mark.parametrize("use", LedgerUse)
def test_writing_asks_the_database_nothing(busy_town, django_assert_num_queries, use):
    """The answer is sent when the request is over, and its connection is gone."""
    rows = contents(use=use)
    with django_assert_num_queries(0):
        list(zipped(rows))
        write(rows)


def test_a_branch_whose_words_no_cell_holds_is_told_of_in_its_place(busy_town):
    item = sheet_of("南陈村").items.first()
    ItemRating.objects.filter(pk=item.pk).update(measures="长" * 32_768)
    archive = opened(b"".join(zipped(contents())))
    [told] = [name for name in archive.namelist() if name.endswith(".txt")]
    assert told == "04 2022年朝阳镇南陈村“五星”支部创建工作台账（没有写出）.txt"
    text = archive.read(told).decode("utf-8-sig")
    assert text == "南陈村!E5有 32768 字，超过 Excel 一格 32767 字的上限，没有写出。"
    assert len(archive.namelist()) == 27
    assert sum(name.endswith(".xlsx") for name in archive.namelist()) == 26


def test_who_sees_little_gets_little(busy_town):
    user = person("liaison")
    rows = contents_of(
        busy_town, Assessment.objects.visible_to(user), ItemRating.objects.visible_to(user)
    )
    names = opened(b"".join(zipped(rows))).namelist()
    assert [name[11:14] for name in names] == ["石沟村", "游王村", "闫凹村"]


def test_no_branch_is_an_empty_zip(busy_town):
    rows = contents_of(busy_town, Assessment.objects.none(), ItemRating.objects.none())
    assert opened(b"".join(zipped(rows))).namelist() == []


def test_a_part_of_a_ledger_says_so_in_the_zip_too(busy_town):
    star = busy_town.catalogue.categories.get(code="ST")
    archive = opened(b"".join(zipped(contents(scope="star", place=star))))
    assert len(archive.namelist()) == 27
    assert all("（生态宜居）" in name for name in archive.namelist())
    sheet = load_workbook(BytesIO(archive.read(archive.namelist()[0]))).active
    assert "本表只含“生态宜居”一类的任务项。" in [row[0] for row in sheet.values]
    assert sum(isinstance(row[0], int) for row in sheet.values) == 6


def test_a_reader_who_stops_leaves_nothing_behind(busy_town):
    pieces = zipped(contents())
    next(pieces)
    pieces.close()
