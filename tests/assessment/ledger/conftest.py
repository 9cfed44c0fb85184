"""A town in the middle of its year: sheets at every step, words of every length."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.db import transaction
from openpyxl import load_workbook

from assessment import workflow
from assessment.enums import LedgerScope
from assessment.ledger import Choices, as_bytes, contents_of, write
from assessment.models import Assessment, Cycle, ItemRating
from branches.models import Department
from tests.town import at_step, item_of, load_town, person, reviewer_of, sheet_of

SENTENCE = "新装路灯136盏，累计投入20余万元，实现电、网、水户户通；聘请保洁员8名，垃圾日产日清。"
MARKS = ("met", "met", "met", "partly_met", "unmet", "not_applicable")


def read_back(workbook):
    """The workbook as a reader's openpyxl sees the file."""
    return load_workbook(BytesIO(as_bytes(workbook)))


def cycle_workbook(cycle, sheets, items, **asked):
    """A whole year, as far as the querysets reach."""
    return write(contents_of(cycle, sheets, items, Choices(**asked)))


def branch_workbook(sheet, items, **asked):
    choices = Choices(scope=LedgerScope.BRANCH, place=sheet.branch, **asked)
    return write(contents_of(sheet.cycle, Assessment.objects.all(), items, choices))


def write_words():
    """Words and marks that differ from row to row, with every kind of gap."""
    items = list(ItemRating.objects.select_related("assessment"))
    for n, item in enumerate(items):
        item.measures = SENTENCE[: n % 40] + SENTENCE * (n % 4)
        item.progress = "" if n % 7 == 0 else f"第{n}项：{SENTENCE}"
        item.responsible_leader = "欧阳某某" if n % 2 else ""
        item.responsible_person = "李某"
        item.due_date = None if n % 5 == 0 else date(2022, 3, 1) + timedelta(days=n % 200)
        item.self_rating = MARKS[n % 6] if n % 11 else ""
        item.self_rating_note = SENTENCE[:12] if n % 3 == 0 else ""
        if item.assessment.step != "self_rating":
            item.review = item.review and MARKS[n % 5]
            item.review_note = "资料不全" if n % 4 == 0 else ""
    fields = (
        "measures progress responsible_leader responsible_person due_date"
        " self_rating self_rating_note review review_note"
    )
    ItemRating.objects.bulk_update(items, fields.split())


def be_busy():
    """卫坡村 in review, 南陈村 in supervision, 石沟村 concluded, 游王村 silently signed off."""
    for name, step in (
        ("卫坡村", "review"),
        ("南陈村", "supervision"),
        ("石沟村", "concluded"),
        ("游王村", "review"),
    ):
        at_step(sheet_of(name), step)
    supervisor, department = person("supervisor"), Department.objects.get(code="NY")
    returned = item_of(sheet_of("卫坡村"), "ST-3")
    workflow.return_item(returned, "照片不清楚", returned.version, by=reviewer_of(department))
    workflow.sign_off_for(sheet_of("游王村"), department, "逾期未办", by=supervisor)
    decisions = {"ZB": (True, "现场查看属实"), "CY": (False, "有信访件")}
    workflow.decide(sheet_of("南陈村"), decisions, by=supervisor)
    own_mark = item_of(sheet_of("南陈村"), "WM-1")
    workflow.supervise(own_mark, "unmet", "现场没有看到", own_mark.version, by=supervisor)
    write_words()


@pytest.fixture(scope="module")
def busy(django_db_setup, django_db_blocker):
    """The busy town stands for a whole module; what a test changes in it is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        if not Cycle.objects.exists():
            load_town()
        be_busy()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def busy_town(busy, db):
    return Cycle.objects.get(year=2022)


@pytest.fixture
def everything():
    """What a reader of everything passes to the ledger."""
    return Assessment.objects.all(), ItemRating.objects.all()


@pytest.fixture
def reviewer(town):
    return person("reviewer_ny")
