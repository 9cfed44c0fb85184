"""The closed lists of the domain. What a member is called on screen is its label."""

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


class Owner(TextChoices):
    """Who holds the pen on an item: exactly one at any time."""

    BRANCH = "branch", _("支部")
    DEPARTMENT = "department", _("牵头部门")
    COMMITTEE = "committee", _("党委")
    NOBODY = "nobody", pgettext_lazy("whose turn", "已办结")


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


class DueState(TextChoices):
    """How a due date stands to today. Dates warn; they never lock."""

    NONE = "none", _("未定期限")
    LATER = "later", _("未到期")
    SOON = "soon", _("即将到期")
    OVERDUE = "overdue", _("已逾期")


class Verb(TextChoices):
    """Everything that is kept as an event."""

    OPEN_CYCLE = "open_cycle", _("开启年度创建")
    CLOSE_CYCLE = "close_cycle", _("关闭年度创建")
    TARGET_STARS = "target_stars", _("选定拟创星")
    SELF_RATE = "self_rate", _("填写标星")
    SUBMIT = "submit", _("提交台账")
    FILE_EVIDENCE = "file_evidence", _("上传佐证资料")
    ATTACH_EVIDENCE = "attach_evidence", _("引用佐证资料")
    DETACH_EVIDENCE = "detach_evidence", _("移出佐证资料")
    REPLACE_EVIDENCE = "replace_evidence", _("更换佐证资料")
    COLLECT = "collect", _("收取台账")
    EXTEND = "extend", _("延期")
    REVIEW = "review", _("填写瞄星")
    RETURN = "return", _("退回")
    RESUBMIT = "resubmit", _("重新提交")
    SIGN_OFF = "sign_off", _("审核办结")
    SIGN_OFF_FOR = "sign_off_for", _("代部门办结")
    OPINE = "opine", _("填写配合意见")
    KEEP_PHRASES = "keep_phrases", _("整理常用语")
    SUPERVISE = "supervise", _("填写督星")
    SEND_BACK = "send_back", _("发回部门")
    DECIDE = "decide", _("定星")
    CONCLUDE = "conclude", _("办结定星")
    REOPEN = "reopen", _("重新打开")
    RECORD_INSPECTION = "record_inspection", _("登记部门联查")
    EDIT_INSPECTION = "edit_inspection", _("修改部门联查")
    RECORD_FINDING = "record_finding", _("登记问题")
    CORRECT_FINDING = "correct_finding", _("更正问题")
    WITHDRAW_FINDING = "withdraw_finding", _("撤销问题")
    FILE_FOUND = "file_found", _("上传问题资料")
    REMOVE_FOUND = "remove_found", _("移出问题资料")
    FILE_RECTIFIED = "file_rectified", _("上传整改资料")
    REMOVE_RECTIFIED = "remove_rectified", _("移出整改资料")
    RECTIFY = "rectify", _("上报整改")
    CLOSE_FINDING = "close_finding", _("复核销号")
    REFUSE_RECTIFICATION = "refuse_rectification", _("复核不通过")
    ASK_EXTENSION = "ask_extension", _("申请延期")
    GRANT_EXTENSION = "grant_extension", _("同意延期")
    REFUSE_EXTENSION = "refuse_extension", _("不同意延期")
    SET_ASIDE = "set_aside", _("认定不影响定星")
    DRAFT_NOTICE = "draft_notice", _("起草通报")
    EDIT_NOTICE = "edit_notice", _("修改通报")
    DISCARD_NOTICE = "discard_notice", _("作废通报草稿")
    ISSUE_NOTICE = "issue_notice", _("印发通报")
    WITHDRAW_NOTICE = "withdraw_notice", _("撤回通报")
    CONFIRM_NOTICE = "confirm_notice", _("确认阅知")
    WRITE_REPORT = "write_report", _("填写汇报说明")
    CORRECT = "correct", _("勘误")
    EDIT = "edit", _("修改设置")
    SIGN_IN = "sign_in", _("登录")
    SIGN_IN_FAILED = "sign_in_failed", _("登录失败")
    DOWNLOAD = "download", _("下载")
    SET_UP = "set_up", _("建立系统")
    DEMONSTRATE = "demonstrate", _("写入演示数据")


class BlockerKind(TextChoices):
    """The sentences that say why an act must wait; `{subject}` is what it is about."""

    TARGETS_MISSING = "targets_missing", _("拟创星还没选够：创建目标是{subject}")
    MARK_MISSING = "mark_missing", _("{subject}：还没有标星")
    MEASURES_MISSING = "measures_missing", _("{subject}：还没有填写具体举措")
    PERSON_MISSING = "person_missing", _("{subject}：还没有填写责任人")
    REASON_MISSING = "reason_missing", _("{subject}：标为不适用，要写明理由")
    NOT_DUE = "not_due", _("{subject}还没有过期限")
    NOT_LATER = "not_later", _("新的期限要晚于现在的期限，也不能早于今天")
    NO_REASON = "no_reason", _("“{subject}”要写明理由")
    STALE = "stale", _("{subject}：您打开之后已被别人改过")
    REVIEW_MISSING = "review_missing", _("{subject}：还没有瞄星")
    NOTE_MISSING = "note_missing", _("{subject}：瞄为未达标或不适用，要在瞄星意见里写明理由")
    STILL_RETURNED = "still_returned", _("{subject}：已退回支部，还没有重新提交")
    NO_WORDS = "no_words", _("“{subject}”不能空着")
    NOT_WITH_DEPARTMENT = "not_with_department", _("{subject}：现在不由本部门办理")
    CHANGED_MEANWHILE = "changed_meanwhile", _("{subject}：您打开之后已被别人改过")
    ALREADY_SIGNED_OFF = "already_signed_off", _("{subject}已经审核办结")
    LEADS_NOTHING = "leads_nothing", _("{subject}在这份台账里没有牵头的任务项")
    STAR_UNDECIDED = "star_undecided", _("{subject}：还没有定星")
    STAR_DIFFERS = "star_differs", _("{subject}：决定与提议不一致，要写明理由")
    UNCONCLUDED = "unconcluded", _("{subject}：还没有办结定星")
    FINDING_OPEN = (
        "finding_open",
        _("{subject}：关键项上的问题还没有销号，不能评定；请先销号，或认定不影响定星"),
    )
    FINDING_UNRESOLVED = "finding_unresolved", _("{subject}：还没有销号，也没有认定不影响定星")
    NOT_VISITED = "not_visited", _("{subject}不在这次联查的支部里，请先把它加进去")
    HAS_FINDINGS = "has_findings", _("{subject}在这次联查里已经登记了问题，不能去掉")
    OF_ANOTHER_SHEET = "of_another_sheet", _("{subject}不是这个支部的任务项")
    NO_WAY = "no_way", _("联查方式至少选一种：听汇报、查资料、看实地")
    NOBODY_VISITED = "nobody_visited", _("还没有选联查的支部")
    HELD_LATER = "held_later", _("联查日期不能晚于今天")
    DUE_BEFORE_FOUND = "due_before_found", _("整改期限不能早于联查当天")
    IN_NOTICE = "in_notice", _("这个问题已经写进印发的通报（{subject}），不能再改；要改先撤回通报")
    EXTENSION_WAITS = "extension_waits", _("已有一次延期申请在等答复")
    DUE_IS_PAST = "due_is_past", _("整改期限已过，不能再申请延期")
    NO_ITEM = "no_item", _("这个问题没有对应任务项，本来就不影响定星")
    NOTHING_CHOSEN = "nothing_chosen", _("还没有选联查或问题")
    WITHDRAWN_FINDING = "withdrawn_finding", _("{subject}：这个问题已撤销，请从通报里去掉")
    NO_ITEMS = "no_items", _("{subject}里还没有任务项")
    NO_LEAD = "no_lead", _("{subject}：还没有牵头部门")
    NO_BRANCHES = "no_branches", _("还没有参加创建的支部")
    FILE_EMPTY = "file_empty", _("文件是空的，没有收下")
    FILE_TOO_LARGE = "file_too_large", _("文件超过 {subject}，没有收下")
    QUOTA_FULL = "quota_full", _("本支部今年的资料最多 {subject}，这个文件放不下了")
    UNKNOWN_KIND = (
        "unknown_kind",
        _("内容不是照片、PDF、Word、Excel、PPT 或 WPS 文件，没有收下"),
    )
    HAS_MACROS = "has_macros", _("文件里带有宏，请另存为不带宏的文件再传")
    ARCHIVE_TOO_LARGE = "archive_too_large", _("文件展开后太大，没有收下")
    NO_WORKBOOK = (
        "no_workbook",
        _("这不是 Excel 工作簿（.xlsx），没有收下。请用 Excel 或 WPS 打开，另存为 .xlsx 再传"),
    )
    OLDER_WORKBOOK = (
        "older_workbook",
        _("这是旧版 Excel、WPS 表格，或设了打开密码。请另存为不带密码的 .xlsx 再传"),
    )
    WORKBOOK_BROKEN = (
        "workbook_broken",
        _("工作簿打不开，可能损坏或没有传完整。请用 Excel 或 WPS 打开，重新保存后再传"),
    )
    WORKBOOK_TOO_LARGE = (
        "workbook_too_large",
        _("工作簿里的内容太多，不像是填报用的表，没有收下"),
    )
    HAS_LINKS = "has_links", _("工作簿连着别的文件，请断开链接、另存以后再传")
    HAS_ENTITIES = (
        "has_entities",
        _("文件里夹带了不该有的定义，没有收下。请用 Excel 或 WPS 另存为 .xlsx 再传"),
    )
    TOO_MANY_SHEETS = "too_many_sheets", _("工作表多于 {subject} 张，没有收下")
    CELL_TOO_FAR = (
        "cell_too_far",
        _("单元格 {subject} 里有内容，离表格太远。请删掉表格以外的行和列再传"),
    )
    CELL_TOO_LONG = (
        "cell_too_long",
        _("单元格 {subject} 里的字太多，超过 Excel 一格的上限。请改短再传"),
    )
    NO_FORM = (
        "no_form",
        _(
            "这不是从这里下载的填报表，或者里面隐藏的编号丢了。"
            "请重新下载填报表，把填好的内容粘贴过去再传"
        ),
    )
    COLUMN_LOST = "column_lost", _("找不到“{subject}”这一列。请不要改动表头，改回来再传")
    ROW_LOST = (
        "row_lost",
        _("第 {subject} 行看不出是哪一项。请把内容填到那一项自己的行里，再删掉这一行"),
    )
    ROW_TWICE = "row_twice", _("第 {subject} 行是同一项。请只留一行")
    IMAGE_TOO_LARGE = "image_too_large", _("图片超过 {subject} 百万像素，没有收下")
    IMAGE_BROKEN = "image_broken", _("图片打不开，可能损坏或没有传完整")
    TAKEN_LATER = "taken_later", _("拍摄日期不能晚于今天")
    SAME_CONTENT = "same_content", _("内容与“{subject}”相同，不用更换")
    BACKS_ANOTHER = (
        "backs_another",
        _(
            "{subject}也用了这份资料，那一项现在不由支部办理，不能更换。可以另传一份，再把这份移出本项。"
        ),
    )
