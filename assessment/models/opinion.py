"""Opinions: what a cooperating department says of an item, to its lead and to the committee."""

from django.conf import settings
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from branches.models import Department

from .item_rating import ItemRating


class OpinionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Read in the town hall by whoever sees the item there; not by the branch."""
        return self.filter(item_rating__in=ItemRating.objects.reviewed_by(user))


class Opinion(models.Model):
    """One department's opinion on one item; `version` counts its saves."""

    item_rating = models.ForeignKey(
        ItemRating,
        on_delete=models.PROTECT,
        related_name="opinions",
        verbose_name=_("任务项评定"),
    )
    department = models.ForeignKey(Department, on_delete=models.PROTECT, verbose_name=_("部门"))
    text = models.TextField(_("配合意见"), validators=[MaxLengthValidator(500)])
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("填写人"),
    )
    at = models.DateTimeField(_("填写时间"))
    version = models.PositiveIntegerField(_("版本"), default=1)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("配合意见")
        ordering = ["item_rating", "department__order"]
        constraints = [
            models.UniqueConstraint(fields=["item_rating", "department"], name="opinion_once"),
            models.CheckConstraint(name="opinion_says_something", condition=~Q(text="")),
        ]

    def __str__(self):
        return f"{self.department} · {self.item_rating}"
