"""The closed lists of joint inspections, findings and notices."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FindingState(TextChoices):
    """Where a problem that a joint inspection found stands."""

    OPEN = "open", _("待整改")
    ANSWERED = "answered", _("待复核")
    CLOSED = "closed", _("已销号")
    WITHDRAWN = "withdrawn", _("已撤销")

    @classmethod
    def unresolved(cls):
        """Somebody still has to act."""
        return (cls.OPEN, cls.ANSWERED)


class Light(TextChoices):
    """How a finding stands to its due date, as towns call it."""

    RED = "red", _("红")
    YELLOW = "yellow", _("黄")
    GREEN = "green", _("绿")


class Moment(TextChoices):
    """What a file of a finding shows: as the inspection found it, or as the branch reports it."""

    FOUND = "found", _("发现时")
    BEFORE = "before", _("整改前")
    AFTER = "after", _("整改后")

    @classmethod
    def by_branch(cls):
        """What the branch files with its rectification."""
        return (cls.BEFORE, cls.AFTER)


class NoticeState(TextChoices):
    DRAFT = "draft", _("草稿")
    ISSUED = "issued", _("已印发")
    WITHDRAWN = "withdrawn", _("已撤回")
    DISCARDED = "discarded", _("已作废")

    @classmethod
    def unissued(cls):
        """Never sent out, so without a number."""
        return (cls.DRAFT, cls.DISCARDED)


class Paragraph(StrEnum):
    """What a paragraph of a notice is, whichever way it is laid out."""

    HEADING = "heading"
    SUBHEADING = "subheading"
    TEXT = "text"
