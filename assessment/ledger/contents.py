"""What goes into a workbook, read in a fixed number of queries."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext as _

from ..enums import Owner, Step
from ..models import Category, Cycle, Event, Evidence, ItemRating
from ..rules.stars import tallies
from ..rules.transitions import owner
from .columns import LedgerRow, OverviewRow


@dataclass(frozen=True, slots=True)
class Contents:
    """Loaded rows. `hidden` counts the items of the year (or sheet) that were not asked for."""

    cycle: Cycle
    categories: list
    sheets: list
    rows: dict
    hidden: int
    is_demonstration: bool

    def ledger_rows(self):
        return [row for sheet in self.sheets for row in self.rows[sheet.pk]]

    def overview_rows(self):
        return [
            _overview_row(sheet, number, self.rows[sheet.pk], self.cycle.star_threshold)
            for number, sheet in enumerate(self.sheets, start=1)
        ]


def of_cycle(cycle, sheets, items):
    sheets = (
        sheets.filter(cycle=cycle)
        .select_related("branch")
        .prefetch_related("stars")
        .order_by("branch__order", "branch__code")
    )
    whole = ItemRating.objects.filter(assessment__cycle=cycle)
    return _contents(cycle, list(sheets), items, whole)


def of_branch(sheet, items):
    prefetch_related_objects([sheet], "stars")
    return _contents(sheet.cycle, [sheet], items, sheet.items)


def _contents(cycle, sheets, items, whole):
    categories = list(
        Category.objects.filter(catalogue=cycle.catalogue_id).prefetch_related("items")
    )
    places = {}
    for category in categories:
        for item in category.items.all():
            places[item.pk] = len(places) + 1
    by_pk = {sheet.pk: sheet for sheet in sheets}
    rows = defaultdict(list)
    shown = items.filter(assessment__in=by_pk)
    evidence = Evidence.objects.names_by_item(shown.values("pk"))
    for item in shown.for_rules().order_by():
        row = LedgerRow(
            by_pk[item.assessment_id], item, places[item.task_item_id], tuple(evidence[item.pk])
        )
        rows[item.assessment_id].append(row)
    for of_sheet in rows.values():
        of_sheet.sort(key=lambda row: row.number)
    return Contents(
        cycle,
        categories,
        sheets,
        rows,
        hidden=whole.count() - sum(map(len, rows.values())),
        is_demonstration=Event.objects.holds_demonstration(),
    )


def _overview_row(sheet, number, rows, threshold):
    marks = [row.item.as_row() for row in rows]
    sums = tallies(marks, sheet.step, threshold).values()
    return OverviewRow(
        sheet,
        number,
        met=sum(one.met for one in sums),
        applicable=sum(one.counted for one in sums),
        turn=_turn(marks, sheet.step),
    )


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
