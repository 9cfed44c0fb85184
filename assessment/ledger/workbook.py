"""Makes the two workbooks: a whole year's, and one branch's."""

from io import BytesIO

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook

from . import contents as read
from .form import write_branch_ledger, write_year_ledger
from .looks import NORMAL
from .names import ledger_title, safe_file_name, safe_title
from .overview import write_overview


def cycle_workbook(cycle, sheets, items):
    """The overview and the ledger of a year.

    `sheets` and `items` are querysets limited to what the reader may see.
    """
    return write_cycle(read.of_cycle(cycle, sheets, items))


def branch_workbook(sheet, items):
    """One branch's ledger in the form that is signed and sealed; `items` as above."""
    return write_branch(read.of_branch(sheet, items))


def file_name(cycle, branch=None):
    with translation.override(settings.LANGUAGE_CODE):
        return safe_file_name(ledger_title(cycle, branch))


def as_bytes(workbook):
    buffer = BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def write_cycle(contents):
    """The workbook of rows that are loaded already."""
    with translation.override(settings.LANGUAGE_CODE):
        workbook = new_workbook(ledger_title(contents.cycle))
        workbook.active.title = _("总览")
        write_overview(workbook.active, contents)
        write_year_ledger(workbook.create_sheet(_("工作台账")), contents)
    return workbook


def write_branch(contents):
    """The workbook of one loaded sheet."""
    branch = contents.sheets[0].branch
    with translation.override(settings.LANGUAGE_CODE):
        workbook = new_workbook(ledger_title(contents.cycle, branch))
        workbook.active.title = safe_title(branch.name)
        write_branch_ledger(workbook.active, contents)
    return workbook


def new_workbook(title):
    """Empty but for its properties and the font of its columns."""
    workbook = Workbook()
    # Column widths are counted in digits of this style's font.
    workbook._named_styles["Normal"].font = NORMAL
    properties = workbook.properties
    properties.title = properties.subject = title
    properties.creator = properties.lastModifiedBy = settings.TOWN_NAME
    properties.language = settings.LANGUAGE_CODE
    return workbook
