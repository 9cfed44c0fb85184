"""The work ledger (工作台账) in Excel: the one place that knows openpyxl.

The ledger is a form filed under a seal, so it is in Chinese whatever language the page was in.
"""

from ..rules.uploads import Unfit
from .cells import TextTooLong
from .reading import read
from .workbook import as_bytes, branch_workbook, cycle_workbook, file_name

__all__ = [
    "TextTooLong",
    "Unfit",
    "as_bytes",
    "branch_workbook",
    "cycle_workbook",
    "file_name",
    "read",
]
