"""Files that people send, as rows: random names outside the static root, served by views."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from ..enums import FileKind
from ..rules.uploads import CONTENT_TYPES, LONGEST_NAME, SUFFIXES
from .constraints import choice


def file_path(stored, _name):
    """A name that cannot be guessed, with the kind's own ending, in one of 256 folders."""
    return _path(stored.FOLDER, stored.kind)


def thumbnail_path(_stored, _name):
    return _path("thumbnails", FileKind.IMAGE)


def _path(folder, kind):
    token = secrets.token_hex(16)
    return f"{folder}/{token[:2]}/{token}.{SUFFIXES[kind][0]}"


class StoredFileQuerySet(models.QuerySet):
    def bytes_used(self):
        return self.aggregate(used=Sum("size"))["used"] or 0


class StoredFile(models.Model):
    """`sha256` is of the file as it was sent; an image is kept drawn anew, with a thumbnail."""

    FOLDER = "files"

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

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    @property
    def is_image(self):
        return self.kind == FileKind.IMAGE

    @property
    def content_type(self):
        return CONTENT_TYPES[self.kind]


def file_constraints(table):
    """What holds for every stored file."""
    return [
        choice(table, "kind", FileKind),
        models.CheckConstraint(name=f"{table}_has_a_name", condition=~Q(name="")),
        models.CheckConstraint(name=f"{table}_is_not_empty", condition=Q(size__gte=1)),
        models.CheckConstraint(
            name=f"{table}_image_has_a_thumbnail",
            condition=Q(kind=FileKind.IMAGE) & ~Q(thumbnail="")
            | ~Q(kind=FileKind.IMAGE) & Q(thumbnail=""),
        ),
    ]
