"""The days and the people of the verbs' tests."""

import pytest

from assessment import workflow
from tests.town import at_step, item_of, person, reviewer_of

# 2022's due dates are 31 October, 30 November and 20 December.
IN_TIME = "2022-10-15T09:00+08:00"


@pytest.fixture(autouse=True)
def _in_time(time_machine):
    time_machine.move_to(IN_TIME, tick=False)


@pytest.fixture
def after_the_visit(time_machine):
    """Four days after the inspections of tests/town.py, before their findings are due."""
    time_machine.move_to("2022-11-05T09:00+08:00", tick=False)


@pytest.fixture
def late(time_machine):
    """Every due date is past."""

    def _late():
        time_machine.move_to("2023-01-09T09:00+08:00", tick=False)

    return _late


@pytest.fixture
def reviewer(town):
    """Of 农业服务中心, which leads ST-2, ST-3 and four of CY."""
    return person("reviewer_ny")


@pytest.fixture
def in_review(sheet):
    return at_step(sheet, "review")


@pytest.fixture
def in_supervision(sheet):
    return at_step(sheet, "supervision")


@pytest.fixture
def concluded(sheet):
    return at_step(sheet, "concluded")


@pytest.fixture
def reviewed_item(in_review):
    """ST-3 of the sheet in review, not yet marked."""
    return item_of(in_review, "ST-3")


@pytest.fixture
def returned_item(reviewed_item, reviewer):
    """ST-3 marked unmet, then returned to the branch."""
    workflow.review(reviewed_item, "unmet", "台账不全", reviewed_item.version, by=reviewer)
    item = item_of(reviewed_item.assessment, "ST-3")
    workflow.return_item(item, "请补台账", item.version, by=reviewer)
    return item_of(reviewed_item.assessment, "ST-3")


@pytest.fixture
def supervised_item(in_supervision):
    """ST-3 of the sheet in supervision, marked met by its department."""
    return item_of(in_supervision, "ST-3")


@pytest.fixture
def sign_off_others():
    """Every department but one signs off a sheet in review."""

    def _sign_off_others(sheet, but):
        sheet.items.exclude(task_item__lead_department__code=but).update(review="met")
        for department in departments_of(sheet):
            if department.code != but:
                workflow.sign_off(sheet, department, by=reviewer_of(department))

    return _sign_off_others


def departments_of(sheet):
    """The departments that lead an item of the sheet."""
    return sorted(
        {item.task_item.lead_department for item in sheet.items.with_places()},
        key=lambda department: department.order,
    )
