"""From home and from the search to the item, on a phone."""

import pytest

from ..town import fill, item_of, sheet_of
from .conftest import DESK, PHONE
from .looking import complaints

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_tap_from_the_shortfall_to_the_item(people):
    sheet = sheet_of("卫坡村")
    fill(sheet, targets=("ST",))
    item = item_of(sheet, "ST-3")
    sheet.items.filter(pk=item.pk).update(self_rating="unmet")
    clerk = people("clerk_weipo", viewport=PHONE)
    assert clerk.reads("今日短板")
    clerk.open("资源化利用")
    clerk.page.wait_for_url(f"**/items/{item.pk}/self-rating/")
    clerk.page.get_by_label("达标", exact=True).check()
    clerk.press("保存")
    clerk.page.wait_for_selector("text=已保存")
    clerk.go("/")
    # What is mended is no shortfall any more.
    assert not clerk.reads("资源化利用")
    assert clerk.reads("拟创星的任务项现在都已达标")


def test_from_an_item_to_another_village_by_its_initials(people):
    supervisor = people("supervisor", viewport=PHONE)
    supervisor.go(f"/items/{item_of(sheet_of('南陈村'), 'ST-3').pk}/")
    box = supervisor.page.get_by_role("searchbox", name="搜索支部、任务项、责任人")
    assert box.is_visible()
    box.fill("wp")
    box.press("Enter")
    supervisor.page.wait_for_url("**/search/?q=wp")
    supervisor.open("卫坡村 · 2022")
    supervisor.page.wait_for_url(f"**{sheet_of('卫坡村').get_absolute_url()}")


def test_a_late_branch_has_two_things_to_press(people):
    """Neither lies under the other, nor over the rest of the page."""
    sheet = sheet_of("卫坡村")
    supervisor = people("supervisor", viewport=PHONE)
    supervisor.open("卫坡村：延期…")
    supervisor.page.wait_for_url(f"**/assessments/{sheet.pk}/extension/")
    supervisor.go("/")
    supervisor.open("卫坡村：收取台账…")
    supervisor.page.wait_for_url("**#collect")
    assert supervisor.page.locator("#collect").is_visible()
    supervisor.go("/")
    supervisor.open("2022 年星级墙")
    supervisor.page.wait_for_url("**/cycles/2022/")


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_what_is_found_is_for_everybody_to_read(people, viewport, locale):
    """Results of every kind, none at all, and nothing asked."""
    sheet_of("卫坡村").items.update(responsible_person="王某")
    someone = people("supervisor", viewport=viewport, locale=locale)
    wrong = []
    pages = ("/search/", "/search/?q=", "/search/?q=wp", "/search/?q=资源化", "/search/?q=王某")
    for path in (*pages, "/search/?q=没有"):
        someone.go(path)
        wrong += [f"{path}: {each}" for each in complaints(someone.page)]
    assert wrong == []
