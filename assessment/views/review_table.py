"""部门瞄星, two ways: one item down all branches, or one branch down the department's items."""

from collections import defaultdict
from dataclasses import dataclass

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET

from .. import workflow
from ..enums import Rating, Step, Verb
from ..forms.review import RETURN_FIELDS, BranchFilterForm, ReviewManyForm, StarFilterForm
from ..models import Event, ItemRating, Opinion, Phrase, TaskItem
from ..rules.differences import merged
from .access import cycle_for, departments_of, item_for, sheet_for, task_for
from .history import lines
from .item import attempt

# What a row is named by: in a table of branches the branch, in a table of items the item.
HEADS = ("branch", "task")


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One item in a table: what the reviewer reads beside its own words, and whether to mark it."""

    item: ItemRating
    last_year: str
    changes: list
    opinions: list
    may_mark: bool

    @property
    def is_unmarked(self):
        return self.may_mark and not self.item.review


@require_GET
def of_item(request, year, category, number):
    """One task item of the year, a row a branch."""
    cycle = cycle_for(year)
    task = task_for(request.user, cycle, category, number)
    table = _in_review(request.user).filter(assessment__cycle=cycle, task_item=task)
    form = BranchFilterForm(request.GET)
    siblings = TaskItem.objects.filter(category__catalogue=cycle.catalogue_id).select_related(
        "category"
    )
    context = {
        "head": "branch",
        "task": task,
        "department": task.lead_department,
        "siblings": list(siblings.filter(lead_department=task.lead_department)),
        "due": cycle.due(Step.REVIEW),
        **_context(request, cycle, form, table.order_by("assessment__branch__order")),
    }
    return render(request, "assessment/review_table.html", context)


@require_GET
def of_sheet(request, pk):
    """One sheet, a row for each item that a department of mine leads."""
    sheet = sheet_for(request.user, pk)
    departments = list(departments_of(request.user))
    if not departments:
        raise Http404
    table = _in_review(request.user).filter(
        assessment=sheet, task_item__lead_department__in=departments
    )
    categories = sheet.stars.order_by("category__order").values_list(
        "category__code", "category__name"
    )
    form = StarFilterForm(request.GET, categories=categories)
    context = {
        "head": "task",
        "sheet": sheet,
        "department": departments[0],
        "due": sheet.due(Step.REVIEW),
        **_context(request, sheet.cycle, form, table),
    }
    return render(request, "assessment/review_table.html", context)


def _in_review(user):
    return ItemRating.objects.visible_to(user).exclude(assessment__step=Step.SELF_RATING)


def _context(request, cycle, form, table):
    """What both tables show; the number of queries does not depend on the rows."""
    rows = rows_of(request.user, list(form.rows(table).with_places()))
    left = table.waiting_for_review().filter(
        task_item__lead_department__in=request.user.department_ids
    )
    return {
        "cycle": cycle,
        "rows": rows,
        "filter_form": form,
        "is_filtered": any(form.cleaned_data.values()),
        "left": left.count(),
        "total": table.count(),
        "may_mark": any(row.may_mark for row in rows),
        "many_form": ReviewManyForm(auto_id="many-%s"),
        "phrases": phrases_for(request.user),
        "back": request.get_full_path(),
        "marks": Rating.choices,
        "return_fields": RETURN_FIELDS,
        "today": timezone.localdate(),
    }


def phrases_for(user):
    """The phrases that `user` may use again."""
    return list(
        Phrase.objects.filter(department__in=user.department_ids).values_list("text", flat=True)
    )


def rows_of(user, items):
    """Four queries at most for any number of items."""
    saves, said = defaultdict(list), defaultdict(list)
    returned = [item.pk for item in items if item.returned_at]
    for event in Event.objects.since_return(*returned):
        saves[event.item_rating_id].append(event.changes)
    opinions = Opinion.objects.visible_to(user).filter(item_rating__in=items)
    for opinion in opinions.select_related("department", "by"):
        said[opinion.item_rating_id].append(opinion)
    marks = ItemRating.objects.visible_to(user).of_years_before(*items).marks_of_concluded()
    return [
        ReviewRow(
            item=item,
            last_year=_last_mark(marks, item),
            changes=lines(merged(saves[item.pk])),
            opinions=said[item.pk],
            may_mark=workflow.may_now(Verb.REVIEW, item, user),
        )
        for item in items
    ]


def _last_mark(marks, item):
    """A year that took over the catalogue has the item itself; else it is the one it comes from."""
    tasks, branch = (item.task_item_id, item.task_item.previous_id), item.assessment.branch_id
    return next((marks[task, branch] for task in tasks if (task, branch) in marks), "")


def row_answer(request, item, form, act):
    """A row saved in place, or the row with what was refused and the words that were typed."""
    status, conflict = attempt(form, act)
    refused = None if status == 302 else _refused(form, conflict)
    head = request.POST.get("head")
    context = {
        "row": rows_of(request.user, [item_for(request.user, item.pk)])[0],
        "head": head if head in HEADS else HEADS[0],
        "back": request.POST.get("next", reverse("item", args=[item.pk])),
        "marks": Rating.choices,
        "return_fields": RETURN_FIELDS,
        "with_box": True,
        "refused": refused,
        "saved_at": None if refused else timezone.localtime(),
    }
    answer = 200 if status == 302 else status
    return render(request, "assessment/includes/review_row.html", context, status=answer)


def _refused(form, conflict):
    """The sentences, the other person's words, and what was typed."""
    sentences = [sentence for errors in form.errors.values() for sentence in errors]
    return {
        "sentences": dict.fromkeys(sentences),
        "conflict": conflict,
        "note": form.data.get("review_note"),
        "reason": form.data.get("return-reason"),
        "field": form.data.get("return-field"),
    }
