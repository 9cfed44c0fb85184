"""What a reader must know before quoting a figure."""

from django.utils.translation import gettext as _

from ..enums import LedgerScope
from .names import scope_name


def notes_on_catalogue(contents):
    if contents.cycle.catalogue.note:
        yield _("任务清单说明：{note}").format(note=contents.cycle.catalogue.note)


def notes_on_targets(contents):
    if contents.cycle.targets_note:
        yield _("创建目标说明：{note}").format(note=contents.cycle.targets_note)


def notes_on_counting():
    yield _(
        "星：★ 已评定，☆ 未获评，“未定”是党委还没有定星。"
        "评定结果中的星级只计已办结的支部，星数合计计全部已评定的星。"
    )
    yield _(
        "达标项数按各支部现处步骤计：村组标星按自评，部门瞄星按部门标记（含尚未办结的），"
        "党委督星和已定星按党委标记，党委没有标记的按部门标记。适用项数不含“不适用”的项。"
    )


def notes_on_star():
    yield _(
        "各任务项下是现在算数的标记。自评得星、瞄星得星、提议得星由这三步的标记按得星规则算出，"
        "空着是没有或还没有得星；只列出一部分任务项的，不算也不列。"
    )


def notes_on_findings(contents):
    yield _("登记后撤销的问题不列。红灯是已过整改期限，黄灯是期限将到，绿灯是期限未到。")
    if contents.findings_hidden:
        yield _("本表只含下载人有权查阅的问题，另有 {count} 个没有列出。").format(
            count=contents.findings_hidden
        )


def notes_on_every_sheet(contents):
    """What is made up says so, and what is only a part does not pass for the whole."""
    if contents.is_demonstration:
        yield _("演示数据，不是真实的评定。")
    if contents.choices.scope == LedgerScope.DEPARTMENT:
        yield _("本表只含{department}牵头的任务项。").format(department=scope_name(contents))
    if contents.choices.scope == LedgerScope.STAR:
        yield _("本表只含“{category}”一类的任务项。").format(category=scope_name(contents))
    if contents.hidden:
        yield _("本表只含下载人有权查阅的任务项，另有 {count} 项没有列出。").format(
            count=contents.hidden
        )
    if not contents.choices.has_reviewers_words:
        yield _("本表不含部门和党委写下的意见和理由。")
