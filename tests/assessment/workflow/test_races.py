"""Two people at once, each over a connection of their own: one wins, and nothing is done twice."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from time import sleep

import pytest
from django.db import connection, transaction

from assessment import workflow
from assessment.models import Assessment, Cycle, Event, ItemRating, Opinion
from branches.models import Branch, Department
from tests.town import at_step, conclude_everything, fill, item_of, person, reviewer_of, sheet_of

# Long enough for the other connection to come up against the lock.
A_MOMENT = 0.3


@pytest.fixture
def village(committed_town):
    return sheet_of("卫坡村")


def outcome(act):
    """Act over a connection of this thread's own: "done", or the name of the refusal."""
    try:
        act()
    except (workflow.Refusal, workflow.NotAllowed) as refusal:
        return type(refusal).__name__
    finally:
        connection.close()
    return "done"


def both(*acts):
    """Let all acts go at the same moment; returns what came of each."""
    start = Barrier(len(acts))

    def run(act):
        start.wait()
        return outcome(act)

    with ThreadPoolExecutor(len(acts)) as pool:
        return [future.result() for future in [pool.submit(run, act) for act in acts]]


def while_under_way(first, second):
    """Begin `second` when `first` has written and not yet committed; returns what came of it."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            late = pool.submit(outcome, second)
            sleep(A_MOMENT)
            assert not late.done()
        return late.result()


def kept(verb):
    return Event.objects.filter(verb=verb).count()


def test_two_saves_at_once(village):
    clerk = person("clerk_weipo")
    item = item_of(village, "ST-3")
    found = both(
        lambda: workflow.self_rate(item, {"measures": "甲"}, 0, by=clerk),
        lambda: workflow.self_rate(item, {"measures": "乙"}, 0, by=clerk),
    )
    assert sorted(found) == ["Stale", "done"]
    saved = item_of(village, "ST-3")
    assert (saved.version, saved.measures) == (1, "甲" if found[0] == "done" else "乙")
    assert kept("self_rate") == 1


def test_two_submits_at_once(village):
    fill(village)
    clerk = person("clerk_weipo")
    found = both(*[lambda: workflow.submit(village, by=clerk)] * 2)
    assert sorted(found) == ["OutOfOrder", "done"]
    assert kept("submit") == 1


def test_a_save_waits_for_the_save_before_it(village):
    clerk = person("clerk_weipo")
    item = item_of(village, "ST-3")
    found = while_under_way(
        lambda: workflow.self_rate(item, {"measures": "甲"}, 0, by=clerk),
        lambda: workflow.self_rate(item, {"measures": "乙"}, 0, by=clerk),
    )
    assert found == "Stale"
    assert item_of(village, "ST-3").measures == "甲"


def test_a_block_waits_for_the_save_before_it_and_is_refused_whole(village):
    clerk = person("clerk_weipo")
    item = item_of(village, "ST-3")
    block = {pk: (0, {"measures": "乙"}) for pk in village.items.values_list("pk", flat=True)}
    found = while_under_way(
        lambda: workflow.self_rate(item, {"measures": "甲"}, 0, by=clerk),
        lambda: workflow.self_rate_many(village, block, by=clerk),
    )
    assert (found, kept("self_rate")) == ("StaleItems", 1)
    assert set(village.items.values_list("measures", flat=True)) == {"", "甲"}


def test_a_save_waits_for_the_block_before_it(village):
    clerk = person("clerk_weipo")
    item = item_of(village, "ST-3")
    block = {pk: (0, {"measures": "乙"}) for pk in village.items.values_list("pk", flat=True)}
    found = while_under_way(
        lambda: workflow.self_rate_many(village, block, by=clerk),
        lambda: workflow.self_rate(item, {"measures": "甲"}, 0, by=clerk),
    )
    assert (found, kept("self_rate")) == ("Stale", 30)


def test_a_submit_waits_for_the_submit_before_it(village):
    fill(village)
    clerk = person("clerk_weipo")
    found = while_under_way(
        lambda: workflow.submit(village, by=clerk), lambda: workflow.submit(village, by=clerk)
    )
    assert (found, kept("submit")) == ("OutOfOrder", 1)


def test_nothing_is_written_into_a_sheet_that_is_being_submitted(village):
    fill(village)
    clerk = person("clerk_weipo")
    item = item_of(village, "ST-3")
    found = while_under_way(
        lambda: workflow.submit(village, by=clerk),
        lambda: workflow.self_rate(item, {"measures": ""}, 0, by=clerk),
    )
    assert (found, kept("self_rate")) == ("OutOfOrder", 0)
    assert item_of(village, "ST-3").measures == "演示举措"


def test_a_submit_sees_the_words_that_were_being_written(village):
    fill(village)
    clerk = person("clerk_weipo")
    item = item_of(village, "ST-3")
    found = while_under_way(
        lambda: workflow.self_rate(item, {"measures": ""}, 0, by=clerk),
        lambda: workflow.submit(village, by=clerk),
    )
    assert (found, kept("submit")) == ("Blocked", 0)


def test_two_marks_on_many_items_at_once(committed_town):
    items = [item_of(at_step(sheet_of(name), "review"), "ST-3") for name in ("卫坡村", "南陈村")]
    reviewer, versions = person("reviewer_ny"), {item.pk: item.version for item in items}
    found = both(
        lambda: workflow.review_many(versions, "met", "", by=reviewer),
        lambda: workflow.review_many(versions, "unmet", "台账不全", by=reviewer),
    )
    assert sorted(found) == ["Blocked", "done"]
    marks = ItemRating.objects.filter(pk__in=versions).values_list("review", "version")
    assert set(marks) == {("met" if found[0] == "done" else "unmet", items[0].version + 1)}
    assert kept("review") == 2


def test_two_workbooks_of_marks_at_once(committed_town):
    items = [item_of(at_step(sheet_of(name), "review"), "ST-3") for name in ("卫坡村", "南陈村")]
    reviewer = person("reviewer_ny")

    def marks(rating):
        words = {"review": rating, "review_note": "台账不全"}
        return {item.pk: (item.version, words) for item in items}

    found = both(
        lambda: workflow.review_each(marks("partly_met"), by=reviewer),
        lambda: workflow.review_each(marks("unmet"), by=reviewer),
    )
    assert sorted(found) == ["StaleItems", "done"]
    saved = ItemRating.objects.filter(pk__in=[item.pk for item in items])
    mark = "partly_met" if found[0] == "done" else "unmet"
    assert set(saved.values_list("review", "version")) == {(mark, items[0].version + 1)}
    assert kept("review") == 2


def test_two_opinions_at_once(village):
    item = item_of(at_step(village, "review"), "ST-3")
    department = Department.objects.get(code="RJ")
    by = reviewer_of(department)
    found = both(
        lambda: workflow.opine(item, department, "甲", 0, by=by),
        lambda: workflow.opine(item, department, "乙", 0, by=by),
    )
    assert sorted(found) == ["Stale", "done"]
    assert (Opinion.objects.get().text, kept("opine")) == ("甲" if found[0] == "done" else "乙", 1)


@pytest.fixture
def marked(village):
    """The sheet in review, every item marked met."""
    sheet = at_step(village, "review")
    sheet.items.update(review="met")
    return sheet


@pytest.mark.parametrize("verb", ["review", "return"])
def test_no_mark_or_return_lands_after_the_sign_off(marked, verb):
    """The sign-off is not the last, so the sheet stays in review: the item's pen must be asked."""
    reviewer = person("reviewer_ny")
    item = item_of(marked, "ST-3")
    acts = {
        "review": lambda: workflow.review(item, "unmet", "", item.version, by=reviewer),
        "return": lambda: workflow.return_item(item, "请补", item.version, by=reviewer),
    }
    found = while_under_way(
        lambda: workflow.sign_off(marked, item.task_item.lead_department, by=reviewer), acts[verb]
    )
    assert (found, kept(verb)) == ("OutOfOrder", 0)
    stands = item_of(marked, "ST-3")
    assert (stands.review, stands.is_returned) == ("met", False)


def test_a_sign_off_sees_the_return_that_was_under_way(marked):
    reviewer = person("reviewer_ny")
    item = item_of(marked, "ST-3")
    found = while_under_way(
        lambda: workflow.return_item(item, "请补", item.version, by=reviewer),
        lambda: workflow.sign_off(marked, item.task_item.lead_department, by=reviewer),
    )
    assert (found, kept("sign_off")) == ("Blocked", 0)


def test_one_department_signs_off_once(marked):
    reviewer = person("reviewer_ny")
    department = Department.objects.get(code="NY")
    found = while_under_way(
        lambda: workflow.sign_off(marked, department, by=reviewer),
        lambda: workflow.sign_off(marked, department, by=reviewer),
    )
    assert (found, kept("sign_off")) == ("Blocked", 1)


def test_of_two_last_departments_the_later_moves_the_sheet(marked):
    """Neither may think that the other is still to come."""
    *others, one, other = Department.objects.filter(
        led_items__ratings__assessment=marked
    ).distinct()
    reviewers = {department: reviewer_of(department) for department in [*others, one, other]}
    for department in others:
        workflow.sign_off(marked, department, by=reviewers[department])
    found = while_under_way(
        lambda: workflow.sign_off(marked, one, by=reviewers[one]),
        lambda: workflow.sign_off(marked, other, by=reviewers[other]),
    )
    assert found == "done"
    assert sheet_of("卫坡村").step == "supervision"


def test_two_committee_members_send_back_the_same_item(village):
    sheet = at_step(village, "supervision")
    supervisor = person("supervisor")
    item = item_of(sheet, "ST-3")
    found = both(
        *[lambda: workflow.send_back(item, "请复核", item.version, by=supervisor)] * 2,
    )
    assert sorted(found) == ["OutOfOrder", "done"]
    assert kept("send_back") == 1


def test_a_conclusion_sees_the_mark_that_was_under_way(village):
    sheet = at_step(village, "supervision")
    supervisor = person("supervisor")
    codes = sheet.stars.values_list("category__code", flat=True)
    workflow.decide(sheet, dict.fromkeys(codes, (True, "")), by=supervisor)
    item = item_of(sheet, "ST-3")
    found = while_under_way(
        lambda: workflow.supervise(item, "unmet", "没有看到", item.version, by=supervisor),
        lambda: workflow.conclude(sheet, by=supervisor),
    )
    assert (found, sheet_of("卫坡村").step) == ("Blocked", "supervision")


def agreeing(village):
    """Before the committee, with just the stars proposed that were set out for."""
    sheet = at_step(village, "supervision")
    sheet.items.filter(task_item__category__code="WM").update(review="partly_met")
    return sheet_of(village.branch.name)


def seals(*sheets):
    return {desk.sheet.pk: desk.seal for desk in workflow.desks(sheets)}


def test_two_who_decide_the_same_sheets_at_once(committed_town):
    read = seals(*[agreeing(sheet_of(name)) for name in ("卫坡村", "南陈村")])
    supervisor = person("supervisor")
    found = both(*[lambda: workflow.decide_as_proposed(read, by=supervisor)] * 2)
    assert sorted(found) == ["Blocked", "done"]
    assert kept("decide") == 10


def test_many_are_not_decided_over_a_mark_that_was_under_way(committed_town):
    sheets = [agreeing(sheet_of(name)) for name in ("卫坡村", "南陈村")]
    read, supervisor, item = seals(*sheets), person("supervisor"), item_of(sheets[0], "ST-3")
    found = while_under_way(
        lambda: workflow.supervise(item, "unmet", "没有看到", item.version, by=supervisor),
        lambda: workflow.decide_as_proposed(read, by=supervisor),
    )
    assert (found, kept("decide")) == ("Blocked", 0)


@pytest.fixture
def last_sheet(village):
    """卫坡村's sheet concluded, in a year where it is the only one."""
    others = Assessment.objects.exclude(pk=village.pk)
    ItemRating.objects.filter(assessment__in=others).delete()
    for sheet in others:
        sheet.stars.all().delete()
    others.delete()
    return at_step(village, "concluded")


def test_no_sheet_is_reopened_in_a_year_that_is_closing(last_sheet):
    admin, supervisor = person("admin"), person("supervisor")
    found = while_under_way(
        lambda: workflow.close_cycle(last_sheet.cycle, by=admin),
        lambda: workflow.reopen(last_sheet, "复核", by=supervisor),
    )
    assert (found, sheet_of("卫坡村").step) == ("OutOfOrder", "concluded")


def test_no_year_closes_over_a_sheet_that_is_being_reopened(last_sheet):
    admin, supervisor = person("admin"), person("supervisor")
    found = while_under_way(
        lambda: workflow.reopen(last_sheet, "复核", by=supervisor),
        lambda: workflow.close_cycle(last_sheet.cycle, by=admin),
    )
    assert (found, Cycle.objects.get().state) == ("Blocked", "open")


def test_a_year_opened_twice_at_once_has_one_sheet_a_branch(committed_town):
    admin = person("admin")
    Branch.objects.create(code="410308105999", name="新设社区", kind="community")
    found = both(*[lambda: workflow.open_cycle(committed_town, by=admin)] * 2)
    assert found == ["done", "done"]
    added = sheet_of("新设社区")
    assert (added.items.count(), added.stars.count()) == (30, 5)


def test_a_correction_waits_for_the_year_that_is_closing_and_is_refused(committed_town):
    conclude_everything()
    catalogue, admin = committed_town.catalogue, person("admin")
    found = while_under_way(
        lambda: workflow.close_cycle(committed_town, by=admin),
        lambda: workflow.correct_wording(catalogue, {"name": "改"}, by=admin),
    )
    assert (found, kept("correct")) == ("OutOfOrder", 0)


def test_a_year_that_closes_waits_for_the_correction_before_it(committed_town):
    conclude_everything()
    catalogue, admin = committed_town.catalogue, person("admin")
    found = while_under_way(
        lambda: workflow.correct_wording(catalogue, {"name": "改"}, by=admin),
        lambda: workflow.close_cycle(committed_town, by=admin),
    )
    assert (found, kept("correct"), kept("close_cycle")) == ("done", 1, 1)
