"""What a progress report (定期汇报) is made from: the rows of a year, rewound to a span of days."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from branches.models import Department

from ..enums import Verb
from ..rules.report import report
from ..rules.report_rows import Course, Place, Report, Town
from ..rules.rewinding import FindingRow, Snapshot, rewound
from ..rules.rows import CategoryRow
from ..rules.spans import Span
from .assessment import DepartmentSignOff, Star
from .cycle import Cycle
from .event import Event
from .finding import Finding
from .item_rating import ItemRating
from .names import names_of


@dataclass(frozen=True, slots=True)
class Progress:
    """A span of a year and what there is to report on it; `last_day` is today, or the span's."""

    cycle: Cycle
    span: Span
    town: str
    last_day: date
    is_demonstration: bool
    report: Report


def progress_in(cycle, span, today):
    """The report on `span`, in a fixed number of queries."""
    names = names_of(cycle)
    return Progress(
        cycle=cycle,
        span=span,
        town=names.town,
        last_day=min(span.ends_on, today),
        is_demonstration=Event.objects.holds_demonstration(),
        report=report(_town(cycle, names), _course(cycle, span, today, snapshot_of(cycle))),
    )


def _town(cycle, names):
    rows = cycle.assessments.order_by().values_list("pk", "branch_id", "target_level")
    rows = sorted(rows, key=lambda row: names.branches[row[1]].place)
    departments = Department.objects.values_list("pk", "code", "name")
    return Town(
        sheets=tuple(Place(pk, names.branches[branch].name, aim) for pk, branch, aim in rows),
        categories=tuple(
            CategoryRow(each.code, each.name, each.is_prerequisite)
            for each in cycle.catalogue.categories.all()
        ),
        departments=tuple(
            Place(code, names.departments.get(pk, name)) for pk, code, name in departments
        ),
        threshold=cycle.star_threshold,
    )


def _course(cycle, span, today, now):
    """The year is taken back to the end of the span, and from there to its beginning."""
    end = _midnight(span.ends_on + timedelta(days=1))
    found = Event.objects.changes_since(cycle, _midnight(span.begins_on))
    later = [change for at, change in found if at >= end]
    within = tuple(change for at, change in found if at < end)
    after = rewound(now, later)
    counted = tuple(change for change in within if change.verb != Verb.CORRECT)
    return Course(rewound(after, within), after, counted, min(span.ends_on, today))


def _midnight(day):
    return timezone.make_aware(datetime.combine(day, time.min))


def snapshot_of(cycle):
    """The rows of the year as they stand now."""
    of_cycle = {"assessment__cycle": cycle}
    sheets = list(cycle.assessments.order_by().values_list("pk", "step", "level"))
    stars = Star.objects.filter(**of_cycle).order_by()
    stars = list(stars.values_list("assessment_id", "category__code", "targeted", "awarded"))
    signed = DepartmentSignOff.objects.filter(**of_cycle)
    marks = ItemRating.objects.filter(**of_cycle).marks_by_sheet()
    return Snapshot(
        steps={pk: step for pk, step, _level in sheets},
        levels={pk: level for pk, _step, level in sheets},
        items={row.pk: (sheet, row) for sheet, rows in marks.items() for row in rows},
        targeted={(sheet, code) for sheet, code, targeted, _won in stars if targeted},
        awarded={(sheet, code): won for sheet, code, _targeted, won in stars},
        signed=set(signed.values_list("assessment_id", "department__code")),
        findings=_findings(Finding.objects.filter(**of_cycle)),
        categories=dict(cycle.catalogue.categories.order_by().values_list("name", "code")),
    )


def _findings(findings):
    columns = (
        "assessment_id",
        "item_rating_id",
        "item_rating__task_item__category__code",
        "department__code",
        "due_date",
        "state",
    )
    rows = findings.order_by().values_list("pk", "set_aside_at", *columns)
    return {
        pk: FindingRow(sheet, item, category or "", *facts, is_set_aside=aside is not None)
        for pk, aside, sheet, item, category, *facts in rows
    }
