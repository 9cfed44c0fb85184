"""整改 and 销号: round after round, put off or not, and what stands in a star's way meanwhile."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from assessment import files, workflow
from assessment.enums import Moment, Verb
from assessment.models import Cycle, Event, Finding, FindingFile, TaskItem
from branches.enums import Role
from branches.models import Department, Membership, User
from tests.town import at_step, finding_on, person

from ..evidence.samples import PDF, picture
from .acts import events_after, kinds, last_event, refuses, sentences

pytestmark = pytest.mark.usefixtures("after_the_visit")


@pytest.fixture
def finding(sheet):
    return finding_on(sheet)


@pytest.fixture
def answered(finding, clerk):
    workflow.rectify(finding, "已清理离田", "李某", by=clerk)
    return again(finding)


def again(finding):
    return Finding.objects.with_places().get(pk=finding.pk)


def read(name="照片.png", content=None):
    return files.read(SimpleUploadedFile(name, content or picture("PNG")))


def test_rounds_are_all_kept(finding, clerk, supervisor):
    begun = Event.objects.latest("pk").pk
    workflow.rectify(finding, "已清理", "李某", by=clerk)
    workflow.refuse_rectification(finding, 1, "沟底还有", by=supervisor)
    assert again(finding).state == "open"
    workflow.rectify(finding, "沟底也清了", "李某", by=clerk)
    workflow.close_finding(finding, 2, "现场看过", by=person("reviewer_ny"))
    finding = again(finding)
    assert (finding.state, finding.closed_by.username) == ("closed", "reviewer_ny")
    told = [
        (one.number, one.measure, one.is_closed, one.recheck_note, one.rechecked_by.username)
        for one in finding.rounds.all()
    ]
    assert told == [
        (1, "已清理", False, "沟底还有", "supervisor"),
        (2, "沟底也清了", True, "现场看过", "reviewer_ny"),
    ]
    assert [(event.verb, event.to_state) for event in events_after(begun)] == [
        ("rectify", "answered"),
        ("refuse_rectification", "open"),
        ("rectify", "answered"),
        ("close_finding", "closed"),
    ]


@pytest.mark.parametrize(
    ("measure", "who", "expected"),
    [
        ("", "李某", ["“整改措施”不能空着"]),
        (" ", " ", ["“整改措施”不能空着", "“责任人”不能空着"]),
    ],
)
def test_an_empty_answer_is_refused(finding, clerk, measure, who, expected):
    refusal = refuses(workflow.Blocked, workflow.rectify, finding, measure, who, by=clerk)
    assert sentences(refusal) == expected


def test_two_answers_at_once_make_one(answered, clerk):
    refusal = refuses(workflow.OutOfOrder, workflow.rectify, answered, "又一次", "李某", by=clerk)
    assert sentences(refusal) == ["卫坡村 · 沟边有秸秆堆放现在处于“待复核”，不能“上报整改”。"]


def test_refusing_wants_a_reason_and_the_round_that_was_read(answered, clerk, supervisor):
    refusal = refuses(
        workflow.Blocked, workflow.refuse_rectification, answered, 1, "", by=supervisor
    )
    assert sentences(refusal) == ["“复核不通过”要写明理由"]
    workflow.refuse_rectification(answered, 1, "沟底还有", by=supervisor)
    workflow.rectify(answered, "沟底也清了", "李某", by=clerk)
    refusal = refuses(workflow.OutOfOrder, workflow.close_finding, answered, 1, "", by=supervisor)
    assert sentences(refusal) == ["支部又上报了一次整改，请看过新的内容再复核。"]


def test_an_extension_is_asked_for_and_granted(finding, clerk, supervisor):
    workflow.ask_extension(finding, date(2022, 12, 1), "等机械", by=clerk)
    assert again(finding).due_date == date(2022, 11, 20)
    refusal = refuses(
        workflow.Blocked, workflow.ask_extension, finding, date(2022, 12, 9), "再等", by=clerk
    )
    assert kinds(refusal) == ["extension_waits"]
    workflow.grant_extension(finding, "", by=supervisor)
    assert again(finding).due_date == date(2022, 12, 1)
    assert last_event().changes == {"due_date": ["2022-11-20", "2022-12-01"]}
    refusal = refuses(workflow.OutOfOrder, workflow.grant_extension, finding, "", by=supervisor)
    assert sentences(refusal) == ["这个问题没有等答复的延期申请。"]


def test_an_extension_is_refused_with_a_reason(finding, clerk, supervisor):
    workflow.ask_extension(finding, date(2022, 12, 1), "等机械", by=clerk)
    refuses(workflow.Blocked, workflow.refuse_extension, finding, "", by=supervisor)
    workflow.refuse_extension(finding, "机械已到位", by=supervisor)
    asked = finding.extensions.get()
    assert (asked.is_granted, asked.answer, again(finding).due_date) == (
        False,
        "机械已到位",
        date(2022, 11, 20),
    )
    workflow.ask_extension(finding, date(2022, 11, 25), "还差两天", by=clerk)


def test_after_the_due_date_nothing_is_put_off(finding, clerk, time_machine):
    time_machine.move_to("2022-11-21T09:00+08:00")
    refusal = refuses(
        workflow.Blocked, workflow.ask_extension, finding, date(2022, 12, 1), "等", by=clerk
    )
    assert kinds(refusal) == ["due_is_past"]


@pytest.fixture
def key_finding(sheet):
    """An open finding on a key item of a sheet that everybody has marked met."""
    TaskItem.objects.filter(category__code="ST", number=3).update(is_key=True)
    sheet = at_step(sheet, "supervision")
    return finding_on(sheet)


def decisions(sheet, **changed):
    codes = sheet.stars.values_list("category__code", flat=True)
    return {code: changed.get(code, (True, "")) for code in codes}


def test_a_key_items_finding_keeps_the_star_away_until_closed(key_finding, supervisor, clerk):
    sheet = key_finding.assessment
    act = (workflow.decide, sheet, decisions(sheet, ST=(True, "看过")))
    refusal = refuses(workflow.Blocked, *act, by=supervisor)
    assert kinds(refusal) == ["finding_open"]
    workflow.rectify(key_finding, "已清理", "李某", by=clerk)
    refuses(workflow.Blocked, *act, by=supervisor)
    workflow.close_finding(key_finding, 1, "", by=supervisor)
    assert workflow.decide(sheet, decisions(sheet), by=supervisor) == 5


def test_or_until_it_is_set_aside_with_a_reason(key_finding, supervisor):
    sheet = key_finding.assessment
    refuses(workflow.Blocked, workflow.set_aside, key_finding, "", by=supervisor)
    workflow.set_aside(key_finding, "县里统一施工", by=supervisor)
    assert workflow.decide(sheet, decisions(sheet), by=supervisor) == 5
    finding = again(key_finding)
    assert (finding.state, finding.set_aside_reason) == ("open", "县里统一施工")
    refuses(workflow.OutOfOrder, workflow.set_aside, key_finding, "再说", by=supervisor)


def test_a_finding_made_after_the_decision_stops_the_conclusion(key_finding, supervisor):
    sheet = key_finding.assessment
    workflow.withdraw_finding(key_finding, "记错了", by=supervisor)
    workflow.decide(sheet, decisions(sheet), by=supervisor)
    finding_on(sheet)
    refusal = refuses(workflow.Blocked, workflow.conclude, sheet, by=supervisor)
    assert set(kinds(refusal)) == {"finding_open", "star_differs"}


def test_what_names_no_item_is_not_set_aside(sheet, supervisor):
    finding = finding_on(sheet, code="")
    refusal = refuses(workflow.Blocked, workflow.set_aside, finding, "无关", by=supervisor)
    assert kinds(refusal) == ["no_item"]


def test_a_year_does_not_close_over_an_open_finding(key_finding, supervisor):
    sheet = key_finding.assessment
    workflow.decide(sheet, decisions(sheet, ST=(False, "")), by=supervisor)
    workflow.conclude(sheet, by=supervisor)
    others = sheet.cycle.assessments.exclude(pk=sheet.pk)
    others.update(
        step="concluded",
        level=0,
        submitted_at="2022-11-01T00:00Z",
        submitted_by=supervisor,
        concluded_at="2022-11-01T00:00Z",
        concluded_by=supervisor,
    )
    act = (workflow.close_cycle, sheet.cycle)
    refusal = refuses(workflow.Blocked, *act, by=person("admin"))
    assert sentences(refusal) == ["卫坡村 · 沟边有秸秆堆放：还没有销号，也没有认定不影响定星"]
    workflow.set_aside(key_finding, "县里统一施工", by=supervisor)
    workflow.close_cycle(sheet.cycle, by=person("admin"))
    assert Cycle.objects.get(year=2022).state == "closed"


def test_files_go_with_the_report(finding, clerk, supervisor):
    found = workflow.file_on_finding(finding, read(), Moment.FOUND, None, by=supervisor)
    before = workflow.file_on_finding(finding, read(), Moment.BEFORE, None, by=clerk)
    after = workflow.file_on_finding(finding, read("方案.pdf", PDF), Moment.AFTER, None, by=clerk)
    wrong = workflow.file_on_finding(finding, read(), Moment.AFTER, None, by=clerk)
    workflow.remove_from_finding(wrong, by=clerk)
    reported = workflow.rectify(finding, "已清理", "李某", by=clerk)
    assert set(reported.files.all()) == {before, after}
    assert last_event().changes["files"] == [[], [before.name, after.name]]
    found.refresh_from_db()
    assert found.round is None
    workflow.refuse_rectification(finding, 1, "沟底还有", by=supervisor)
    refusal = refuses(workflow.OutOfOrder, workflow.remove_from_finding, after, by=clerk)
    assert sentences(refusal) == ["这份资料已经随整改上报，或者刚刚被移出了。"]


def test_the_same_file_sent_again_is_kept_once(finding, clerk):
    filed = [
        workflow.file_on_finding(finding, read(), Moment.AFTER, None, by=clerk) for _ in range(2)
    ]
    assert filed[0] == filed[1]
    assert FindingFile.objects.count() == 1


def test_a_branchs_files_count_towards_its_yearly_limit(finding, clerk, supervisor, settings):
    settings.EVIDENCE_YEAR_BYTES = 10
    refusal = refuses(
        workflow.Blocked, workflow.file_on_finding, finding, read(), Moment.AFTER, None, by=clerk
    )
    assert kinds(refusal) == ["quota_full"]
    workflow.file_on_finding(finding, read(), Moment.FOUND, None, by=supervisor)


CLERK, OFFICE = {"clerk_weipo"}, {"supervisor"}
TEAM, RECHECK = {"supervisor", "reviewer_ny", "reviewer_rj"}, {"supervisor", "reviewer_ny"}
# verb → the call, and who may: 农业服务中心 is responsible, 人居环境整治办公室 took part.
TABLE = {
    Verb.RECTIFY: (lambda f, by: workflow.rectify(f, "清", "李", by=by), CLERK),
    Verb.CLOSE_FINDING: (lambda f, by: workflow.close_finding(f, 1, "", by=by), RECHECK),
    Verb.REFUSE_RECTIFICATION: (
        lambda f, by: workflow.refuse_rectification(f, 1, "还有", by=by),
        RECHECK,
    ),
    Verb.ASK_EXTENSION: (
        lambda f, by: workflow.ask_extension(f, date(2022, 12, 1), "等", by=by),
        CLERK,
    ),
    Verb.GRANT_EXTENSION: (lambda f, by: workflow.grant_extension(f, "", by=by), OFFICE),
    Verb.REFUSE_EXTENSION: (lambda f, by: workflow.refuse_extension(f, "不", by=by), OFFICE),
    Verb.SET_ASIDE: (lambda f, by: workflow.set_aside(f, "动工", by=by), OFFICE),
    Verb.FILE_FOUND: (
        lambda f, by: workflow.file_on_finding(f, read(), Moment.FOUND, None, by=by),
        TEAM,
    ),
    Verb.FILE_RECTIFIED: (
        lambda f, by: workflow.file_on_finding(f, read(), Moment.AFTER, None, by=by),
        CLERK,
    ),
}


def prepare(verb, finding):
    if verb in (Verb.GRANT_EXTENSION, Verb.REFUSE_EXTENSION):
        workflow.ask_extension(finding, date(2022, 12, 1), "等", by=person("clerk_weipo"))
    if verb in (Verb.CLOSE_FINDING, Verb.REFUSE_RECTIFICATION):
        workflow.rectify(finding, "已清理", "李某", by=person("clerk_weipo"))
    rj = User.objects.create(username="reviewer_rj")
    department = Department.objects.get(code="RJ")
    Membership.objects.create(user=rj, role=Role.REVIEWER, department=department)


@pytest.mark.parametrize("verb", TABLE)
def test_who_may(verb, finding):
    call, allowed = TABLE[verb]
    prepare(verb, finding)
    everybody = {*User.objects.values_list("username", flat=True)}
    for username in everybody - allowed:
        refuses(workflow.NotAllowed, call, again(finding), person(username))
    for username in sorted(allowed)[:1]:
        call(again(finding), person(username))
        assert last_event().verb == verb
        assert last_event().actor.username == username


@pytest.mark.parametrize("verb", TABLE)
def test_nothing_happens_in_a_closed_year_or_to_a_withdrawn_finding(verb, finding, supervisor):
    call, allowed = TABLE[verb]
    prepare(verb, finding)
    who = person(sorted(allowed)[0])
    Cycle.objects.update(state="closed")
    refuses(workflow.OutOfOrder, call, again(finding), who)
    Cycle.objects.update(state="open")
    workflow.withdraw_finding(again(finding), "记错了", by=supervisor)
    refuses(workflow.OutOfOrder, call, again(finding), who)


def test_nothing_is_taken_off_in_a_closed_year(finding, clerk, supervisor):
    filed = [
        workflow.file_on_finding(finding, read(), moment, None, by=by)
        for moment, by in ((Moment.FOUND, supervisor), (Moment.AFTER, clerk))
    ]
    Cycle.objects.update(state="closed")
    for file, by in zip(filed, (supervisor, clerk), strict=True):
        file.refresh_from_db()
        refuses(workflow.OutOfOrder, workflow.remove_from_finding, file, by=by)
