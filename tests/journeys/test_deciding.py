"""The committee's sitting: many at once, one with a reason, the list on paper, a star withdrawn."""

from xml.etree import ElementTree

import pytest

from assessment.models import Assessment, Star

from ..assessment.ledger.test_printing import PAGE, WORD, page_sizes, pages, run
from ..town import at_step, conclude_everything, person, sheet_of
from .conftest import DESK, PHONE
from .looking import complaints

pytestmark = pytest.mark.django_db(transaction=True)

A4 = (595, 842)  # points
MARGIN = 40  # points, a little less than print.css keeps


def before_the_committee(name, *, differs=False):
    """Every star proposed but 文明幸福, which `differs` says was set out for."""
    sheet = at_step(sheet_of(name), "supervision")
    sheet.items.filter(task_item__category__code="WM").update(review="partly_met")
    sheet.stars.filter(category__code="WM").update(targeted=differs)
    return sheet_of(name)


def test_a_sitting_of_the_committee(people):
    agreeing = [before_the_committee(name) for name in ("卫坡村", "南陈村")]
    differing = before_the_committee("石沟村", differs=True)
    _decide_many(people("supervisor"), agreeing)
    phone = people("supervisor", viewport=PHONE)
    _decide_one_with_a_reason(phone, differing)
    _read_the_public_list(people("clerk_weipo", viewport=PHONE))
    _withdraw_a_star(people("supervisor"), agreeing[0])
    clerk = people("clerk_nanchen")
    clerk.go("/cycles/2022/public-list/")
    assert clerk.reads("尚未定星 · 24 个支部")
    assert clerk.reads("三星 · 1 个支部")


def _decide_many(supervisor, agreeing):
    supervisor.open("2022 年度待定星")
    page = supervisor.page
    assert supervisor.reads("有 2 个支部，五颗星的提议都与拟创星相同")
    supervisor.open("都勾上")
    supervisor.press("列出勾选的支部")
    page.wait_for_selector("text=下面 2 个支部")
    assert not Star.objects.filter(awarded__isnull=False).exists()
    supervisor.press("确认：2 个支部按提议定星")
    page.wait_for_selector("text=已定 10 颗星")
    for sheet in agreeing:
        page.get_by_label(sheet.branch.name, exact=True).check()
    supervisor.press("列出要办结的支部")
    page.wait_for_selector("text=共评定 8 颗")
    supervisor.press("确认：办结 2 个支部")
    page.wait_for_selector("text=已办结 2 个支部")
    levels = Assessment.objects.filter(step="concluded").values_list("level", flat=True)
    assert list(levels) == [4, 4]


def _decide_one_with_a_reason(phone, sheet):
    phone.go("/cycles/2022/supervision/")
    assert phone.reads("文明幸福：拟创，提议不得星")
    phone.open("石沟村")
    page = phone.page
    for code in ("ZB", "CY", "ST", "PA", "WM"):
        page.check(f"[name={code}-awarded][value=yes]")
    phone.press("保存定星")
    page.wait_for_selector("text=决定与提议不一致")
    page.fill("[name=WM-reason]", "年底前已补齐，党委会议定")
    phone.press("保存定星")
    page.wait_for_selector("text=定星已保存")
    assert phone.reads("年底前已补齐，党委会议定")
    page.get_by_text("办结定星…").click()
    phone.press("确认办结")
    page.wait_for_selector("text=已办结定星")
    sheet.refresh_from_db()
    assert sheet.level == 5


def _read_the_public_list(clerk):
    clerk.go("/cycles/2022/")
    clerk.open("公示名单")
    for words in ("五星 · 1 个支部", "四星 · 2 个支部", "尚未定星 · 24 个支部"):
        assert clerk.reads(words)
    assert not clerk.reads("党委会议定")


def _withdraw_a_star(supervisor, sheet):
    supervisor.go(f"/assessments/{sheet.pk}/supervision/")
    page = supervisor.page
    page.get_by_text("摘星或重新打开…").click()
    page.get_by_label("平安法治", exact=True).check()
    supervisor.press("确认重新打开")
    assert page.get_by_label("平安法治", exact=True).is_checked()
    page.locator("#reopen [name=reason]").fill("查实弄虚作假")
    supervisor.press("确认重新打开")
    page.wait_for_selector("text=已重新打开")
    page.get_by_text("办结定星…").click()
    supervisor.press("确认办结")
    page.wait_for_selector("text=已办结定星")
    sheet.refresh_from_db()
    assert sheet.level == 3


@pytest.mark.parametrize("is_whole", [True, False])
def test_the_public_list_is_printed_on_a4_and_nothing_is_cut(printed, is_whole):
    """All 27 at their levels, or one and 26 that wait."""
    if is_whole:
        stamps = {"decided_at": "2022-12-20T00:00Z", "decided_by": person("supervisor")}
        Star.objects.update(awarded=True, **stamps)
        conclude_everything()
    else:
        at_step(sheet_of("卫坡村"), "concluded")
    pdf = printed("/cycles/2022/public-list/?begins=2022-12-21&ends=2022-12-27")

    for size in page_sizes(pdf):
        width, height = (round(float(side)) for side in size.split(" x "))
        assert (abs(width - A4[0]) <= 1, abs(height - A4[1]) <= 1) == (True, True), size
    text = "".join(pages(pdf)).replace(" ", "")
    assert "2022年朝阳镇“五星”支部创建公示名单" in text
    assert "公示期：2022年12月21日至2022年12月27日" in text
    # Without the site around it, nor what is only for the screen.
    for hidden in ("写到名单上", "下载Excel", "用浏览器的打印", "跳到正文"):
        assert hidden not in text
    names = Assessment.objects.values_list("branch__name", flat=True)
    assert [name for name in names if text.count(name) != 1] == []
    tree = ElementTree.fromstring(run("pdftotext", "-bbox", str(pdf), "-"))
    for page in tree.iter(PAGE):
        for word in page.iter(WORD):
            assert float(word.get("xMin")) >= MARGIN, word.text
            assert float(word.get("xMax")) <= A4[0] - MARGIN, word.text
            assert float(word.get("yMin")) >= MARGIN, word.text
            assert float(word.get("yMax")) <= A4[1] - MARGIN, word.text


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_pages_of_deciding_are_for_everybody_to_read(people, viewport, locale):
    """The list with boxes, the page that asks once more, and it refusing."""
    before_the_committee("卫坡村")
    before_the_committee("石沟村", differs=True)
    at_step(sheet_of("游王村"), "concluded")
    supervisor = people("supervisor", viewport=viewport, locale=locale)
    page, wrong = supervisor.page, []

    def look(name):
        wrong.extend(f"{name}: {each}" for each in complaints(page))

    supervisor.go("/cycles/2022/supervision/?all=1")
    look("list")
    page.locator("#decide button").click()
    page.wait_for_selector("button[name=confirmed]")
    look("asked")
    sheet_of("卫坡村").items.update(review="unmet")
    page.locator("button[name=confirmed]").click()
    page.wait_for_selector(".notice-error")
    look("refused")
    supervisor.go("/cycles/2022/public-list/?begins=2022-12-27&ends=2022-12-21")
    look("public")
    assert wrong == []
