"""Files as people send them, and as they should not."""

import struct
import zlib
from io import BytesIO
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
PAGE = b"<!doctype html><script>alert(document.cookie)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MAIN = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
}
METHODS = (ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA)


def picture(format="JPEG", size=(60, 40), mode="RGB", colour="red", **options):
    out = BytesIO()
    Image.new(mode, size, colour).save(out, format, **options)
    return out.getvalue()


def photo(size=(60, 40), *, taken="2022:10:21 09:30:00", orientation=6, place=True):
    """A phone's photo: red above, blue below, lying on its side, with where and when."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (0, size[1] // 2, *size))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = taken
    if place:
        exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (34.0, 49.0, 30.0)
    out = BytesIO()
    image.save(out, "JPEG", quality=95, exif=exif)
    return out.getvalue()


def heic(size=(64, 48)):
    image, out = Image.new("RGB", size, "green"), BytesIO()
    image.save(out, "HEIF")
    return out.getvalue()


def bomb(width=30000, height=30000):
    """A small PNG that says it is very large."""

    def chunk(name, body):
        mark = zlib.crc32(name + body)
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", mark)

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1000)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")
    )


def office(kind="docx", *, types=b"<Types/>", **members):
    """An office file in a zip; a member's name has __ for its dots."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        archive.writestr(MAIN[kind], b"<x/>")
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


def damaged(method):
    """A document whose list of types cannot be unpacked; its directory is whole."""
    out, types = BytesIO(), "[Content_Types].xml"
    with ZipFile(out, "w", method) as archive:
        archive.writestr(types, "".join(map(str, range(1000))))
        archive.writestr(MAIN["docx"], b"<x/>")
    past_its_beginning = out.getvalue().index(types.encode()) + len(types) + 20
    out.seek(past_its_beginning)
    out.write(b"\xff" * 20)
    return out.getvalue()


def older_office(*entries):
    """A container of the older Office, as far as its directory goes."""
    directory = b"".join(f"{name}\0".encode("utf-16-le").ljust(128, b"\0") for name in entries)
    return OLE.ljust(512, b"\0") + directory


def sent(name, content, content_type="application/octet-stream"):
    return SimpleUploadedFile(name, content, content_type)
