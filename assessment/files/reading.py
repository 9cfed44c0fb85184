"""One uploaded file, read: what is kept of it."""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.conf import settings

from ..enums import FileKind
from ..rules.uploads import refuse, safe_name, size_blockers
from .images import redrawn
from .recognition import recognised


@dataclass(frozen=True, slots=True)
class Reading:
    """What is kept of a file. `sha256` is of what was sent, so that it is known when sent again."""

    name: str
    kind: FileKind
    content: bytes
    sha256: str
    thumbnail: bytes = b""
    taken_on: date | None = None


def read(upload):
    """Read an UploadedFile, or raise Unfit with the reasons why nothing of it is kept."""
    refuse(size_blockers(upload.size, settings.EVIDENCE_FILE_BYTES))
    content = upload.read()
    kind = recognised(content)
    name, mark = safe_name(upload.name or "", kind), sha256(content).hexdigest()
    if kind != FileKind.IMAGE:
        return Reading(name, kind, content, mark)
    picture, thumbnail, taken_on = redrawn(content)
    return Reading(name, kind, picture, mark, thumbnail, taken_on)
