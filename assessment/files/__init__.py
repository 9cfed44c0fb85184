"""Reads what was uploaded: what it is by its content, and what of it is kept."""

from .reading import Reading, read
from .recognition import Unfit

__all__ = ["Reading", "Unfit", "read"]
