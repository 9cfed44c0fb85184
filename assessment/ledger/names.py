"""Titles, and the names that files and worksheets make of them."""

import re

from django.utils.translation import gettext as _

from ..enums import LedgerScope
from ..rules.characters import seen

UNSAFE_IN_TITLE = re.compile(r"[\[\]:*?/\\\n\t]")
UNSAFE_IN_FILE_NAME = re.compile(r'[\\/:*?"<>|\n\t]')
LONGEST_TITLE = 31


def scope_name(contents):
    """The department or the category that the workbook is about, or nothing."""
    choices = contents.choices
    if choices.scope == LedgerScope.DEPARTMENT:
        return contents.names.departments[choices.place.pk]
    return choices.place.name if choices.scope == LedgerScope.STAR else ""


def scope_in_words(contents):
    """What of the year is here."""
    if contents.sheet:
        return contents.branch(contents.sheet).name
    if contents.choices.scope == LedgerScope.DEPARTMENT:
        return _("{department}牵头的任务项").format(department=scope_name(contents))
    if name := scope_name(contents):
        return name
    return _("全镇中下载人有权查阅的部分") if contents.hidden else _("全镇")


def ledger_title(contents):
    """The form's title; a part of a ledger says of what."""
    branch = contents.branch(contents.sheet).name if contents.sheet else ""
    return _("{year}年{town}{branch}“五星”支部创建工作台账{part}").format(
        year=contents.cycle.year,
        town=contents.names.town,
        branch=branch,
        part=_in_brackets(scope_name(contents)),
    )


def day_in_words(day):
    return _("{year}年{month}月{day}日").format(year=day.year, month=day.month, day=day.day)


def _in_brackets(*words):
    said = _("、").join(filter(None, words))
    return _("（{note}）").format(note=said) if said else ""


def file_title(contents, *more):
    """What tells a file from others of the same ledger."""
    choices = contents.choices
    return ledger_title(contents) + _in_brackets(
        *more,
        _("供筛选") if choices.is_for_filtering else "",
        "" if choices.has_reviewers_words else _("不含意见"),
    )


def safe_title(text):
    """`text` as Excel allows a worksheet to be called."""
    title = UNSAFE_IN_TITLE.sub(" ", seen(text)).strip("' ")
    return _shortened(title, LONGEST_TITLE).rstrip("' ") or _("工作台账")


def free_title(text, taken):
    """A safe title that none of `taken` bears; Excel does not tell capitals from small letters."""
    title, count = safe_title(text), 1
    others = {other.casefold() for other in taken}
    while title.casefold() in others:
        count += 1
        title = f"{_shortened(safe_title(text), LONGEST_TITLE - len(f' {count}'))} {count}"
    return title


def _shortened(title, limit):
    """Cut to so many characters as Excel counts them."""
    while len(title.encode("utf-16-le")) > 2 * limit:
        title = title[:-1]
    return title


def safe_file_name(title, suffix=".xlsx"):
    """A file name that Windows takes too."""
    return UNSAFE_IN_FILE_NAME.sub(" ", seen(title)) + suffix
