"""The closed lists of joint inspections, findings, notices and progress reports."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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


class Moved(TextChoices):
    """What a progress report tells of as having happened."""

    SUBMITTED = "submitted", pgettext_lazy("has happened", "提交台账")
    COLLECTED = "collected", pgettext_lazy("has happened", "收取台账")
    REVIEWED = "reviewed", pgettext_lazy("has happened", "部门瞄星全部办结")
    SENT_BACK = "sent_back", pgettext_lazy("has happened", "发回部门")
    DECIDED = "decided", pgettext_lazy("has happened", "定星")
    CONCLUDED = "concluded", pgettext_lazy("has happened", "办结定星")
    REOPENED = "reopened", pgettext_lazy("has happened", "重新打开")
    EXTENDED = "extended", pgettext_lazy("has happened", "延期")
    INSPECTED = "inspected", pgettext_lazy("has happened", "登记部门联查")
    NOTIFIED = "notified", pgettext_lazy("has happened", "印发通报")


class SpanFault(TextChoices):
    """Why there can be no report on a span of days."""

    UNREADABLE = "unreadable", _("月份请写成 2022-11，季度请写成 2022-Q4 的样子。")
    HALF = "half", _("起止两个日期都要选。")
    BACKWARDS = "backwards", _("截止日期不能早于起始日期。")
    TOO_LONG = "too_long", _("一次最多汇报一年。")
    NOT_BEGUN = "not_begun", _("这段时间还没有开始，没有可汇报的内容。")
