"""Findings (问题) of joint inspections, with every round of rectification (整改) and re-check."""

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from branches.models import Department

from ..enums import CycleState, FindingState, Light, Moment
from ..rules.findings import span
from .assessment import Assessment
from .catalogue import TaskItem
from .constraints import choice, reasoned, stamped, together
from .fields import person, words
from .inspection import Inspection
from .stored_file import StoredFile, StoredFileQuerySet, file_constraints


class FindingQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Findings of `user`'s branches, and of departments that answer for them or took part."""
        begun = self.exclude(assessment__cycle__state=CycleState.PREPARING)
        if user.reads_all:
            return begun
        mine = Q(assessment__branch__in=user.branch_ids)
        if user.department_ids:
            parts = Inspection.departments.through.objects.filter(
                inspection=OuterRef("inspection"), department__in=user.department_ids
            )
            items = TaskItem.objects.filter(ratings=OuterRef("item_rating"))
            mine |= Q(department__in=user.department_ids) | Exists(parts)
            mine |= Exists(items.of_departments(user.department_ids))
        return begun.filter(mine)

    def unresolved(self):
        """Somebody still has to act."""
        return self.filter(state__in=FindingState.unresolved())

    def in_the_way(self):
        """Not closed, and not set aside: on a key item it keeps the star away."""
        return self.unresolved().filter(set_aside_at=None)

    def overdue(self, today):
        return self.unresolved().filter(due_date__lt=today)

    def on_record(self):
        """Not written down by mistake."""
        return self.exclude(state=FindingState.WITHDRAWN)

    def counted_by(self, column):
        """Value of a column → how many there are, and how many of them are unresolved."""
        unresolved = Count("pk", filter=Q(state__in=FindingState.unresolved()))
        rows = self.order_by().values(column).annotate(all=Count("pk"), unresolved=unresolved)
        return {row[column]: row for row in rows}

    def in_light(self, colour, today):
        """Those that stand so to their due date; see rules/findings.py."""
        first, last = span(colour, today)
        asked = Q(state__in=FindingState.unresolved())
        asked &= Q(due_date__gte=first) if first else Q()
        asked &= Q(due_date__lte=last) if last else Q()
        if colour == Light.GREEN:
            asked |= ~Q(state__in=FindingState.unresolved())
        return self.filter(asked)

    def with_places(self):
        """Joined to what every page about a finding names."""
        return self.select_related(
            "inspection",
            "assessment__cycle__catalogue",
            "assessment__branch",
            "item_rating__task_item__category",
            "department",
        )

    def with_rounds(self):
        """Joined to what a list tells of each, its rounds and the files that are shown."""
        shown = models.Prefetch("files", FindingFile.objects.shown(), to_attr="shown_files")
        return self.with_places().prefetch_related("rounds", shown)

    def with_waiting(self):
        """Each with `has_waiting_extension`: a later date is asked for and not yet answered."""
        waiting = FindingExtension.objects.filter(finding=OuterRef("pk"), answered_at=None)
        return self.annotate(has_waiting_extension=Exists(waiting))

    def in_order(self):
        """Branch by branch, as a list of problems is read."""
        return self.order_by("assessment__branch__order", "due_date", "pk")


class Finding(models.Model):
    """A problem that an inspection found at a branch: by whom it is to be put right, by when.

    `version` counts corrections; the rounds of rectification keep their own numbers.
    """

    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, related_name="findings", verbose_name=_("部门联查")
    )
    assessment = models.ForeignKey(
        Assessment, on_delete=models.PROTECT, related_name="findings", verbose_name=_("支部台账")
    )
    item_rating = models.ForeignKey(
        "assessment.ItemRating",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="findings",
        verbose_name=_("任务项"),
    )
    problem = words(_("存在问题"), 1000)
    requirement = words(_("整改要求"), 1000)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="findings", verbose_name=_("责任部门")
    )
    due_date = models.DateField(_("整改期限"))
    state = models.CharField(
        _("状态"), max_length=10, choices=FindingState, default=FindingState.OPEN
    )
    recorded_at = models.DateTimeField(_("登记时间"), auto_now_add=True)
    recorded_by = person("+", _("登记人"))
    closed_at = models.DateTimeField(_("销号时间"), null=True)
    closed_by = person("+", _("销号人"))
    set_aside_at = models.DateTimeField(_("认定不影响定星的时间"), null=True)
    set_aside_by = person("+", _("认定人"))
    set_aside_reason = words(_("认定不影响定星的理由"), 500)
    withdrawn_at = models.DateTimeField(_("撤销时间"), null=True)
    withdrawn_by = person("+", _("撤销人"))
    withdrawn_reason = words(_("撤销理由"), 500)
    version = models.PositiveIntegerField(_("版本"), default=0)

    objects = FindingQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("问题")
        ordering = ["inspection", "pk"]
        constraints = [
            choice("finding", "state", FindingState),
            models.CheckConstraint(
                name="finding_says_what_and_how", condition=~Q(problem="") & ~Q(requirement="")
            ),
            together("finding", "recorded_at", "recorded_by"),
            together("finding", "closed_at", "closed_by"),
            together("finding", "set_aside_at", "set_aside_by"),
            together("finding", "withdrawn_at", "withdrawn_by"),
            stamped("finding", FindingState.CLOSED),
            stamped("finding", FindingState.WITHDRAWN),
            reasoned("finding", "set_aside"),
            reasoned("finding", "withdrawn"),
        ]

    def __str__(self):
        return f"{self.assessment.branch.name} · {self.problem[:30]}"

    def get_absolute_url(self):
        return reverse("finding", args=[self.pk])

    @property
    def is_unresolved(self):
        return self.state in FindingState.unresolved()


class Rectification(models.Model):
    """One round: what the branch has done, and what whoever re-checked it says."""

    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("问题")
    )
    number = models.PositiveSmallIntegerField(_("第几次"))
    measure = words(_("整改措施"))
    responsible_person = models.CharField(_("责任人"), max_length=30)
    answered_at = models.DateTimeField(_("上报时间"), auto_now_add=True)
    answered_by = person("+", _("上报人"))
    is_closed = models.BooleanField(_("复核通过"), null=True)
    recheck_note = words(_("复核意见"), 500)
    rechecked_at = models.DateTimeField(_("复核时间"), null=True)
    rechecked_by = person("+", _("复核人"))

    class Meta:
        verbose_name = verbose_name_plural = _("整改")
        ordering = ["finding", "number"]
        constraints = [
            models.UniqueConstraint(fields=["finding", "number"], name="rectification_once"),
            models.UniqueConstraint(
                fields=["finding"],
                name="rectification_one_waits",
                condition=Q(rechecked_at__isnull=True),
            ),
            together("rectification", "answered_at", "answered_by"),
            together("rectification", "rechecked_at", "rechecked_by", "is_closed"),
            models.CheckConstraint(
                name="rectification_says_what_was_done",
                condition=~Q(measure="") & ~Q(responsible_person=""),
            ),
            models.CheckConstraint(
                name="rectification_refusal_has_a_reason",
                condition=Q(is_closed__isnull=True) | Q(is_closed=True) | ~Q(recheck_note=""),
            ),
        ]

    def __str__(self):
        return f"{self.finding} · {self.number}"


class FindingExtension(models.Model):
    """A later due date that a branch has asked for, and the answer."""

    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, related_name="extensions", verbose_name=_("问题")
    )
    due_date = models.DateField(_("延期至"))
    reason = words(_("申请理由"), 500)
    asked_at = models.DateTimeField(_("申请时间"), auto_now_add=True)
    asked_by = person("+", _("申请人"))
    is_granted = models.BooleanField(_("同意"), null=True)
    answer = words(_("答复"), 500)
    answered_at = models.DateTimeField(_("答复时间"), null=True)
    answered_by = person("+", _("答复人"))

    class Meta:
        verbose_name = verbose_name_plural = _("整改延期")
        ordering = ["finding", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["finding"],
                name="finding_extension_one_waits",
                condition=Q(answered_at__isnull=True),
            ),
            together("finding_extension", "asked_at", "asked_by"),
            together("finding_extension", "answered_at", "answered_by", "is_granted"),
            models.CheckConstraint(name="finding_extension_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="finding_extension_refusal_has_a_reason",
                condition=Q(is_granted__isnull=True) | Q(is_granted=True) | ~Q(answer=""),
            ),
        ]

    def __str__(self):
        return f"{self.finding} · {self.due_date}"


class FindingFileQuerySet(StoredFileQuerySet):
    def visible_to(self, user):
        return self.filter(finding__in=Finding.objects.visible_to(user))

    def shown(self):
        """Not taken off again; what was taken off stays on the disk."""
        return self.filter(removed_at=None)

    def not_yet_reported(self):
        """What the branch has filed since it last reported: the next round takes it along."""
        return self.shown().filter(moment__in=Moment.by_branch(), round=None)

    def by_branch_of(self, sheet):
        return self.filter(finding__assessment=sheet, moment__in=Moment.by_branch())


class FindingFile(StoredFile):
    """A picture or a paper of a finding: as it was found, or before and after it was put right."""

    FOLDER = "findings"

    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, related_name="files", verbose_name=_("问题")
    )
    round = models.ForeignKey(
        Rectification,
        null=True,
        on_delete=models.PROTECT,
        related_name="files",
        verbose_name=_("整改"),
    )
    moment = models.CharField(_("何时"), max_length=10, choices=Moment)
    removed_at = models.DateTimeField(_("移出时间"), null=True)
    removed_by = person("+", _("移出人"))

    objects = FindingFileQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("问题资料")
        ordering = ["finding", "pk"]
        constraints = [
            *file_constraints("finding_file"),
            choice("finding_file", "moment", Moment),
            together("finding_file", "removed_at", "removed_by"),
            models.CheckConstraint(
                name="finding_file_of_a_round_is_the_branchs",
                condition=Q(round__isnull=True) | Q(moment__in=Moment.by_branch()),
            ),
        ]

    def get_absolute_url(self):
        return reverse("finding-file", args=[self.pk])

    @property
    def thumbnail_url(self):
        return reverse("finding-file-thumbnail", args=[self.pk])
