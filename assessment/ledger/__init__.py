"""The work ledger (工作台账) in Excel: the one place that knows openpyxl.

`contents_of` reads what is asked for, as far as the reader may see it; `write` makes one workbook
of it, `zipped` one a branch. The ledger is a form filed under a seal, so it is in Chinese whatever
language the page was in.
"""

from ..rules.uploads import Unfit
from .cells import TextTooLong
from .choices import Choices
from .contents import contents_of
from .fill_in import (
    Place,
    fill_in_name,
    key_of,
    place_of,
    review_workbook,
    self_rating_workbook,
)
from .filled_in import filled_in
from .packing import archive_name, as_bytes, file_name, public_name, zipped
from .public import Span, public_contents, public_title
from .reading import read
from .report import report_name, report_workbook
from .workbook import write, write_public_list

__all__ = [
    "Choices",
    "Place",
    "Span",
    "TextTooLong",
    "Unfit",
    "archive_name",
    "as_bytes",
    "contents_of",
    "file_name",
    "fill_in_name",
    "filled_in",
    "key_of",
    "place_of",
    "public_contents",
    "public_name",
    "public_title",
    "read",
    "report_name",
    "report_workbook",
    "review_workbook",
    "self_rating_workbook",
    "write",
    "write_public_list",
    "zipped",
]
