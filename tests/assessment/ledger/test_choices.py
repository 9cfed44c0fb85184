"""Every scope for every person: what is in the file is what was asked for and may be seen."""

import pytest

from assessment.enums import LedgerScope, LedgerUse
from assessment.ledger import Choices, archive_name, contents_of, file_name, write
from assessment.models import Assessment, Category, ItemRating, Opinion
from branches.models import Branch, Department
from tests.town import CAST, person

from .conftest import read_back

WORDS = {
    "review_note": "部门写的意见",
    "supervision_note": "党委写的意见",
}
REASON = "党委写的理由"


def place_of(scope, name):
    if scope == "branch":
        return Branch.objects.get(name=name)
    if scope == "department":
        return Department.objects.get(code=name)
    return Category.objects.get(code=name) if scope == "star" else None


def asked(scope, name=None, **others):
    return Choices(scope=LedgerScope(scope), place=place_of(scope, name), **others)


def contents_for(username, cycle, choices):
    user = person(username)
    sheets, items = Assessment.objects, ItemRating.objects
    return contents_of(cycle, sheets.visible_to(user), items.visible_to(user), choices)


def in_scope(items, scope, name):
    """The items of a scope, found another way than the ledger finds them."""
    names = {
        "town": lambda item: True,
        "branch": lambda item: item.assessment.branch.name == name,
        "department": lambda item: item.task_item.lead_department.code == name,
        "star": lambda item: item.task_item.category.code == name,
    }
    return [item for item in items.with_places() if names[scope](item)]


def rows_of(workbook):
    """(branch, item) of every row of the ledger, or of the one branch's form."""
    ledger = workbook["工作台账"] if "工作台账" in workbook.sheetnames else workbook.worksheets[0]
    found = list(ledger.values)
    head = next(row for row in found if "任务内容" in row)
    number, task = head.index("序号"), head.index("任务内容")
    at = head.index("支部") if "支部" in head else None
    return [
        (ledger.title if at is None else row[at], row[task])
        for row in found
        if isinstance(row[number], int)
    ]


def words_in(workbook):
    return [
        str(value)
        for sheet in workbook
        for row in sheet.values
        for value in row
        if value is not None
    ]


SCOPES = [("town", None), ("branch", "卫坡村"), ("department", "NY"), ("star", "ST")]


@pytest.mark.parametrize("use", LedgerUse)
@pytest.mark.parametrize(("scope", "name"), SCOPES)
@pytest.mark.parametrize("username", CAST)
def test_what_is_in_the_file(busy_town, username, scope, name, use):
    visible = ItemRating.objects.visible_to(person(username))
    expected = in_scope(visible, scope, name)
    whole = in_scope(ItemRating.objects.all(), scope, name)
    contents = contents_for(username, busy_town, asked(scope, name, use=use))

    assert contents.hidden == len(whole) - len(expected)
    if scope == "branch" and not contents.sheets:
        assert expected == []  # the page answers that there is nothing here
        return
    workbook = read_back(write(contents))
    assert sorted(rows_of(workbook)) == sorted(
        (item.assessment.branch.name, item.task_item.name) for item in expected
    )
    said = any(f"另有 {contents.hidden} 项没有列出" in text for text in words_in(workbook))
    assert said == bool(contents.hidden)


@pytest.mark.parametrize(
    ("scope", "name", "sentence"),
    [
        ("department", "NY", "本表只含农业服务中心牵头的任务项。"),
        ("star", "ST", "本表只含“生态宜居”一类的任务项。"),
    ],
)
@pytest.mark.parametrize("use", LedgerUse)
def test_a_part_says_so_on_every_sheet(busy_town, scope, name, sentence, use):
    choices = asked(scope, name, use=use, has_branch_sheets=True)
    workbook = write(contents_for("supervisor", busy_town, choices))
    for sheet in workbook if use == "print" else [workbook["说明"]]:
        said = [text for row in sheet.values for text in row if isinstance(text, str)]
        assert sentence in said, sheet.title
    assert "总览" not in workbook.sheetnames


def test_a_department_s_workbook(busy_town):
    workbook = write(contents_for("supervisor", busy_town, asked("department", "NY")))
    assert workbook.sheetnames == ["封面", "产业兴旺", "生态宜居", "工作台账"]
    assert workbook["工作台账"]["A1"].value == (
        "2022年朝阳镇“五星”支部创建工作台账（农业服务中心）"
    )
    led = Department.objects.get(code="NY").led_items.count()
    assert f"2 类 {led} 项" in words_in(workbook)
    assert "农业服务中心牵头的任务项" in words_in(workbook)


def test_a_star_s_workbook(busy_town):
    workbook = write(contents_for("auditor", busy_town, asked("star", "WM")))
    assert workbook.sheetnames == ["封面", "文明幸福", "工作台账"]
    assert len(rows_of(workbook)) == 27 * 6
    assert "1 类 6 项" in words_in(workbook)


def say_everything():
    """Words of reviewers on every row, and an opinion that belongs in no ledger."""
    ItemRating.objects.update(self_rating_note="支部自己的备注", **WORDS)
    for sheet in Assessment.objects.all():
        sheet.stars.update(reason=REASON)
    Opinion.objects.create(
        item_rating=ItemRating.objects.first(),
        department=Department.objects.first(),
        text="配合部门的话",
        by=person("supervisor"),
        at="2022-12-01T00:00Z",
    )


@pytest.mark.parametrize("use", LedgerUse)
@pytest.mark.parametrize(("scope", "name"), SCOPES)
def test_reviewers_words_are_in_or_out(busy_town, scope, name, use):
    say_everything()
    told = [*WORDS.values(), REASON] if scope != "branch" else [*WORDS.values()]
    for has_words in (True, False):
        choices = asked(scope, name, use=use, has_reviewers_words=has_words, has_branch_sheets=True)
        words = "\n".join(words_in(write(contents_for("auditor", busy_town, choices))))
        assert "支部自己的备注" in words
        assert "配合部门的话" not in words
        assert [text in words for text in told] == [has_words] * len(told)
        assert ("不含部门和党委写下的意见和理由" in words) != has_words


def test_a_silent_department_is_said_without_words_too(busy_town):
    """It is a fact of the rating, not somebody's words."""
    choices = asked("branch", "游王村", has_reviewers_words=False)
    words = words_in(write(contents_for("auditor", busy_town, choices)))
    assert any("部门：留白按未达标计" in text for text in words)


@pytest.mark.parametrize(
    ("scope", "name", "options", "expected"),
    [
        ("town", None, {}, "2022年朝阳镇“五星”支部创建工作台账.xlsx"),
        (
            "town",
            None,
            {"use": LedgerUse.FILTER},
            "2022年朝阳镇“五星”支部创建工作台账（供筛选）.xlsx",
        ),
        ("branch", "卫坡村", {}, "2022年朝阳镇卫坡村“五星”支部创建工作台账.xlsx"),
        ("star", "ST", {}, "2022年朝阳镇“五星”支部创建工作台账（生态宜居）.xlsx"),
        (
            "department",
            "NY",
            {"use": LedgerUse.FILTER, "has_reviewers_words": False},
            "2022年朝阳镇“五星”支部创建工作台账（农业服务中心）（供筛选、不含意见）.xlsx",
        ),
    ],
)
def test_file_names(busy_town, scope, name, options, expected):
    contents = contents_for("auditor", busy_town, asked(scope, name, **options))
    assert file_name(contents) == expected
    assert write(contents).properties.title == expected.removesuffix(".xlsx")


def test_the_zip_is_named(busy_town):
    name = archive_name(contents_for("auditor", busy_town, asked("town")))
    assert name == "2022年朝阳镇“五星”支部创建工作台账（各支部）.zip"


def test_a_name_that_windows_would_refuse(town):
    Branch.objects.filter(name="卫坡村").update(name='古城/北:"村"')
    name = file_name(contents_for("auditor", town, asked("branch", '古城/北:"村"')))
    assert name == "2022年朝阳镇古城 北  村 “五星”支部创建工作台账.xlsx"


def test_document_properties(busy_town):
    properties = write(contents_for("auditor", busy_town, asked("star", "ST"))).properties
    assert properties.subject == "2022年朝阳镇“五星”支部创建工作台账（生态宜居）"
    assert properties.description == "生态宜居"
    assert properties.creator == properties.lastModifiedBy == "朝阳镇"
    assert properties.language == "zh-hans"
