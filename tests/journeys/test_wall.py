"""The star wall: from the town to one item on a phone and on a desk, in the room, and on paper."""

import pytest

from assessment import workflow
from branches.models import Branch

from ..assessment.ledger.test_printing import page_sizes, pages
from ..town import at_step, fill, finding_on, item_of, person, sheet_of
from .conftest import DESK, PHONE
from .looking import violations

pytestmark = pytest.mark.django_db(transaction=True)

BOTH = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
ROOM = {"width": 1920, "height": 1080}
# As Chromium writes A4 across, in points.
A4_ACROSS = "841.92 x 594.96"


@pytest.fixture
def busy(committed_town):
    """卫坡村 lacks one item for four stars; others stand at every step, most of them late."""
    own = sheet_of("卫坡村")
    fill(own)
    missing = own.items.filter(task_item__category__code__in=("ST", "WM"), task_item__number=3)
    missing.update(self_rating="unmet")
    item = item_of(at_step(sheet_of("南陈村"), "review"), "ST-3")
    workflow.return_item(item, "缺台账", item.version, by=person("reviewer_ny"))
    for name in ("石沟村", "闫凹村", "瓦店村"):
        at_step(sheet_of(name), "review")
    at_step(sheet_of("朝阳社区"), "supervision")
    at_step(sheet_of("游王村"), "concluded")
    finding_on(sheet_of("南陈村"))
    return committed_town


def printed(someone, path):
    path.write_bytes(someone.page.pdf(prefer_css_page_size=True))
    return path


def names(someone):
    return someone.page.locator(".wall tbody th").all_inner_texts()


@BOTH
def test_from_the_town_to_what_keeps_a_star_away(people, busy, viewport, tmp_path):
    supervisor = people("supervisor", viewport=viewport)
    supervisor.open("2022 年星级墙")
    supervisor.page.wait_for_url("**/cycles/2022/")
    assert len(names(supervisor)) == 27
    page = supervisor.page
    page.get_by_label("与创建目标比").select_option(label="低于创建目标")
    page.get_by_label("步骤", exact=True).select_option(label="村组标星")
    supervisor.press("筛选")
    page.wait_for_url("**target=below**")
    assert "卫坡村" in names(supervisor)
    assert "游王村" not in names(supervisor)
    page.get_by_role("columnheader", name="创建目标").first.get_by_role("link").click()
    page.wait_for_url("**sort=-target**")
    assert names(supervisor)[0] == "卫坡村"
    assert page.locator("[aria-sort=descending]").inner_text().strip() == "创建目标"
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name="卫坡村", exact=True))
    assert "还差 1 项" in row.inner_text()
    row.get_by_role("link", name="生态宜居: 拟创星", exact=True).click()
    page.wait_for_url(f"**/assessments/{sheet_of('卫坡村').pk}/stars/ST/")
    assert supervisor.reads("最少再有 1 项评为达标，就达到创建目标四星。")
    assert page.locator("#obstacles li").all_inner_texts()[0].endswith("该谁办：卫坡村")
    page.locator("#obstacles a").click()
    page.wait_for_url(f"**/items/{item_of(sheet_of('卫坡村'), 'ST-3').pk}/")
    supervisor.go("/cycles/2022/")
    assert page_sizes(printed(supervisor, tmp_path / "wall.pdf")) == [A4_ACROSS]


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_the_whole_town_is_on_one_sheet_of_paper(people, busy, locale, tmp_path):
    supervisor = people("supervisor", locale=locale)
    supervisor.go("/cycles/2022/")
    pdf = printed(supervisor, tmp_path / "wall.pdf")
    assert page_sizes(pdf) == [A4_ACROSS]
    [text] = pages(pdf)
    for name in Branch.objects.values_list("name", flat=True):
        assert name in text
    last = {"zh-CN": ("该谁办", "星级分布", "未得星"), "en-GB": ("Whose turn", "Not awarded")}
    for word in last[locale]:
        assert word in text
    # What is pressed stays on the screen.
    for word in ("筛选", "Filter", "延期", "Extend", "首页", "Home"):
        assert word not in text


def test_nothing_is_cut_off_on_paper(people, busy):
    supervisor = people("supervisor")
    supervisor.go("/cycles/2022/")
    supervisor.page.emulate_media(media="print")
    # The width between the margins of A4 across, in CSS pixels.
    supervisor.page.set_viewport_size({"width": round(277 / 25.4 * 96), "height": 733})
    wide = "[...document.querySelectorAll('.wall, .distribution table')].map(e => e.scrollWidth)"
    assert max(supervisor.page.evaluate(wide)) <= round(277 / 25.4 * 96)


def test_the_meeting_room_sees_the_whole_town_at_once(people, busy):
    supervisor = people("supervisor", viewport=ROOM)
    supervisor.go("/cycles/2022/?target=below")
    supervisor.open("会议大屏")
    supervisor.page.wait_for_url("**view=screen**")
    assert len(names(supervisor)) == 25
    supervisor.go("/cycles/2022/?view=screen")
    assert len(names(supervisor)) == 27
    seen = "[document.documentElement.scrollHeight, document.documentElement.scrollWidth]"
    height, width = supervisor.page.evaluate(seen)
    assert (height <= ROOM["height"], width <= ROOM["width"]) == (True, True)
    size = "parseFloat(getComputedStyle(document.querySelector('.wall td')).fontSize)"
    assert supervisor.page.evaluate(size) >= 20
    assert supervisor.page.locator("header, nav, form").count() == 0
    assert violations(supervisor.page) == []
    supervisor.open("退出大屏")
    supervisor.page.wait_for_selector("header")
    assert "screen" not in supervisor.page.url
    assert supervisor.page.locator("form.filters").is_visible()


@BOTH
def test_from_a_late_row_to_extension_and_collecting(people, busy, viewport):
    supervisor = people("supervisor", viewport=viewport)
    sheet = sheet_of("卫坡村")
    supervisor.go("/cycles/2022/")
    supervisor.open("卫坡村：延期…")
    supervisor.page.wait_for_url(f"**/assessments/{sheet.pk}/extension/")
    supervisor.go("/cycles/2022/")
    supervisor.open("卫坡村：收取台账…")
    supervisor.page.wait_for_url("**#collect")
    assert supervisor.page.locator("#collect").is_visible()


@BOTH
def test_a_department_and_a_clerk_find_what_is_theirs(people, busy, viewport):
    reviewer = people("reviewer_ny", viewport=viewport)
    reviewer.go("/cycles/2022/")
    assert names(reviewer) == ["朝阳社区", "南陈村", "瓦店村", "石沟村", "游王村", "闫凹村"]
    reviewer.open("部门瞄星")
    reviewer.page.wait_for_url("**/cycles/2022/review/")
    reviewer.open("星级墙")
    reviewer.page.wait_for_url("**/cycles/2022/")
    clerk = people("clerk_weipo", viewport=viewport)
    clerk.go("/cycles/2022/")
    assert names(clerk) == ["卫坡村"]
    clerk.page.locator(".wall-star a").nth(2).focus()
    clerk.page.keyboard.press("Enter")
    clerk.page.wait_for_url("**/stars/ST/")
    assert clerk.reads("该谁办：卫坡村")
    assert violations(clerk.page) == []
