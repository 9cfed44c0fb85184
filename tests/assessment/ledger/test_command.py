"""manage.py ledger YEAR --output FILE [--branch CODE | --department CODE | --star CODE] …"""

import os
from zipfile import ZipFile

import pytest
from django.core.management import CommandError, call_command
from openpyxl import load_workbook

from assessment.models import Cycle, Event, ItemRating
from branches.models import Branch, Department

WEIPO = "卫坡村"


@pytest.fixture
def target(tmp_path):
    return tmp_path / "台账.xlsx"


def code_of(name):
    return Branch.objects.get(name=name).code


def refusal(*args, **options):
    """The sentence that the command refuses with, having kept no event."""
    before = Event.objects.count()
    with pytest.raises(CommandError) as error:
        call_command("ledger", *args, **options)
    assert Event.objects.count() == before
    return str(error.value)


def test_year(town, target, capsys):
    call_command("ledger", "2022", output=str(target))

    assert load_workbook(target).sheetnames[:2] == ["封面", "总览"]
    assert capsys.readouterr().out == f"已写出 {target}\n"
    event = Event.objects.latest("pk")
    assert (event.verb, event.cycle) == ("download", town)
    assert event.actor is event.assessment is None
    assert event.subject == "2022年朝阳镇“五星”支部创建工作台账.xlsx"


def test_branch(sheet, target):
    call_command("ledger", 2022, output=str(target), branch=code_of(WEIPO))

    assert load_workbook(target).sheetnames == [WEIPO]
    event = Event.objects.latest("pk")
    assert (event.verb, event.assessment, event.cycle) == ("download", sheet, sheet.cycle)
    assert event.subject == "2022年朝阳镇卫坡村“五星”支部创建工作台账.xlsx"


def test_file_that_is_there_is_written_over(town, target):
    target.write_text("old")
    call_command("ledger", 2022, output=str(target))
    assert "工作台账" in load_workbook(target).sheetnames


@pytest.mark.parametrize("year", ["2019", "今年", "99999999999999999999"])
def test_unknown_year(town, target, year):
    assert refusal(year, output=str(target)) == f"没有 {year} 年度的创建。"
    assert not target.exists()


def test_year_in_preparation(town, target):
    Cycle.objects.create(year=2023, catalogue=town.catalogue)
    assert refusal(2023, output=str(target)) == "2023 年度的创建还没有开启，没有台账。"


def test_closed_year_still_has_its_ledger(town, target):
    Cycle.objects.update(state="closed")
    call_command("ledger", 2022, output=str(target))
    assert target.exists()


def test_unknown_branch(town, target):
    sentence = refusal(2022, output=str(target), branch="000000000000")
    assert sentence == "没有代码为 000000000000 的支部。"


def test_branch_outside_the_year(town, target):
    Branch.objects.create(code="410308105999", name="新设村", kind="village")
    sentence = refusal(2022, output=str(target), branch="410308105999")
    assert sentence == "代码为 410308105999 的支部没有参加 2022 年度的创建。"


def test_directory_is_refused(town, tmp_path):
    sentence = refusal(2022, output=str(tmp_path))
    assert sentence == f"写不了 {tmp_path}：这是一个文件夹，请写明文件名。"


def test_missing_directory_is_refused(town, tmp_path):
    path = tmp_path / "没有" / "台账.xlsx"
    assert refusal(2022, output=str(path)) == f"写不了 {path}：所在的文件夹不存在。"


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device that is always full")
def test_full_disk_is_refused(town):
    sentence = refusal(2022, output="/dev/full")
    assert sentence.startswith("写不了 /dev/full：没有写入的权限，或磁盘已满")


@pytest.mark.parametrize(
    ("options", "titles", "named"),
    [
        ({"star": "ST"}, ["封面", "生态宜居", "工作台账"], "（生态宜居）.xlsx"),
        (
            {"department": "NY", "for_filtering": True},
            ["产业兴旺", "生态宜居", "工作台账", "说明"],
            "（农业服务中心）（供筛选）.xlsx",
        ),
    ],
)
def test_a_part(town, target, options, titles, named):
    call_command("ledger", 2022, output=str(target), **options)
    assert load_workbook(target).sheetnames == titles
    assert Event.objects.latest("pk").subject.endswith(named)


def test_a_sheet_a_branch_and_no_words(sheet, target):
    ItemRating.objects.filter(assessment=sheet).update(review_note="部门的话")
    options = {"branch_sheets": True, "without_words": True}
    call_command("ledger", 2022, output=str(target), **options)
    book = load_workbook(target)
    assert len(book.sheetnames) == 8 + 27
    words = [value for row in book[WEIPO].values for value in row if isinstance(value, str)]
    assert not any("部门的话" in text for text in words)


def test_a_zip(town, tmp_path, capsys):
    path = tmp_path / "台账.zip"
    call_command("ledger", 2022, output=str(path), zip=True)
    assert len(ZipFile(path).namelist()) == 27
    assert Event.objects.latest("pk").subject.endswith("（各支部）.zip")
    assert capsys.readouterr().out == f"已写出 {path}\n"


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"department": "XX"}, "没有代码为 XX 的部门。"),
        ({"star": "XX"}, "这一年没有代码为 XX 的类别。"),
    ],
)
def test_unknown_places(town, target, options, sentence):
    assert refusal(2022, output=str(target), **options) == sentence
    assert not target.exists()


def test_a_department_that_leads_nothing(town, target):
    Department.objects.create(code="ID", name="闲置办公室")
    sentence = refusal(2022, output=str(target), department="ID")
    assert sentence == "闲置办公室在这一年里没有任务项。"


def test_one_scope_at_a_time(town, target):
    with pytest.raises(CommandError, match="not allowed with"):
        call_command("ledger", "2022", "--output", str(target), "--star=ST", "--department=NY")


def test_text_too_long_is_refused_with_its_place(sheet, target):
    ItemRating.objects.filter(assessment=sheet, task_item__number=1).update(measures="长" * 32768)
    sentence = refusal(2022, output=str(target), branch=sheet.branch.code)
    assert sentence == "卫坡村!E5有 32768 字，超过 Excel 一格 32767 字的上限，没有写出。"
    assert not target.exists()
