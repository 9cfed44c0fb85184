"""The closed lists of the three steps and of the workbook that they end in."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CycleState(TextChoices):
    PREPARING = "preparing", _("筹备中")
    OPEN = "open", _("进行中")
    CLOSED = "closed", _("已关闭")

    @classmethod
    def still_to_change(cls):
        """Before the year is over."""
        return (cls.PREPARING, cls.OPEN)

    @classmethod
    def begun(cls):
        """From the opening on."""
        return (cls.OPEN, cls.CLOSED)


class Step(TextChoices):
    """Where a sheet stands: the three steps of the method, then the end."""

    SELF_RATING = "self_rating", _("村组标星")
    REVIEW = "review", _("部门瞄星")
    SUPERVISION = "supervision", _("党委督星")
    CONCLUDED = "concluded", _("已定星")

    @classmethod
    def marking(cls):
        """The three steps in which items are marked, in their order."""
        return (cls.SELF_RATING, cls.REVIEW, cls.SUPERVISION)

    @classmethod
    def marking_from(cls, step):
        """The steps of a sheet at `step` that are not yet over."""
        steps = list(cls)
        return [each for each in cls.marking() if steps.index(each) >= steps.index(step)]


class Rating(TextChoices):
    """A mark on an item. A blank mark is the empty string."""

    MET = "met", _("达标")
    PARTLY_MET = "partly_met", _("基本达标")
    UNMET = "unmet", _("未达标")
    NOT_APPLICABLE = "not_applicable", _("不适用")


class ReturnField(TextChoices):
    """The box of the item that a return is about, by its name in the form; blank: the whole."""

    SELF_RATING = "self_rating", _("村组标星")
    MEASURES = "measures", _("具体举措")
    PROGRESS = "progress", _("进展情况")
    RESPONSIBLE_PERSON = "responsible_person", _("责任人")
    EVIDENCE = "evidence", _("佐证资料")


class ReviewState(TextChoices):
    """What a reviewer asks a table of items for."""

    UNMARKED = "unmarked", _("还没有瞄星")
    CHANGED = "changed", _("退回后已改")
    SENT_BACK = "sent_back", _("党委发回")
    RETURNED = "returned", _("已退回")
    MARKED = "marked", _("已瞄星")


class StarTurn(TextChoices):
    """What has become of a star between two years."""

    WON = "won", _("新得")
    KEPT = "kept", _("保持")
    LOST = "lost", _("失去")
    NONE = "none", _("未得")
    TO_KEEP = "to_keep", _("现有，未定")
    UNDECIDED = "undecided", _("未定星")
    ENDED = "ended", _("不再评定")


class Owner(TextChoices):
    """Who holds the pen on an item: exactly one at any time."""

    BRANCH = "branch", _("支部")
    DEPARTMENT = "department", _("牵头部门")
    COMMITTEE = "committee", _("党委")
    NOBODY = "nobody", pgettext_lazy("whose turn", "已办结")


class FileKind(TextChoices):
    """What a file of evidence is, told by its content."""

    IMAGE = "image", _("图片")
    PDF = "pdf", _("PDF 文件")
    DOCX = "docx", _("Word 文档")
    XLSX = "xlsx", _("Excel 表格")
    PPTX = "pptx", _("PPT 演示")
    WPS = "wps", _("WPS 文字或旧版 Word 文档")
    ET = "et", _("WPS 表格或旧版 Excel 表格")
    DPS = "dps", _("WPS 演示或旧版 PPT 演示")


class LedgerScope(TextChoices):
    """What of a year a workbook holds."""

    TOWN = "town", _("全镇")
    BRANCH = "branch", _("支部")
    DEPARTMENT = "department", _("牵头部门")
    STAR = "star", _("类别")


class LedgerUse(TextChoices):
    """What a workbook is for: paper with titles and signatures, or plain tables."""

    PRINT = "print", _("打印上报")
    FILTER = "filter", _("筛选统计")


class DueState(TextChoices):
    """How a due date stands to today. Dates warn; they never lock."""

    NONE = "none", _("未定期限")
    LATER = "later", _("未到期")
    SOON = "soon", _("即将到期")
    OVERDUE = "overdue", _("已逾期")
