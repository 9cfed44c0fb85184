"""The closed lists of this app."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BranchKind(TextChoices):
    COMMUNITY = "community", _("社区")
    VILLAGE = "village", _("村")


class Role(TextChoices):
    """What a membership makes of a person; what each may do stands in assessment/permissions.py."""

    CLERK = "clerk", _("村级填报人")
    REVIEWER = "reviewer", _("部门审核人")
    SUPERVISOR = "supervisor", _("党委督星人")
    AUDITOR = "auditor", _("查阅人")
    ADMINISTRATOR = "administrator", _("管理员")

    @classmethod
    def reading_all(cls):
        """Who reads everything; a clerk and a reviewer read what is theirs."""
        return (cls.SUPERVISOR, cls.AUDITOR, cls.ADMINISTRATOR)
