"""The verbs: filing, attaching, detaching, replacing; what is kept and what is not."""

import pytest
from django.core.exceptions import PermissionDenied

from assessment import files, workflow
from assessment.models import Event, Evidence
from branches.enums import Role
from branches.models import Membership
from tests.town import at_step, item_of, person, sheet_of

from ..workflow.acts import events_after, kinds, refuses
from .conftest import stored
from .samples import PDF, photo, sent


def reading(content=PDF + b"new", name="新.pdf"):
    return files.read(sent(name, content))


@pytest.fixture
def mark(town):
    """The last event before the test's own."""
    return Event.objects.latest("pk").pk


@pytest.fixture
def returned(sheet):
    """ST-3 returned from review."""
    at_step(sheet, "review")
    item = item_of(sheet, "ST-3")
    workflow.return_item(item, "补照片", item.version, by=person("reviewer_ny"))
    return item_of(sheet, "ST-3")


def test_a_file_is_kept_and_told(item, file_on, mark, clerk):
    evidence = file_on(item, photo(), "路灯.jpg")
    assert (evidence.name, evidence.kind, evidence.uploaded_by) == ("路灯.jpg", "image", clerk)
    assert (evidence.branch, evidence.cycle) == (item.assessment.branch, item.assessment.cycle)
    assert evidence.taken_on.isoformat() == "2022-10-21"
    assert evidence.uploaded_at.date() != evidence.taken_on
    assert stored(evidence.file).startswith(b"\xff\xd8\xff")
    assert len(stored(evidence.file)) == evidence.size
    assert list(item.evidence.all()) == [evidence]
    [event] = events_after(mark)
    assert (event.verb, event.item_rating, event.actor) == ("file_evidence", item, clerk)
    assert event.changes == {"evidence": [[], ["路灯.jpg"]]}


def test_the_day_that_is_typed_holds(item, file_on):
    assert file_on(item, photo(), taken_on="2022-09-01").taken_on == "2022-09-01"


def test_filing_leaves_the_words_and_their_version_alone(item, file_on):
    file_on(item)
    item.refresh_from_db()
    assert (item.version, item.changed_at) == (0, None)


def test_content_filed_this_year_is_attached_and_not_kept_twice(item, another, file_on, on_disk):
    first, again, elsewhere = file_on(item), file_on(item, name="副本.pdf"), file_on(another)
    assert first == again == elsewhere
    assert len(on_disk()) == 1
    assert set(first.items.all()) == {item, another}
    assert Event.objects.filter(verb="file_evidence").count() == 2  # the retry changed nothing


def test_another_branch_keeps_its_own(item, file_on, on_disk):
    assert file_on(item) != file_on(item_of(sheet_of("南陈村"), "ST-3"))
    assert len(on_disk()) == 2


@pytest.mark.parametrize("content", [PDF, photo()])
def test_a_failure_leaves_no_file(item, content, on_disk, monkeypatch, clerk):
    """The last thing that the transaction does fails."""

    def fail(*args, **kwargs):
        raise RuntimeError("no room")

    monkeypatch.setattr("assessment.workflow.evidence.keep_on_sheet", fail)
    with pytest.raises(RuntimeError):
        workflow.file_evidence(item, reading(content), None, by=clerk)
    assert on_disk() == []
    assert not Evidence.objects.exists()


def test_the_quota_is_of_one_branch_and_year(item, file_on, settings, clerk, on_disk):
    settings.EVIDENCE_YEAR_BYTES = 2 * len(PDF)
    file_on(item)
    file_on(item_of(sheet_of("南陈村"), "ST-3"), PDF + b"x" * len(PDF))
    refusal = refuses(
        workflow.Blocked, workflow.file_evidence, item, reading(PDF * 2), None, by=clerk
    )
    assert kinds(refusal) == ["quota_full"]
    assert len(on_disk()) == 2
    assert file_on(item, PDF[:-1] + b"y")


def test_old_versions_count(item, file_on, settings, clerk):
    evidence = file_on(item)
    settings.EVIDENCE_YEAR_BYTES = 2 * len(PDF)
    refusal = refuses(
        workflow.Blocked,
        workflow.replace_evidence,
        item,
        evidence,
        reading(PDF * 2),
        None,
        by=clerk,
    )
    assert kinds(refusal) == ["quota_full"]


def test_attaching(item, another, file_on, mark, clerk):
    evidence = file_on(item)
    for _twice in range(2):
        workflow.attach_evidence(another, [evidence], by=clerk)
    assert list(another.evidence.all()) == [evidence]
    told = [event for event in events_after(mark) if event.verb == "attach_evidence"]
    assert [event.item_rating for event in told] == [another]


@pytest.mark.parametrize("whose", ["another branch's", "an older version"])
def test_what_is_not_the_branch_s_own_is_not_attached(whose, item, another, file_on, clerk):
    if whose == "another branch's":
        evidence = file_on(item_of(sheet_of("南陈村"), "ST-3"))
    else:
        evidence = file_on(item)
        workflow.replace_evidence(item, evidence, reading(), None, by=clerk)
    refuses(workflow.OutOfOrder, workflow.attach_evidence, another, [evidence], by=clerk)


def test_detaching_keeps_the_file(item, another, file_on, clerk, on_disk):
    evidence = file_on(item)
    workflow.attach_evidence(another, [evidence], by=clerk)
    workflow.detach_evidence(item, evidence, by=clerk)
    assert list(evidence.items.all()) == [another]
    assert len(on_disk()) == 1
    assert Event.objects.first().changes == {"evidence": [["方案.pdf"], []]}


def test_replacing_keeps_the_old_version(item, another, file_on, clerk, on_disk):
    old = file_on(item)
    workflow.attach_evidence(another, [old], by=clerk)
    new = workflow.replace_evidence(item, old, reading(), None, by=clerk)
    for each in (item, another):
        assert list(each.evidence.current()) == [new]
        assert old in each.evidence.all()
    assert new.replaces == old
    assert stored(old.file) == PDF
    assert len(on_disk()) == 2
    told = Event.objects.filter(verb="replace_evidence")
    assert {event.item_rating for event in told} == {item, another}
    assert {str(event.changes) for event in told} == {"{'evidence': [['方案.pdf'], ['新.pdf']]}"}


def test_a_version_is_replaced_once(item, file_on, clerk, on_disk):
    old = file_on(item)
    workflow.replace_evidence(item, old, reading(), None, by=clerk)
    second = reading(PDF + b"second")
    refuses(workflow.OutOfOrder, workflow.replace_evidence, item, old, second, None, by=clerk)
    assert len(on_disk()) == 2


def test_detaching_takes_the_older_versions_along(item, file_on, clerk):
    old = file_on(item)
    new = workflow.replace_evidence(item, old, reading(), None, by=clerk)
    other = file_on(item, PDF + b"other")
    workflow.detach_evidence(item, new, by=clerk)
    assert list(item.evidence.all()) == [other]


def test_the_same_content_is_no_replacement(item, file_on, clerk):
    old = file_on(item)
    refusal = refuses(
        workflow.Blocked, workflow.replace_evidence, item, old, reading(PDF), None, by=clerk
    )
    assert kinds(refusal) == ["same_content"]


def test_a_file_that_another_item_in_review_uses_is_not_replaced(returned, clerk, on_disk):
    """The department would find another file than the one it has read."""
    sheet = returned.assessment
    evidence = workflow.file_evidence(returned, reading(PDF), None, by=clerk)
    evidence.items.add(item_of(sheet, "ST-2"))
    refusal = refuses(
        workflow.Blocked, workflow.replace_evidence, returned, evidence, reading(), None, by=clerk
    )
    assert kinds(refusal) == ["backs_another"]
    assert "2" in str(refusal)
    assert len(on_disk()) == 1


def test_a_returned_item_shows_what_was_filed_since(returned, file_on, clerk):
    file_on(returned, name="补.pdf")
    saves = Event.objects.since_return(returned)
    assert [event.changes for event in saves] == [{"evidence": [[], ["补.pdf"]]}]


@pytest.mark.parametrize("username", ["clerk_nanchen", "liaison", "reviewer_ny", "supervisor"])
def test_only_the_branch_s_clerks(username, item, file_on, on_disk):
    with pytest.raises(PermissionDenied):
        file_on(item, by=person(username))
    assert on_disk() == []


def test_a_second_clerk_of_the_branch_may(item, file_on):
    Membership.objects.create(
        user=person("liaison"), role=Role.CLERK, branch=item.assessment.branch
    )
    assert file_on(item, by=person("liaison"))
