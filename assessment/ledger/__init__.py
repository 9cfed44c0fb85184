"""The work ledger (工作台账) in Excel: the one place that knows openpyxl.

`contents_of` reads what is asked for, as far as the reader may see it; `write` makes one workbook
of it, `zipped` one a branch. The ledger is a form filed under a seal, so it is in Chinese whatever
language the page was in.
"""

from ..rules.uploads import Unfit
from .catalogue import (
    catalogue_file_name,
    catalogue_workbook,
    item_words,
    items_of,
    read_catalogue,
)
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
from .people import people_file_name, people_workbook, read_people
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
    "catalogue_file_name",
    "catalogue_workbook",
    "contents_of",
    "file_name",
    "fill_in_name",
    "filled_in",
    "item_words",
    "items_of",
    "key_of",
    "people_file_name",
    "people_workbook",
    "place_of",
    "public_contents",
    "public_name",
    "public_title",
    "read",
    "report_name",
    "report_workbook",
    "read_catalogue",
    "read_people",
    "review_workbook",
    "self_rating_workbook",
    "write",
    "write_public_list",
    "zipped",
]
