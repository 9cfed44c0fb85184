"""Supervision notices (督查通报). Once issued, the database refuses change (migration 0003)."""

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..enums import NoticeState
from .assessment import Assessment
from .constraints import choice, reasoned, together
from .cycle import Cycle
from .fields import person, words
from .finding import Finding
from .inspection import Inspection


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Issued ones are circulated to everybody who holds anything; drafts stay in the office."""
        if user.reads_all:
            return self.exclude(state=NoticeState.DISCARDED)
        return self.exclude(state__in=NoticeState.unissued()) if user.held else self.none()

    def issued(self):
        return self.filter(state=NoticeState.ISSUED)

    def unread_at(self, sheets):
        """Issued ones not confirmed, a row for each of `sheets`; its branch as `unread_at`."""
        read = NoticeReading.objects.filter(
            notice=OuterRef("pk"), assessment=OuterRef("cycle__assessments")
        )
        rows = self.issued().filter(~Exists(read), cycle__assessments__in=sheets)
        named = rows.annotate(unread_at=F("cycle__assessments__branch__name"))
        return named.order_by("issued_at", "cycle__assessments__branch__order")

    def with_counts(self):
        """Each with how many branches have confirmed it, `read`, of how many, `asked`."""
        read = NoticeReading.objects.filter(notice=OuterRef("pk"))
        asked = Assessment.objects.filter(cycle=OuterRef("cycle"))
        return self.annotate(read=_count(read, "notice"), asked=_count(asked, "cycle"))

    def in_order(self):
        """Drafts first, then the latest number."""
        return self.order_by(F("number").desc(nulls_first=True), "-pk")

    def with_people(self):
        return self.select_related("cycle", "drafted_by", "issued_by", "withdrawn_by")

    def naming(self, branch):
        """Those whose annex names the branch."""
        return self.filter(findings__assessment__branch=branch).distinct()


def _count(rows, key):
    counted = rows.order_by().values(key).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


class Notice(models.Model):
    """One notice. What it says of findings is kept as `annex` when it is issued.

    The number is given at issue, so that drafts leave no gap, and is never given again.
    """

    cycle = models.ForeignKey(
        Cycle, on_delete=models.PROTECT, related_name="notices", verbose_name=_("年度创建")
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=NoticeState, default=NoticeState.DRAFT
    )
    number = models.PositiveSmallIntegerField(_("序号"), null=True)
    reference = models.CharField(_("文号"), max_length=50, blank=True)
    title = models.CharField(_("标题"), max_length=100)
    opening = words(_("督查缘由和经过"))
    done_well = words(_("好的做法"), 5000)
    problems = words(_("存在问题"), 10000)
    requirements = words(_("工作要求"), 5000)
    issuer = models.CharField(_("印发机关"), max_length=50)
    inspections = models.ManyToManyField(
        Inspection, blank=True, related_name="notices", verbose_name=_("部门联查")
    )
    findings = models.ManyToManyField(
        Finding, blank=True, related_name="notices", verbose_name=_("问题")
    )
    annex = models.JSONField(_("问题清单"), default=list)
    drafted_at = models.DateTimeField(_("起草时间"), auto_now_add=True)
    drafted_by = person("+", _("起草人"))
    issued_at = models.DateTimeField(_("印发时间"), null=True)
    issued_by = person("+", _("签发人"))
    withdrawn_at = models.DateTimeField(_("撤回时间"), null=True)
    withdrawn_by = person("+", _("撤回人"))
    withdrawn_reason = words(_("撤回理由"), 500)
    version = models.PositiveIntegerField(_("版本"), default=0)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("督查通报")
        ordering = ["-cycle__year", "-number", "-pk"]
        constraints = [
            choice("notice", "state", NoticeState),
            models.UniqueConstraint(fields=["cycle", "number"], name="notice_number_once"),
            together("notice", "drafted_at", "drafted_by"),
            together("notice", "issued_at", "issued_by", "number"),
            together("notice", "withdrawn_at", "withdrawn_by"),
            models.CheckConstraint(
                name="notice_times_fit_its_state",
                condition=Q(state__in=NoticeState.unissued(), issued_at=None, withdrawn_at=None)
                | Q(state=NoticeState.ISSUED, issued_at__isnull=False, withdrawn_at=None)
                | Q(
                    state=NoticeState.WITHDRAWN,
                    issued_at__isnull=False,
                    withdrawn_at__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="notice_issued_has_a_reference",
                condition=Q(state__in=NoticeState.unissued()) | ~Q(reference=""),
            ),
            reasoned("notice", "withdrawn"),
        ]

    def __str__(self):
        return f"{self.reference} {self.title}".strip()

    def get_absolute_url(self):
        return reverse("notice", args=[self.pk])


class NoticeReading(models.Model):
    """A branch has read a notice, in the name of whoever confirmed it."""

    notice = models.ForeignKey(
        Notice, on_delete=models.PROTECT, related_name="readings", verbose_name=_("督查通报")
    )
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="readings", verbose_name=_("支部台账")
    )
    read_at = models.DateTimeField(_("阅知时间"), auto_now_add=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("阅知人"),
    )

    class Meta:
        verbose_name = verbose_name_plural = _("通报阅知")
        ordering = ["notice", "assessment__branch__order"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "assessment"], name="notice_reading_once"),
        ]

    def __str__(self):
        return f"{self.notice} · {self.assessment.branch.name}"
