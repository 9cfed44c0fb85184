"""A clerk files evidence from a phone; a reviewer reads it at a desk."""

from io import BytesIO

import pytest
from PIL import ExifTags, Image

from assessment.models import Evidence

from ..assessment.evidence.samples import PAGE, PDF
from ..town import at_step, item_of, sheet_of
from .conftest import DESK, PHONE
from .looking import complaints, open_everything

pytestmark = pytest.mark.django_db(transaction=True)

UPLOAD = "上传"
SAVED = "text=/已保存 \\d\\d:\\d\\d/"


@pytest.fixture
def photo(tmp_path):
    """As a phone takes it: more than 6 MB, lying on its side, with the day."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2022:10:21 09:30:00"
    path = tmp_path / "路灯.jpg"
    Image.effect_noise((4000, 3000), 60).convert("RGB").save(path, quality=85, exif=exif)
    assert path.stat().st_size > 6 * 10**6
    return path


@pytest.fixture
def item(committed_town):
    return item_of(sheet_of("卫坡村"), "ST-3")


@pytest.fixture
def clerk(people, item):
    """At the item's form, some words typed and not saved."""
    someone = people("clerk_weipo", viewport=PHONE)
    someone.go(f"/items/{item.pk}/")
    someone.page.fill("[name=measures]", "还没有保存的话")
    return someone


def file(someone, *paths):
    someone.page.set_input_files("#id_files", [str(path) for path in paths])
    someone.press(UPLOAD)


def state(someone, name):
    """Waits until a file on its way says so."""
    return someone.page.wait_for_selector(f".upload [data-state='{name}']:visible")


def written(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_a_large_photo_and_a_document(clerk, photo, tmp_path, people, item):
    file(clerk, photo, written(tmp_path, "方案.pdf", PDF))
    clerk.page.wait_for_selector(".evidence-facts >> text=方案.pdf")
    evidence = Evidence.objects.get(kind="image")
    assert (evidence.name, str(evidence.taken_on)) == ("路灯.jpg", "2022-10-21")
    with evidence.file.open() as kept:
        image = Image.open(BytesIO(kept.read()))
    assert image.size == (1920, 2560)  # upright, and made smaller before it was sent
    assert evidence.size < photo.stat().st_size / 2
    assert clerk.page.input_value("[name=measures]") == "还没有保存的话"
    assert clerk.page.locator(".upload [data-state=filed]:visible").count() == 2
    assert _complaints(clerk) == []
    at_step(item.assessment, "review")
    reviewer = people("reviewer_ny", viewport=DESK)
    reviewer.go(f"/items/{item.pk}/")
    assert reviewer.reads("路灯.jpg")
    picture = reviewer.page.locator("img.evidence-picture")
    picture.scroll_into_view_if_needed()
    reviewer.page.wait_for_function("document.querySelector('img.evidence-picture').naturalWidth")
    assert _complaints(reviewer) == []


def _complaints(someone):
    open_everything(someone.page)
    return complaints(someone.page)


@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_a_photo_is_filed_and_words_outlive_a_lost_network(people, photo, item, viewport):
    """The network goes while the clerk types, and the page with it; nothing of either is lost."""
    clerk = people("clerk_weipo", viewport=viewport)
    clerk.go(f"/items/{item.pk}/self-rating/")
    clerk.page.fill("[name=measures]", "成立专班，逐户排查")
    file(clerk, photo)
    clerk.page.wait_for_selector(".evidence-facts >> text=路灯.jpg")
    clerk.page.wait_for_selector(SAVED)
    clerk.context.set_offline(True)
    clerk.page.locator("[name=progress]").press_sequentially("八成已经完工")
    clerk.page.wait_for_selector("text=未保存（没有网络）")
    clerk.page.close()
    clerk.refused.clear()  # the browser complains of the lost network too
    clerk.context.set_offline(False)
    clerk.page = clerk.context.new_page()
    clerk.go(f"/items/{item.pk}/self-rating/")
    assert clerk.page.input_value("[name=measures]") == "成立专班，逐户排查"
    assert "八成已经完工" in clerk.page.locator("[data-draft-offer]").inner_text()
    clerk.press("恢复")
    clerk.page.wait_for_selector(SAVED)
    clerk.page.reload()
    assert clerk.page.input_value("[name=progress]") == "八成已经完工"
    assert clerk.page.locator(".evidence-facts >> text=路灯.jpg").is_visible()
    assert clerk.page.is_hidden("[data-draft-offer]")
    item.refresh_from_db()
    assert (item.measures, item.progress) == ("成立专班，逐户排查", "八成已经完工")
    assert item.evidence.names() == ["路灯.jpg"]


def test_a_lost_signal_and_once_more(clerk, tmp_path):
    clerk.context.set_offline(True)
    file(clerk, written(tmp_path, "方案.pdf", PDF))
    state(clerk, "failed")
    assert not Evidence.objects.exists()
    clerk.context.set_offline(False)
    clerk.refused.clear()  # the browser complains of the lost signal too
    clerk.press("重试")
    clerk.page.wait_for_selector(".evidence-facts >> text=方案.pdf")
    assert Evidence.objects.count() == 1


def test_what_is_refused_says_why(clerk, tmp_path):
    file(clerk, written(tmp_path, "照片.jpg", PAGE))
    state(clerk, "refused")
    assert clerk.reads("照片.jpg：内容不是照片")
    file(clerk, written(tmp_path, "大.pdf", PDF + b"\0" * (21 * 2**20)))
    state(clerk, "too-large")
    assert not Evidence.objects.exists()


def test_an_expired_sign_in_is_no_success(clerk, tmp_path):
    clerk.context.clear_cookies(name="sessionid")
    file(clerk, written(tmp_path, "方案.pdf", PDF))
    state(clerk, "signed-out")
    assert clerk.page.input_value("[name=measures]") == "还没有保存的话"
    assert not Evidence.objects.exists()
    first, clerk.page = clerk.page, clerk.context.new_page()
    clerk.sign_in("clerk_weipo")
    clerk.page = first
    clerk.press("重试")
    clerk.page.wait_for_selector(".evidence-facts >> text=方案.pdf")


def test_replacing_and_taking_out(clerk, tmp_path, item):
    clerk.page.fill("[name=measures]", "")
    file(clerk, written(tmp_path, "初稿.pdf", PDF))
    clerk.page.wait_for_selector(".evidence-facts >> text=初稿.pdf")
    clerk.page.get_by_text("更换…").click()
    new = written(tmp_path, "终稿.pdf", PDF + b"2")
    clerk.page.get_by_label("选取新的文件").set_input_files(str(new))
    clerk.press("确认更换")
    clerk.page.wait_for_selector(".evidence-facts >> text=终稿.pdf")
    assert clerk.reads("旧版本 1 个")
    clerk.page.get_by_text("移出…").click()
    clerk.press("确认移出")
    clerk.page.wait_for_selector("text=已移出这一项")
    clerk.page.get_by_role("link", name="从已上传的资料里选").click()
    clerk.page.get_by_role("checkbox", name="终稿.pdf").check()
    clerk.press("用在这一项")
    clerk.page.wait_for_selector("text=已引用到这一项")
    assert item.evidence.names() == ["终稿.pdf"]
