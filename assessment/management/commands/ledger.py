"""manage.py ledger YEAR --output FILE [--branch CODE | --department CODE | --star CODE] …"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from branches.models import Branch, Department

from ... import ledger, workflow
from ...enums import CycleState, LedgerScope, LedgerUse, Verb
from ...models import Assessment, Cycle, Finding, ItemRating


class Command(BaseCommand):
    help = _("写出一个年度的工作台账（Excel），或其中一个支部、一个部门、一颗星的。")

    def add_arguments(self, parser):
        parser.add_argument("year", metavar="YEAR", help=_("年度，如 2022"))
        parser.add_argument("--output", required=True, metavar="FILE", help=_("写到哪个文件"))
        scopes = parser.add_mutually_exclusive_group()
        scopes.add_argument("--branch", metavar="CODE", help=_("只写这个支部：12 位统计代码"))
        scopes.add_argument("--department", metavar="CODE", help=_("只写这个部门牵头的任务项"))
        scopes.add_argument("--star", metavar="CODE", help=_("只写这一类，如 ST"))
        flags = {
            "--without-words": _("不写部门和党委的意见、理由"),
            "--for-filtering": _("供筛选：一行表头，没有合并的格子"),
            "--branch-sheets": _("再附上各支部的台账，一个支部一张"),
            "--zip": _("每个支部一个文件，打成 zip"),
        }
        for flag, words in flags.items():
            parser.add_argument(flag, action="store_true", help=words)

    def handle(self, *, year, output, **options):
        cycle = _cycle(year)
        scope, place = _scope(cycle, options)
        choices = ledger.Choices(
            scope=scope,
            place=place,
            has_reviewers_words=not options["without_words"],
            use=LedgerUse.FILTER if options["for_filtering"] else LedgerUse.PRINT,
            has_branch_sheets=options["branch_sheets"],
        )
        with transaction.atomic():
            contents = ledger.contents_of(
                cycle,
                Assessment.objects.all(),
                ItemRating.objects.all(),
                choices,
                Finding.objects.all(),
            )
            if not contents.ledger_rows():
                raise CommandError(_("{place}在这一年里没有任务项。").format(place=place or cycle))
            name, pieces = _written(contents, options["zip"])
            about = {"cycle": cycle, "assessment": contents.sheet}
            workflow.keep(Verb.DOWNLOAD, None, name, **about)
            # Last, so that a file that cannot be written leaves no event behind.
            _save(Path(output), pieces)
        self.stdout.write(_("已写出 {path}").format(path=output))


def _written(contents, is_zip):
    """The name of the file, and its bytes in pieces."""
    if is_zip:
        return ledger.archive_name(contents), ledger.zipped(contents)
    try:
        return ledger.file_name(contents), [ledger.as_bytes(ledger.write(contents))]
    except ledger.TextTooLong as error:
        raise CommandError(str(error)) from error


def _save(path, pieces):
    try:
        with path.open("wb") as file:
            file.writelines(pieces)
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


def _scope(cycle, asked):
    """What of the year: the scope and its place."""
    if code := asked["branch"]:
        return LedgerScope.BRANCH, _branch(cycle, code)
    if code := asked["department"]:
        found = Department.objects.filter(code=code).first()
        return LedgerScope.DEPARTMENT, found or _missing(_("没有代码为 {code} 的部门。"), code)
    if code := asked["star"]:
        found = cycle.catalogue.categories.filter(code=code).first()
        return LedgerScope.STAR, found or _missing(_("这一年没有代码为 {code} 的类别。"), code)
    return LedgerScope.TOWN, None


def _missing(sentence, code):
    raise CommandError(sentence.format(code=code))


def _branch(cycle, code):
    branch = Branch.objects.filter(code=code).first()
    if branch is None:
        _missing(_("没有代码为 {code} 的支部。"), code)
    if not cycle.assessments.filter(branch=branch).exists():
        sentence = _("代码为 {code} 的支部没有参加 {year} 年度的创建。")
        raise CommandError(sentence.format(code=code, year=cycle.year))
    return branch
