"""Django's admin: catalogue and cycles to edit, the rows of the workflow to read."""

from . import catalogue, cycles, events, people, sheets, supervision  # noqa: F401 - importing registers
