"""A sheet on its way from the branch to the committee's desk."""

from datetime import date

import pytest
from django.utils import timezone

from assessment import workflow
from assessment.enums import Step, Verb
from assessment.models import DepartmentSignOff
from assessment.rules.stars import proposed
from assessment.rules.transitions import BY_VERB
from assessment.workflow.checks import move
from branches.models import Department
from tests.town import at_step, fill, item_of, reviewer_of, sheet_of

from .acts import again, events_after, kinds, last_event, refuses, rows, sentences
from .conftest import departments_of


def targeted(sheet):
    return set(sheet.stars.filter(targeted=True).values_list("category__code", flat=True))


def test_target_stars(sheet, clerk):
    workflow.target_stars(sheet, ["ST", "ZB"], by=clerk)
    assert targeted(sheet) == {"ZB", "ST"}
    event = last_event()
    assert (event.verb, event.actor, event.assessment) == ("target_stars", clerk, sheet)
    assert (event.from_state, event.to_state) == ("self_rating", "self_rating")
    assert event.changes == {"targeted": [[], ["支部过硬", "生态宜居"]]}
    workflow.target_stars(sheet, ["WM"], by=clerk)
    assert targeted(sheet) == {"WM"}
    assert last_event().changes == {"targeted": [["支部过硬", "生态宜居"], ["文明幸福"]]}


def test_choosing_the_same_stars_writes_nothing(sheet, clerk):
    workflow.target_stars(sheet, ["ST", "ZB"], by=clerk)
    before = rows()
    workflow.target_stars(sheet, ["ZB", "ST"], by=clerk)
    assert rows() == before


def test_submit(sheet, clerk):
    fill(sheet)
    start = last_event().pk
    workflow.submit(sheet, by=clerk)
    handed_in = sheet_of("卫坡村")
    assert (handed_in.step, handed_in.submitted_by) == ("review", clerk)
    assert (handed_in.submitted_at, handed_in.is_collected) == (timezone.now(), False)
    [event] = events_after(start)
    assert (event.verb, event.actor, event.assessment) == ("submit", clerk, sheet)
    assert (event.from_state, event.to_state) == ("self_rating", "review")
    assert (event.cycle, event.item_rating) == (sheet.cycle, None)
    assert (event.subject, event.reason, event.changes) == ("卫坡村 2022", "", {})


def test_submit_lists_all_that_is_missing(sheet, clerk):
    fill(sheet, targets=("ZB", "CY", "ST"))
    sheet.items.filter(task_item__category__code="ST", task_item__number=3).update(measures="")
    sheet.items.filter(task_item__category__code="WM", task_item__number=6).update(
        self_rating="not_applicable"
    )
    refusal = refuses(workflow.Blocked, workflow.submit, sheet, by=clerk)
    assert sentences(refusal) == [
        "拟创星还没选够：创建目标是四星",
        "生态宜居 3 · 资源化利用：还没有填写具体举措",
        "文明幸福 6 · 做好养老、医疗等民生服务：标为不适用，要写明理由",
    ]


def test_an_empty_sheet_is_blocked_item_by_item(sheet, clerk):
    refusal = refuses(workflow.Blocked, workflow.submit, sheet, by=clerk)
    assert len(refusal.blockers) == 1 + 30 * 3


def test_submitting_twice(sheet, clerk):
    fill(sheet)
    workflow.submit(sheet, by=clerk)
    refusal = refuses(workflow.OutOfOrder, workflow.submit, sheet, by=clerk)
    assert sentences(refusal) == ["卫坡村现在处于“部门瞄星”，不能“提交台账”。"]


def test_a_late_sheet_is_still_submitted(sheet, clerk, late):
    fill(sheet)
    late()
    workflow.submit(sheet, by=clerk)
    assert sheet_of("卫坡村").step == "review"


def test_collect_takes_the_sheet_as_it_stands(sheet, supervisor, late):
    sheet.items.filter(task_item__category__code="ZB").update(self_rating="met")
    late()
    start = last_event().pk
    workflow.collect(sheet, by=supervisor)
    collected = sheet_of("卫坡村")
    assert (collected.step, collected.is_collected) == ("review", True)
    assert collected.submitted_by == supervisor
    [event] = events_after(start)
    assert (event.verb, event.actor) == ("collect", supervisor)
    assert (event.from_state, event.to_state) == ("self_rating", "review")
    # Blanks stay blank, and count as unmet.
    assert collected.items.filter(self_rating="").count() == 24


@pytest.mark.parametrize(
    ("moment", "passes"),
    [
        ("2022-10-30T12:00+08:00", False),
        ("2022-10-31T23:59+08:00", False),
        # The day ends in the town, whatever the hour in Greenwich.
        ("2022-11-01T00:01+08:00", True),
    ],
)
def test_collect_only_after_the_due_date(sheet, supervisor, time_machine, moment, passes):
    time_machine.move_to(moment, tick=False)
    if passes:
        workflow.collect(sheet, by=supervisor)
    else:
        refusal = refuses(workflow.Blocked, workflow.collect, sheet, by=supervisor)
        assert sentences(refusal) == ["村组标星还没有过期限"]


def test_without_a_due_date_nothing_is_collected(sheet, supervisor, late):
    type(sheet.cycle).objects.update(self_rating_due=None)
    late()
    refuses(workflow.Blocked, workflow.collect, sheet, by=supervisor)


def test_an_extension_moves_the_due_date_of_one_branch(sheet, supervisor, time_machine):
    start = last_event().pk
    workflow.extend(sheet, "self_rating", date(2022, 11, 15), "受疫情影响", by=supervisor)
    assert sheet_of("卫坡村").due("self_rating") == date(2022, 11, 15)
    assert sheet_of("南陈村").due("self_rating") == date(2022, 10, 31)
    [event] = events_after(start)
    assert (event.verb, event.actor, event.reason) == ("extend", supervisor, "受疫情影响")
    assert (event.from_state, event.to_state) == ("self_rating", "self_rating")
    assert event.changes == {"self_rating_due": ["2022-10-31", "2022-11-15"]}
    time_machine.move_to("2022-11-10T09:00+08:00", tick=False)
    refuses(workflow.Blocked, workflow.collect, sheet, by=supervisor)
    workflow.collect(sheet_of("南陈村"), by=supervisor)
    time_machine.move_to("2022-11-16T09:00+08:00", tick=False)
    workflow.collect(sheet, by=supervisor)


def test_a_due_date_is_extended_again_but_never_drawn_in(sheet, supervisor, time_machine):
    time_machine.move_to("2022-11-10T09:00+08:00", tick=False)
    workflow.extend(sheet, "review", date(2022, 12, 5), "延一周", by=supervisor)
    for day in (date(2022, 11, 30), date(2022, 12, 5)):
        refusal = refuses(
            workflow.Blocked, workflow.extend, sheet, "review", day, "改期", by=supervisor
        )
        assert sentences(refusal) == ["新的期限要晚于现在的期限，也不能早于今天"]
    workflow.extend(sheet, "review", date(2022, 12, 6), "再延一天", by=supervisor)
    assert last_event().changes == {"review_due": ["2022-12-05", "2022-12-06"]}


@pytest.mark.parametrize(("step", "open_steps"), [("review", 2), ("supervision", 1)])
def test_a_step_that_is_over_is_not_extended(sheet, supervisor, step, open_steps):
    sheet = at_step(sheet, step)
    over = Step.marking()[: 3 - open_steps]
    for each in (*over, Step.CONCLUDED):
        refuses(
            workflow.OutOfOrder,
            workflow.extend,
            sheet,
            each,
            date(2999, 1, 1),
            "延期",
            by=supervisor,
        )


def test_an_extension_is_not_over_before_it_begins(sheet, supervisor, time_machine):
    time_machine.move_to("2023-03-01T09:00+08:00", tick=False)
    refuses(
        workflow.Blocked,
        workflow.extend,
        sheet,
        "self_rating",
        date(2023, 2, 28),
        "延期",
        by=supervisor,
    )
    workflow.extend(sheet, "self_rating", date(2023, 3, 1), "延期", by=supervisor)


def test_an_extension_needs_a_reason(sheet, supervisor):
    refusal = refuses(
        workflow.Blocked, workflow.extend, sheet, "review", date(2999, 1, 1), "", by=supervisor
    )
    assert sentences(refusal) == ["“延期”要写明理由"]


def test_the_last_sign_off_moves_the_sheet(in_review):
    departments = departments_of(in_review)
    in_review.items.update(review="met")
    start = last_event().pk
    for department in departments[:-1]:
        workflow.sign_off(in_review, department, by=reviewer_of(department))
        assert sheet_of("卫坡村").step == "review"
    last = departments[-1]
    workflow.sign_off(in_review, last, by=reviewer_of(last))
    assert sheet_of("卫坡村").step == "supervision"
    events = events_after(start)
    assert [event.verb for event in events] == ["sign_off"] * len(departments)
    assert {event.from_state for event in events} == {"review"}
    assert [event.to_state for event in events] == ["review"] * (len(events) - 1) + ["supervision"]
    assert events[-1].actor == reviewer_of(last)
    assert events[-1].changes == {"department": [None, last.name]}
    signed = {row.department: row for row in DepartmentSignOff.objects.all()}
    assert list(signed) == departments
    assert signed[last].signed_by == reviewer_of(last)
    assert signed[last].signed_at == timezone.now()
    assert {row.reason for row in signed.values()} == {""}


def test_nothing_returned_or_unmarked_is_signed_off(returned_item, reviewer):
    sheet, department = returned_item.assessment, returned_item.task_item.lead_department
    sheet.items.filter(task_item__category__code="CY").update(review="met")
    refusal = refuses(workflow.Blocked, workflow.sign_off, sheet, department, by=reviewer)
    assert sentences(refusal) == [
        "生态宜居 2 · 粪污无害化处理：还没有瞄星",
        "生态宜居 3 · 资源化利用：已退回支部，还没有重新提交",
    ]


def test_a_department_that_lets_an_item_off_says_why(reviewed_item, reviewer):
    sheet, department = reviewed_item.assessment, reviewed_item.task_item.lead_department
    sheet.items.update(review="met")
    sheet.items.filter(pk=reviewed_item.pk).update(review="not_applicable")
    refusal = refuses(workflow.Blocked, workflow.sign_off, sheet, department, by=reviewer)
    assert sentences(refusal) == ["生态宜居 3 · 资源化利用：标为不适用，要写明理由"]
    sheet.items.filter(pk=reviewed_item.pk).update(review_note="没有畜禽养殖")
    workflow.sign_off(sheet, department, by=reviewer)


def test_signing_off_twice(in_review, reviewer):
    department = Department.objects.get(code="NY")
    in_review.items.update(review="met")
    workflow.sign_off(in_review, department, by=reviewer)
    refusal = refuses(workflow.Blocked, workflow.sign_off, in_review, department, by=reviewer)
    assert sentences(refusal) == ["农业服务中心已经审核办结"]


def test_a_department_that_only_cooperates_signs_nothing_off(in_review):
    sheet_items = in_review.items.led_by(Department.objects.get(code="SH"))
    task = sheet_items.get().task_item
    type(task).objects.filter(pk=task.pk).update(lead_department=Department.objects.get(code="XC"))
    supporter = Department.objects.get(code="SH")
    refusal = refuses(
        workflow.Blocked, workflow.sign_off, in_review, supporter, by=reviewer_of(supporter)
    )
    assert kinds(refusal) == ["leads_nothing"]


def test_a_sign_off_is_no_other_departments(in_review, reviewer):
    in_review.items.update(review="met")
    refuses(
        workflow.NotAllowed,
        workflow.sign_off,
        in_review,
        Department.objects.get(code="RJ"),
        by=reviewer,
    )


def test_silence_never_passes_an_item(in_review, supervisor, late, sign_off_others):
    """What a silent department left unmarked counts as unmet until the committee marks it."""
    sign_off_others(in_review, but="NY")
    in_review.items.filter(task_item__category__code="CY").update(review="met")
    department = Department.objects.get(code="NY")
    late()
    start = last_event().pk
    workflow.sign_off_for(in_review, department, "多次催办没有回音", by=supervisor)
    sheet = sheet_of("卫坡村")
    assert sheet.step == "supervision"
    [event] = events_after(start)
    assert (event.verb, event.actor) == ("sign_off_for", supervisor)
    assert (event.from_state, event.to_state) == ("review", "supervision")
    assert (event.reason, event.changes) == (
        "多次催办没有回音",
        {"department": [None, "农业服务中心"]},
    )
    signed = DepartmentSignOff.objects.get(department=department)
    assert (signed.signed_by, signed.reason) == (supervisor, "多次催办没有回音")
    silent = [str(item.task_item) for item in sheet.items.with_places() if item.is_silent]
    assert silent == ["生态宜居 2 · 粪污无害化处理", "生态宜居 3 · 资源化利用"]
    assert proposed(sheet.item_rows(), 100) == {"ZB", "CY", "PA", "WM"}
    for code in ("ST-2", "ST-3"):
        item = item_of(sheet, code)
        workflow.supervise(item, "met", "现场看过", item.version, by=supervisor)
        assert not again(item).is_silent
    assert "ST" in proposed(sheet.item_rows(), 100)


def test_an_open_return_ends_and_its_old_mark_does_not_pass(
    reviewed_item, reviewer, clerk, supervisor, late, sign_off_others
):
    sheet, department = reviewed_item.assessment, reviewed_item.task_item.lead_department
    sheet.items.led_by(department).update(review="met")
    workflow.return_item(reviewed_item, "请补台账", reviewed_item.version, by=reviewer)
    sign_off_others(sheet, but="NY")
    late()
    start = last_event().pk
    open_return = again(reviewed_item)
    workflow.sign_off_for(sheet, department, "没有回音", by=supervisor)
    ended = again(reviewed_item)
    assert (ended.is_returned, ended.return_reason) == (False, None)
    assert (ended.review, ended.is_silent, ended.is_changed_since_review) == ("", True, False)
    assert "ST" not in proposed(sheet.item_rows(), 100)
    # The erased mark is in the item's own history; the sign-off comes after it.
    of_item, of_sheet = events_after(start)
    assert (of_item.verb, of_item.item_rating, of_item.actor) == (
        "sign_off_for",
        reviewed_item,
        supervisor,
    )
    assert (of_item.changes, of_item.reason) == ({"review": ["met", ""]}, "没有回音")
    assert (of_item.from_state, of_item.to_state) == ("review", "review")
    assert (of_sheet.item_rating, of_sheet.to_state) == (None, "supervision")
    # The branch that was still writing is told so.
    refuses(workflow.OutOfOrder, workflow.resubmit, open_return, open_return.version, by=clerk)


def test_signing_off_for_a_department_waits_for_the_due_date(in_review, supervisor, time_machine):
    department = Department.objects.get(code="NY")
    time_machine.move_to("2022-11-30T23:00+08:00", tick=False)
    refusal = refuses(
        workflow.Blocked, workflow.sign_off_for, in_review, department, "没有回音", by=supervisor
    )
    assert sentences(refusal) == ["部门瞄星还没有过期限"]
    time_machine.move_to("2022-12-01T00:01+08:00", tick=False)
    workflow.extend(in_review, "review", date(2022, 12, 5), "延一周", by=supervisor)
    refuses(
        workflow.Blocked, workflow.sign_off_for, in_review, department, "没有回音", by=supervisor
    )
    time_machine.move_to("2022-12-06T00:01+08:00", tick=False)
    workflow.sign_off_for(in_review, department, "没有回音", by=supervisor)


def test_signing_off_for_a_department_once_and_with_a_reason(in_review, supervisor, late):
    late()
    department = Department.objects.get(code="NY")
    refusal = refuses(
        workflow.Blocked, workflow.sign_off_for, in_review, department, " ", by=supervisor
    )
    assert sentences(refusal) == ["“代部门办结”要写明理由"]
    workflow.sign_off_for(in_review, department, "没有回音", by=supervisor)
    refusal = refuses(
        workflow.Blocked, workflow.sign_off_for, in_review, department, "没有回音", by=supervisor
    )
    assert kinds(refusal) == ["already_signed_off"]


def test_a_collected_sheet_goes_the_same_way(sheet, supervisor, clerk, reviewer, late):
    """Its blanks can be returned and filled in like any other."""
    late()
    workflow.collect(sheet, by=supervisor)
    item = item_of(sheet, "ST-3")
    workflow.return_item(item, "请填写", item.version, by=reviewer)
    item = again(item)
    words = {"self_rating": "met", "measures": "建沼气站", "responsible_person": "王某"}
    workflow.self_rate(item, words, item.version, by=clerk)
    item = again(item)
    workflow.resubmit(item, item.version, by=clerk)
    assert again(item).is_changed_since_review


def test_two_sheets_do_not_touch_each_other(sheet, supervisor, late):
    """Sending back, signing off for a department: the other sheet's rows stay, sign-offs too."""
    at_step(sheet, "supervision")
    other = at_step(sheet_of("南陈村"), "supervision")
    late()

    def rows_of_other():
        return [*other.items.order_by("pk").values_list(), *other.sign_offs.values_list()]

    before = rows_of_other()
    item = item_of(sheet, "ST-3")
    workflow.send_back(item, "请到现场", item.version, by=supervisor)
    workflow.sign_off_for(sheet, item.task_item.lead_department, "没有回音", by=supervisor)
    assert rows_of_other() == before
    assert sheet_of("南陈村").step == "supervision"


def test_a_sheet_moves_only_from_where_it_was_read(sheet):
    """Behind the lock stands the condition, where a database does not know locks."""
    at_step(sheet, "review")
    refusal = refuses(workflow.OutOfOrder, move, sheet, BY_VERB[Verb.SUBMIT])
    assert sentences(refusal) == ["刚才已有人办理了这一步，这次没有重复办理。"]
