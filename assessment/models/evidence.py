"""Evidence: files that back items. Old versions stay; nothing is ever taken off the disk."""

from collections import defaultdict

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from branches.models import Branch

from ..enums import CycleState
from .cycle import Cycle
from .item_rating import ItemRating
from .stored_file import StoredFile, StoredFileQuerySet, file_constraints


class EvidenceQuerySet(StoredFileQuerySet):
    def visible_to(self, user):
        """Files of `user`'s branches, and those that back an item which `user` may see."""
        begun = self.exclude(cycle__state=CycleState.PREPARING)
        if user.reads_all:
            return begun
        seen = ItemRating.objects.visible_to(user)
        backing = Evidence.items.through.objects.filter(
            evidence=OuterRef("pk"), itemrating__in=seen.values("pk")
        )
        return begun.filter(Q(branch__in=user.branch_ids) | Exists(backing))

    def current(self):
        """The newest version of each."""
        return self.filter(replaced_by__isnull=True)

    def of_sheet(self, sheet):
        """What the sheet's branch has filed in its year, on whichever item."""
        return self.filter(branch=sheet.branch_id, cycle=sheet.cycle_id)

    def names(self):
        return list(self.current().order_by("pk").values_list("name", flat=True))

    def names_by_item(self, items):
        """Item id → the names of the files that back it, in the order they were filed."""
        through = Evidence.items.through.objects.filter(
            itemrating__in=items, evidence__in=self.current().values("pk")
        )
        names = defaultdict(list)
        for item, name in through.order_by("evidence").values_list("itemrating", "evidence__name"):
            names[item].append(name)
        return names

    def same_content_elsewhere(self, evidence, user):
        """Files of another branch or year with the content of one of `evidence`.

        Each bears `is_seen`: whether `user` may be told whose it is.
        """
        seen = Evidence.objects.visible_to(user).filter(pk=OuterRef("pk"))
        same = self.filter(sha256__in={each.sha256 for each in evidence}).exclude(
            branch__in={each.branch_id for each in evidence},
            cycle__in={each.cycle_id for each in evidence},
        )
        return (
            same.select_related("branch", "cycle")
            .annotate(is_seen=Exists(seen))
            .order_by("-cycle__year", "branch__order", "pk")
        )


class Evidence(StoredFile):
    """One version of a file that a branch has filed in a year, and the items that it backs."""

    FOLDER = "evidence"

    branch = models.ForeignKey(
        Branch, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("支部")
    )
    cycle = models.ForeignKey(
        Cycle, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("年度创建")
    )
    items = models.ManyToManyField(
        ItemRating, blank=True, related_name="evidence", verbose_name=_("任务项评定")
    )
    replaces = models.OneToOneField(
        "self",
        null=True,
        on_delete=models.PROTECT,
        related_name="replaced_by",
        verbose_name=_("上一版"),
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("佐证资料")
        ordering = ["pk"]
        constraints = file_constraints("evidence")

    def get_absolute_url(self):
        return reverse("evidence", args=[self.pk])

    @property
    def thumbnail_url(self):
        return reverse("evidence-thumbnail", args=[self.pk])
