"""One item of one sheet, with the words and marks of all three steps."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..enums import Rating, ReturnField, Step
from ..rules.rows import ItemRow
from .assessment import Assessment
from .catalogue import TaskItem
from .constraints import choice, together
from .fields import person, words
from .item_queries import ItemRatingQuerySet


def _mark(verbose_name):
    return models.CharField(verbose_name, max_length=20, choices=Rating, blank=True)


class ItemRating(models.Model):
    """One item of one sheet: the words and marks of all three steps, so a ledger row is a row here.

    `version` counts every change, and every sign-off of its department, which takes the pen away;
    a save says which version it was read at.
    """

    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="items", verbose_name=_("支部台账")
    )
    task_item = models.ForeignKey(
        TaskItem, on_delete=models.PROTECT, related_name="ratings", verbose_name=_("任务项")
    )
    self_rating = _mark(_("村组标星"))
    measures = words(_("具体举措"))
    progress = words(_("进展情况"))
    responsible_leader = models.CharField(_("责任领导"), max_length=30, blank=True)
    responsible_person = models.CharField(_("责任人"), max_length=30, blank=True)
    due_date = models.DateField(_("完成时限"), null=True, blank=True)
    self_rating_note = words(_("备注"), 500)
    review = _mark(_("部门瞄星"))
    review_note = words(_("瞄星意见"), 500)
    supervision = _mark(_("党委督星"))
    supervision_note = words(_("督星意见"), 500)
    returned_at = models.DateTimeField(_("退回时间"), null=True)
    returned_by = person("+", _("退回人"))
    return_reason = models.TextField(_("退回理由"), null=True)  # noqa: DJ001 - null until returned, like its pair
    return_field = models.CharField(
        _("退回的是哪一栏"), max_length=20, choices=ReturnField, blank=True
    )
    resubmitted_at = models.DateTimeField(_("重新提交时间"), null=True)
    sent_back_reason = models.TextField(_("发回理由"), blank=True)
    changed_at = models.DateTimeField(_("改动时间"), null=True)
    changed_by = person("+", _("改动人"))
    version = models.PositiveIntegerField(_("版本"), default=0)

    objects = ItemRatingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("任务项评定")
        ordering = ["assessment", "task_item__category__order", "task_item__number"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "task_item"], name="item_rating_once"),
            *(choice("item_rating", step.value, Rating, blank=True) for step in Step.marking()),
            together("item_rating", "returned_at", "returned_by", "return_reason"),
            together("item_rating", "changed_at", "changed_by"),
            models.CheckConstraint(
                name="item_rating_return_has_a_reason",
                condition=Q(return_reason__isnull=True) | ~Q(return_reason=""),
            ),
            choice("item_rating", "return_field", ReturnField, blank=True),
            models.CheckConstraint(
                name="item_rating_return_field_was_returned",
                condition=Q(return_field="") | Q(returned_at__isnull=False),
            ),
            models.CheckConstraint(
                name="item_rating_resubmitted_was_returned",
                condition=Q(resubmitted_at__isnull=True) | Q(returned_at__isnull=False),
            ),
            models.CheckConstraint(
                name="item_rating_supervision_has_a_reason",
                condition=Q(supervision="") | ~Q(supervision_note=""),
            ),
        ]

    def __str__(self):
        return f"{self.assessment} · {self.task_item}"

    def get_absolute_url(self):
        return reverse("item", args=[self.pk])

    @property
    def is_returned(self):
        return self.returned_at is not None and self.resubmitted_at is None

    @property
    def is_changed_since_review(self):
        """Answered by the branch after a return, and not marked again since."""
        return self.resubmitted_at is not None and not self.review

    @property
    def waiting_since(self):
        """From when on the item has lain with its department."""
        return self.resubmitted_at or self.assessment.submitted_at

    @property
    def effective(self):
        """The mark that counts for the committee: its own, or else the department's."""
        return self.supervision or self.review

    @property
    def is_silent(self):
        """Signed off without a mark: unmet, and listed until the committee marks it."""
        return self.is_signed_off and not self.effective

    def as_row(self):
        """As the rules read it; wants for_rules() or with_places()."""
        task = self.task_item
        return ItemRow(
            category=task.category.code,
            label=str(task),
            pk=self.pk,
            points=task.points,
            is_key=task.is_key,
            department=task.lead_department.code,
            self_rating=self.self_rating,
            review=self.review,
            supervision=self.supervision,
            measures=self.measures,
            responsible_person=self.responsible_person,
            due_date=self.due_date,
            self_rating_note=self.self_rating_note,
            review_note=self.review_note,
            is_returned=self.is_returned,
            is_signed_off=self.is_signed_off,
            has_open_finding=self.has_open_finding,
        )
