"""Role × step × verb, whole: who may do what where, and that everybody else changes nothing."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction

from assessment import files, workflow
from assessment.enums import Step, Verb
from assessment.models import Cycle, Evidence
from assessment.permissions import may, roles_for
from assessment.rules.transitions import BY_VERB, TRANSITIONS
from branches.enums import Role
from branches.models import Department, Membership, User
from tests.town import CAST, at_step, fill, item_of, person, sheet_of

from ..evidence.samples import PDF
from .acts import rows

# The cast, and a reviewer of the department that supports ST-3 without leading it.
PEOPLE = (*CAST, "reviewer_rj")
CLERK = {"clerk_weipo"}  # of 卫坡村, whose sheet it is
LEAD = {"reviewer_ny"}  # of 农业服务中心, which leads ST-3
SUPPORT = {"reviewer_rj"}  # of 人居环境整治办公室, which supports ST-3
COMMITTEE = {"supervisor"}
TOWN_HALL = {"supervisor", "admin"}
NOONE = set()
FILING = (
    Verb.FILE_EVIDENCE,
    Verb.ATTACH_EVIDENCE,
    Verb.DETACH_EVIDENCE,
    Verb.REPLACE_EVIDENCE,
)

# verb: who may in self-rating, review, supervision, concluded; NOONE: it is out of order there.
TABLE = {
    Verb.SET_TARGET: (TOWN_HALL, NOONE, NOONE, NOONE),
    Verb.TARGET_STARS: (CLERK, NOONE, NOONE, NOONE),
    Verb.SELF_RATE: (CLERK, CLERK, NOONE, NOONE),  # in review: a returned item
    **dict.fromkeys(FILING, (CLERK, CLERK, NOONE, NOONE)),  # in review: on a returned item
    Verb.SUBMIT: (CLERK, NOONE, NOONE, NOONE),
    Verb.COLLECT: (COMMITTEE, NOONE, NOONE, NOONE),
    Verb.EXTEND: (COMMITTEE, COMMITTEE, COMMITTEE, NOONE),
    Verb.REVIEW: (NOONE, LEAD, NOONE, NOONE),
    Verb.RETURN: (NOONE, LEAD, NOONE, NOONE),
    Verb.RESUBMIT: (NOONE, CLERK, NOONE, NOONE),  # a returned item
    Verb.OPINE: (NOONE, SUPPORT, NOONE, NOONE),
    Verb.SIGN_OFF: (NOONE, LEAD, NOONE, NOONE),
    Verb.SIGN_OFF_FOR: (NOONE, COMMITTEE, NOONE, NOONE),
    Verb.SUPERVISE: (NOONE, NOONE, COMMITTEE, NOONE),
    Verb.SEND_BACK: (NOONE, NOONE, COMMITTEE, NOONE),
    Verb.DECIDE: (NOONE, NOONE, COMMITTEE, NOONE),
    Verb.CONCLUDE: (NOONE, NOONE, COMMITTEE, NOONE),
    Verb.REOPEN: (NOONE, NOONE, NOONE, COMMITTEE),
}

# verb: the call, with everything in place but the person and the step.
CALLS = {
    Verb.SET_TARGET: lambda s, i, by: workflow.set_targets(
        s.cycle, {s.pk: (s.target_level, 5)}, by=by, reason="党委会议定"
    ),
    Verb.TARGET_STARS: lambda s, i, by: workflow.target_stars(s, ["WM"], by=by),
    Verb.SELF_RATE: lambda s, i, by: workflow.self_rate(i, {"progress": "新"}, i.version, by=by),
    Verb.FILE_EVIDENCE: lambda s, i, by: workflow.file_evidence(i, read(PDF), None, by=by),
    Verb.ATTACH_EVIDENCE: lambda s, i, by: workflow.attach_evidence(i, [], by=by),
    Verb.DETACH_EVIDENCE: lambda s, i, by: workflow.detach_evidence(i, filed(i), by=by),
    Verb.REPLACE_EVIDENCE: lambda s, i, by: workflow.replace_evidence(
        i, filed(i), read(PDF + b"new"), None, by=by
    ),
    Verb.SUBMIT: lambda s, i, by: workflow.submit(s, by=by),
    Verb.COLLECT: lambda s, i, by: workflow.collect(s, by=by),
    Verb.EXTEND: lambda s, i, by: workflow.extend(
        s, "supervision", date(2999, 1, 1), "延期", by=by
    ),
    Verb.REVIEW: lambda s, i, by: workflow.review(i, "unmet", "不全", i.version, by=by),
    Verb.RETURN: lambda s, i, by: workflow.return_item(i, "请补", i.version, by=by),
    Verb.RESUBMIT: lambda s, i, by: workflow.resubmit(i, i.version, by=by),
    Verb.OPINE: lambda s, i, by: workflow.opine(i, support(), "现场看过", 0, by=by),
    Verb.SIGN_OFF: lambda s, i, by: workflow.sign_off(s, lead(i), by=by),
    Verb.SIGN_OFF_FOR: lambda s, i, by: workflow.sign_off_for(s, lead(i), "没有回音", by=by),
    Verb.SUPERVISE: lambda s, i, by: workflow.supervise(i, "unmet", "看过", i.version, by=by),
    Verb.SEND_BACK: lambda s, i, by: workflow.send_back(i, "请复核", i.version, by=by),
    Verb.DECIDE: lambda s, i, by: workflow.decide(s, {"ZB": (False, "一票否决")}, by=by),
    Verb.CONCLUDE: lambda s, i, by: workflow.conclude(s, by=by),
    Verb.REOPEN: lambda s, i, by: workflow.reopen(s, "复核", by=by),
}


def lead(item):
    return item.task_item.lead_department


def support():
    return Department.objects.get(code="RJ")


def read(content):
    return files.read(SimpleUploadedFile("方案.pdf", content))


def filed(item):
    return item.evidence.get()


def prepare(verb, step):
    """卫坡村's sheet at `step` and its ST-3, with no blocker in the way of `verb`."""
    sheet = at_step(sheet_of("卫坡村"), step)
    file_something(item_of(sheet, "ST-3"))
    if step == Step.SELF_RATING:
        fill(sheet)
    if step == Step.REVIEW:
        sheet.items.update(review="met")
        if verb in (Verb.SELF_RATE, Verb.RESUBMIT, *FILING):
            item = item_of(sheet, "ST-3")
            workflow.return_item(item, "请补", item.version, by=person("reviewer_ny"))
    if step == Step.SUPERVISION and verb == Verb.CONCLUDE:
        codes = sheet.stars.values_list("category__code", flat=True)
        workflow.decide(sheet, dict.fromkeys(codes, (True, "")), by=person("supervisor"))
    return sheet_of("卫坡村"), item_of(sheet, "ST-3")


def file_something(item):
    """A file that backs the item, put there past the verbs."""
    sheet = item.assessment
    evidence = Evidence.objects.create(
        branch=sheet.branch,
        cycle=sheet.cycle,
        name="旧.pdf",
        kind="pdf",
        size=1,
        sha256="0" * 64,
        file="evidence/00/old.pdf",
        uploaded_by=person("clerk_weipo"),
    )
    evidence.items.add(item)


@pytest.fixture
def people(town):
    supporter = User.objects.create(username="reviewer_rj")
    Membership.objects.create(
        user=supporter, role=Role.REVIEWER, department=Department.objects.get(code="RJ")
    )
    return PEOPLE


class _Undone(Exception):
    pass


def outcome(verb, sheet, item, username):
    """What comes of the call: "done", or the name of the refusal. Either way it is undone."""
    try:
        with transaction.atomic():
            CALLS[verb](sheet, item, person(username))
            raise _Undone
    except _Undone:
        return "done"
    except (workflow.Refusal, workflow.NotAllowed) as refusal:
        return type(refusal).__name__


def test_the_table_is_complete():
    assert TABLE.keys() == CALLS.keys() == {row.verb for row in TRANSITIONS}
    for verb, who in TABLE.items():
        steps = {step for step, names in zip(Step, who, strict=True) if names}
        assert steps == BY_VERB[verb].sources


@pytest.mark.parametrize("step", Step)
@pytest.mark.parametrize("verb", TABLE)
def test_who_may(verb, step, people, late):
    allowed = dict(zip(Step, TABLE[verb], strict=True))[step]
    late()
    sheet, item = prepare(verb, step)
    before = rows()
    found = {username: outcome(verb, sheet, item, username) for username in people}
    refusal = "NotAllowed" if allowed else "OutOfOrder"
    assert found == {name: "done" if name in allowed else refusal for name in people}
    assert rows() == before


@pytest.mark.parametrize("step", Step)
def test_an_inactive_person_may_do_nothing(step, people, late):
    late()
    sheet, item = prepare(Verb.RESUBMIT, step)
    User.objects.update(is_active=False)
    before = rows()
    for verb in TABLE:
        refusal = "NotAllowed" if step in BY_VERB[verb].sources else "OutOfOrder"
        assert {outcome(verb, sheet, item, username) for username in people} == {refusal}
    assert rows() == before


@pytest.mark.parametrize("state", ["preparing", "closed"])
@pytest.mark.parametrize("step", Step)
def test_nothing_happens_in_a_year_that_is_not_open(state, step, people, late):
    late()
    prepare(None, step)
    Cycle.objects.update(state=state)
    sheet = sheet_of("卫坡村")
    item = item_of(sheet, "ST-3")
    before = rows()
    planned = {Verb.SET_TARGET} if state == "preparing" else set()
    for verb in TABLE.keys() - planned:
        found = {outcome(verb, sheet, item, username) for username in people}
        assert found == {"OutOfOrder"}
    assert rows() == before


def test_the_refusal_says_who_may(people, sheet):
    with pytest.raises(workflow.NotAllowed) as refusal:
        workflow.submit(sheet, by=person("auditor"))
    assert str(refusal.value) == "“提交台账”由村级填报人办理，您没有这项权限。"


def test_a_person_may_hold_several_memberships(people):
    """A clerk who also reviews does both, each in its place, and nothing else."""
    Membership.objects.create(
        user=person("clerk_weipo"), role=Role.REVIEWER, department=Department.objects.get(code="NY")
    )
    sheet, item = prepare(Verb.RESUBMIT, Step.REVIEW)
    assert outcome(Verb.RESUBMIT, sheet, item, "clerk_weipo") == "done"
    marked = item_of(sheet, "ST-2")
    assert outcome(Verb.REVIEW, sheet, marked, "clerk_weipo") == "done"
    assert outcome(Verb.EXTEND, sheet, marked, "clerk_weipo") == "NotAllowed"


@pytest.mark.parametrize("verb", [verb for verb in Verb if roles_for(verb)])
def test_nobody_may_without_a_place(verb, town):
    assert not may(person("nobody"), verb)
    assert not may(person("nobody"), verb, branch_id=1, department_id=1)
    assert not may(person("auditor"), verb, branch_id=1, department_id=1)
