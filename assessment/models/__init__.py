"""The rows of a year: catalogue, cycle, sheets with their stars and items, and events."""

from .assessment import Assessment, DepartmentSignOff, Star
from .catalogue import Catalogue, Category, TaskItem
from .cycle import Cycle
from .event import Event
from .evidence import Evidence
from .finding import Finding, FindingExtension, FindingFile, Rectification
from .inspection import Inspection, Visit
from .item_rating import ItemRating
from .names import BranchNames, Names, names_now, names_of
from .notice import Notice, NoticeReading
from .opinion import Opinion
from .phrase import Phrase
from .progress import Progress, progress_in
from .public_list import PublicList, public_list
from .report import ReportNote, span_label

__all__ = [
    "Assessment",
    "BranchNames",
    "Catalogue",
    "Category",
    "Cycle",
    "DepartmentSignOff",
    "Event",
    "Evidence",
    "Finding",
    "FindingExtension",
    "FindingFile",
    "Inspection",
    "ItemRating",
    "Names",
    "Notice",
    "NoticeReading",
    "Opinion",
    "Phrase",
    "PublicList",
    "Progress",
    "Rectification",
    "ReportNote",
    "Star",
    "TaskItem",
    "Visit",
    "names_now",
    "names_of",
    "public_list",
    "progress_in",
    "span_label",
]
