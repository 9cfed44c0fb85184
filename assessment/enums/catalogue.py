"""What may become of a task item from one catalogue to the next."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class ItemChange(TextChoices):
    """In the order in which a page tells them."""

    ADDED = "added", _("新增")
    DROPPED = "dropped", _("取消")
    REWORDED = "reworded", _("改写")
    WEIGHED = "weighed", _("分值或关键项")
    REASSIGNED = "reassigned", _("部门")
    MOVED = "moved", _("移动")
    SAME = "same", _("没有变")
