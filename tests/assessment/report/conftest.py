"""A town of 27 branches in November, of which some have moved."""

from datetime import date

import pytest

from assessment import workflow
from assessment.models import Cycle, ReportNote, progress_in
from assessment.rules.spans import month_named
from tests.assessment.ledger.test_printing import FONTS, run
from tests.town import at_step, finding_on, person, sheet_of

TODAY = date(2022, 11, 15)
NOTE = "=1+1 不是公式。\n第二段：三个部门还没有办结。\x0b\ufffe"


@pytest.fixture
def november(town, time_machine):
    time_machine.move_to("2022-11-03T09:00+08:00", tick=False)
    for name, step in (("卫坡村", "review"), ("南陈村", "supervision"), ("石沟村", "concluded")):
        at_step(sheet_of(name), step)
    finding_on(sheet_of("卫坡村"), due_date=date(2022, 11, 10))
    finding_on(sheet_of("南陈村"), "", department="DJ")
    time_machine.move_to("2022-11-15T09:00+08:00", tick=False)
    return Cycle.objects.get(year=2022)


@pytest.fixture
def progress(november):
    return progress_in(november, month_named("2022-11"), TODAY)


@pytest.fixture
def quiet(november):
    """A month in which nothing happened."""
    return progress_in(november, month_named("2022-09"), TODAY)


@pytest.fixture
def note(november):
    span = month_named("2022-11")
    workflow.write_report(november, span.begins_on, span.ends_on, NOTE, 0, by=person("supervisor"))
    return ReportNote.objects.on(november, span)


@pytest.fixture
def printed(tmp_path):
    """(bytes, suffix) → the path of the PDF that LibreOffice makes of it."""

    def convert(content, suffix):
        source = tmp_path / f"report{suffix}"
        source.write_bytes(content)
        fonts = tmp_path / "fonts.conf"
        fonts.write_text(FONTS, encoding="utf-8")
        profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
        kind = ("--convert-to", "pdf", "--outdir", str(tmp_path))
        run("soffice", profile, "--headless", *kind, str(source), FONTCONFIG_FILE=str(fonts))
        return source.with_suffix(".pdf")

    return convert
