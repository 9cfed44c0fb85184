"""What goes into a workbook, read in a fixed number of queries."""

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from ..enums import LedgerScope, Owner, Step
from ..models import (
    Assessment,
    Cycle,
    Event,
    Evidence,
    Finding,
    ItemRating,
    Names,
    PublicList,
    names_of,
    public_list,
)
from ..rules.stars import tallies
from ..rules.transitions import owner
from .choices import WHOLE, Choices
from .rows import FindingRow, LedgerRow, OverviewRow, StarRow


@dataclass(frozen=True, slots=True)
class Contents:
    """Loaded rows.

    `moment` is when the year closed, or now: a closed year's papers are the same for ever.
    `rows` maps a sheet's id to its items; `missing`, a sheet's and a category's ids to the number
    of items there that the reader may not see. `findings` are those not withdrawn, and
    `findings_hidden` how many more there are. `sheet` is the one that the workbook or worksheet is
    about, where it is about one. `public` is the list that everybody may read, of a whole town.
    """

    cycle: Cycle
    choices: Choices
    names: Names
    moment: datetime
    categories: list
    sheets: list
    rows: dict
    missing: Counter
    is_demonstration: bool
    findings: tuple = ()
    findings_hidden: int = 0
    sheet: Assessment | None = None
    public: PublicList | None = None

    @property
    def day(self):
        return timezone.localdate(self.moment)

    @property
    def hidden(self):
        return self.missing.total()

    @property
    def stars_shown(self):
        """The categories of which there is an item to show."""
        held = {row.category_id for row in self.ledger_rows()}
        return [category for category in self.categories if category.pk in held]

    def branch(self, sheet):
        """What the sheet's branch is called."""
        return self.names.branches[sheet.branch_id]

    def of_sheet(self, sheet):
        """The part that is about one branch."""
        missing = {at: count for at, count in self.missing.items() if at[0] == sheet.pk}
        findings = tuple(one for one in self.findings if one.assessment_id == sheet.pk)
        return replace(
            self, sheets=[sheet], missing=Counter(missing), findings=findings, sheet=sheet
        )

    def of_category(self, category):
        """The part that is about one star."""
        rows = {
            sheet.pk: [row for row in self.rows[sheet.pk] if row.category_id == category.pk]
            for sheet in self.sheets
        }
        missing = {at: count for at, count in self.missing.items() if at[1] == category.pk}
        return replace(self, categories=[category], rows=rows, missing=Counter(missing))

    def ledger_rows(self):
        return [row for sheet in self.sheets for row in self.rows[sheet.pk]]

    def overview_rows(self):
        return [self._overview_row(*numbered) for numbered in enumerate(self.sheets, start=1)]

    def star_rows(self):
        """Of the one category: `of_category` comes first."""
        return [self._star_row(*numbered) for numbered in enumerate(self.sheets, start=1)]

    def finding_rows(self):
        return [self._finding_row(*numbered) for numbered in enumerate(self.findings, start=1)]

    def _finding_row(self, number, finding):
        return FindingRow(
            finding,
            self.names.branches[finding.assessment.branch_id],
            number,
            self.names.departments[finding.department_id],
            closed_by=self.names.people.get(finding.closed_by_id, ""),
            today=self.day,
        )

    def _overview_row(self, number, sheet):
        marks = [row.item.as_row() for row in self.rows[sheet.pk]]
        sums = tallies(marks, sheet.step, self.cycle.star_threshold).values()
        return OverviewRow(
            sheet,
            self.branch(sheet),
            number,
            stars={star.category_id: star for star in sheet.stars.all()},
            met=sum(one.met for one in sums),
            applicable=sum(one.counted for one in sums),
            turn=_turn(marks, sheet.step),
        )

    def _star_row(self, number, sheet):
        [category] = self.categories
        rows = self.rows[sheet.pk]
        marks = {row.task_id: row.item.as_row() for row in rows}
        sums = {
            step: tallies(marks.values(), step, self.cycle.star_threshold).get(category.code)
            for step in {sheet.step, *Step.marking()}
        }
        star = next((one for one in sheet.stars.all() if one.category_id == category.pk), None)
        return StarRow(
            self.branch(sheet),
            number,
            star,
            marks={task: mark.mark(sheet.step) for task, mark in marks.items()},
            now=sums[sheet.step],
            # Of a part of the items no rule says who has earned the star.
            sums=sums if len(rows) == len(category.items.all()) else {},
            decided_by=self.names.people.get(star and star.decided_by_id, ""),
        )


def contents_of(cycle, sheets, items, choices=WHOLE, findings=None):
    """`sheets`, `items` and `findings` are querysets limited to what the reader may see."""
    categories = list(cycle.catalogue.categories.prefetch_related("items"))
    sheets = choices.of_sheets(sheets.filter(cycle=cycle)).prefetch_related("stars").order_by()
    sheets = list(sheets)
    # After the sheets: a branch that has just joined has its name too.
    names = names_of(cycle)
    sheets.sort(key=lambda sheet: names.branches[sheet.branch_id].place)
    shown = choices.of_items(items.filter(assessment__in=[sheet.pk for sheet in sheets]))
    rows = _rows(shown, categories, names, {sheet.pk: sheet.branch_id for sheet in sheets})
    if choices.scope in (LedgerScope.DEPARTMENT, LedgerScope.STAR):
        sheets = [sheet for sheet in sheets if rows[sheet.pk]]
    problems = choices.of_findings(Finding.objects.on_record().filter(assessment__cycle=cycle))
    shown_problems = _findings(problems, findings, names)
    return Contents(
        cycle,
        choices,
        names,
        cycle.closed_at or timezone.now(),
        categories,
        sheets,
        rows,
        _missing(choices.of_items(ItemRating.objects.filter(assessment__cycle=cycle)), rows),
        findings=shown_problems,
        findings_hidden=problems.count() - len(shown_problems),
        is_demonstration=Event.objects.holds_demonstration(),
        sheet=sheets[0] if choices.scope == LedgerScope.BRANCH and sheets else None,
        public=public_list(cycle, names) if choices.scope == LedgerScope.TOWN else None,
    )


def _rows(shown, categories, names, branches):
    """Sheet id → its items, numbered as in the catalogue; `branches`: sheet id → branch id."""
    places = {}
    for category in categories:
        for item in category.items.all():
            places[item.pk] = len(places) + 1
    evidence = Evidence.objects.names_by_item(shown.values("pk"))
    rows = defaultdict(list)
    for item in shown.for_rules().order_by():
        row = LedgerRow(
            names.branches[branches[item.assessment_id]],
            item,
            places[item.task_item_id],
            names.departments[item.task_item.lead_department_id],
            tuple(evidence[item.pk]),
        )
        rows[item.assessment_id].append(row)
    for of_sheet in rows.values():
        of_sheet.sort(key=lambda row: row.number)
    return rows


def _findings(problems, readable, names):
    """Those of the `problems` that are readable, branch by branch in the order of the year."""
    if readable is None:
        return ()
    found = problems.filter(pk__in=readable.order_by().values("pk")).with_rounds()

    def place(finding):
        return names.branches[finding.assessment.branch_id].place, finding.inspection.held_on

    return tuple(sorted(found.order_by("pk"), key=place))


def _missing(whole, rows):
    """(sheet id, category id) → how many of the `whole` items there are not among `rows`."""
    counted = whole.order_by().values_list("assessment", "task_item__category")
    missing = Counter({(sheet, star): n for sheet, star, n in counted.annotate(Count("pk"))})
    for of_sheet in rows.values():
        missing.subtract((row.item.assessment_id, row.category_id) for row in of_sheet)
    return +missing


def _turn(marks, step):
    """Who is waited for; in review, with how many items, for they go back and forth singly."""
    if step != Step.REVIEW:
        return str(owner(step).label)
    waiting = Counter(
        owner(step, is_returned=mark.is_returned) for mark in marks if not mark.is_signed_off
    )
    return _("、").join(
        _("{owner} {count} 项").format(owner=holder.label, count=waiting[holder])
        for holder in Owner
        if waiting[holder]
    )
