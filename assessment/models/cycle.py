"""The cycle: one year's run over all branches."""

from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..enums import CycleState, Step
from .catalogue import Catalogue
from .constraints import choice, together
from .fields import person


class CycleQuerySet(models.QuerySet):
    def get_by_natural_key(self, year):
        return self.get(year=year)

    def begun(self):
        """Cycles that have been opened; one in preparation is the administrator's alone."""
        return self.exclude(state=CycleState.PREPARING)

    def open(self):
        return self.filter(state=CycleState.OPEN)

    def preparing(self):
        return self.filter(state=CycleState.PREPARING)

    def before(self, year):
        """The latest earlier year that has been opened, or None."""
        earlier = self.begun().filter(year__lt=year).select_related("catalogue")
        return earlier.order_by("-year").first()


class Cycle(models.Model):
    """年度创建. The threshold is a setting: what wins a star is not established (domain).

    `names_kept` is what models/names.py keeps of a year that is closed.
    """

    year = models.PositiveSmallIntegerField(_("年度"), unique=True)
    catalogue = models.ForeignKey(
        Catalogue, on_delete=models.PROTECT, related_name="cycles", verbose_name=_("任务清单")
    )
    star_threshold = models.PositiveSmallIntegerField(
        _("得星比例"),
        default=100,
        validators=[MaxValueValidator(100)],
        help_text=_("一类得星所需的分值百分比；100 即每项都达标。"),
    )
    self_rating_due = models.DateField(_("村组标星期限"), null=True, blank=True)
    review_due = models.DateField(_("部门瞄星期限"), null=True, blank=True)
    supervision_due = models.DateField(_("党委督星期限"), null=True, blank=True)
    targets_note = models.CharField(
        _("目标说明"), max_length=200, blank=True, help_text=_("与创建目标一起显示，如来源。")
    )
    planned_stars = models.PositiveSmallIntegerField(
        _("计划创建星数"),
        null=True,
        blank=True,
        help_text=_("全镇各支部创建目标合计的星数，设定创建目标时用来核对。"),
    )
    state = models.CharField(
        _("状态"), max_length=10, choices=CycleState, default=CycleState.PREPARING, editable=False
    )

    closed_at = models.DateTimeField(_("关闭时间"), null=True, editable=False)
    closed_by = person("+", _("关闭人"), editable=False)
    names_kept = models.JSONField(_("关闭时的名称"), null=True, editable=False)

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("年度创建")
        ordering = ["-year"]
        constraints = [
            choice("cycle", "state", CycleState),
            together("cycle", "closed_at", "closed_by", "names_kept"),
            models.CheckConstraint(
                name="cycle_closed_at_is_of_a_closed_year",
                condition=models.Q(closed_at__isnull=True) | models.Q(state=CycleState.CLOSED),
            ),
            models.CheckConstraint(
                name="cycle_threshold_is_a_percentage",
                condition=models.Q(star_threshold__lte=100),
            ),
        ]

    def __str__(self):
        return _("{year} 年度创建").format(year=self.year)

    def get_absolute_url(self):
        return reverse("cycle", args=[self.year])

    @property
    def is_open(self):
        return self.state == CycleState.OPEN

    def natural_key(self):
        return (self.year,)

    natural_key.dependencies = ["assessment.catalogue"]

    def has_stars_held_before(self):
        """Whether a branch brings a star along from the year before: in a first year, none does."""
        return self.assessments.filter(stars__held_before=True).exists()

    def due(self, step):
        """The town's due date for `step`; None where none is set or the step has none."""
        return getattr(self, f"{step}_due") if step in Step.marking() else None
