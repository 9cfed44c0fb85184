"""A workbook of thirty rows on its way back: shown and written, reading the file apart."""

from time import process_time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from assessment.forms import workbook
from assessment.ledger.reading import sheets_of

from ..assessment.ledger.fill_in import branch_form, filled
from ..town import person, sheet_of

WORDS = "新装路灯136盏，累计投入20余万元，实现电、网、水户户通。"
ROUNDS = 15


def sent(sheet, number):
    """What a workbook says in which every box has new words."""
    words = {
        "村组标星": "√",
        "具体举措": f"{WORDS}{number}",
        "进展情况": f"{WORDS}{number}",
        "责任领导": "张某某",
        "责任人": f"李某{number}",
        "完成时限": "2022年11月5日",
        "备注": f"第{number}次",
    }
    return filled(branch_form(sheet), words)


@pytest.fixture
def desk(client, town, monkeypatch):
    """Brings back a workbook that has been read, each time with other words."""
    sheet = sheet_of("卫坡村")
    client.force_login(person("clerk_weipo"))
    upload, apply = (
        reverse(f"assessment-fill-in{leaf}", args=[sheet.pk]) for leaf in ("", "-apply")
    )
    numbers, read = iter(range(10**6)), []
    monkeypatch.setattr(workbook.ledger, "read", lambda _upload: read[0])

    def fill_in():
        read[:] = [sheets_of(sent(sheet, next(numbers)))]

    def show():
        response = client.post(upload, {"workbook": SimpleUploadedFile("表.xlsx", b"x")})
        assert len(response.context["found"]) == 30
        return response.context["sealed"]

    def write(seal):
        assert client.post(apply, {"changes": seal}).status_code == 302

    return fill_in, show, write


# Processor time: it must not depend on what else the machine is doing.
@pytest.mark.benchmark(timer=process_time)
def test_showing_thirty_rows(benchmark, desk):
    fill_in, show, _write = desk
    benchmark.pedantic(show, setup=fill_in, rounds=ROUNDS, warmup_rounds=1)


@pytest.mark.benchmark(timer=process_time)
def test_writing_thirty_rows(benchmark, desk):
    fill_in, show, write = desk

    def shown():
        fill_in()
        return (show(),), {}

    benchmark.pedantic(write, setup=shown, rounds=ROUNDS, warmup_rounds=1)
    assert sheet_of("卫坡村").items.filter(version=ROUNDS + 1).count() == 30


@pytest.mark.benchmark(timer=process_time)
def test_reading_thirty_rows(benchmark, town):
    content = sent(sheet_of("卫坡村"), 0)
    assert len(benchmark(sheets_of, content)) == 3
