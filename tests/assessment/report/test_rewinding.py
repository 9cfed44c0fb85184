"""Rewinding by the events gives the rows as they were, whatever people have done since."""

from collections import Counter
from datetime import timedelta
from random import Random

import pytest

from assessment import workflow
from assessment.models import Event
from assessment.models.progress import snapshot_of
from assessment.rules.rewinding import rewound
from branches.models import Department
from tests.assessment.workflow.small_town import Town
from tests.town import at_step, finding_on, item_of, person, sheet_of, sign_off_everything

from .walk import walk

STEPS = 55


def whole(snapshot):
    """All of it, so that two can be compared."""
    facts = {name: getattr(snapshot, name) for name in snapshot.__dataclass_fields__}
    # What an item's own row does not say is worked out from the rest.
    facts["items"] = {row.pk: row for rows in snapshot.rows_by_sheet().values() for row in rows}
    return facts


def back_to(cycle, pk):
    """The year as it stood when `pk` was its latest event."""
    first = Event.objects.earliest("at").at
    changes = Event.objects.filter(pk__gt=pk).changes_since(cycle, first)
    return rewound(snapshot_of(cycle), [change for _at, change in changes])


@pytest.mark.parametrize("seed", [0, 2])
def test_back_to_where_it_was(town, seed):
    small, chance = Town(), Random(seed)
    done, moments = Counter(), []
    for _part in range(4):
        moments.append((Event.objects.latest("pk").pk, whole(snapshot_of(small.year))))
        done += walk(small, chance, STEPS)
    for pk, then in moments:
        assert whole(back_to(small.year, pk)) == then
    # A walk that got nowhere would prove nothing.
    assert done.total() > 40
    assert len(done) > 10


def test_what_the_row_says_of_an_item_is_said_by_the_events_too(town):
    """Here the flags of the rows themselves, for the walk compares what is worked out."""
    sheet = at_step(sheet_of("卫坡村"), "supervision")
    snapshot = snapshot_of(town)
    rows = {row.pk: row for row in sheet.item_rows()}
    ours = {row.pk: row for row in snapshot.rows_by_sheet()[sheet.pk]}
    for pk, row in rows.items():
        flags = (row.is_returned, row.is_signed_off, row.has_open_finding)
        assert (ours[pk].is_returned, ours[pk].is_signed_off, ours[pk].has_open_finding) == flags
        assert ours[pk].is_signed_off


def test_a_category_that_has_been_renamed_is_still_found(town):
    sheet = at_step(sheet_of("卫坡村"), "supervision")
    pk, before = Event.objects.latest("pk").pk, whole(snapshot_of(town))
    category = town.catalogue.categories.get(code="ST")
    workflow.decide(sheet, {"ST": (True, "")}, by=person("supervisor"))
    workflow.correct_wording(category, {"name": "生态美丽"}, by=person("admin"))
    assert snapshot_of(town).awarded[sheet.pk, "ST"] is True
    then = whole(back_to(town, pk))
    assert then["awarded"] == before["awarded"]


def test_a_department_that_has_been_renamed_signed_off_no_earlier(town):
    sheet = at_step(sheet_of("卫坡村"), "review")
    pk = Event.objects.latest("pk").pk
    sign_off_everything(sheet)
    Department.objects.filter(code="NY").update(name="农业农村办公室")
    assert (sheet.pk, "NY") in snapshot_of(town).signed
    then = back_to(town, pk)
    assert (then.signed, then.steps[sheet.pk]) == (set(), "review")


def test_a_sign_off_that_lapsed_and_came_again(town):
    sheet = at_step(sheet_of("卫坡村"), "supervision")
    pk, before = Event.objects.latest("pk").pk, whole(snapshot_of(town))
    item = item_of(sheet, "ST-3")
    workflow.send_back(item, "请核实", item.version, by=person("supervisor"))
    lapsed = Event.objects.latest("pk").pk
    department = Department.objects.get(code="NY")
    assert (sheet.pk, "NY") not in snapshot_of(town).signed
    item = item_of(sheet, "ST-3")
    workflow.review(item, "partly_met", "", item.version, by=person("reviewer_ny"))
    workflow.sign_off(sheet, department, by=person("reviewer_ny"))
    assert (sheet.pk, "NY") in snapshot_of(town).signed
    assert (sheet.pk, "NY") not in back_to(town, lapsed).signed
    assert whole(back_to(town, pk)) == before


def test_what_was_corrected_in_a_finding_counts_from_the_beginning(town):
    finding = finding_on(sheet_of("卫坡村"))
    pk = Event.objects.latest("pk").pk
    kept = ("item_rating", "problem", "requirement", "department")
    facts = {name: getattr(finding, name) for name in kept}
    facts["due_date"] = finding.due_date - timedelta(days=9)
    workflow.correct_finding(finding, facts, finding.version, by=person("supervisor"))
    assert back_to(town, pk).findings[finding.pk].due_date == facts["due_date"]
