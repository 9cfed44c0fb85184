"""Reads what was uploaded: what it is by its content, and what of it is kept."""

from ..rules.uploads import Unfit
from .reading import Reading, read

__all__ = ["Reading", "Unfit", "read"]
