"""Many sheets decided and concluded at once, where nothing differs: all of them or none."""

import pytest
from django.utils import timezone

from assessment import workflow
from assessment.enums import Verb
from assessment.models import Assessment, Star
from tests.town import at_step, close_year, finding_on, item_of, person, sheet_of

from .acts import events_after, kinds, last_event, refuses, sentences

VILLAGES = ("卫坡村", "南陈村", "石沟村")


def agreeing(name):
    """Before the committee, with just the stars proposed that were targeted: all but 文明幸福."""
    sheet = at_step(sheet_of(name), "supervision")
    sheet.items.filter(task_item__category__code="WM").update(review="partly_met")
    return sheet_of(name)


@pytest.fixture
def sheets(town):
    return [agreeing(name) for name in VILLAGES]


def seals(sheets):
    return {desk.sheet.pk: desk.seal for desk in workflow.desks(sheets)}


def stars_of(sheet):
    stars = sheet.stars.order_by("category__order")
    return dict(stars.values_list("category__code", "awarded"))


def test_every_star_is_decided_as_proposed_with_an_event_each(sheets, supervisor):
    start = last_event().pk
    assert workflow.decide_as_proposed(seals(sheets), by=supervisor) == 15
    for sheet in sheets:
        assert stars_of(sheet) == {"ZB": True, "CY": True, "ST": True, "PA": True, "WM": False}
        for star in sheet.stars.all():
            assert (star.decided_by, star.decided_at) == (supervisor, timezone.now())
            assert star.reason == ""
    events = events_after(start)
    assert {(event.verb, event.actor) for event in events} == {("decide", supervisor)}
    assert {(event.from_state, event.to_state) for event in events} == {
        ("supervision", "supervision")
    }
    kept = sorted((each.assessment_id, each.subject, str(each.changes)) for each in events)
    assert kept == sorted(
        (star.assessment_id, star.category.name, str({star.category.name: [None, star.awarded]}))
        for star in Star.objects.filter(assessment__in=sheets).select_related("category")
    )
    # Nothing else moves: the level is fixed by concluding.
    assert set(Assessment.objects.filter(pk__in=seals(sheets)).values_list("step", "level")) == {
        ("supervision", None)
    }


def test_a_star_that_stands_keeps_who_decided_it(sheets, supervisor):
    admin = person("admin")
    workflow.decide(sheets[0], {"ZB": (True, "")}, by=supervisor)
    sheets[0].stars.filter(category__code="ZB").update(decided_by=admin)
    assert workflow.decide_as_proposed(seals(sheets[:1]), by=supervisor) == 4
    assert sheets[0].stars.get(category__code="ZB").decided_by == admin


def test_a_sheet_that_differs_stops_them_all(sheets, supervisor):
    item = item_of(sheets[1], "ST-3")
    workflow.supervise(item, "unmet", "没有看到", item.version, by=supervisor)
    refusal = refuses(workflow.Blocked, workflow.decide_as_proposed, seals(sheets), by=supervisor)
    assert sentences(refusal) == ["南陈村 生态宜居：提议与拟创星不一致，请打开这个支部逐颗定星"]


def test_one_decided_otherwise_stops_them_all(sheets, supervisor):
    workflow.decide(sheets[2], {"PA": (False, "有信访件")}, by=supervisor)
    refusal = refuses(workflow.Blocked, workflow.decide_as_proposed, seals(sheets), by=supervisor)
    assert kinds(refusal) == ["decided_otherwise"]
    assert refusal.blockers[0].category == "PA"


def mark(sheet, by):
    item = item_of(sheet, "ST-3")
    workflow.supervise(item, "met", "现场看过", item.version, by=by)


def decide_one(sheet, by):
    workflow.decide(sheet, {"ZB": (True, "")}, by=by)


def find_something(sheet, by):
    finding_on(sheet, "ST-3")


@pytest.mark.parametrize("meanwhile", [mark, decide_one, find_something])
@pytest.mark.usefixtures("after_the_visit")
def test_what_was_changed_since_it_was_read_is_not_decided(sheets, supervisor, meanwhile):
    """Even where the proposal stays what it was: somebody has been there."""
    read = seals(sheets)
    meanwhile(sheets[1], supervisor)
    refusal = refuses(workflow.Blocked, workflow.decide_as_proposed, read, by=supervisor)
    assert sentences(refusal) == ["南陈村：您打开之后已被别人改过"]
    assert workflow.decide_as_proposed(seals(sheets), by=supervisor) >= 14


@pytest.mark.usefixtures("after_the_visit")
def test_an_open_finding_on_a_key_item_makes_it_differ(sheets, supervisor):
    item = item_of(sheets[0], "ST-3")
    type(item.task_item).objects.filter(pk=item.task_item_id).update(is_key=True)
    finding_on(sheets[0], "ST-3")
    refusal = refuses(workflow.Blocked, workflow.decide_as_proposed, seals(sheets), by=supervisor)
    assert kinds(refusal) == ["target_differs"]


@pytest.mark.parametrize("verb", [workflow.decide_as_proposed, workflow.conclude_many])
def test_a_sheet_that_is_elsewhere_stops_them_all(sheets, supervisor, verb):
    item = item_of(sheets[2], "ZB-1")
    workflow.send_back(item, "请复核", item.version, by=supervisor)
    refusal = refuses(workflow.OutOfOrder, verb, seals(sheets), by=supervisor)
    assert len(refusal.blockers) == 1
    assert "石沟村现在处于“部门瞄星”" in sentences(refusal)[0]


@pytest.mark.parametrize("verb", [workflow.decide_as_proposed, workflow.conclude_many])
@pytest.mark.parametrize("username", ["admin", "auditor", "reviewer_ny", "clerk_weipo", "nobody"])
def test_only_the_committee(sheets, verb, username):
    refuses(workflow.NotAllowed, verb, seals(sheets), by=person(username))


def test_the_number_of_queries_is_fixed(sheets, supervisor, django_assert_num_queries):
    supervisor.held  # noqa: B018 - read once per request, before
    few, many = seals(sheets[:1]), seals(sheets[1:])
    for read in (few, many):
        # Savepoint, lock, year, marks, stars, update, events, release.
        with django_assert_num_queries(8):
            workflow.decide_as_proposed(read, by=supervisor)


def test_those_decided_are_concluded_together(sheets, supervisor):
    workflow.decide_as_proposed(seals(sheets), by=supervisor)
    start = last_event().pk
    assert workflow.conclude_many(seals(sheets), by=supervisor) == 3
    found = Assessment.objects.filter(pk__in=[sheet.pk for sheet in sheets])
    assert set(found.values_list("step", "level", "concluded_by")) == {
        ("concluded", 4, supervisor.pk)
    }
    events = events_after(start)
    assert {event.assessment for event in events} == set(sheets)
    assert [event.verb for event in events] == [Verb.CONCLUDE] * 3


def test_one_undecided_stops_the_conclusion_of_all(sheets, supervisor):
    workflow.decide_as_proposed(seals(sheets[:2]), by=supervisor)
    refusal = refuses(workflow.Blocked, workflow.conclude_many, seals(sheets), by=supervisor)
    assert len(refusal.blockers) == 5
    assert sentences(refusal)[0] == "石沟村 支部过硬：还没有定星"


def test_a_decision_changed_meanwhile_is_not_concluded(sheets, supervisor):
    workflow.decide_as_proposed(seals(sheets), by=supervisor)
    read = seals(sheets)
    workflow.decide(sheets[0], {"ZB": (False, "软弱涣散")}, by=supervisor)
    refusal = refuses(workflow.Blocked, workflow.conclude_many, read, by=supervisor)
    assert sentences(refusal) == ["卫坡村：您打开之后已被别人改过"]


def test_a_closed_year_is_not_decided(sheets, supervisor):
    read = seals(sheets)
    close_year()
    refusal = refuses(workflow.OutOfOrder, workflow.decide_as_proposed, read, by=supervisor)
    assert sentences(refusal) == ["这一年度的创建没有在进行，不能再改动。"]


def test_a_star_is_withdrawn_for_the_reason_it_is_reopened_with(concluded, supervisor):
    start = last_event().pk
    workflow.reopen(concluded, "查实弄虚作假", by=supervisor, withdrawn=["PA"])
    star = concluded.stars.get(category__code="PA")
    assert (star.awarded, star.reason, star.decided_by) == (False, "查实弄虚作假", supervisor)
    reopened, withdrawn = events_after(start)
    assert (reopened.verb, reopened.reason) == ("reopen", "查实弄虚作假")
    assert (withdrawn.verb, withdrawn.changes) == ("decide", {"平安法治": [True, False]})
    assert (withdrawn.from_state, withdrawn.to_state) == ("supervision", "supervision")
    workflow.conclude(sheet_of("卫坡村"), by=supervisor)
    assert sheet_of("卫坡村").level == 4


def test_no_star_is_withdrawn_in_a_closed_year(concluded, supervisor):
    close_year()
    refuses(
        workflow.OutOfOrder, workflow.reopen, concluded, "查实", by=supervisor, withdrawn=["PA"]
    )
