"""Progress reports (定期汇报) are made from the rows; only a person's words are kept."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from .cycle import Cycle
from .fields import words


class ReportNote(models.Model):
    """The one paragraph of words on a span of days, both included, with its author."""

    cycle = models.ForeignKey(
        Cycle, on_delete=models.PROTECT, related_name="report_notes", verbose_name=_("年度创建")
    )
    begins_on = models.DateField(_("起"))
    ends_on = models.DateField(_("止"))
    text = words(_("汇报说明"))
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("填写人"),
    )
    written_at = models.DateTimeField(_("填写时间"))
    version = models.PositiveIntegerField(_("版本"), default=1)

    class Meta:
        verbose_name = verbose_name_plural = _("汇报说明")
        ordering = ["cycle", "begins_on", "ends_on"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "begins_on", "ends_on"], name="report_note_once"
            ),
            models.CheckConstraint(
                name="report_note_span_runs_forwards", condition=Q(ends_on__gte=F("begins_on"))
            ),
        ]

    def __str__(self):
        return f"{self.begins_on}–{self.ends_on}"
