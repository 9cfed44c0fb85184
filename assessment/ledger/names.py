"""Titles, and the names that files and worksheets make of them."""

import re

from django.conf import settings
from django.utils.translation import gettext as _

from .cells import clean

UNSAFE_IN_TITLE = re.compile(r"[\[\]:*?/\\\n\t]")
UNSAFE_IN_FILE_NAME = re.compile(r'[\\/:*?"<>|\n\t]')
LONGEST_TITLE = 31


def ledger_title(cycle, branch=None):
    return _("{year}年{town}{branch}“五星”支部创建工作台账").format(
        year=cycle.year, town=settings.TOWN_NAME, branch=branch.name if branch else ""
    )


def safe_title(text):
    """`text` as Excel allows a worksheet to be called."""
    title = UNSAFE_IN_TITLE.sub(" ", clean(text)).strip("' ")
    while len(title.encode("utf-16-le")) > 2 * LONGEST_TITLE:
        title = title[:-1]
    return title.rstrip("' ") or _("工作台账")


def safe_file_name(title):
    """A file name that Windows takes too."""
    return UNSAFE_IN_FILE_NAME.sub(" ", clean(title)) + ".xlsx"
