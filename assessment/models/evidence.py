"""Evidence: files that back items. Old versions stay; nothing is ever taken off the disk."""

import secrets
from collections import defaultdict

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from branches.enums import Role
from branches.models import Branch

from ..enums import CycleState, FileKind
from ..rules.uploads import CONTENT_TYPES, LONGEST_NAME, SUFFIXES
from .constraints import choice
from .cycle import Cycle
from .item_rating import ItemRating


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Files of `user`'s branches, and those that back an item which `user` may see."""
        begun = self.exclude(cycle__state=CycleState.PREPARING)
        if user.has_role(*Role.reading_all()):
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

    def bytes_used(self):
        return self.aggregate(used=Sum("size"))["used"] or 0

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


def file_path(evidence, _name):
    """A name that cannot be guessed, with the kind's own ending, in one of 256 folders."""
    return _path("evidence", evidence.kind)


def thumbnail_path(_evidence, _name):
    return _path("thumbnails", FileKind.IMAGE)


def _path(folder, kind):
    token = secrets.token_hex(16)
    return f"{folder}/{token[:2]}/{token}.{SUFFIXES[kind][0]}"


class Evidence(models.Model):
    """One version of a file that a branch has filed in a year, and the items that it backs.

    `sha256` is of the file as it was sent; an image is kept drawn anew, with a thumbnail.
    """

    branch = models.ForeignKey(
        Branch, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("支部")
    )
    cycle = models.ForeignKey(
        Cycle, on_delete=models.PROTECT, related_name="evidence", verbose_name=_("年度创建")
    )
    items = models.ManyToManyField(
        ItemRating, blank=True, related_name="evidence", verbose_name=_("任务项评定")
    )
    name = models.CharField(_("资料名称"), max_length=LONGEST_NAME)
    kind = models.CharField(_("文件类型"), max_length=10, choices=FileKind)
    size = models.PositiveIntegerField(_("大小"))
    sha256 = models.CharField(_("内容摘要"), max_length=64, db_index=True)
    file = models.FileField(_("文件"), upload_to=file_path, unique=True)
    thumbnail = models.FileField(_("缩略图"), upload_to=thumbnail_path, blank=True)
    taken_on = models.DateField(_("拍摄日期"), null=True, blank=True)
    uploaded_at = models.DateTimeField(_("上传时间"), auto_now_add=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("上传人"),
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
        constraints = [
            choice("evidence", "kind", FileKind),
            models.CheckConstraint(name="evidence_has_a_name", condition=~Q(name="")),
            models.CheckConstraint(name="evidence_is_not_empty", condition=Q(size__gte=1)),
            models.CheckConstraint(
                name="evidence_image_has_a_thumbnail",
                condition=Q(kind=FileKind.IMAGE) & ~Q(thumbnail="")
                | ~Q(kind=FileKind.IMAGE) & Q(thumbnail=""),
            ),
        ]

    def __str__(self):
        return self.name

    def get_absolute_url(self):
        return reverse("evidence", args=[self.pk])

    @property
    def is_image(self):
        return self.kind == FileKind.IMAGE

    @property
    def content_type(self):
        return CONTENT_TYPES[self.kind]
