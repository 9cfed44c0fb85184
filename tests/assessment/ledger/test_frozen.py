"""2022's papers, byte for byte the same: before and after 2023 is opened, its catalogue edited,
branches, departments and people renamed, on another day, in a town of another name.
"""

import hashlib
from datetime import date

import pytest
import time_machine
from django.test import override_settings

from assessment import workflow
from assessment.enums import LedgerScope, LedgerUse
from assessment.ledger import (
    Choices,
    Span,
    archive_name,
    as_bytes,
    contents_of,
    file_name,
    public_contents,
    public_name,
    write,
    write_public_list,
    zipped,
)
from assessment.models import Assessment, Category, Cycle, ItemRating, Star, TaskItem
from branches.models import Branch, Department, Membership, User
from tests.town import close_year, fill, person, sheet_of

WEIPO = "410308105222"
CLOSED_ON = "2023-01-05 01:30:00+00:00"
LATER = "2024-06-30 16:00:00+00:00"


def kinds():
    """Every kind of workbook, by name."""
    branch, department = Branch.objects.get(code=WEIPO), Department.objects.get(code="NY")
    star = Category.objects.get(catalogue__year=2022, code="ST")
    return {
        "town": Choices(has_branch_sheets=True),
        "town, for filtering": Choices(use=LedgerUse.FILTER),
        "without words": Choices(has_reviewers_words=False),
        "branch": Choices(scope=LedgerScope.BRANCH, place=branch),
        "department": Choices(scope=LedgerScope.DEPARTMENT, place=department),
        "star": Choices(scope=LedgerScope.STAR, place=star),
    }


def papers(*names):
    """kind → (what its file is called, a digest of its bytes); all kinds where none is named."""
    cycle = Cycle.objects.get(year=2022)
    everything = Assessment.objects.all(), ItemRating.objects.all()
    found = {}
    for kind, choices in kinds().items():
        if not names or kind in names:
            contents = contents_of(cycle, *everything, choices)
            found[kind] = file_name(contents), digest(as_bytes(write(contents)))
    if not names:
        contents = contents_of(cycle, *everything)
        found["zip"] = archive_name(contents), digest(b"".join(zipped(contents)))
        listed = public_contents(cycle)
        alone = as_bytes(write_public_list(listed, Span()))
        found["public list"] = public_name(listed), digest(alone)
    return found


def digest(content):
    return hashlib.sha256(content).hexdigest()


@pytest.fixture
def closed(busy_town):
    Branch.objects.filter(name="卫坡村").update(secretary="王建国", phone="013800000000")
    with time_machine.travel(CLOSED_ON, tick=False):
        return close_year()


def open_next_year():
    """A revised copy of the catalogue, targets raised, a sheet begun."""
    admin = person("admin")
    catalogue = workflow.copy_catalogue(Cycle.objects.get(year=2022).catalogue, 2023, by=admin)
    catalogue.categories.update(name="新类别", order=9)
    TaskItem.objects.filter(category__catalogue=catalogue).update(name="新", standard="更高")
    year = Cycle.objects.create(year=2023, catalogue=catalogue, star_threshold=80)
    workflow.enrol_branches(year)
    targets = {sheet.pk: (sheet.target_level, 5) for sheet in year.assessments.all()}
    workflow.set_targets(year, targets, by=person("supervisor"))
    workflow.open_cycle(year, by=admin)
    assert Star.objects.filter(assessment__cycle=year, held_before=True).exists()
    fill(sheet_of("卫坡村", 2023), targets=("ZB", "CY", "ST", "PA", "WM"))
    workflow.submit(sheet_of("卫坡村", 2023), by=person("clerk_weipo"))
    return year


def edit_its_catalogue():
    item = TaskItem.objects.filter(category__catalogue__year=2023).first()
    workflow.correct_wording(item, {"name": "再改", "standard": "再改"}, by=person("admin"))
    category = Category.objects.filter(catalogue__year=2023).first()
    workflow.correct_wording(category, {"name": "再改"}, by=person("admin"))


def rename_everybody():
    """And turn the order round."""
    for branch in Branch.objects.all():
        Branch.objects.filter(pk=branch.pk).update(
            name=f"新{branch.name}",
            former_names=branch.name,
            kind="community",
            secretary="新书记",
            liaison_official="新干部",
            phone="1",
            order=100 - branch.order,
            is_active=False,
        )
    for department in Department.objects.all():
        Department.objects.filter(pk=department.pk).update(
            name=f"新{department.name}", order=100 - department.order
        )
    User.objects.update(name="改名")
    Branch.objects.create(code="410308105999", name="新设村", kind="village", order=0)


def leave_office():
    Membership.objects.all().delete()
    User.objects.exclude(username="admin").update(is_active=False)


def edit_its_cycle():
    year = Cycle.objects.get(year=2023)
    workflow.edit_cycle(year, {"review_due": date(2023, 11, 1)}, by=person("admin"))


def test_a_closed_year_s_papers_stay_as_they_are(closed):
    before = papers()
    with time_machine.travel(LATER, tick=False), override_settings(TOWN_NAME="新朝阳镇"):
        for change in (
            open_next_year,
            edit_its_catalogue,
            edit_its_cycle,
            rename_everybody,
            leave_office,
        ):
            change()
            assert papers("branch") == {"branch": before["branch"]}, change.__name__
        assert papers() == before


def test_an_open_year_s_follow_the_names_and_the_day(busy_town):
    """Or the test above would pass by printing nothing of them."""
    some = ("branch", "department")
    with time_machine.travel(CLOSED_ON, tick=False):
        before = papers(*some)
        assert papers(*some) == before
        rename_everybody()
        renamed = papers(*some)
    with time_machine.travel(LATER, tick=False):
        later = papers(*some)
    for kind in some:
        (name, content), (new_name, new_content) = before[kind], renamed[kind]
        assert name != new_name == later[kind][0]
        assert len({content, new_content, later[kind][1]}) == 3


def words_of(workbook):
    return {str(value) for sheet in workbook for row in sheet.values for value in row}


def test_it_says_the_names_of_that_day(closed):
    rename_everybody()
    everything = Assessment.objects.all(), ItemRating.objects.all()
    with override_settings(TOWN_NAME="新朝阳镇"):
        book = write(contents_of(closed, *everything, Choices(has_branch_sheets=True)))
    words = "\n".join(words_of(book))
    for kept in ("卫坡村", "农业服务中心", "支部书记(签字)：王建国", "013800000000", "supervisor"):
        assert kept in words
    for new in ("新卫坡村", "新农业服务中心", "新书记", "改名", "新朝阳镇", "新设村"):
        assert new not in words
    assert book.properties.creator == "朝阳镇"
    assert book["总览"]["D26"].value == "村"
    order = [book["总览"].cell(row, 1).value for row in (3, 29)]
    assert order == [1, 27]
    assert book["总览"]["C3"].value == "朝阳社区"


def test_a_reader_s_part_of_a_closed_year_is_frozen_too(closed):
    def part():
        user = person("liaison")
        sheets, items = Assessment.objects.visible_to(user), ItemRating.objects.visible_to(user)
        return as_bytes(write(contents_of(closed, sheets, items)))

    before = part()
    rename_everybody()
    with time_machine.travel(LATER):
        assert part() == before
