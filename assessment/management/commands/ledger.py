"""manage.py ledger YEAR --output FILE [--branch CODE]"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from branches.models import Branch

from ... import workflow
from ...enums import CycleState, Verb
from ...ledger import TextTooLong, as_bytes, branch_workbook, cycle_workbook, file_name
from ...models import Assessment, Cycle, ItemRating


class Command(BaseCommand):
    help = _("写出一个年度或一个支部的工作台账（Excel）。")

    def add_arguments(self, parser):
        parser.add_argument("year", metavar="YEAR", help=_("年度，如 2022"))
        parser.add_argument("--output", required=True, metavar="FILE", help=_("写到哪个文件"))
        parser.add_argument("--branch", metavar="CODE", help=_("只写这个支部：12 位统计代码"))

    def handle(self, *, year, output, branch, **options):
        cycle = _cycle(year)
        sheet = _sheet(cycle, branch) if branch else None
        with transaction.atomic():
            try:
                workbook = _workbook(cycle, sheet)
            except TextTooLong as error:
                raise CommandError(str(error)) from error
            name = file_name(cycle, sheet and sheet.branch)
            workflow.keep(Verb.DOWNLOAD, None, name, cycle=cycle, assessment=sheet)
            # Last, so that a file that cannot be written leaves no event behind.
            _write(Path(output), as_bytes(workbook))
        self.stdout.write(_("已写出 {path}").format(path=output))


def _write(path, content):
    try:
        path.write_bytes(content)
    except OSError as error:
        if path.is_dir():
            reason = _("这是一个文件夹，请写明文件名")
        elif not path.parent.is_dir():
            reason = _("所在的文件夹不存在")
        else:
            reason = _("没有写入的权限，或磁盘已满（{detail}）").format(detail=error.strerror)
        raise CommandError(
            _("写不了 {path}：{reason}。").format(path=path, reason=reason)
        ) from error


def _cycle(year):
    cycle = Cycle.objects.filter(year=year).first() if year.isdecimal() else None
    if cycle is None:
        raise CommandError(_("没有 {year} 年度的创建。").format(year=year))
    if cycle.state == CycleState.PREPARING:
        raise CommandError(_("{year} 年度的创建还没有开启，没有台账。").format(year=year))
    return cycle


def _sheet(cycle, code):
    sheet = Assessment.objects.with_places().filter(cycle=cycle, branch__code=code).first()
    if sheet:
        return sheet
    if Branch.objects.filter(code=code).exists():
        sentence = _("代码为 {code} 的支部没有参加 {year} 年度的创建。")
    else:
        sentence = _("没有代码为 {code} 的支部。")
    raise CommandError(sentence.format(code=code, year=cycle.year))


def _workbook(cycle, sheet):
    items = ItemRating.objects.all()
    if sheet:
        return branch_workbook(sheet, items)
    return cycle_workbook(cycle, Assessment.objects.all(), items)
