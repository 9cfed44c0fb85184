"""The paragraph of words on a span of days."""

from datetime import date

import pytest

from assessment import workflow
from assessment.models import Cycle, ReportNote
from tests.town import CAST, person

from .acts import last_event, refuses

SPAN = (date(2022, 11, 1), date(2022, 11, 30))


def test_it_is_kept_with_its_author_and_rewritten_knowingly(town, supervisor):
    workflow.write_report(town, *SPAN, "稳步推进", 0, by=supervisor)
    note = ReportNote.objects.get()
    assert (note.text, note.written_by, note.version) == ("稳步推进", supervisor, 1)
    assert last_event().changes == {"text": ["", "稳步推进"]}
    refuses(workflow.Stale, workflow.write_report, town, *SPAN, "别的", 0, by=supervisor)
    workflow.write_report(town, *SPAN, "", 1, by=supervisor)
    assert ReportNote.objects.get().text == ""


def test_writing_the_same_writes_nothing(town, supervisor):
    workflow.write_report(town, *SPAN, "", 0, by=supervisor)
    assert not ReportNote.objects.exists()
    workflow.write_report(town, *SPAN, "稳步推进", 0, by=supervisor)
    event = last_event()
    workflow.write_report(town, *SPAN, "稳步推进", 1, by=supervisor)
    assert last_event() == event


@pytest.mark.parametrize("username", sorted(set(CAST) - {"supervisor"}))
def test_the_office_alone_writes(username, town):
    act = (workflow.write_report, town, *SPAN, "稳步推进", 0)
    refuses(workflow.NotAllowed, *act, by=person(username))


def test_not_in_a_closed_year(town, supervisor):
    Cycle.objects.update(state="closed")
    act = (workflow.write_report, town, *SPAN, "稳步推进", 0)
    refuses(workflow.OutOfOrder, *act, by=supervisor)
