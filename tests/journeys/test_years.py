"""The turn of the year in a real browser: 2022 closed, 2023 opened, its targets set, begun."""

import pytest

from assessment import workflow
from assessment.models import Cycle

from ..town import at_step, conclude_everything, fill, item_of, person, sheet_of
from .conftest import DESK, PHONE
from .looking import complaints

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def concluded(committed_town):
    """Every sheet of 2022 concluded, 卫坡村's by the verbs with its words and five stars."""
    sheet = sheet_of("卫坡村")
    fill(sheet)
    item = item_of(sheet, "ST-3")
    words = {"measures": "建沼气站", "responsible_person": "王某"}
    workflow.self_rate(item, words, item.version, by=person("clerk_weipo"))
    sheet.items.exclude(pk=item.pk).update(measures="逐户排查")
    at_step_with_words(sheet)
    conclude_everything()
    return committed_town


def at_step_with_words(sheet):
    """at_step() fills the sheet with words of its own; those written before are put back."""
    written = list(sheet.items.values_list("pk", "measures", "responsible_person"))
    at_step(sheet, "concluded")
    for pk, measures, somebody in written:
        sheet.items.filter(pk=pk).update(measures=measures, responsible_person=somebody)


def test_the_turn_of_the_year(people, concluded):
    catalogue = workflow.copy_catalogue(concluded.catalogue, 2023, by=person("admin"))
    admin = people("admin", viewport=DESK)
    _close(admin, concluded)
    _open(admin, catalogue)

    supervisor = people("supervisor", viewport=DESK)
    supervisor.go("/cycles/2023/")
    supervisor.open("创建目标")
    supervisor.page.wait_for_url("**/cycles/2023/targets/")
    assert supervisor.reads("比计划少 60 颗")
    supervisor.open("按提议填好")
    supervisor.page.wait_for_url("**/cycles/2023/targets/?proposed")
    page = supervisor.page
    _is_sound(page)
    assert page.get_by_label("卫坡村", exact=True).input_value() == "5"
    page.get_by_label("南陈村", exact=True).select_option("五星")
    page.get_by_label("理由").fill("党委会议定")
    supervisor.press("保存创建目标")
    page.wait_for_selector("text=创建目标已保存。")
    # 25 branches set out for three stars, two for five; 60 are planned.
    assert supervisor.reads("比计划多 25 颗")
    assert sheet_of("南陈村", 2023).target_level == 5

    supervisor.go("/cycles/2023/")
    supervisor.open("与上一年对照")
    page.wait_for_url("**/cycles/2023/beside/")
    _is_sound(page)
    row = page.get_by_role("row").filter(has_text="卫坡村")
    assert row.get_by_text("现有，未定").count() == 5

    _begin(people("clerk_weipo", viewport=PHONE))


def _is_sound(page):
    """Over two whole years: axe finds nothing, on a phone either, and nothing overflows."""
    for viewport in (PHONE, DESK):
        page.set_viewport_size(viewport)
        assert complaints(page) == []


def _close(admin, cycle):
    admin.go(f"/admin/assessment/cycle/{cycle.pk}/change/")
    admin.page.get_by_role("link", name="关闭", exact=True).click()
    assert "不能重新开启" in admin.page.inner_text("#content")
    admin.page.get_by_role("button", name="确认关闭").click()
    admin.page.wait_for_selector("text=2022 年度创建：已关闭。")


def _open(admin, catalogue):
    page = admin.page
    admin.go("/admin/assessment/cycle/add/")
    page.fill("[name=year]", "2023")
    page.select_option("[name=catalogue]", str(catalogue.pk))
    page.fill("[name=planned_stars]", "60")
    page.get_by_role("button", name="保存", exact=True).click()
    page.get_by_role("link", name="开启", exact=True).click()
    assert "现有星取自2022 年度创建的定星" in page.inner_text("#content")
    page.get_by_role("button", name="确认开启").click()
    page.wait_for_selector("text=2023 年度创建：已开启。")
    assert Cycle.objects.get(year=2023).state == "open"


def _begin(clerk):
    """What was written a year ago is found, taken over and saved."""
    item = item_of(sheet_of("卫坡村", 2023), "ST-3")
    clerk.go(f"/items/{item.pk}/self-rating/")
    assert clerk.reads("2022 年写的")
    assert clerk.reads("建沼气站")
    clerk.press("用去年的填空着的栏")
    assert clerk.page.get_by_label("具体举措").input_value() == "建沼气站"
    clerk.page.get_by_label("达标", exact=True).check()
    clerk.press("保存")
    clerk.page.wait_for_selector("text=已保存")
    item.refresh_from_db()
    assert (item.measures, item.responsible_person) == ("建沼气站", "王某")
