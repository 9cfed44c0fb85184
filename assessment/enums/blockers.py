"""Every reason to wait, in one list."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
    TARGET_DIFFERS = "target_differs", _("{subject}：提议与拟创星不一致，请打开这个支部逐颗定星")
    DECIDED_OTHERWISE = (
        "decided_otherwise",
        _("{subject}：已有与提议不同的决定，请打开这个支部办理"),
    )
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
    NO_SUCH_LEVEL = "no_such_level", _("{subject}：没有这样的星级")
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
    ROW_COPIED = (
        "row_copied",
        _("第 {subject} 行是整行复制的，看不出哪一行是原来的。新增的请在表下的空白行里另写"),
    )
    KEY_LOST = (
        "key_lost",
        _("第 {subject} 行隐藏的编号被改动了，看不出是哪一行。请重新下载，把内容粘贴过去再传"),
    )
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
