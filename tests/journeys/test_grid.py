"""The grid in a real browser: keys, cells that save themselves, and blocks off the clipboard."""

import pytest

from assessment import workflow
from assessment.models import Event

from ..town import PASSWORD, at_step, item_of, person, sheet_of
from .conftest import DESK, PHONE
from .looking import complaints, open_everything

pytestmark = pytest.mark.django_db(transaction=True)
# As Excel puts it on the clipboard: tabs, CRLF, and quotes where a cell has lines of its own.
LINE = '√\t"一、摸底\n二、逐户""销号"""\t进展 {}\t书记\r\n'


def box(page, name, row):
    """The box of a column in a row, counted from 1."""
    return page.locator(f"[name$=-{name}]").nth(row - 1)


def focused(page):
    """(row, column) of the box that has the focus."""
    return page.evaluate(
        "[Number(document.activeElement.closest('[data-grid-row]').dataset.gridRow),"
        " document.activeElement.name.replace(/^\\d+-/, '')]"
    )


def copy(someone, text):
    someone.context.grant_permissions(["clipboard-read", "clipboard-write"])
    someone.page.evaluate("text => navigator.clipboard.writeText(text)", text)


@pytest.fixture
def returned(committed_town):
    """南陈村's ST-3, handed back."""
    item = item_of(at_step(sheet_of("南陈村"), "review"), "ST-3")
    workflow.return_item(item, "缺秸秆还田的台账", item.version, by=person("reviewer_ny"))
    return item


@pytest.fixture
def grid(people):
    """卫坡村's clerk at the grid."""
    clerk = people("clerk_weipo")
    clerk.go(f"/assessments/{sheet_of('卫坡村').pk}/self-rating/")
    return clerk


def paste_into_the_grid(liaison, block):
    liaison.open("表格填写")
    copy(liaison, block)
    box(liaison.page, "self_rating", 1).focus()
    liaison.page.keyboard.press("Control+V")


def paste_into_the_form(liaison, block):
    """On a phone, where thirty rows of eight columns are no help."""
    liaison.page.get_by_role("link", name="粘贴自 Excel 或 WPS").click()
    words = liaison.page.get_by_label("从 Excel 或 WPS 复制的内容")
    words.wait_for()
    copy(liaison, block)
    words.focus()
    liaison.page.keyboard.press("Control+V")
    liaison.press("看会改什么")


@pytest.mark.parametrize(
    ("viewport", "paste"),
    [(PHONE, paste_into_the_form), (DESK, paste_into_the_grid)],
    ids=["phone", "desk"],
)
def test_a_liaison_official_pastes_a_block_of_30_by_4(people, viewport, paste):
    sheet = sheet_of("石沟村")
    liaison = people("liaison", viewport=viewport)
    liaison.go(sheet.get_absolute_url())
    page = liaison.page
    paste(liaison, "".join(LINE.format(number) for number in range(1, 31)))
    page.wait_for_selector("text=会改动 30 项")
    assert page.locator("ins").count() == 120
    assert liaison.reads("进展 30")
    assert not Event.objects.filter(verb="self_rate").exists()
    assert complaints(page) == []
    liaison.press("确认写入")
    page.wait_for_selector("text=已写入 30 项")
    saved = sheet.items.values_list("self_rating", "measures", "progress", "responsible_leader")
    assert list(saved) == [
        ("met", '一、摸底\n二、逐户"销号"', f"进展 {number}", "书记") for number in range(1, 31)
    ]
    assert Event.objects.filter(verb="self_rate", actor=person("liaison")).count() == 30
    assert box(page, "measures", 30).input_value() == '一、摸底\n二、逐户"销号"'


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
def test_a_block_with_errors_lists_them_and_offers_the_text_back(people, locale):
    clerk = people("clerk_weipo", locale=locale)
    clerk.go(f"/assessments/{sheet_of('卫坡村').pk}/self-rating/")
    page = clerk.page
    copy(clerk, "优秀\t举措\n达标\t举措\n")
    box(page, "self_rating", 30).focus()
    page.keyboard.press("Control+V")
    page.wait_for_selector(".notice-error")
    assert page.locator(".notice-error li").count() == 3
    assert page.locator("textarea").input_value() == "优秀\t举措\n达标\t举措\n"
    assert complaints(page) == []
    assert not Event.objects.filter(verb="self_rate").exists()


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("village", ["卫坡村", "南陈村"], ids=["whole", "returned"])
def test_the_grid_reads_well(people, returned, village, viewport, locale):
    username = {"卫坡村": "clerk_weipo", "南陈村": "clerk_nanchen"}[village]
    clerk = people(username, viewport=viewport, locale=locale)
    clerk.go(f"/assessments/{sheet_of(village).pk}/self-rating/")
    page = clerk.page
    open_everything(page, "body")
    box(page, "due_date", 1).fill("?")
    page.keyboard.press("Enter")
    page.wait_for_selector("[aria-invalid=true]")
    assert complaints(page) == []


def test_keys_walk_as_in_a_spreadsheet(grid):
    page = grid.page
    box(page, "measures", 1).click()
    for key, place in [
        ("ArrowDown", [2, "measures"]),
        ("Enter", [3, "measures"]),
        ("ArrowUp", [2, "measures"]),
        ("ArrowRight", [2, "progress"]),
        ("Tab", [2, "responsible_leader"]),
        ("ArrowRight", [2, "responsible_person"]),
        ("ArrowRight", [2, "due_date"]),
        ("ArrowRight", [2, "self_rating_note"]),
        ("ArrowRight", [2, "self_rating_note"]),
        ("Shift+Tab", [2, "due_date"]),
        ("Enter", [3, "due_date"]),
    ]:
        page.keyboard.press(key)
        assert focused(page) == place, key
    box(page, "self_rating", 1).focus()
    for key, place in [
        ("ArrowLeft", [1, "self_rating"]),
        ("ArrowUp", [1, "self_rating"]),
        ("ArrowRight", [1, "measures"]),
    ]:
        page.keyboard.press(key)
        assert focused(page) == place, key
    assert not Event.objects.filter(verb="self_rate").exists()


def test_arrows_move_within_the_words_until_their_edge(grid):
    page = grid.page
    box(page, "measures", 1).click()
    page.keyboard.type("一二")
    page.keyboard.press("ArrowLeft")
    page.keyboard.type("三")
    page.keyboard.press("Shift+Enter")
    assert box(page, "measures", 1).input_value() == "一三\n二"
    page.keyboard.press("ArrowRight")
    assert focused(page) == [1, "measures"]
    page.keyboard.press("ArrowRight")
    assert focused(page) == [1, "progress"]
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("ArrowLeft")  # a box come to by key is wholly selected, as a cell is
    assert focused(page) == [1, "self_rating"]
    page.keyboard.press("ArrowRight")
    page.keyboard.press("F2")
    page.keyboard.type("四")
    page.keyboard.press("ArrowLeft")
    assert focused(page) == [1, "measures"]
    page.keyboard.press("Escape")
    assert box(page, "measures", 1).input_value() == "一三\n二"


def test_each_cell_saves_itself(grid):
    page, item = grid.page, item_of(sheet_of("卫坡村"), "ZB-1")
    state = page.locator(f"#state-{item.pk}")
    box(page, "self_rating", 1).focus()
    page.keyboard.press("2")
    state.get_by_text("已保存").wait_for()
    page.keyboard.press("ArrowRight")
    page.keyboard.type("逐户排查")
    assert "未保存" in state.inner_text()
    page.keyboard.press("Enter")
    state.get_by_text("已保存").wait_for()
    item.refresh_from_db()
    assert (item.self_rating, item.measures, item.version) == ("partly_met", "逐户排查", 2)
    due = box(page, "due_date", 1)
    due.fill("下月底")
    page.keyboard.press("Enter")
    state.get_by_text("日期请写成").wait_for()
    assert due.get_attribute("aria-invalid") == "true"
    due.fill("2022年11月5日")
    page.keyboard.press("Enter")
    state.get_by_text("已保存").wait_for()
    assert due.get_attribute("aria-invalid") == "false"
    item.refresh_from_db()
    assert (item.due_date.isoformat(), item.version) == ("2022-11-05", 3)


def test_the_last_row_is_saved_by_enter_too(grid):
    page, item = grid.page, item_of(sheet_of("卫坡村"), "WM-6")
    box(page, "measures", 30).click()
    page.keyboard.type("最后一项")
    page.keyboard.press("Enter")
    page.locator(f"#state-{item.pk}").get_by_text("已保存").wait_for()
    assert focused(page) == [30, "measures"]
    item.refresh_from_db()
    assert item.measures == "最后一项"


def test_two_cells_in_quick_succession_both_arrive(grid):
    page, item = grid.page, item_of(sheet_of("卫坡村"), "ZB-1")
    box(page, "measures", 1).click()
    for words in ("举措", "进展", "书记", "王某"):
        page.keyboard.type(words)
        page.keyboard.press("Tab")
    # Saves of one row wait for one another, and those between are left out.
    for _moment in range(50):
        item.refresh_from_db()
        if item.responsible_person == "王某":
            break
        page.wait_for_timeout(100)
    assert (item.measures, item.progress) == ("举措", "进展")
    assert (item.responsible_leader, item.responsible_person) == ("书记", "王某")


def test_a_lost_network_is_said_and_the_row_is_sent_again(grid):
    page, item = grid.page, item_of(sheet_of("卫坡村"), "ZB-1")
    state = page.locator(f"#state-{item.pk}")
    grid.context.set_offline(True)
    box(page, "measures", 1).click()
    page.keyboard.type("断网时写的")
    page.keyboard.press("Enter")
    state.get_by_text("保存失败").wait_for()
    grid.context.set_offline(False)
    state.get_by_role("button", name="重试").click()
    state.get_by_text("已保存").wait_for()
    item.refresh_from_db()
    assert item.measures == "断网时写的"
    # The browser and htmx both say that the network was gone, and nothing else.
    assert all("ERR_INTERNET_DISCONNECTED" in said or "htmx" in said for said in grid.refused)
    grid.refused.clear()


def test_an_expired_sign_in_is_said_and_the_row_is_sent_again(grid):
    page, item = grid.page, item_of(sheet_of("卫坡村"), "ZB-1")
    state = page.locator(f"#state-{item.pk}")
    grid.context.clear_cookies(name="sessionid")
    box(page, "measures", 1).click()
    page.keyboard.type("登录过期时写的")
    page.keyboard.press("Enter")
    state.get_by_text("登录已过期").wait_for()
    with grid.context.expect_page() as opened:
        state.get_by_role("link", name="在新窗口登录").click()
    window = opened.value
    window.fill("input[name=username]", "clerk_weipo")
    window.fill("input[name=password]", PASSWORD)
    window.locator("main button.btn-primary").click()
    window.get_by_role("link", name="年度创建", exact=True).wait_for()
    state.get_by_role("button", name="重试").click()
    state.get_by_text("已保存").wait_for()
    item.refresh_from_db()
    assert item.measures == "登录过期时写的"


def test_a_row_that_somebody_else_changed_leads_to_both_sides(grid):
    page, item = grid.page, item_of(sheet_of("卫坡村"), "ZB-1")
    workflow.self_rate(item, {"measures": "别人写的"}, 0, by=person("clerk_weipo"))
    box(page, "measures", 1).click()
    page.keyboard.type("我写的")
    page.keyboard.press("Enter")
    state = page.locator(f"#state-{item.pk}")
    state.get_by_text("被别人改过").wait_for()
    state.get_by_role("button", name="对照两边").click()
    page.wait_for_selector(".conflict")
    assert grid.reads("别人写的")
    assert page.input_value("[name=measures]") == "我写的"


def test_what_was_being_typed_is_saved_before_a_block_is_shown(grid):
    page, item = grid.page, item_of(sheet_of("卫坡村"), "ZB-1")
    copy(grid, "进展\t书记\n")
    box(page, "progress", 1).click()
    page.keyboard.type("先写的")
    page.keyboard.press("Control+V")
    page.wait_for_selector("text=会改动 1 项")
    item.refresh_from_db()
    assert (item.progress, item.responsible_leader) == ("先写的", "")
    grid.press("确认写入")
    page.wait_for_selector("text=已写入 1 项")
    item.refresh_from_db()
    assert (item.progress, item.responsible_leader, item.version) == ("进展", "书记", 2)


def test_several_lines_of_one_text_are_pasted_into_the_box(grid):
    page = grid.page
    copy(grid, "一、摸底\n二、销号")
    box(page, "measures", 1).click()
    page.keyboard.press("Control+V")
    assert box(page, "measures", 1).input_value() == "一、摸底\n二、销号"


def test_the_link_to_the_grid_is_for_wide_screens(people):
    clerk = people("clerk_weipo", viewport={"width": 991, "height": 800})
    clerk.go(sheet_of("卫坡村").get_absolute_url())
    link = clerk.page.get_by_role("link", name="表格填写")
    paste = clerk.page.get_by_role("link", name="粘贴自 Excel 或 WPS")
    assert (link.is_visible(), paste.is_visible()) == (False, True)
    clerk.page.set_viewport_size({"width": 992, "height": 800})
    assert (link.is_visible(), paste.is_visible()) == (True, False)
