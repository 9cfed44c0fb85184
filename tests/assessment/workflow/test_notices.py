"""督查通报: drafted, issued under the year's next number, read, withdrawn, never changed."""

import pytest
from django.db import DatabaseError, transaction

from assessment import workflow
from assessment.enums import Verb
from assessment.models import Cycle, Notice
from tests.town import CAST, finding_on, inspection_of, notice_about, person, sheet_of

from .acts import kinds, last_event, refuses, sentences

pytestmark = pytest.mark.usefixtures("after_the_visit")


@pytest.fixture
def finding(sheet):
    return finding_on(sheet)


@pytest.fixture
def draft(finding):
    return notice_about(finding)


@pytest.fixture
def issued(draft, supervisor):
    workflow.issue_notice(draft, by=supervisor)
    return again(draft)


def again(notice):
    return Notice.objects.select_related("cycle").get(pk=notice.pk)


def words_of(notice, **changed):
    return {name: getattr(notice, name) for name in workflow.notices.WORDS} | changed


def test_a_draft_has_no_number(draft, finding):
    assert (draft.state, draft.number, draft.reference) == ("draft", None, "")
    assert list(draft.findings.all()) == [finding]
    assert last_event().verb == "draft_notice"


def test_a_notice_is_made_of_something(town, supervisor):
    words = dict.fromkeys(workflow.notices.WORDS, "字")
    refusal = refuses(workflow.Blocked, workflow.draft_notice, town, [], [], words, by=supervisor)
    assert kinds(refusal) == ["nothing_chosen"]


def test_numbers_run_on_within_the_year_and_are_never_used_again(finding, supervisor):
    first, second, third = (notice_about(finding) for _ in range(3))
    workflow.issue_notice(second, by=supervisor)
    workflow.discard_notice(first, by=supervisor)
    workflow.withdraw_notice(second, "日期写错", by=supervisor)
    workflow.issue_notice(third, by=supervisor)
    told = [(again(one).state, again(one).reference) for one in (first, second, third)]
    assert told == [
        ("discarded", ""),
        ("withdrawn", "朝督〔2022〕1号"),
        ("issued", "朝督〔2022〕2号"),
    ]


def test_the_prefix_is_a_setting(draft, supervisor, settings):
    settings.NOTICE_PREFIX = "孟朝督"
    workflow.issue_notice(draft, by=supervisor)
    assert again(draft).reference == "孟朝督〔2022〕1号"


def test_the_annex_is_kept_as_it_was(issued, finding, sheet):
    assert issued.annex == [
        {
            "branch": "卫坡村",
            "item": "生态宜居 3 · 资源化利用",
            "problem": "沟边有秸秆堆放",
            "requirement": "清理离田，留存台账",
            "department": "农业服务中心",
            "due_date": "2022-11-20",
        }
    ]
    type(sheet.branch).objects.filter(pk=sheet.branch_id).update(name="新坡村")
    assert again(issued).annex[0]["branch"] == "卫坡村"
    assert (issued.issued_by.username, last_event().verb) == ("supervisor", "issue_notice")


def test_a_notice_that_lacks_words_or_tells_of_what_is_withdrawn_waits(draft, finding, supervisor):
    workflow.edit_notice(
        draft, words_of(draft, title="通报", requirements=" "), [finding], 0, by=supervisor
    )
    workflow.withdraw_finding(finding, "记错了", by=supervisor)
    refusal = refuses(workflow.Blocked, workflow.issue_notice, draft, by=supervisor)
    assert sentences(refusal) == [
        "“工作要求”不能空着",
        "卫坡村 · 沟边有秸秆堆放：这个问题已撤销，请从通报里去掉",
    ]


def test_editing_says_what_changed_and_a_stale_one_changes_nothing(draft, sheet, supervisor):
    other = finding_on(sheet, code="", problem="路面有积水")
    workflow.edit_notice(draft, words_of(draft, title="新的"), [other], 0, by=supervisor)
    assert last_event().changes == {
        "title": ["关于秸秆禁烧督查情况的通报", "新的"],
        "findings": [["卫坡村 · 沟边有秸秆堆放"], ["卫坡村 · 路面有积水"]],
    }
    assert list(draft.findings.all()) == [other]
    act = (workflow.edit_notice, draft, words_of(draft), [other], 0)
    refuses(workflow.Stale, *act, by=supervisor)


def test_an_issued_notice_is_not_changed_by_any_verb(issued, finding, supervisor):
    for act in (
        (workflow.edit_notice, issued, words_of(issued, title="别的"), [finding], issued.version),
        (workflow.discard_notice, issued),
        (workflow.issue_notice, issued),
    ):
        refuses(workflow.OutOfOrder, *act, by=supervisor)


@pytest.mark.parametrize("name", ["title", "problems", "reference", "annex", "number"])
def test_nor_past_the_verbs(issued, name):
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Notice.objects.filter(pk=issued.pk).update(**{name: 9})


def test_nor_made_a_draft_again_or_removed(issued):
    back = {"state": "draft", "issued_at": None, "issued_by": None, "number": None}
    for act in (lambda rows: rows.update(**back), lambda rows: rows._raw_delete("default")):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            act(Notice.objects.filter(pk=issued.pk))


def test_a_branch_confirms_once(issued, sheet, clerk):
    workflow.confirm_notice(issued, sheet, by=clerk)
    event = last_event()
    assert (event.verb, event.assessment, event.actor) == ("confirm_notice", sheet, clerk)
    workflow.confirm_notice(issued, sheet, by=clerk)
    assert last_event() == event
    assert [reading.read_by for reading in issued.readings.all()] == [clerk]
    assert not Notice.objects.unread_at([sheet]).exists()
    assert Notice.objects.unread_at([sheet_of("南陈村")]).exists()


def test_only_its_own_clerk_confirms_for_a_branch(issued, sheet):
    for username in set(CAST) - {"clerk_weipo"}:
        act = (workflow.confirm_notice, issued, sheet)
        refuses(workflow.NotAllowed, *act, by=person(username))


def test_a_draft_or_a_withdrawn_one_is_not_confirmed(draft, sheet, clerk, supervisor):
    refuses(workflow.OutOfOrder, workflow.confirm_notice, draft, sheet, by=clerk)
    workflow.issue_notice(draft, by=supervisor)
    refuses(workflow.Blocked, workflow.withdraw_notice, draft, " ", by=supervisor)
    workflow.withdraw_notice(draft, "有误", by=supervisor)
    refuses(workflow.OutOfOrder, workflow.confirm_notice, draft, sheet, by=clerk)


def test_who_reads_what(draft, supervisor):
    def readers():
        return [name for name in CAST if Notice.objects.visible_to(person(name)).exists()]

    assert readers() == ["admin", "supervisor", "auditor"]
    workflow.issue_notice(draft, by=supervisor)
    assert readers() == [name for name in CAST if name != "nobody"]


TABLE = {
    Verb.DRAFT_NOTICE: lambda n, by: workflow.draft_notice(
        n.cycle, n.inspections.all(), [], words_of(n), by=by
    ),
    Verb.EDIT_NOTICE: lambda n, by: workflow.edit_notice(n, words_of(n), [], n.version, by=by),
    Verb.DISCARD_NOTICE: lambda n, by: workflow.discard_notice(n, by=by),
    Verb.ISSUE_NOTICE: lambda n, by: workflow.issue_notice(n, by=by),
}


@pytest.mark.parametrize("verb", TABLE)
def test_the_office_alone_writes_and_only_in_an_open_year(verb, draft):
    for username in set(CAST) - {"supervisor"}:
        refuses(workflow.NotAllowed, TABLE[verb], again(draft), person(username))
    Cycle.objects.update(state="closed")
    refuses(workflow.OutOfOrder, TABLE[verb], again(draft), person("supervisor"))


def test_an_inspection_alone_is_enough(sheet, supervisor):
    words = dict.fromkeys(workflow.notices.WORDS, "字")
    inspection = inspection_of(sheet)
    notice = workflow.draft_notice(sheet.cycle, [inspection], [], words, by=supervisor)
    workflow.issue_notice(notice, by=supervisor)
    assert again(notice).annex == []


def test_in_a_closed_year_none_is_confirmed_or_withdrawn(issued, sheet, clerk, supervisor):
    Cycle.objects.update(state="closed")
    refuses(workflow.OutOfOrder, workflow.confirm_notice, issued, sheet, by=clerk)
    refuses(workflow.OutOfOrder, workflow.withdraw_notice, issued, "有误", by=supervisor)


def test_what_was_changed_since_it_was_read_is_not_issued(draft, finding, supervisor):
    workflow.edit_notice(draft, words_of(draft, title="改过"), [finding], 0, by=supervisor)
    refuses(workflow.Stale, workflow.issue_notice, draft, by=supervisor, version=0)
    assert again(draft).state == "draft"
    workflow.issue_notice(draft, by=supervisor, version=1)
    assert again(draft).title == "改过"


def test_what_one_may_do_depends_on_its_state_and_the_person(draft, supervisor):
    acts = (Verb.EDIT_NOTICE, Verb.ISSUE_NOTICE, Verb.DISCARD_NOTICE, Verb.WITHDRAW_NOTICE)

    def allowed(username):
        found = again(draft)
        return [v for v in acts if workflow.may_on_notice(v, found, person(username))]

    assert {name: len(allowed(name)) for name in CAST} == {
        **dict.fromkeys(CAST, 0),
        "supervisor": 3,
    }
    workflow.issue_notice(draft, by=supervisor)
    assert allowed("supervisor") == [Verb.WITHDRAW_NOTICE]
    Cycle.objects.update(state="closed")
    assert allowed("supervisor") == []


def test_what_is_unread_is_told_for_each_branch(issued, finding, sheet, clerk, supervisor):
    other, withdrawn = sheet_of("南陈村"), notice_about(finding)
    workflow.issue_notice(withdrawn, by=supervisor)
    workflow.withdraw_notice(withdrawn, "有误", by=supervisor)
    notice_about(finding)

    def unread():
        rows = Notice.objects.unread_at([sheet, other])
        return [(row.reference, row.unread_at) for row in rows]

    assert unread() == [("朝督〔2022〕1号", "南陈村"), ("朝督〔2022〕1号", "卫坡村")]
    workflow.confirm_notice(issued, sheet, by=clerk)
    assert unread() == [("朝督〔2022〕1号", "南陈村")]


def test_drafts_come_first_then_the_latest_number_each_with_its_readers(
    issued, finding, sheet, clerk, supervisor
):
    second, _draft = notice_about(finding), notice_about(finding)
    workflow.issue_notice(second, by=supervisor)
    workflow.confirm_notice(issued, sheet, by=clerk)
    rows = Notice.objects.with_counts().in_order()
    assert [(row.number, row.read, row.asked) for row in rows] == [
        (None, 0, 27),
        (2, 0, 27),
        (1, 1, 27),
    ]
