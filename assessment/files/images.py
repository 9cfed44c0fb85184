"""Images are drawn anew, so that nothing but the picture is kept: no place, no scripts, no rest.

The only room that knows Pillow.
"""

from contextlib import suppress
from datetime import datetime
from io import BytesIO

import pillow_heif
from django.conf import settings
from django.utils import timezone
from PIL import ExifTags, Image, ImageOps

from ..enums import BlockerKind
from ..rules.completeness import Blocker
from ..rules.uploads import Unfit, pixel_blockers, refuse, taken_blockers

pillow_heif.register_heif_opener()

FORMATS = ("JPEG", "PNG", "WEBP", "HEIF")
QUALITY = 88
THUMBNAIL = (320, 320)


def redrawn(content):
    """The picture as a JPEG the right way up, a small one of it, and the day it was taken."""
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as image:
            refuse(pixel_blockers(*image.size, settings.EVIDENCE_MEGAPIXELS))
            taken_on = _taken_on(image)
            picture = _plain(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        limit = str(settings.EVIDENCE_MEGAPIXELS)
        raise Unfit([Blocker(BlockerKind.IMAGE_TOO_LARGE, limit)]) from None
    except Unfit:
        raise
    except Exception as error:  # a decoder that is fed rubbish may raise anything
        raise Unfit([Blocker(BlockerKind.IMAGE_BROKEN)]) from error
    whole = _jpeg(picture)
    picture.thumbnail(THUMBNAIL)
    return whole, _jpeg(picture), taken_on


def _plain(image):
    """The first picture in it, the right way up, on white where one could see through."""
    image = ImageOps.exif_transpose(image)
    if not image.has_transparency_data:
        return image.convert("RGB")
    layer = image.convert("RGBA")
    paper = Image.new("RGB", layer.size, "white")
    paper.paste(layer, mask=layer)
    return paper


def _jpeg(picture):
    # What Pillow carries along from the source is left out.
    picture.info.clear()
    out = BytesIO()
    picture.save(out, "JPEG", quality=QUALITY, optimize=True)
    return out.getvalue()


def _taken_on(image):
    """The day that the camera wrote, if it wrote one."""
    exif = image.getexif()
    written = exif.get_ifd(ExifTags.IFD.Exif).get(ExifTags.Base.DateTimeOriginal)
    with suppress(ValueError):
        day = datetime.strptime(str(written)[:10], "%Y:%m:%d").date()
        # A camera whose clock is wrong says nothing.
        return None if taken_blockers(day, timezone.localdate()) else day
    return None
