"""What a file is, by its content alone."""

import pytest

from assessment.enums import FileKind
from assessment.files.recognition import Unfit, recognised
from assessment.rules.uploads import MEMBERS, UNPACKED

from .samples import METHODS, OLE, PAGE, PDF, SVG, damaged, heic, office, older_office, picture

MACRO_TYPES = b'<Types><Override ContentType="application/vnd.ms-office.vbaProject"/></Types>'


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (picture("JPEG"), "image"),
        (picture("PNG"), "image"),
        (picture("WEBP"), "image"),
        (heic(), "image"),
        (PDF, "pdf"),
        (office("docx"), "docx"),
        (office("xlsx"), "xlsx"),
        (office("pptx"), "pptx"),
        (older_office("Root Entry", "WordDocument"), "wps"),
        (older_office("Root Entry", "Workbook"), "et"),
        (older_office("Book"), "et"),
        (older_office("PowerPoint Document"), "dps"),
    ],
)
def test_known(content, kind):
    assert recognised(content) == FileKind(kind)


def many(number):
    return office(**{f"word/{n}__xml": b"x" for n in range(number)})


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"x", "unknown_kind"),
        (PAGE, "unknown_kind"),
        (SVG, "unknown_kind"),
        (b'<?xml version="1.0"?>' + SVG, "unknown_kind"),
        (b"MZ\x90\x00" + PDF, "unknown_kind"),
        (b" " + PDF, "unknown_kind"),
        (PAGE + PDF, "unknown_kind"),
        (b"GIF89a" + PAGE, "unknown_kind"),
        (b"PK\x03\x04" + PAGE, "unknown_kind"),
        (PAGE + office("docx"), "unknown_kind"),
        (office("docx", **{"xl/workbook__xml": b"<x/>"}), "unknown_kind"),
        *((damaged(method), "unknown_kind") for method in METHODS),
        (OLE, "unknown_kind"),
        (older_office("EncryptedPackage"), "unknown_kind"),
        (older_office("WordDocument", "Workbook"), "unknown_kind"),
        (b"\0" * 4 + b"ftypavif", "unknown_kind"),
        (office("docx", **{"word/vbaProject__bin": b"x"}), "has_macros"),
        (office("xlsx", **{"XL/VBAPROJECT__BIN": b"x"}), "has_macros"),
        (office("xlsx", **{"xl/JDEData__bin": b"x"}), "has_macros"),
        (office("docx", types=MACRO_TYPES), "has_macros"),
        (office("docx", types=MACRO_TYPES.decode().encode("utf-16")), "has_macros"),
        (older_office("WordDocument", "Macros"), "has_macros"),
        (older_office("Workbook", "_VBA_PROJECT_CUR"), "has_macros"),
        (many(MEMBERS), "archive_too_large"),
        (office("docx", **{"word/big__xml": b"\0" * (UNPACKED + 1)}), "archive_too_large"),
    ],
)
def test_refused(content, reason):
    with pytest.raises(Unfit) as refusal:
        recognised(content)
    assert [blocker.kind.value for blocker in refusal.value.blockers] == [reason]


def test_a_zip_without_a_list_of_types_is_no_document():
    content = office("docx").replace(b"[Content_Types].xml", b"[Content_Typos].xml")
    with pytest.raises(Unfit):
        recognised(content)


def test_words_that_only_speak_of_macros_are_no_macros():
    """The name begins where no entry of the directory does."""
    text = b"x" + "Macros\0WordDocument\0".encode("utf-16-le")
    assert recognised(older_office("WordDocument") + text) == FileKind.WPS
