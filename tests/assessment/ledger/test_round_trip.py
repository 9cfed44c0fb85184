"""A workbook goes out, is filled in at some desk, and comes back with every word in its place."""

from datetime import date

import pytest

from assessment import workflow
from assessment.enums import Rating
from assessment.forms.self_rating import COLUMNS
from assessment.ledger.boxes import SELF_RATING
from assessment.models import Assessment
from branches.enums import Role
from branches.models import Membership, User
from tests.office import needs_office
from tests.town import at_step, item_of

from .books import as_wps, with_shared_formula
from .fill_in import (
    branch_form,
    cells,
    department_form,
    filled,
    form_of,
    form_of_department,
    key,
    opened,
    reading,
    through_office,
)

# A mark and a day in all the ways that people write them.
MARKS = {
    "达标": "met",
    "√": "met",
    "达　标": "met",
    "基本 达标": "partly_met",
    "未达标": "unmet",
    "不适用": "not_applicable",
}
DAYS = (date(2022, 11, 5), "2022年11月5日", "２０２２－１１－０５", "2022/11/5", " 2022.11.5 ")


def own_words(sheet, number):
    """Words of its own in every box of a sheet, some of them strange."""
    words = {}
    for n, item in enumerate(sheet.items.with_places()):
        words[key(sheet, item.task_item.code)] = {
            "村组标星": list(MARKS)[n % len(MARKS)],
            "具体举措": f"{sheet.branch.name}第{n}项\n=1+{n}",
            "进展情况": f"-{number}已完成 🌟",
            "责任领导": f"@{n}",
            "责任人": n + 1,
            "完成时限": DAYS[n % len(DAYS)],
            "备注": f"+86 {n}",
        }
    return words


def as_saved(words):
    """The same as the database keeps them."""
    values = [words[str(box.header)] for box in SELF_RATING.boxes]
    named = dict(zip(COLUMNS, values, strict=True))
    return named | {
        "self_rating": MARKS[named["self_rating"]],
        "responsible_person": str(named["responsible_person"]),
        "due_date": date(2022, 11, 5),
    }


@pytest.fixture
def everywhere(town):
    """Somebody who fills in for every branch."""
    user = User.objects.create(username="everywhere")
    for sheet in Assessment.objects.all():
        Membership.objects.create(user=user, role=Role.CLERK, branch_id=sheet.branch_id)
    return user


def comes_back(sheet, content, words, by):
    """It is read and written, and every word is where it should be; so it goes out again."""
    found = reading(form_of(sheet, content))
    assert found.wrong == []
    changes = {pk: (found.versions[pk], new) for pk, new in found.words.items()}
    assert workflow.self_rate_many(sheet, changes, by=by) == 30
    for item in sheet.items.with_places():
        saved = {name: getattr(item, name) for name in COLUMNS}
        assert saved == as_saved(words[key(sheet, item.task_item.code)])
    again = cells(branch_form(sheet))
    for (title, address), text in cells(content).items():
        if text and title == sheet.branch.name:
            assert again[title, address] == as_shown(text)


def as_shown(text):
    """How the town's own workbook writes what somebody wrote in another way."""
    if text in MARKS:
        return str(Rating(MARKS[text]).label)
    return "2022-11-05" if "2022" in text and len(text) < 12 or text == DAYS[2] else text


def _by_office(folder, content):
    return through_office(folder, [content])[0]


def test_filled_in_by_openpyxl_for_every_branch(everywhere):
    for number, sheet in enumerate(Assessment.objects.with_places()):
        words = own_words(sheet, number)
        comes_back(sheet, filled(branch_form(sheet), words), words, everywhere)


@needs_office
def test_saved_by_libreoffice_for_every_branch(everywhere, tmp_path):
    sheets = list(Assessment.objects.with_places())
    words = [own_words(sheet, number) for number, sheet in enumerate(sheets)]
    sent = [filled(branch_form(sheet), own) for sheet, own in zip(sheets, words, strict=True)]
    saved = through_office(tmp_path, sent)
    for sheet, content, own in zip(sheets, saved, words, strict=True):
        comes_back(sheet, content, own, everywhere)


def test_written_as_wps_writes(sheet, everywhere):
    """With a <dimension> of one cell, and a formula drawn down the numbers, nothing cached."""
    words = own_words(sheet, 0)
    content = as_wps(filled(branch_form(sheet), words))
    first = min(opened(content)[2].values())
    content = with_shared_formula(content, "A", first, first + 29, f"ROW()-{first - 1}")
    comes_back(sheet, content, words, everywhere)


@pytest.mark.parametrize(
    "saved",
    [lambda _folder, content: content, pytest.param(_by_office, marks=needs_office)],
    ids=["openpyxl", "LibreOffice"],
)
def test_a_departments_marks_for_every_branch(town, reviewer, tmp_path, saved):
    sheets = [at_step(sheet, "review") for sheet in Assessment.objects.with_places()]
    codes = ("CY-1", "ST-3")
    words = {
        key(sheet, code): {
            "部门瞄星": list(MARKS)[n % len(MARKS)],
            "瞄星意见": f"核对 {n}\n{code}",
        }
        for n, sheet in enumerate(sheets)
        for code in codes
    }
    content = saved(tmp_path, filled(department_form(town, "NY"), words))
    found = reading(form_of_department(town, "NY", content))
    assert found.wrong == []
    changes = {pk: (found.versions[pk], new) for pk, new in found.words.items()}
    assert workflow.review_each(changes, by=reviewer) == 54
    for sheet in sheets:
        for code in codes:
            item, own = item_of(sheet, code), words[key(sheet, code)]
            assert (item.review, item.review_note) == (MARKS[own["部门瞄星"]], own["瞄星意见"])
    again = department_form(town, "NY")
    assert reading(form_of_department(town, "NY", again)).words == {}
    shown = cells(again)
    for (title, address), text in cells(content).items():
        if text and title == "农业服务中心":
            assert shown[title, address] == as_shown(text)


# Here the busy town stands for the rest of the module.


def test_untouched_it_changes_nothing(busy_town):
    for sheet in Assessment.objects.with_places():
        found = reading(form_of(sheet, branch_form(sheet)))
        assert (found.words, found.wrong) == ({}, [])


@needs_office
def test_untouched_but_saved_by_libreoffice_it_changes_nothing(busy_town, tmp_path):
    sheets = list(Assessment.objects.with_places()[:3])
    for sheet in sheets:
        sheet.items.update(progress=" =1+1\n\n-@+ _x0041_ 🌟 ")
    saved = through_office(tmp_path, [branch_form(sheet) for sheet in sheets])
    for sheet, content in zip(sheets, saved, strict=True):
        found = reading(form_of(sheet, content))
        assert (found.words, found.wrong) == ({}, [])
