"""Ways to break the constraints of inspections, findings, notices and reports, past every verb."""

from datetime import date

from assessment.models import (
    FindingExtension,
    FindingFile,
    Notice,
    NoticeReading,
    Rectification,
    ReportNote,
    Visit,
)
from tests.town import finding_on, inspection_of, notice_about, person, sheet_of

DAY = "2022-11-01T00:00Z"


def who():
    return person("supervisor")


def sheet():
    return sheet_of("卫坡村")


def after(made, **values):
    """Write values past the verbs into what `made` has just made."""

    def act():
        row = made()
        asked = {name: value() if callable(value) else value for name, value in values.items()}
        type(row).objects.filter(pk=row.pk).update(**asked)

    return act


def inspection():
    return inspection_of(sheet())


def finding():
    return finding_on(sheet())


def rectification(**values):
    given = {
        "finding": finding(),
        "number": 1,
        "measure": "已清理",
        "responsible_person": "李某",
        "answered_by": who(),
    }
    return Rectification.objects.create(**given | values)


def two_rounds(**values):
    first = rectification(**values)
    Rectification.objects.create(
        finding=first.finding,
        number=first.number + (0 if values else 1),
        measure="又清理",
        responsible_person="李某",
        answered_by=who(),
    )


def extension(**values):
    given = {
        "finding": finding(),
        "due_date": date(2022, 12, 1),
        "reason": "等机械",
        "asked_by": who(),
    }
    return FindingExtension.objects.create(**given | values)


def two_extensions():
    first = extension()
    FindingExtension.objects.create(
        finding=first.finding, due_date=first.due_date, reason="再等", asked_by=who()
    )


def file(**values):
    given = {
        "finding": finding(),
        "moment": "found",
        "name": "旧.pdf",
        "kind": "pdf",
        "size": 1,
        "sha256": "0" * 64,
        "file": "findings/00/old.pdf",
        "uploaded_by": who(),
    }
    return FindingFile.objects.create(**given | values)


def file_of_a_round():
    reported = rectification()
    file(finding=reported.finding, round=reported)


def notice():
    return notice_about(finding())


def read_twice():
    draft = notice()
    for _ in range(2):
        NoticeReading.objects.create(notice=draft, assessment=sheet(), read_by=who())


def numbered_twice():
    stamps = {"issued_at": DAY, "issued_by": who(), "reference": "1号"}
    for draft in (notice(), notice()):
        Notice.objects.filter(pk=draft.pk).update(state="issued", number=1, **stamps)


def note(**values):
    given = {
        "cycle": sheet().cycle,
        "begins_on": date(2022, 11, 1),
        "ends_on": date(2022, 11, 30),
        "text": "稳步推进",
        "written_by": who(),
        "written_at": DAY,
    }
    return ReportNote.objects.create(**given | values)


def visited_twice():
    there = inspection()
    Visit.objects.create(inspection=there, assessment=sheet())


RECHECKED = {"rechecked_at": DAY, "rechecked_by": who}
BREAKS = [
    ("inspection_has_a_way", after(inspection, heard_report=False, looked_on_site=False)),
    ("inspection_recorded_at_together", after(inspection, recorded_by=None)),
    ("visit_once", visited_twice),
    ("finding_state_is_a_choice", after(finding, state="done")),
    ("finding_says_what_and_how", after(finding, problem="")),
    ("finding_says_what_and_how", after(finding, requirement="")),
    ("finding_recorded_at_together", after(finding, recorded_by=None)),
    ("finding_closed_at_together", after(finding, state="closed", closed_at=DAY)),
    ("finding_closed_is_stamped", after(finding, state="closed")),
    ("finding_closed_is_stamped", after(finding, closed_at=DAY, closed_by=who)),
    ("finding_set_aside_at_together", after(finding, set_aside_at=DAY, set_aside_reason="动工")),
    ("finding_set_aside_has_a_reason", after(finding, set_aside_at=DAY, set_aside_by=who)),
    (
        "finding_withdrawn_at_together",
        after(finding, state="withdrawn", withdrawn_at=DAY, withdrawn_reason="记错"),
    ),
    ("finding_withdrawn_is_stamped", after(finding, state="withdrawn")),
    (
        "finding_withdrawn_has_a_reason",
        after(finding, state="withdrawn", withdrawn_at=DAY, withdrawn_by=who),
    ),
    (
        "rectification_once",
        lambda: two_rounds(is_closed=True, rechecked_at=DAY, rechecked_by=who()),
    ),
    ("rectification_one_waits", two_rounds),
    ("rectification_answered_at_together", after(rectification, answered_by=None)),
    ("rectification_rechecked_at_together", after(rectification, is_closed=True)),
    ("rectification_rechecked_at_together", after(rectification, **RECHECKED)),
    ("rectification_says_what_was_done", after(rectification, measure="")),
    ("rectification_says_what_was_done", after(rectification, responsible_person="")),
    ("rectification_refusal_has_a_reason", after(rectification, is_closed=False, **RECHECKED)),
    ("finding_extension_one_waits", two_extensions),
    ("finding_extension_asked_at_together", after(extension, asked_by=None)),
    ("finding_extension_answered_at_together", after(extension, is_granted=True)),
    ("finding_extension_has_a_reason", after(extension, reason="")),
    (
        "finding_extension_refusal_has_a_reason",
        after(extension, is_granted=False, answered_at=DAY, answered_by=who),
    ),
    ("finding_file_kind_is_a_choice", after(file, kind="html")),
    ("finding_file_has_a_name", after(file, name="")),
    ("finding_file_is_not_empty", after(file, size=0)),
    ("finding_file_image_has_a_thumbnail", after(file, kind="image")),
    ("finding_file_moment_is_a_choice", after(file, moment="later")),
    ("finding_file_removed_at_together", after(file, removed_at=DAY)),
    ("finding_file_of_a_round_is_the_branchs", file_of_a_round),
    ("notice_state_is_a_choice", after(notice, state="sent", reference="朝督〔2022〕1号")),
    ("notice_number_once", numbered_twice),
    ("notice_drafted_at_together", after(notice, drafted_by=None)),
    (
        "notice_issued_at_together",
        after(notice, state="issued", issued_at=DAY, issued_by=who, reference="1号"),
    ),
    (
        "notice_withdrawn_at_together",
        after(
            notice,
            state="withdrawn",
            number=1,
            reference="1号",
            issued_at=DAY,
            issued_by=who,
            withdrawn_at=DAY,
            withdrawn_reason="有误",
        ),
    ),
    ("notice_times_fit_its_state", after(notice, state="issued", reference="1号")),
    (
        "notice_times_fit_its_state",
        after(notice, number=1, issued_at=DAY, issued_by=who),
    ),
    (
        "notice_issued_has_a_reference",
        after(notice, state="issued", number=1, issued_at=DAY, issued_by=who),
    ),
    (
        "notice_withdrawn_has_a_reason",
        after(
            notice,
            state="withdrawn",
            number=1,
            reference="1号",
            issued_at=DAY,
            issued_by=who,
            withdrawn_at=DAY,
            withdrawn_by=who,
        ),
    ),
    ("notice_reading_once", read_twice),
    ("report_note_once", lambda: [note(), note()]),
    ("report_note_span_runs_forwards", lambda: note(ends_on=date(2022, 10, 1))),
]
