"""Phrases: what a department's reviewers write again and again, kept to be used again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from branches.models import Department


class Phrase(models.Model):
    """A sentence for a note or a reason."""

    department = models.ForeignKey(
        Department, on_delete=models.CASCADE, related_name="phrases", verbose_name=_("部门")
    )
    text = models.CharField(_("常用语"), max_length=200)
    order = models.PositiveSmallIntegerField(_("排序"), default=0)

    class Meta:
        verbose_name = verbose_name_plural = _("常用语")
        ordering = ["department__order", "order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["department", "text"], name="phrase_once"),
        ]

    def __str__(self):
        return self.text
