"""Images are drawn anew: the picture stays, everything else goes."""

from datetime import date
from io import BytesIO

import pytest
from PIL import Image

from assessment.enums import FileKind
from assessment.files import Unfit, read

from .samples import PAGE, bomb, heic, office, photo, picture, sent


def drawn(content):
    reading = read(sent("照片.jpg", content))
    return reading, Image.open(BytesIO(reading.content))


@pytest.mark.parametrize(
    "content",
    [
        picture("JPEG"),
        picture("JPEG", mode="CMYK", colour=0),
        picture("JPEG", mode="L", colour=9),
        picture("PNG"),
        picture("PNG", mode="P", colour=0),
        picture("PNG", mode="I;16", colour=9),
        picture("PNG", mode="RGBA", colour=(0, 0, 0, 0)),
        picture("WEBP"),
        heic((60, 40)),
    ],
)
def test_every_kind_becomes_a_jpeg(content):
    reading, image = drawn(content)
    assert (reading.kind, image.format, image.mode) == (FileKind.IMAGE, "JPEG", "RGB")
    assert image.size == (60, 40)
    assert reading.name == "照片.jpg"


def test_it_stands_upright_without_a_word_of_where():
    _reading, image = drawn(photo((60, 40), orientation=6))
    assert image.size == (40, 60)
    assert image.getpixel((35, 30))[0] > 200  # what was above is now on the right
    assert image.getpixel((5, 30))[2] > 200
    assert dict(image.getexif()) == {}
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


def test_place_and_words_of_the_source_are_gone():
    source = photo()
    assert Image.open(BytesIO(source)).getexif().get_ifd(0x8825)
    commented = picture("JPEG", comment=b"SECRET-PLACE")
    for content in (source, commented, picture("JPEG", exif=b"Exif\0\0SECRET-PLACE")):
        reading, _image = drawn(content)
        for kept in (reading.content, reading.thumbnail):
            assert b"Exif" not in kept
            assert b"SECRET-PLACE" not in kept


@pytest.mark.parametrize("tail", [PAGE, office("docx"), b"\0" * 5000])
@pytest.mark.parametrize("format", ["JPEG", "PNG", "WEBP"])
def test_what_is_appended_is_not_kept(format, tail):
    reading, _image = drawn(picture(format) + tail)
    assert tail not in reading.content
    assert b"<script" not in reading.content
    assert b"PK\x03\x04" not in reading.content


def test_one_sees_white_through_it():
    _reading, image = drawn(picture("PNG", mode="RGBA", colour=(0, 0, 0, 0)))
    assert image.getpixel((5, 5)) == (255, 255, 255)


def test_the_small_one_is_small():
    reading, _image = drawn(picture("JPEG", (1600, 1200)))
    assert Image.open(BytesIO(reading.thumbnail)).size == (320, 240)


@pytest.mark.parametrize(
    ("taken", "expected"),
    [
        ("2022:10:21 09:30:00", date(2022, 10, 21)),
        ("0000:00:00 00:00:00", None),
        ("2999:01:01 00:00:00", None),
        ("gestern", None),
        ("", None),
    ],
)
def test_the_day_the_camera_wrote(taken, expected):
    reading, _image = drawn(photo(taken=taken))
    assert reading.taken_on == expected


def test_no_day_where_none_is_written():
    assert drawn(picture("PNG"))[0].taken_on is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (bomb(), "image_too_large"),
        (bomb(9000, 9000), "image_too_large"),
        (bomb(12000, 10000), "image_too_large"),
        (photo()[:200], "image_broken"),
        (picture("PNG")[:-30], "image_broken"),
        (b"\xff\xd8\xff" + PAGE, "image_broken"),
        (b"\x89PNG\r\n\x1a\n" + PAGE, "image_broken"),
        (b"RIFF\0\0\0\0WEBP" + PAGE, "image_broken"),
        (b"\0\0\0\x18ftypheic" + PAGE, "image_broken"),
        (heic()[:150], "image_broken"),
    ],
)
def test_refused(content, reason):
    with pytest.raises(Unfit) as refusal:
        drawn(content)
    assert [blocker.kind.value for blocker in refusal.value.blockers] == [reason]


def test_the_same_photo_is_known_again():
    first, second = drawn(photo())[0], drawn(photo())[0]
    assert first.sha256 == second.sha256
    assert first.sha256 != drawn(photo(taken="2022:10:22 09:30:00"))[0].sha256
