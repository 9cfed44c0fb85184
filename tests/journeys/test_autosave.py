"""A clerk at a phone: what is typed is saved, or kept until it can be."""

import pytest

from assessment.models import Assessment, Catalogue, Cycle, Event, ItemRating
from branches.enums import Role
from branches.models import Membership

from ..town import at_step, fill, item_of, person, sheet_of
from .conftest import PHONE
from .looking import complaints

pytestmark = pytest.mark.django_db(transaction=True)
SAVED = "text=/已保存 \\d\\d:\\d\\d/"


@pytest.fixture
def item(committed_town):
    return item_of(sheet_of("卫坡村"), "ST-3")


@pytest.fixture
def clerk(people):
    return people("clerk_weipo", viewport=PHONE)


def open_item(someone, item):
    someone.go(f"/items/{item.pk}/self-rating/")


def kept(someone):
    """What lies in the browser for the words' sake."""
    return someone.page.evaluate("Object.keys(localStorage).filter(key => key.includes(':draft:'))")


def state(someone):
    return someone.page.inner_text("[data-save-state]")


def without_network(someone):
    """What the browser itself complains of is what is being tested."""
    someone.refused.clear()


def test_what_is_typed_is_saved_after_a_pause(clerk, item):
    open_item(clerk, item)
    page = clerk.page
    page.fill("[name=measures]", "成立专班")
    assert "未保存" in state(clerk)
    assert len(kept(clerk)) == 1
    page.wait_for_selector(SAVED)
    page.locator("[name=measures]").press_sequentially("，逐户排查")
    page.get_by_label("基本达标", exact=True).check()
    page.wait_for_selector("text=未保存")
    page.wait_for_selector(SAVED)
    assert kept(clerk) == []
    assert page.evaluate("document.activeElement.name") == "self_rating"
    page.reload()
    assert page.input_value("[name=measures]") == "成立专班，逐户排查"
    assert page.is_checked("[name=self_rating][value=partly_met]")
    assert page.is_hidden("[data-draft-offer]")
    item.refresh_from_db()
    assert item.version == 2


def test_a_bad_box_says_so_beside_it_and_the_focus_stays(clerk, item):
    open_item(clerk, item)
    page = clerk.page
    # As a browser without a date picker has it.
    page.eval_on_selector("[name=due_date]", "box => { box.type = 'text' }")
    page.fill("[name=due_date]", "下个月底")
    page.focus("[name=measures]")
    page.wait_for_selector("#div_id_due_date >> text=日期请写成")
    assert page.get_attribute("[name=due_date]", "aria-invalid") == "true"
    assert page.evaluate("document.activeElement.name") == "measures"
    assert "“完成时限”填得不对" in state(clerk)
    page.fill("[name=due_date]", "2022年11月30日")
    page.wait_for_selector(SAVED)
    assert page.get_attribute("[name=due_date]", "aria-invalid") is None
    assert page.locator("text=日期请写成").count() == 0


def test_words_typed_without_a_signal_survive_a_closed_page(clerk, item):
    open_item(clerk, item)
    clerk.context.set_offline(True)
    clerk.page.fill("[name=measures]", "没有信号时写的话")
    clerk.page.wait_for_selector("text=未保存（没有网络）")
    assert "写的话保存在本机" in state(clerk)
    clerk.page.close()
    clerk.context.set_offline(False)
    clerk.page = clerk.context.new_page()
    open_item(clerk, item)
    assert clerk.page.input_value("[name=measures]") == ""
    offer = clerk.page.locator("[data-draft-offer]")
    assert "没有信号时写的话" in offer.inner_text()
    clerk.press("恢复")
    assert offer.is_hidden()
    clerk.page.wait_for_selector(SAVED)
    assert kept(clerk) == []
    item.refresh_from_db()
    assert item.measures == "没有信号时写的话"


def test_the_signal_comes_back(clerk, item):
    open_item(clerk, item)
    clerk.context.set_offline(True)
    clerk.page.fill("[name=measures]", "没有信号时写的话")
    clerk.page.wait_for_selector("text=未保存（没有网络）")
    clerk.press("保存")  # leads to no error page: the words stay where they are
    assert clerk.page.input_value("[name=measures]") == "没有信号时写的话"
    clerk.context.set_offline(False)
    clerk.page.wait_for_selector(SAVED)
    item.refresh_from_db()
    assert item.measures == "没有信号时写的话"


def test_an_answer_that_is_lost_is_no_conflict_with_oneself(clerk, item):
    open_item(clerk, item)
    page = clerk.page

    def lose_the_answer(route):
        route.fetch()
        route.abort()

    page.route("**/self-rating/", lose_the_answer)
    page.fill("[name=measures]", "第一句")
    page.wait_for_selector("text=保存失败")
    item.refresh_from_db()
    assert item.measures == "第一句"
    page.unroute("**/self-rating/")
    page.fill("[name=measures]", "第一句，第二句")
    page.wait_for_selector(SAVED)
    assert page.locator(".conflict").count() == 0
    item.refresh_from_db()
    assert item.measures == "第一句，第二句"
    without_network(clerk)


def test_a_failure_is_tried_again_by_a_button(clerk, item):
    open_item(clerk, item)
    page = clerk.page
    page.route("**/self-rating/", lambda route: route.fulfill(status=502, body="bad gateway"))
    page.fill("[name=measures]", "再试一次的话")
    page.wait_for_selector("text=保存失败")
    page.unroute("**/self-rating/")
    clerk.press("重试")
    page.wait_for_selector(SAVED)
    without_network(clerk)


def test_words_survive_an_expired_sign_in(clerk, item):
    open_item(clerk, item)
    clerk.context.clear_cookies(name="sessionid")
    clerk.page.fill("[name=measures]", "登录过期以后写的话")
    clerk.page.wait_for_selector("text=登录已过期")
    assert "登录后会还给您" in state(clerk)
    clerk.page.get_by_role("link", name="重新登录").click()
    clerk.page.wait_for_selector("[name=username]")
    clerk.page.fill("[name=username]", "clerk_weipo")
    clerk.page.fill("[name=password]", "a-long-test-password")
    clerk.page.locator("main button.btn-primary").click()
    clerk.press("恢复")
    clerk.page.wait_for_selector(SAVED)
    item.refresh_from_db()
    assert item.measures == "登录过期以后写的话"


def test_nothing_is_kept_after_signing_out(clerk, item):
    open_item(clerk, item)
    clerk.context.set_offline(True)
    clerk.page.fill("[name=measures]", "不该留下的话")
    assert len(kept(clerk)) == 1
    other = clerk.context.new_page()
    clerk.context.set_offline(False)
    other.goto(f"{clerk.address}/")
    other.locator(".account-menu summary").click()
    other.get_by_role("button", name="退出").click()
    other.wait_for_selector("text=您已退出")
    assert other.evaluate("localStorage.length") == 0
    # A page that was left open keeps nothing more.
    clerk.page.fill("[name=progress]", "退出以后写的话")
    assert clerk.page.evaluate("localStorage.length") == 0


def test_a_draft_is_for_its_writer_alone(people, clerk, item):
    other = person("liaison")
    Membership.objects.create(user=other, role=Role.CLERK, branch=item.assessment.branch)
    open_item(clerk, item)
    clerk.context.clear_cookies(name="sessionid")
    clerk.page.fill("[name=measures]", "别人不该看到的话")
    clerk.page.wait_for_selector("text=登录已过期")
    clerk.sign_in("liaison")
    open_item(clerk, item)
    assert clerk.page.is_hidden("[data-draft-offer]")
    assert kept(clerk) == []


def test_two_people_at_once(people, clerk, item):
    other = person("liaison")
    Membership.objects.create(user=other, role=Role.CLERK, branch=item.assessment.branch)
    official = people("liaison", viewport=PHONE)
    open_item(clerk, item)
    open_item(official, item)
    official.page.fill("[name=measures]", "包村干部写的话")
    official.page.wait_for_selector(SAVED)
    clerk.page.fill("[name=measures]", "填报人写的话")
    clerk.page.wait_for_selector(".conflict >> text=包村干部写的话")
    assert clerk.page.input_value("[name=measures]") == "填报人写的话"
    # Typing on overwrites nothing by itself; the button does, once both have been seen.
    clerk.page.fill("[name=measures]", "两个人的话")
    clerk.page.wait_for_timeout(2000)
    item.refresh_from_db()
    assert item.measures == "包村干部写的话"
    clerk.press("保存")
    clerk.page.wait_for_selector("text=已保存：")
    item.refresh_from_db()
    assert item.measures == "两个人的话"
    assert kept(clerk) == []


def test_a_draft_from_before_somebody_elses_save_overwrites_nothing(people, clerk, item):
    open_item(clerk, item)
    clerk.context.set_offline(True)
    clerk.page.fill("[name=measures]", "先写的话")
    clerk.page.close()
    ItemRating.objects.filter(pk=item.pk).update(progress="别人的进展", version=5)
    clerk.context.set_offline(False)
    clerk.page = clerk.context.new_page()
    open_item(clerk, item)
    clerk.press("恢复")
    clerk.page.wait_for_selector(".conflict >> text=别人的进展")
    item.refresh_from_db()
    assert (item.measures, item.progress) == ("", "别人的进展")


def test_axe_finds_nothing_in_what_the_page_says_by_and_by(people, clerk, item):
    """A draft offered back, a bad box, no network, and two people's words, on one page."""
    _last_year(item)
    open_item(clerk, item)
    clerk.context.set_offline(True)
    clerk.page.fill("[name=measures]", "先写的话")
    clerk.page.close()
    clerk.context.set_offline(False)
    clerk.page = clerk.context.new_page()
    open_item(clerk, item)
    clerk.page.eval_on_selector("[name=due_date]", "box => { box.type = 'text' }")
    clerk.page.fill("[name=due_date]", "下个月底")
    clerk.page.wait_for_selector("text=日期请写成")
    assert clerk.page.is_visible("[data-draft-offer]")
    assert complaints(clerk.page) == []
    ItemRating.objects.filter(pk=item.pk).update(progress="别人的进展", version=5)
    clerk.page.fill("[name=due_date]", "2022-11-30")
    clerk.page.wait_for_selector(".conflict")
    clerk.context.set_offline(True)
    clerk.press("保存")
    assert "没有网络" in state(clerk)
    assert complaints(clerk.page) == []


def test_going_on_saves_first(clerk, item):
    open_item(clerk, item)
    clerk.page.fill("[name=measures]", "写完马上翻页")
    clerk.page.get_by_role("link", name="下一项").click()
    clerk.page.wait_for_url(lambda address: f"/items/{item.pk}/" not in address)
    item.refresh_from_db()
    assert item.measures == "写完马上翻页"
    assert kept(clerk) == []
    clerk.page.go_back()
    assert clerk.page.input_value("[name=measures]") == "写完马上翻页"
    clerk.page.fill("[name=measures]", "回来再写")
    clerk.page.wait_for_selector(SAVED)


def test_leaving_asks_only_where_words_would_be_lost(clerk, item):
    asked = []
    clerk.page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    open_item(clerk, item)
    clerk.page.fill("[name=measures]", "已经保存的话")
    clerk.page.wait_for_selector(SAVED)
    clerk.go("/")
    assert asked == []
    open_item(clerk, item)
    clerk.context.clear_cookies(name="sessionid")
    clerk.page.fill("[name=measures]", "还没有保存的话")
    clerk.page.wait_for_selector("text=登录已过期")
    clerk.page.locator(".account-menu summary").click()
    clerk.press("退出")
    clerk.page.wait_for_selector("[name=username]")
    assert asked == ["beforeunload"]
    assert kept(clerk) == []


def test_the_admins_own_signing_out_forgets_too(people, committed_town):
    admin = people("admin")
    admin.page.evaluate("localStorage.setItem('starbranch:draft:1:2:3', '{}')")
    admin.go("/admin/")
    admin.page.locator("#logout-form button").click()
    admin.page.wait_for_selector("[name=username]")
    assert kept(admin) == []


def test_a_returned_item_is_answered_in_one_press(clerk, committed_town):
    sheet = sheet_of("卫坡村")
    fill(sheet)
    item = item_of(at_step(sheet, "review"), "ST-3")
    ItemRating.objects.filter(pk=item.pk).update(
        returned_at="2022-11-01T00:00Z",
        returned_by=person("reviewer_ny"),
        return_reason="缺清运记录",
        return_field="progress",
    )
    open_item(clerk, item)
    clerk.page.get_by_role("link", name="理由写在").click()
    clerk.page.fill("[name=progress]", "清运记录已补")
    clerk.press("保存并重新提交")
    clerk.page.wait_for_selector("text=已重新提交")
    item.refresh_from_db()
    assert (item.progress, item.is_returned) == ("清运记录已补", False)
    assert kept(clerk) == []


def test_last_years_words_fill_what_is_empty(clerk, item):
    _last_year(item)
    open_item(clerk, item)
    page = clerk.page
    page.fill("[name=responsible_person]", "今年的人")
    clerk.press("用去年的填空着的栏")
    assert page.input_value("[name=measures]") == "去年的举措\n第二行"
    assert page.input_value("[name=responsible_person]") == "今年的人"
    assert page.get_by_role("button", name="用去年的填空着的栏").is_hidden()
    page.wait_for_selector(SAVED)
    item.refresh_from_db()
    assert (item.measures, item.responsible_person) == ("去年的举措\n第二行", "今年的人")


def _last_year(item):
    catalogue = Catalogue.objects.create(year=2021, name="2021")
    category = catalogue.categories.create(code="ST", name="生态宜居")
    old = category.items.create(number=1, name="旧名", standard="旧标准")
    cycle = Cycle.objects.create(year=2021, catalogue=catalogue, state="closed")
    sheet = Assessment.objects.create(cycle=cycle, branch=item.assessment.branch)
    ItemRating.objects.create(
        assessment=sheet,
        task_item=old,
        measures="去年的举措\n第二行",
        responsible_person="去年的人",
    )
    item.task_item.previous = old
    item.task_item.save()


def test_without_a_script_the_button_saves(chromium, people, clerk, item):
    plain = chromium.new_context(viewport=PHONE, locale="zh-CN", java_script_enabled=False)
    plain.add_cookies(clerk.context.cookies())
    page = plain.new_page()
    page.goto(f"{clerk.address}/items/{item.pk}/self-rating/")
    assert page.locator("[data-save-state]").is_hidden()
    assert page.locator("[data-draft-offer]").is_hidden()
    page.fill("[name=measures]", "没有脚本也能保存")
    page.get_by_role("button", name="保存", exact=True).click()
    page.wait_for_selector("text=已保存：")
    plain.close()
    item.refresh_from_db()
    assert item.measures == "没有脚本也能保存"
    assert Event.objects.filter(item_rating=item).count() == 1
