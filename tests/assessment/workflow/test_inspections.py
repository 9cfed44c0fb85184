"""Joint inspections and their findings: written down, corrected, taken back, and refused."""

from datetime import date

import pytest

from assessment import workflow
from assessment.models import Event, Finding
from branches.models import Department
from tests.town import finding_on, inspection_of, item_of, notice_about, person, sheet_of

from .acts import kinds, last_event, refuses, sentences

pytestmark = pytest.mark.usefixtures("after_the_visit")


@pytest.fixture
def inspection(sheet):
    return inspection_of(sheet, sheet_of("南陈村"))


@pytest.fixture
def finding(sheet, inspection):
    return finding_on(sheet, inspection=inspection)


def facts_of(inspection, **changed):
    names = ("held_on", "purpose", "heard_report", "read_files", "looked_on_site", "participants")
    return {name: getattr(inspection, name) for name in names} | changed


def of_finding(finding, **changed):
    names = ("item_rating", "problem", "requirement", "department", "due_date")
    return {name: getattr(finding, name) for name in names} | changed


def edit(inspection, facts=None, departments=None, visits=None, version=None, by=None):
    now = {visit.assessment: visit.done_well for visit in inspection.visits.all()}
    return workflow.edit_inspection(
        inspection,
        facts or facts_of(inspection),
        inspection.departments.all() if departments is None else departments,
        now if visits is None else visits,
        inspection.version if version is None else version,
        by=by or person("supervisor"),
    )


def test_an_inspection_is_kept_with_who_went_where(inspection):
    assert str(inspection) == "2022年11月1日部门联查"
    assert [str(way) for way in inspection.ways] == ["听汇报", "看实地"]
    assert [visit.done_well for visit in inspection.visits.all()] == [
        "南陈村巡查有记录",
        "卫坡村巡查有记录",
    ]
    event = last_event()
    assert (event.verb, event.inspection) == ("record_inspection", inspection)
    assert event.changes == {"branches": [[], ["卫坡村", "南陈村"]]}


def test_an_inspection_that_says_too_little_is_refused(sheet, inspection, supervisor):
    facts = facts_of(
        inspection, heard_report=False, looked_on_site=False, held_on=date(2022, 11, 6)
    )
    refusal = refuses(
        workflow.Blocked, workflow.record_inspection, sheet.cycle, facts, [], {}, by=supervisor
    )
    assert kinds(refusal) == ["no_way", "nobody_visited", "held_later"]


def test_editing_says_what_changed(sheet, inspection):
    other = Department.objects.get(code="PA")
    visits = {sheet: "路灯全亮", sheet_of("石沟村"): ""}
    edit(inspection, facts_of(inspection, read_files=True), [other], visits)
    inspection.refresh_from_db()
    assert inspection.version == 1
    assert {visit.assessment.branch.name for visit in inspection.visits.all()} == {
        "卫坡村",
        "石沟村",
    }
    assert last_event().changes == {
        "read_files": [False, True],
        "departments": [["人居环境整治办公室", "农业服务中心"], ["平安建设办公室"]],
        "branches": [["南陈村", "卫坡村"], ["卫坡村", "石沟村"]],
        "卫坡村": ["卫坡村巡查有记录", "路灯全亮"],
    }


def test_editing_nothing_writes_nothing(inspection):
    before = Event.objects.count()
    edit(inspection)
    assert Event.objects.count() == before


def test_a_stale_edit_changes_nothing(inspection):
    edit(inspection, facts_of(inspection, purpose="复查"))
    refuses(workflow.Stale, edit, inspection, facts_of(inspection, purpose="别的"), version=0)


def test_a_branch_with_findings_stays_in_the_inspection(inspection, finding):
    refusal = refuses(workflow.Blocked, edit, inspection, visits={sheet_of("南陈村"): ""})
    assert sentences(refusal) == ["卫坡村在这次联查里已经登记了问题，不能去掉"]


def test_a_finding_is_kept_where_it_was_made(finding, inspection, sheet, item):
    assert (finding.inspection, finding.assessment, finding.state) == (inspection, sheet, "open")
    event = last_event()
    assert (event.verb, event.finding, event.item_rating) == ("record_finding", finding, item)
    assert (event.assessment, event.inspection) == (sheet, inspection)
    assert event.changes["item_rating"] == [None, "生态宜居 3 · 资源化利用"]
    assert event.changes["due_date"] == [None, "2022-11-20"]


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"problem": " "}, ["no_words"]),
        ({"requirement": "", "problem": ""}, ["no_words", "no_words"]),
        ({"due_date": date(2022, 10, 31)}, ["due_before_found"]),
    ],
)
def test_a_finding_that_says_too_little_is_refused(
    sheet, inspection, finding, supervisor, changed, expected
):
    facts = of_finding(finding, **changed)
    refusal = refuses(
        workflow.Blocked, workflow.record_finding, inspection, sheet, facts, by=supervisor
    )
    assert kinds(refusal) == expected


def test_a_finding_needs_a_visit_and_an_item_of_that_sheet(sheet, inspection, finding, supervisor):
    elsewhere = sheet_of("石沟村")
    refusal = refuses(
        workflow.Blocked,
        workflow.record_finding,
        inspection,
        elsewhere,
        of_finding(finding),
        by=supervisor,
    )
    assert kinds(refusal) == ["not_visited", "of_another_sheet"]


def test_whoever_takes_part_writes_findings_down(sheet, inspection):
    """农业服务中心 took part, 党建工作办公室 did not."""
    facts = of_finding(finding_on(sheet, inspection=inspection))
    record = (workflow.record_finding, inspection, sheet, facts)
    assert record[0](*record[1:], by=person("reviewer_ny")).recorded_by.username == "reviewer_ny"
    for username in ("reviewer_dj", "clerk_weipo", "auditor", "admin"):
        refusal = refuses(workflow.NotAllowed, *record, by=person(username))
        assert str(refusal) == "“登记问题”由部门审核人或党委督星人办理，您没有这项权限。"


def test_correcting_says_what_changed(finding, sheet, supervisor):
    facts = of_finding(finding, problem="沟边和地头有秸秆堆放", item_rating=item_of(sheet, "ST-2"))
    workflow.correct_finding(finding, facts, 0, by=supervisor)
    finding.refresh_from_db()
    assert (finding.problem, finding.version) == ("沟边和地头有秸秆堆放", 1)
    assert last_event().changes == {
        "item_rating": ["生态宜居 3 · 资源化利用", "生态宜居 2 · 粪污无害化处理"],
        "problem": ["沟边有秸秆堆放", "沟边和地头有秸秆堆放"],
    }
    refuses(workflow.Stale, workflow.correct_finding, finding, facts, 0, by=supervisor)


def test_an_answered_finding_is_not_corrected(finding, supervisor, clerk):
    workflow.rectify(finding, "已清理", "李某", by=clerk)
    facts = of_finding(finding, problem="别的")
    refusal = refuses(
        workflow.OutOfOrder, workflow.correct_finding, finding, facts, 0, by=supervisor
    )
    assert sentences(refusal) == ["卫坡村 · 沟边有秸秆堆放现在处于“待复核”，不能“更正问题”。"]


def test_what_an_issued_notice_tells_of_stays_as_it_was_said(finding, supervisor):
    notice = notice_about(finding)
    workflow.issue_notice(notice, by=supervisor)
    facts = of_finding(finding, problem="别的")
    for act in (
        (workflow.correct_finding, finding, facts, 0),
        (workflow.withdraw_finding, finding, "记错了"),
    ):
        refusal = refuses(workflow.Blocked, *act, by=supervisor)
        assert sentences(refusal) == [
            "这个问题已经写进印发的通报（朝督〔2022〕1号），不能再改；要改先撤回通报"
        ]
    workflow.withdraw_notice(notice, "有误", by=supervisor)
    workflow.withdraw_finding(finding, "记错了", by=supervisor)
    finding.refresh_from_db()
    assert (finding.state, finding.withdrawn_reason) == ("withdrawn", "记错了")


def test_withdrawing_wants_a_reason(finding, supervisor):
    refusal = refuses(workflow.Blocked, workflow.withdraw_finding, finding, " ", by=supervisor)
    assert sentences(refusal) == ["“撤销问题”要写明理由"]


def test_in_a_year_that_is_not_open_nothing_is_found(sheet, inspection, finding, supervisor):
    sheet.cycle.__class__.objects.update(state="closed")
    sheet.refresh_from_db()
    facts = of_finding(finding)
    acts = [
        (
            workflow.record_inspection,
            sheet.cycle,
            facts_of(inspection),
            [],
            {sheet: ""},
        ),
        (workflow.record_finding, inspection, sheet, facts),
        (workflow.correct_finding, finding, facts, 0),
        (workflow.withdraw_finding, finding, "记错了"),
    ]
    for act in acts:
        refuses(workflow.OutOfOrder, *act, by=supervisor)
    refuses(workflow.OutOfOrder, edit, inspection)


def test_findings_are_seen_by_whom_they_concern(finding):
    sees = {
        username: Finding.objects.visible_to(person(username)).exists()
        for username in (
            *("admin", "supervisor", "auditor", "clerk_weipo", "reviewer_ny"),
            *("clerk_nanchen", "liaison", "reviewer_dj", "nobody"),
        )
    }
    assert [name for name, seen in sees.items() if seen] == [
        *("admin", "supervisor", "auditor", "clerk_weipo", "reviewer_ny")
    ]
