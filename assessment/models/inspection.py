"""Joint inspections (部门联查): which departments went to which branches, and what is done well."""

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from branches.models import Department

from .assessment import Assessment
from .constraints import together
from .cycle import Cycle
from .fields import person, words


class InspectionQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Those that visited `user`'s branches or in which a department of theirs takes part."""
        if user.reads_all:
            return self
        visits = Visit.objects.filter(
            inspection=OuterRef("pk"), assessment__branch__in=user.branch_ids
        )
        parts = Inspection.departments.through.objects.filter(
            inspection=OuterRef("pk"), department__in=user.department_ids
        )
        return self.filter(Exists(visits) | Exists(parts))

    def with_places(self):
        """Joined to what every page about an inspection names."""
        return self.select_related("cycle", "recorded_by").prefetch_related(
            "departments", "visits__assessment__branch"
        )


class Inspection(models.Model):
    """One joint inspection: hear the report, read the files, look on site (domain: practices)."""

    cycle = models.ForeignKey(
        Cycle, on_delete=models.PROTECT, related_name="inspections", verbose_name=_("年度创建")
    )
    held_on = models.DateField(_("联查日期"))
    purpose = words(_("联查缘由"), 500)
    heard_report = models.BooleanField(_("听汇报"), default=False)
    read_files = models.BooleanField(_("查资料"), default=False)
    looked_on_site = models.BooleanField(_("看实地"), default=False)
    departments = models.ManyToManyField(
        Department, blank=True, related_name="inspections", verbose_name=_("参加部门")
    )
    participants = models.CharField(_("参加人员"), max_length=200, blank=True)
    recorded_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    recorded_by = person("+", _("登记人"))
    version = models.PositiveIntegerField(_("版本"), default=0)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("部门联查")
        ordering = ["-held_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="inspection_has_a_way",
                condition=Q(heard_report=True) | Q(read_files=True) | Q(looked_on_site=True),
            ),
            together("inspection", "recorded_at", "recorded_by"),
        ]

    def __str__(self):
        return _("{day}部门联查").format(day=date_format(self.held_on, "DATE_FORMAT"))

    def get_absolute_url(self):
        return reverse("inspection", args=[self.pk])

    @property
    def ways(self):
        """What was done there, in words."""
        fields = ("heard_report", "read_files", "looked_on_site")
        return [self._meta.get_field(name).verbose_name for name in fields if getattr(self, name)]


class VisitQuerySet(models.QuerySet):
    def visible_to(self, user):
        """A branch reads what was said of it, and not what was said of its neighbours."""
        seen = self.filter(inspection__in=Inspection.objects.visible_to(user))
        if user.reads_all:
            return seen
        parts = Inspection.departments.through.objects.filter(
            inspection=OuterRef("inspection"), department__in=user.department_ids
        )
        return seen.filter(Exists(parts) | Q(assessment__branch__in=user.branch_ids))


class Visit(models.Model):
    """A branch in an inspection, and what is done well there."""

    inspection = models.ForeignKey(
        Inspection, on_delete=models.CASCADE, related_name="visits", verbose_name=_("部门联查")
    )
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="visits", verbose_name=_("支部台账")
    )
    done_well = words(_("好的做法"), 1000)

    objects = VisitQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("联查支部")
        ordering = ["inspection", "assessment__branch__order"]
        constraints = [
            models.UniqueConstraint(fields=["inspection", "assessment"], name="visit_once"),
        ]

    def __str__(self):
        return f"{self.inspection} · {self.assessment.branch.name}"
