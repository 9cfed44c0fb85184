"""Progress reports (定期汇报) are made from the rows; only a person's words are kept."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .cycle import Cycle
from .fields import words


def span_label(span):
    """A span in words: a month, a quarter, a year, or its first and its last day."""
    first = span.begins_on
    if span.months == 1:
        return date_format(first, "YEAR_MONTH_FORMAT")
    if span.months == 3:
        return gettext("{year}年第{quarter}季度").format(year=first.year, quarter=span.quarter)
    if span.months == 12:
        return gettext("{year}年全年").format(year=first.year)
    first, last = date_format(first), date_format(span.ends_on)
    return first if first == last else gettext("{first}至{last}").format(first=first, last=last)


class ReportNoteQuerySet(models.QuerySet):
    def on(self, cycle, span):
        """The note on exactly this span, or None."""
        found = self.filter(cycle=cycle, begins_on=span.begins_on, ends_on=span.ends_on)
        return found.select_related("written_by").first()


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

    objects = ReportNoteQuerySet.as_manager()

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
