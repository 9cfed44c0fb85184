"""What must not be kept: each is refused with the reason, and nothing of it stays on the disk."""

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadhandler import StopUpload
from django.urls import reverse

from assessment.files.receiving import LimitHandler
from assessment.models import Event, Evidence
from tests.town import at_step

from .samples import METHODS, PAGE, PDF, SVG, bomb, damaged, office, photo, picture, sent

MACROS = office("docx", **{"word/vbaProject__bin": b"x"})
UNKNOWN = "内容不是照片"


@pytest.fixture
def signed_in(client, clerk):
    client.force_login(clerk)
    return client


@pytest.fixture
def address(item):
    return reverse("file-evidence", args=[item.pk])


def post(client, address, *uploads, **words):
    return client.post(address, {"files": uploads, **words}, headers={"HX-Request": "true"})


def nothing_kept(on_disk):
    return on_disk() == [] and not Evidence.objects.exists() and not _filed_events()


def _filed_events():
    return Event.objects.filter(verb__endswith="_evidence").exists()


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("照片.jpg", PAGE, UNKNOWN),
        ("图.svg", SVG, UNKNOWN),
        ("图.jpg", SVG, UNKNOWN),
        ("方案.pdf", PAGE + PDF, UNKNOWN),
        ("方案.pdf", office("docx").replace(b"PK\x03\x04", b"MZ\x03\x04"), UNKNOWN),
        ("方案.docx", damaged(METHODS[0]), UNKNOWN),
        ("程序.exe", b"MZ" + b"\0" * 100, UNKNOWN),
        ("图.png", bomb(), "百万像素"),
        ("表.xlsm", MACROS, "带有宏"),
        ("方案.docx", MACROS, "带有宏"),
        ("炸弹.docx", office("docx", a__xml=b"\0" * (51 * 2**20)), "展开后太大"),
        ("照片.jpg", photo()[:300], "打不开"),
        ("空.pdf", b"", "空的"),
    ],
)
def test_refused(signed_in, address, on_disk, name, content, reason):
    response = post(signed_in, address, sent(name, content, "image/jpeg"))
    said = response.content.decode()
    assert response.status_code == 422
    assert response["Content-Type"].startswith("text/plain")
    assert reason in said
    assert said.startswith(name)
    assert nothing_kept(on_disk)


@pytest.mark.parametrize(
    "name", ["../../../etc/cron.d/x.pdf", "..\\..\\x.pdf", "/etc/x.pdf", "files/../x.pdf"]
)
def test_a_name_leads_nowhere(signed_in, address, on_disk, disk, name):
    assert post(signed_in, address, sent(name, PDF)).status_code == 200
    evidence = Evidence.objects.get()
    assert evidence.name == "x.pdf"
    [path] = on_disk()
    assert path.parent.parent == disk / "files" / "evidence"
    assert "x" not in path.stem
    assert len(path.stem) == 32


@pytest.mark.parametrize("name", ["", "..", "/", "../"])
def test_a_file_without_a_name(signed_in, address, on_disk, name):
    body = (
        '--b\r\nContent-Disposition: form-data; name="files"; '
        f'filename="{name}"\r\n\r\n%PDF-1.4\r\n--b--\r\n'
    )
    response = signed_in.generic(
        "POST",
        address,
        body.encode(),
        content_type="multipart/form-data; boundary=b",
        headers={"HX-Request": "true"},
    )
    assert (response.status_code, "没有收到文件" in response.content.decode()) == (422, True)
    assert nothing_kept(on_disk)


def test_nothing_is_sent(signed_in, address, on_disk):
    response = signed_in.post(address)
    assert response.status_code == 302
    [message] = get_messages(response.wsgi_request)
    assert "没有收到文件" in str(message)
    assert nothing_kept(on_disk)


def test_a_day_to_come_is_refused(signed_in, address, on_disk):
    response = post(signed_in, address, sent("方案.pdf", PDF), taken_on="2999-01-01")
    assert (response.status_code, "晚于今天" in response.content.decode()) == (422, True)
    assert nothing_kept(on_disk)


class Stream:
    """A body of `length` bytes that is made as it is read; knows how much was, and what waited."""

    def __init__(self, length, waiting):
        self.head = (
            b'--b\r\nContent-Disposition: form-data; name="files"; filename="big.pdf"\r\n'
            b"Content-Type: application/pdf\r\n\r\n%PDF-1.4\n"
        )
        self.length = length
        self.given = 0
        self.waiting = waiting
        self.waited = set()

    def read(self, size=-1):
        size = min(size if size and size > 0 else 2**16, self.length - self.given)
        start, self.given = self.given, self.given + size
        self.waited.update(self.waiting.iterdir())
        return self.head[start : start + size].ljust(size, b"\0")

    readline = read


def test_three_hundred_megabytes_are_stopped_early(signed_in, address, on_disk, disk, settings):
    """What came in until then waited in a temporary file, which is gone too."""
    stream = Stream(300 * 2**20, disk / "temporary")
    response = signed_in.post(
        address,
        headers={"HX-Request": "true"},
        **{
            "wsgi.input": stream,
            "CONTENT_LENGTH": str(stream.length),
            "CONTENT_TYPE": "multipart/form-data; boundary=b",
        },
    )
    assert response.status_code == 422
    assert response.content.decode() == "big.pdf：文件超过 20 MB，没有收下"
    assert stream.given < settings.EVIDENCE_FILE_BYTES + 2**20
    assert len(stream.waited) == 1
    assert nothing_kept(on_disk)


def test_the_handler_lets_the_limit_itself_pass(rf, settings):
    settings.EVIDENCE_FILE_BYTES = 10
    handler = LimitHandler(rf.post("/"))
    handler.new_file("files", "a.pdf", "application/pdf", None)
    assert handler.receive_data_chunk(b"x" * 4, 0) == b"x" * 4
    assert handler.receive_data_chunk(b"x" * 6, 4) == b"x" * 6
    with pytest.raises(StopUpload):
        handler.receive_data_chunk(b"x", 10)
    assert handler.request.cut_off_at == "a.pdf"
    assert handler.file_complete(10) is None


def test_a_file_at_the_limit_waits_on_the_disk_and_leaves_it(signed_in, address, on_disk):
    """Large enough to be kept in a temporary file while it comes in."""
    large = PDF + b"\0" * (4 * 2**20)
    assert post(signed_in, address, sent("大.pdf", large)).status_code == 200
    assert len(on_disk()) == 1
    broken = PAGE + b"\0" * (4 * 2**20)
    assert post(signed_in, address, sent("坏.pdf", broken)).status_code == 422
    assert len(on_disk()) == 1


def test_one_that_is_unfit_does_not_keep_the_others_out(signed_in, address, on_disk):
    uploads = [sent("一.pdf", PDF), sent("二.jpg", PAGE), sent("三.png", picture("PNG"))]
    response = signed_in.post(address, {"files": uploads})
    assert response.status_code == 302
    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert said[0].startswith("二.jpg：内容不是照片")
    assert said[1] == "收下了 2 个文件。"
    assert [evidence.name for evidence in Evidence.objects.all()] == ["一.pdf", "三.jpg"]
    assert len(on_disk()) == 3  # one has a small picture too


def test_the_quota_is_said(signed_in, address, on_disk, settings):
    settings.EVIDENCE_YEAR_BYTES = len(PDF)
    assert post(signed_in, address, sent("一.pdf", PDF)).status_code == 200
    response = post(signed_in, address, sent("二.pdf", PDF + b"2"))
    assert response.status_code == 422
    assert "今年的资料最多" in response.content.decode()
    assert len(on_disk()) == 1


def test_who_does_not_hold_the_pen_leaves_nothing(signed_in, address, sheet, on_disk):
    at_step(sheet, "review")
    response = post(signed_in, address, sent("一.pdf", PDF))
    assert response.status_code == 409
    assert "现在由牵头部门办理" in response.content.decode()
    assert nothing_kept(on_disk)
