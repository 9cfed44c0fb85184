"""A sheet (支部台账): one branch in one cycle, with its stars and its sign-offs."""

from collections import defaultdict

from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from branches.models import Branch, Department
from branches.words import holding

from ..enums import CycleState, Step
from ..rules.rows import CategoryRow, StarRow
from .catalogue import Category, TaskItem
from .constraints import choice, together
from .cycle import Cycle
from .fields import person


def level_label(level):
    """A level in words, such as 三星."""
    names = (_("无星"), _("一星"), _("二星"), _("三星"), _("四星"), _("五星"))
    return str(names[level]) if 0 <= level < len(names) else str(level)


class AssessmentQuerySet(models.QuerySet):
    def get_by_natural_key(self, year, code):
        return self.get(cycle__year=year, branch__code=code)

    def visible_to(self, user):
        """Sheets `user` may see; a reviewer's from the review on: before it they are drafts."""
        begun = self.exclude(cycle__state=CycleState.PREPARING)
        if user.reads_all:
            return begun
        mine = Q(branch__in=user.branch_ids)
        if user.department_ids:
            mine |= ~Q(step=Step.SELF_RATING) & Exists(
                TaskItem.objects.filter(ratings__assessment=OuterRef("pk")).of_departments(
                    user.department_ids
                )
            )
        return begun.filter(mine)

    def levels_by_branch(self):
        """Branch id → the level it was awarded; those not concluded are left out."""
        concluded = self.filter(step=Step.CONCLUDED)
        return dict(concluded.order_by().values_list("branch_id", "level"))

    def going_on_for(self, user):
        """Sheets of open years that `user` may see, the latest year first."""
        sheets = self.visible_to(user).filter(cycle__state=CycleState.OPEN)
        return sheets.with_places().order_by("-cycle__year", "branch__order")

    def named(self, words):
        """Sheets whose branch each of the words names; see branches/words.py."""
        return self.filter(branch__in=set.intersection(*words.values()))

    def of_people(self, words):
        """Sheets of branches with such a secretary or liaison official."""
        columns = ("branch__secretary", "branch__liaison_official")
        return self.filter(holding(words, columns, "branch"))

    def with_places(self):
        """Joined to what every page about a sheet names."""
        return self.select_related("cycle__catalogue", "branch")


class Assessment(models.Model):
    """One branch's year. The due dates here are extensions; empty means the cycle's own."""

    cycle = models.ForeignKey(
        Cycle, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("年度创建")
    )
    branch = models.ForeignKey(
        Branch, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("支部")
    )
    target_level = models.PositiveSmallIntegerField(
        _("创建目标"), default=0, validators=[MaxValueValidator(5)], help_text=_("几星。")
    )
    step = models.CharField(
        _("步骤"), max_length=20, choices=Step, default=Step.SELF_RATING, editable=False
    )
    self_rating_due = models.DateField(_("村组标星延期至"), null=True, editable=False)
    review_due = models.DateField(_("部门瞄星延期至"), null=True, editable=False)
    supervision_due = models.DateField(_("党委督星延期至"), null=True, editable=False)
    submitted_at = models.DateTimeField(_("提交时间"), null=True, editable=False)
    submitted_by = person("+", _("提交人"), editable=False)
    is_collected = models.BooleanField(_("由党委收取"), default=False, editable=False)
    concluded_at = models.DateTimeField(_("办结时间"), null=True, editable=False)
    concluded_by = person("+", _("办结人"), editable=False)
    level = models.PositiveSmallIntegerField(_("星级"), null=True, editable=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("支部台账")
        ordering = ["-cycle__year", "branch__order"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "branch"], name="assessment_once"),
            choice("assessment", "step", Step),
            together("assessment", "submitted_at", "submitted_by"),
            together("assessment", "concluded_at", "concluded_by", "level"),
            models.CheckConstraint(
                name="assessment_concluded_has_a_level",
                condition=Q(step=Step.CONCLUDED, level__isnull=False)
                | (~Q(step=Step.CONCLUDED) & Q(level__isnull=True)),
            ),
            models.CheckConstraint(
                name="assessment_handed_in_is_stamped",
                condition=Q(step=Step.SELF_RATING) | Q(submitted_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.branch.name} {self.cycle.year}"

    def get_absolute_url(self):
        return reverse("assessment", args=[self.pk])

    def natural_key(self):
        return (self.cycle.year, self.branch.code)

    natural_key.dependencies = ["assessment.cycle", "branches.branch"]

    @property
    def target_label(self):
        """The target level in words."""
        return level_label(self.target_level)

    @property
    def level_label(self):
        """The level in words, once it is decided."""
        return str(_("未定星")) if self.level is None else level_label(self.level)

    def due(self, step):
        """The due date that holds here for `step`: the extension, or else the cycle's."""
        return self.extended_to(step) or self.cycle.due(step)

    def extended_to(self, step):
        """The later date that this branch alone was given, if any."""
        return getattr(self, f"{step}_due", None)

    def item_rows(self):
        """The sheet's items as the rules read them."""
        return [item.as_row() for item in self.items.for_rules()]

    def star_rows(self):
        """The sheet's stars as the rules read them."""
        return [star.as_row() for star in self.stars.for_rules()]


class StarQuerySet(models.QuerySet):
    def for_rules(self):
        """The joins that as_row() needs."""
        return self.select_related("category", "decided_by")

    def held(self):
        """(branch id, category id) of the stars that concluded sheets were awarded."""
        awarded = self.filter(awarded=True, assessment__step=Step.CONCLUDED).order_by()
        return set(awarded.values_list("assessment__branch_id", "category_id"))

    def by_sheet(self):
        """Sheet id → its stars as the rules read them, in their order."""
        sheets = defaultdict(list)
        for star in self.for_rules().order_by("category__order"):
            sheets[star.assessment_id].append(star.as_row())
        return sheets


class Star(models.Model):
    """One category for one branch: held before, set out for, and what was decided."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="stars", verbose_name=_("支部台账")
    )
    category = models.ForeignKey(Category, on_delete=models.PROTECT, verbose_name=_("类别"))
    held_before = models.BooleanField(_("现有星"), default=False)
    targeted = models.BooleanField(_("拟创星"), default=False)
    awarded = models.BooleanField(_("评定星"), null=True)
    reason = models.CharField(_("理由"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("定星时间"), null=True)
    decided_by = person("+", _("定星人"))

    objects = StarQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("星")
        ordering = ["assessment", "category__order"]
        constraints = [
            models.UniqueConstraint(fields=["assessment", "category"], name="star_once"),
            together("star", "awarded", "decided_at", "decided_by"),
        ]

    def __str__(self):
        return f"{self.assessment} · {self.category.name}"

    def as_row(self):
        category = CategoryRow(
            self.category.code, self.category.name, self.category.is_prerequisite
        )
        return StarRow(
            category,
            self.targeted,
            self.awarded,
            self.reason,
            self.held_before,
            decided_by=str(self.decided_by) if self.decided_by_id else "",
            decided_at=self.decided_at,
        )


class DepartmentSignOff(models.Model):
    """A department has done its part of a sheet. `reason` is the committee's, for a silent one."""

    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="sign_offs", verbose_name=_("支部台账")
    )
    department = models.ForeignKey(Department, on_delete=models.PROTECT, verbose_name=_("部门"))
    signed_at = models.DateTimeField(_("办结时间"), auto_now_add=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("办结人"),
    )
    reason = models.TextField(_("代为办结的理由"), blank=True)

    class Meta:
        verbose_name = verbose_name_plural = _("审核办结")
        constraints = [
            models.UniqueConstraint(fields=["assessment", "department"], name="sign_off_once"),
        ]

    def __str__(self):
        return f"{self.assessment} · {self.department}"
