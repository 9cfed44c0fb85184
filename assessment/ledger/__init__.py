"""The work ledger (工作台账) in Excel: the one place that knows openpyxl.

The ledger is a form filed under a seal, so it is in Chinese whatever language the page was in.
"""

from ..rules.uploads import Unfit
from .cells import TextTooLong
from .fill_in import (
    Place,
    fill_in_name,
    key_of,
    place_of,
    review_workbook,
    self_rating_workbook,
)
from .filled_in import filled_in
from .reading import read
from .workbook import as_bytes, branch_workbook, cycle_workbook, file_name

__all__ = [
    "Place",
    "TextTooLong",
    "Unfit",
    "as_bytes",
    "branch_workbook",
    "cycle_workbook",
    "file_name",
    "fill_in_name",
    "filled_in",
    "key_of",
    "place_of",
    "read",
    "review_workbook",
    "self_rating_workbook",
]
