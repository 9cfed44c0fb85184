"""Makes a workbook of what was read."""

from datetime import UTC

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from openpyxl import Workbook

from ..rules.characters import seen
from .cover import cover_name, write_cover
from .looks import NORMAL
from .names import file_title, free_title, ledger_title, scope_in_words
from .parts import PARTS
from .public import public_title, write_public


def write(contents):
    """Worksheet by worksheet; in the town's language, whichever the page was in."""
    with translation.override(settings.LANGUAGE_CODE):
        workbook = _workbook(contents, file_title(contents), ledger_title(contents))
        listed = [_written(workbook, part, contents) for part in PARTS]
        # One branch's form is signed as it is; for filtering, notes stand nowhere else.
        if contents.sheet is None or contents.choices.is_for_filtering:
            place = None if contents.choices.is_for_filtering else 0
            worksheet = _worksheet(workbook, cover_name(contents), place)
            write_cover(worksheet, contents, list(filter(None, listed)))
        workbook.active = 0
    return workbook


def _written(workbook, part, contents):
    """Write a part; returns what the cover says of it, or nothing where there is none."""
    pieces = part.pieces_of(contents)
    for title, piece in pieces:
        part.write(_worksheet(workbook, title), piece)
    name = str(part.name) if len(pieces) == 1 else f"{part.name} × {len(pieces)}"
    return (name, str(part.holds), str(part.reader)) if pieces else None


def _worksheet(workbook, title, place=None):
    return workbook.create_sheet(free_title(title, workbook.sheetnames), place)


def new_workbook(title):
    """Empty but for its properties and the font of its columns."""
    workbook = Workbook()
    # Column widths are counted in digits of this style's font.
    workbook._named_styles["Normal"].font = NORMAL
    properties = workbook.properties
    properties.title = properties.subject = seen(title)
    properties.creator = properties.lastModifiedBy = seen(settings.TOWN_NAME)
    properties.language = settings.LANGUAGE_CODE
    return workbook


def write_public_list(contents, span):
    """A workbook of the public list alone; see public.py."""
    with translation.override(settings.LANGUAGE_CODE):
        title = public_title(contents.public)
        workbook = _workbook(contents, title, title)
        write_public(_worksheet(workbook, _("公示名单")), contents, span)
    return workbook


def _workbook(contents, title, subject):
    workbook = new_workbook(title)
    workbook.remove(workbook.active)
    properties = workbook.properties
    properties.subject = seen(subject)
    properties.description = seen(scope_in_words(contents))
    properties.creator = properties.lastModifiedBy = seen(contents.names.town)
    properties.created = properties.modified = contents.moment.astimezone(UTC).replace(tzinfo=None)
    return workbook
