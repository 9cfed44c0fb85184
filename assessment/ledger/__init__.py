"""The work ledger (工作台账) in Excel: the one place that knows openpyxl.

The ledger is a form filed under a seal, so it is in Chinese whatever language the page was in.
"""

from .cells import TextTooLong
from .workbook import as_bytes, branch_workbook, cycle_workbook, file_name

__all__ = ["TextTooLong", "as_bytes", "branch_workbook", "cycle_workbook", "file_name"]
