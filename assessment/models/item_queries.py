"""Questions about items: each method is named for the fact it answers."""

from collections import defaultdict

from django.db import models
from django.db.models import Count, Exists, F, Min, OuterRef, Q
from django.db.models.functions import Coalesce

from branches.models import Department
from branches.words import holding

from ..enums import CycleState, ReviewState, Step
from ..rules.rows import ItemRow
from .assessment import DepartmentSignOff, Star
from .catalogue import Category, TaskItem
from .finding import Finding

_RETURNED = Q(returned_at__isnull=False, resubmitted_at__isnull=True)


class ItemRatingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Items `user` may see: a reviewer's are those the department leads or supports."""
        begun = self.exclude(assessment__cycle__state=CycleState.PREPARING)
        if user.reads_all:
            return begun
        mine = Q(assessment__branch__in=user.branch_ids)
        if user.department_ids:
            mine |= _of_departments(user)
        return begun.filter(mine)

    def reviewed_by(self, user):
        """Items that `user` sees from the town hall, not from the branch."""
        begun = self.exclude(assessment__cycle__state=CycleState.PREPARING)
        if user.reads_all:
            return begun
        return begun.filter(_of_departments(user)) if user.department_ids else self.none()

    def led_by(self, department):
        return self.filter(task_item__lead_department=department)

    def with_places(self):
        """Joined to what every page about an item names."""
        return self.select_related(
            "assessment__cycle__catalogue",
            "assessment__branch",
            "task_item__category",
            "task_item__lead_department",
            "returned_by",
            "changed_by",
        ).with_facts()

    def with_sign_off(self):
        """Each row with `is_signed_off`: whether its lead department has signed off its sheet."""
        return self.annotate(
            is_signed_off=Exists(
                DepartmentSignOff.objects.filter(
                    assessment=OuterRef("assessment"),
                    department=OuterRef("task_item__lead_department"),
                )
            )
        )

    def with_facts(self):
        """Each row with what as_row() wants and another table knows."""
        held_up = Finding.objects.in_the_way().filter(item_rating=OuterRef("pk"))
        return self.with_sign_off().annotate(has_open_finding=Exists(held_up))

    def for_rules(self):
        """The fewest joins that as_row() needs."""
        return self.select_related("task_item__category", "task_item__lead_department").with_facts()

    def marks_by_sheet(self):
        """Sheet id → its items as the rules count them, without words: one query for a town."""
        columns = {
            "pk": "pk",
            "category": "task_item__category__code",
            "points": "task_item__points",
            "is_key": "task_item__is_key",
            "department": "task_item__lead_department__code",
            "is_returned": "is_with_branch",
            **dict.fromkeys(("is_signed_off", "has_open_finding")),
            **{step.value: step.value for step in Step.marking()},
        }
        columns = {name: column or name for name, column in columns.items()}
        facts = self.with_facts().annotate(
            is_with_branch=models.ExpressionWrapper(_RETURNED, models.BooleanField())
        )
        sheets = defaultdict(list)
        for sheet, *values in facts.order_by().values_list("assessment_id", *columns.values()):
            sheets[sheet].append(ItemRow(**dict(zip(columns, values, strict=True))))
        return sheets

    def of_years_before(self, *items):
        """Rows of earlier years about the same as `items`: the catalogue's items, where a year took
        over the whole catalogue, or those in the catalogue before.
        """
        tasks = {pk for item in items for pk in (item.task_item_id, item.task_item.previous_id)}
        year = min((item.assessment.cycle.year for item in items), default=0)
        return self.filter(task_item__in=tasks - {None}, assessment__cycle__year__lt=year)

    def of_the_year_before(self, item):
        """The same branch's latest row of the same item in a year before, or None."""
        same = self.of_years_before(item).filter(assessment__branch=item.assessment.branch_id)
        return same.select_related("assessment__cycle").order_by("-assessment__cycle__year").first()

    def waiting_for_review(self):
        """Handed in, and not yet marked or signed off by the department that leads them."""
        unmarked = self.filter(assessment__step=Step.REVIEW, review="").exclude(_RETURNED)
        return unmarked.with_sign_off().filter(is_signed_off=False)

    def in_state(self, state):
        """Those that a reviewer asks for by a member of ReviewState."""
        return {
            ReviewState.UNMARKED: self.waiting_for_review(),
            ReviewState.CHANGED: self.filter(resubmitted_at__isnull=False, review=""),
            ReviewState.SENT_BACK: self.exclude(sent_back_reason=""),
            ReviewState.RETURNED: self.returned(),
            ReviewState.MARKED: self.exclude(review=""),
        }[state]

    def of_star(self, *, is_targeted):
        """Those whose branch sets out for their category's star, or does not."""
        wanted = Star.objects.filter(
            assessment=OuterRef("assessment"),
            category=OuterRef("task_item__category"),
            targeted=True,
        )
        return self.filter(Exists(wanted) if is_targeted else ~Exists(wanted))

    def marks_of_concluded(self):
        """(task item, branch) → the mark that counted, in the latest year that is decided."""
        columns = ("task_item_id", "assessment__branch_id", "supervision", "review")
        concluded = self.filter(assessment__step=Step.CONCLUDED).order_by("assessment__cycle__year")
        return {
            (task, branch): supervision or review
            for task, branch, supervision, review in concluded.values_list(*columns)
        }

    def departments(self):
        """Those that lead one of them."""
        led = self.order_by().values("task_item__lead_department")
        return Department.objects.filter(pk__in=led)

    def categories(self):
        """The stars that they are about."""
        return Category.objects.filter(pk__in=self.order_by().values("task_item__category"))

    def next_to_review(self, item):
        """The same task item at the next branch that waits for its mark, going round once."""
        waiting = (
            self.filter(task_item=item.task_item_id, assessment__cycle=item.assessment.cycle_id)
            .waiting_for_review()
            .exclude(pk=item.pk)
            .select_related("assessment__branch")
        )
        order = item.assessment.branch.order
        after = waiting.filter(assessment__branch__order__gt=order)
        by_order = "assessment__branch__order"
        return after.order_by(by_order).first() or waiting.order_by(by_order).first()

    def unsigned_by_department(self, today):
        """Year and department → the sheets waiting for its sign-off, the latest department first.

        `late` are past the sheet's own due date, `earliest`; in `answering` a branch is to answer.
        """
        waiting = self.filter(assessment__step=Step.REVIEW).with_sign_off()
        return (
            waiting.filter(is_signed_off=False)
            .annotate(due=Coalesce("assessment__review_due", "assessment__cycle__review_due"))
            .values(
                year=F("assessment__cycle__year"),
                code=F("task_item__lead_department__code"),
                name=F("task_item__lead_department__name"),
            )
            .annotate(
                sheets=_sheets(),
                late=_sheets(due__lt=today),
                answering=_sheets(_RETURNED),
                earliest=Min("due"),
            )
            .order_by("-late", "-sheets", "task_item__lead_department__order")
        )

    def about(self, words):
        """Items that the words name by name, category or standard; see branches/words.py."""
        columns = ("task_item__name", "task_item__category__name", "task_item__standard")
        return self.filter(holding(words, columns, "assessment__branch"))

    def of_people(self, words):
        """Items for which such a person is responsible."""
        columns = ("responsible_person", "responsible_leader")
        return self.filter(holding(words, columns, "assessment__branch"))

    def by_branch(self):
        """The latest year first, its branches and their items in their order."""
        order = ("assessment__branch__order", "task_item__category__order", "task_item__number")
        return self.order_by("-assessment__cycle__year", *order)

    def returned(self):
        """Handed back to the branch and not yet handed in again."""
        return self.filter(_RETURNED)


def _of_departments(user):
    led_or_supported = TaskItem.objects.of_departments(user.department_ids)
    return ~Q(assessment__step=Step.SELF_RATING) & Q(task_item__in=led_or_supported)


def _sheets(*facts, **more):
    return Count("assessment", distinct=True, filter=Q(*facts, **more))
