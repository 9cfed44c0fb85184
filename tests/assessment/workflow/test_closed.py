"""A closed year: no verb changes anything in it, and what it called people and places is kept."""

from datetime import date

import pytest
from django.db import transaction

from assessment import workflow
from assessment.enums import Verb
from assessment.models import Catalogue, Cycle, TaskItem, names_now, names_of
from assessment.permissions import POWERS
from branches.models import Branch, Department, User
from tests.town import CAST, at_step, close_year, item_of, person, sheet_of

from .acts import refuses, rows, sentences
from .test_notices import TABLE as OF_NOTICES
from .test_rectification import TABLE as OF_FINDINGS
from .test_roles import CALLS, people, prepare  # noqa: F401 - people is a fixture

DAY = date(2030, 1, 1)

# The verbs that test_roles.py does not call on one sheet: (closed cycle, sheet, item, person).
OTHERS = {
    "open_cycle": lambda c, s, i, by: workflow.open_cycle(c, by=by),
    "close_cycle": lambda c, s, i, by: workflow.close_cycle(c, by=by),
    "edit_cycle": lambda c, s, i, by: workflow.edit_cycle(c, {"review_due": DAY}, by=by),
    "correct_catalogue": lambda c, s, i, by: correct(c.catalogue, by),
    "correct_category": lambda c, s, i, by: correct(i.task_item.category, by),
    "correct_item": lambda c, s, i, by: correct(i.task_item, by),
    "self_rate_many": lambda c, s, i, by: workflow.self_rate_many(
        s, {i.pk: (i.version, {"progress": "新"})}, by=by
    ),
    "review_many": lambda c, s, i, by: workflow.review_many({i.pk: i.version}, "unmet", "", by=by),
    "sign_off_many": lambda c, s, i, by: workflow.sign_off_many(
        [s], i.task_item.lead_department, by=by
    ),
}
# Tried in a closed year where the rest of them is: findings, notices, reports.
NEARBY = {
    *OF_FINDINGS,
    *OF_NOTICES,
    Verb.RECORD_INSPECTION,
    Verb.EDIT_INSPECTION,
    Verb.RECORD_FINDING,
    Verb.CORRECT_FINDING,
    Verb.WITHDRAW_FINDING,
    Verb.REMOVE_FOUND,
    Verb.REMOVE_RECTIFIED,
    Verb.CONFIRM_NOTICE,
    Verb.WITHDRAW_NOTICE,
    Verb.WRITE_REPORT,
}
# What is no part of any year.
BEYOND = {Verb.KEEP_PHRASES}


def correct(row, by):
    return workflow.correct_wording(row, {"name": "改过"}, by=by, reason="错字")


@pytest.fixture
def closed(people, late):  # noqa: F811 - the fixture imported above
    late()
    prepare(None, "concluded")
    return close_year()


def test_every_verb_of_a_year_is_tried():
    tried = {*CALLS, Verb.OPEN_CYCLE, Verb.CLOSE_CYCLE, Verb.EDIT, Verb.CORRECT}
    assert tried | NEARBY | BEYOND == {verb for verbs in POWERS.values() for verb in verbs}


@pytest.mark.parametrize("verb", CALLS)
def test_no_verb_changes_a_closed_year(closed, verb):
    sheet = sheet_of("卫坡村")
    item = item_of(sheet, "ST-3")
    for username in (*CAST, "reviewer_rj"):
        refusal = refuses(workflow.OutOfOrder, CALLS[verb], sheet, item, person(username))
        assert sentences(refusal) == ["这一年度的创建没有在进行，不能再改动。"]


@pytest.mark.parametrize("name", OTHERS)
def test_nor_does_a_verb_over_a_year_or_many(closed, name):
    sheet = sheet_of("卫坡村")
    item = item_of(sheet, "ST-3")
    before = rows()
    for username in (*CAST, "reviewer_rj"):
        with (
            pytest.raises((workflow.Refusal, workflow.NotAllowed)),
            transaction.atomic(),
        ):
            OTHERS[name](closed, sheet, item, person(username))
    assert rows() == before


def test_enrolling_branches_leaves_it_alone(closed):
    Branch.objects.create(code="410308105999", name="新设村", kind="village")
    before = rows()
    workflow.enrol_branches(closed)
    assert rows() == before


def test_a_catalogue_that_another_year_uses_too_is_settled(closed, town):
    """Correcting it for the new year would change the old one's papers."""
    year = Cycle.objects.create(year=2023, catalogue=town.catalogue)
    workflow.open_cycle(year, by=person("admin"))
    item = TaskItem.objects.filter(category__catalogue=town.catalogue).first()
    refusal = refuses(workflow.OutOfOrder, correct, item, person("admin"))
    assert sentences(refusal) == ["2022 年度创建已关闭，它的任务清单连文字也不能再改。"]


def test_a_catalogue_of_another_year_is_corrected_still(closed):
    catalogue = Catalogue.objects.create(year=2023, name="2023 年清单")
    assert correct(catalogue, person("admin")) == {"name": ["2023 年清单", "改过"]}


def test_names_are_those_of_the_day_it_closed(town):
    Branch.objects.filter(name="卫坡村").update(secretary="王建国", phone="013800000000")
    at_step(sheet_of("卫坡村"), "concluded")
    branch, lead = Branch.objects.get(name="卫坡村"), Department.objects.get(code="NY")
    before = names_now(town)
    assert names_of(town) == before
    cycle = close_year()

    Branch.objects.filter(pk=branch.pk).update(
        name="卫坡社区", code="410308105998", kind="community", secretary="", phone="", order=99
    )
    Department.objects.filter(pk=lead.pk).update(name="农业农村办公室")
    User.objects.filter(username="supervisor").update(name="改名")

    kept = names_of(cycle)
    assert kept == before
    shown = kept.branches[branch.pk]
    assert (shown.name, shown.kind, shown.code) == ("卫坡村", "village", branch.code)
    assert (shown.secretary, shown.phone, shown.order) == ("王建国", "013800000000", branch.order)
    assert kept.departments[lead.pk] == "农业服务中心"
    assert kept.people == {person("supervisor").pk: "supervisor"}
    assert len(kept.branches) == 27
    assert kept.town == "朝阳镇"
    assert names_now(cycle) != before


def test_who_decided_nothing_is_not_kept(town):
    assert names_of(close_year()).people == {}


def test_names_take_three_queries_or_none(town, django_assert_num_queries):
    with django_assert_num_queries(3):
        names_of(town)
    cycle = close_year()
    with django_assert_num_queries(0):
        names_of(cycle)
