"""The rows of a year: catalogue, cycle, sheets with their stars and items, and events."""

from .assessment import Assessment, DepartmentSignOff, Star
from .catalogue import Catalogue, Category, TaskItem
from .cycle import Cycle
from .event import Event
from .evidence import Evidence
from .item_rating import ItemRating
from .opinion import Opinion
from .phrase import Phrase

__all__ = [
    "Assessment",
    "Catalogue",
    "Category",
    "Cycle",
    "DepartmentSignOff",
    "Event",
    "Evidence",
    "ItemRating",
    "Opinion",
    "Phrase",
    "Star",
    "TaskItem",
]
