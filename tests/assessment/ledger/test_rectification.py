"""The rectification ledger, read back cell by cell against the database."""

from datetime import date

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from assessment import files, workflow
from assessment.enums import LedgerScope, Moment
from assessment.ledger import Choices, contents_of, write
from assessment.models import Assessment, Category, Cycle, Finding, ItemRating
from branches.models import Department
from tests.assessment.evidence.samples import picture, sent
from tests.town import finding_on, load_town, person, sheet_of

from .conftest import read_back

SHEET = "整改台账"
HEADER = [
    "序号",
    "支部",
    "联查日期",
    "任务项",
    "存在问题",
    "整改要求",
    "责任部门",
    "整改期限",
    "整改措施（责任人）",
    "资料",
    "复核意见",
    "状态",
    "销号日期",
    "销号人",
]
FIRST = 3


def answer(finding, measure):
    workflow.rectify(finding, measure, "李某", by=person("clerk_weipo"))
    finding.refresh_from_db()


def find():
    """Of every state: refused once and closed, overdue, near, set aside, withdrawn."""
    office, reviewer = person("supervisor"), person("reviewer_ny")
    weipo, nanchen = sheet_of("卫坡村"), sheet_of("南陈村")
    closed = finding_on(weipo, problem="沟边有秸秆堆放")
    reading = files.read(sent("整改后.jpg", picture()))
    workflow.file_on_finding(
        closed, reading, Moment.AFTER, date(2022, 11, 2), by=person("clerk_weipo")
    )
    answer(closed, "已清理一半")
    workflow.refuse_rectification(closed, 1, "还有两处", by=reviewer)
    closed.refresh_from_db()
    answer(closed, "全部清理离田")
    workflow.close_finding(closed, 2, "", by=reviewer)
    finding_on(nanchen, problem="=1+1", due_date=date(2022, 11, 4))
    finding_on(nanchen, "", problem="公示栏没有更新", due_date=date(2022, 12, 30), department="DJ")
    aside = finding_on(weipo, problem="台账缺页", due_date=date(2022, 11, 8))
    workflow.set_aside(aside, "已补齐", by=office)
    mistaken = finding_on(weipo, problem="记错了村")
    workflow.withdraw_finding(mistaken, "记错了村", by=office)


@pytest.fixture(scope="module")
def found(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel("2022-11-05 04:00+00:00", tick=False):
            if not Cycle.objects.exists():
                load_town()
            find()
            yield Cycle.objects.get(year=2022)
        transaction.set_rollback(True)


@pytest.fixture
def year(found, db):
    with time_machine.travel("2022-11-05 04:00+00:00", tick=False):
        yield found


def workbook(cycle, findings=None, **asked):
    findings = Finding.objects.all() if findings is None else findings
    rows = Assessment.objects.all(), ItemRating.objects.all()
    return write(contents_of(cycle, *rows, Choices(**asked), findings))


def rows_of(sheet, header_row=2):
    rows = [list(row) for row in sheet.values]
    return [row for row in rows[header_row:] if isinstance(row[0], int)]


def column(sheet, name):
    head = [cell.value for cell in sheet[2]]
    return [row[head.index(name)] for row in rows_of(sheet)]


def test_a_year_without_findings_has_no_rectification_ledger(year):
    assert SHEET not in workbook(year, Finding.objects.none()).sheetnames


def test_it_stands_after_the_work_ledger_and_on_the_cover(year):
    book = read_back(workbook(year, has_branch_sheets=True))
    assert book.sheetnames[book.sheetnames.index("工作台账") + 1] == SHEET
    cover = [[value for value in row if value] for row in book["封面"].values]
    assert [SHEET, "联查发现的问题和整改", "党委、部门"] in cover


def test_every_finding_has_its_row(year):
    sheet = read_back(workbook(year))[SHEET]
    assert [cell.value for cell in sheet[2]] == HEADER
    expected = []
    on_record = Finding.objects.exclude(state="withdrawn")
    ordered = on_record.order_by("assessment__branch__order", "inspection__held_on", "pk")
    for number, finding in enumerate(ordered, start=1):
        item = finding.item_rating and str(finding.item_rating.task_item)
        expected.append(
            [
                number,
                finding.assessment.branch.name,
                finding.inspection.held_on,
                item,
                finding.problem,
                finding.requirement,
                finding.department.name,
                finding.due_date,
                finding.closed_at and timezone.localtime(finding.closed_at).date(),
                finding.closed_by and finding.closed_by.get_full_name(),
            ]
        )
    shown = [[*row[:8], row[12], row[13]] for row in rows_of(sheet)]
    for row in shown:
        row[2], row[7], row[8] = (day and day.date() for day in (row[2], row[7], row[8]))
    assert shown == expected
    assert len(expected) == 4


def test_rounds_files_and_states_are_told(year):
    sheet = read_back(workbook(year))[SHEET]
    problems = column(sheet, "存在问题")
    told = {name: dict(zip(problems, column(sheet, name), strict=True)) for name in HEADER[8:12]}
    closed = "沟边有秸秆堆放"
    assert (
        told["整改措施（责任人）"][closed]
        == "第1次：已清理一半（李某）\n第2次：全部清理离田（李某）"
    )
    assert told["复核意见"][closed] == "第1次：不通过，还有两处\n第2次：通过"
    assert told["资料"] == {
        closed: "整改后 1 份",
        "台账缺页": None,
        "=1+1": None,
        "公示栏没有更新": None,
    }
    assert told["状态"] == {
        closed: "已销号",
        "台账缺页": "待整改（不影响定星），黄灯",
        "=1+1": "待整改，红灯",
        "公示栏没有更新": "待整改，绿灯",
    }


def test_words_that_look_like_a_formula_are_text(year):
    sheet = read_back(workbook(year))[SHEET]
    [cell] = [cell for row in sheet for cell in row if cell.value == "=1+1"]
    assert cell.data_type == "s"


@pytest.mark.parametrize(
    ("asked", "problems"),
    [
        (lambda: (LedgerScope.BRANCH, sheet_of("南陈村").branch), {"=1+1", "公示栏没有更新"}),
        (lambda: (LedgerScope.DEPARTMENT, Department.objects.get(code="DJ")), {"公示栏没有更新"}),
        (
            lambda: (LedgerScope.STAR, Category.objects.get(code="ST")),
            {"沟边有秸秆堆放", "台账缺页", "=1+1"},
        ),
    ],
)
def test_a_part_of_the_year_has_its_own_findings(year, asked, problems):
    scope, place = asked()
    sheet = workbook(year, scope=scope, place=place)[SHEET]
    assert set(column(sheet, "存在问题")) == problems


def test_a_branch_without_findings_gets_its_ledger_alone(year):
    branch = sheet_of("石沟村").branch
    assert workbook(year, scope=LedgerScope.BRANCH, place=branch).sheetnames == ["石沟村"]


def test_a_reader_of_some_findings_is_told_how_many_are_hidden(year):
    sheet = workbook(year, Finding.objects.visible_to(person("clerk_weipo")))[SHEET]
    assert set(column(sheet, "支部")) == {"卫坡村"}
    notes = [row[0] for row in sheet.values if isinstance(row[0], str)]
    assert "本表只含下载人有权查阅的问题，另有 2 个没有列出。" in notes


def test_without_reviewers_words_the_recheck_is_left_out(year):
    head = [cell.value for cell in workbook(year, has_reviewers_words=False)[SHEET][2]]
    assert head == [name for name in HEADER if name != "复核意见"]


def test_for_filtering_it_is_a_table_with_the_code_of_the_branch(year):
    sheet = read_back(workbook(year, use="filter"))[SHEET]
    assert [cell.value for cell in sheet[1]] == [*HEADER[:2], "统计代码", *HEADER[2:]]
    assert len(rows_of(sheet, header_row=1)) == sheet.max_row - 1 == 4


def test_it_prints_one_page_wide(year):
    sheet = workbook(year)[SHEET]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToWidth) == ("landscape", 1)
    assert sheet.print_title_rows == "$2:$2"
    # The two rounds need more than one line.
    assert sheet.row_dimensions[FIRST].height > 15
