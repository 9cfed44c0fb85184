"""A department at its desk: 27 branches by keyboard, the lot at once, twice round and read back."""

import re

import pytest

from assessment import workflow
from assessment.models import Event, ItemRating
from branches.models import Department

from ..town import at_step, item_of, person, sheet_of
from .conftest import DESK, PHONE
from .looking import too_wide

pytestmark = pytest.mark.django_db(transaction=True)
STORY = ("缺台账", "补了一半", "重新提交", "还缺照片", "照片补齐", "重新提交", "填写瞄星")
TABLE = "/cycles/2022/items/ST-3/review/"
BOTH_SIZES = pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])


@pytest.fixture
def handed_in(committed_town):
    """All 27 sheets in review."""
    for sheet in committed_town.assessments.select_related("branch"):
        at_step(sheet, "review")
    return committed_town


@pytest.fixture
def three(committed_town):
    return [at_step(sheet_of(name), "review") for name in ("卫坡村", "南陈村", "石沟村")]


def ours():
    return ItemRating.objects.filter(task_item__category__code="ST", task_item__number=3)


def left(page):
    return int(page.inner_text("[data-left]"))


def waits_for(page, number):
    page.wait_for_function(
        "n => document.querySelector('[data-left]').textContent == n", arg=str(number)
    )


@BOTH_SIZES
def test_27_branches_by_keyboard_alone(people, handed_in, viewport):
    reviewer = people("reviewer_ny", viewport=viewport)
    page = reviewer.page
    page.goto(reviewer.address + TABLE)
    press = page.keyboard.press
    assert left(page) == 27
    press("j")
    for done in range(24):
        press("123"[done % 3])
        waits_for(page, 26 - done)
    press("0")
    assert page.evaluate("document.activeElement.name") == "review_note"
    page.keyboard.type("j1 没有耕地")
    press("Control+Enter")
    waits_for(page, 2)
    press("n")
    page.keyboard.type("现场看过")
    press("Escape")
    press("1")
    waits_for(page, 1)
    press("r")
    assert page.evaluate("document.activeElement.name") == "return-reason"
    page.keyboard.type("缺秸秆还田的台账")
    press("Control+Enter")
    waits_for(page, 0)
    marks = list(ours().order_by("assessment__branch__order").values_list("review", "review_note"))
    assert marks[:24] == [("met", ""), ("partly_met", ""), ("unmet", "")] * 8
    assert marks[24:] == [("not_applicable", "j1 没有耕地"), ("met", "现场看过"), ("", "")]
    returned = ours().returned().get()
    assert returned.return_reason == "缺秸秆还田的台账"
    assert Event.objects.filter(verb="review").count() == 26


def test_keys_as_fast_as_they_come(people, handed_in):
    """Nothing waits for the answer to the key before it."""
    reviewer = people("reviewer_ny")
    page = reviewer.page
    page.goto(reviewer.address + TABLE)
    page.keyboard.press("j")
    for _ in range(27):
        page.keyboard.press("1")
    waits_for(page, 0)
    assert set(ours().values_list("review", "version")) == {("met", 1)}


def test_the_keys_can_be_switched_off_and_explain_themselves(people, three):
    reviewer = people("reviewer_ny")
    page = reviewer.page
    page.goto(reviewer.address + TABLE)
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="快捷键")
    assert dialog.is_visible()
    page.keyboard.press("1")
    for _ in range(5):
        page.keyboard.press("Tab")
        # From the last thing in it the focus goes round by the browser's own bar.
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    page.get_by_label("单键快捷键").uncheck()
    page.reload()
    assert not page.get_by_label("单键快捷键").is_checked()
    page.locator("[data-row]").first.focus()
    page.keyboard.press("1")
    page.keyboard.press("?")
    assert not dialog.is_visible()
    page.get_by_label("单键快捷键").check()
    page.locator("[data-row]").first.focus()
    page.keyboard.press("1")
    waits_for(page, 2)
    assert ours().exclude(review="").count() == 1


def test_a_save_that_is_lost_says_so_and_keeps_the_words(people, three):
    reviewer = people("reviewer_ny")
    page = reviewer.page
    page.goto(reviewer.address + TABLE)
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.keyboard.type("缺台账")
    reviewer.context.clear_cookies(name="sessionid")
    page.keyboard.press("Control+Enter")
    page.locator("[data-failed]:visible").wait_for()
    assert page.locator("[data-row][aria-busy]").count() == 0
    assert page.input_value("[name=return-reason] >> nth=0") == "缺台账"
    assert left(page) == 3
    assert not ours().returned().exists()


def test_two_reviewers_of_one_row(people, three):
    first, second = people("reviewer_ny"), people("reviewer_ny")
    first.go(TABLE)
    second.go(TABLE)
    second.page.keyboard.press("j")
    second.page.keyboard.press("1")
    waits_for(second.page, 2)
    row = first.page.locator("[data-row]").first
    row.locator("[data-note] > summary").click()
    row.locator("[name=review_note]").fill("台账不全")
    row.get_by_role("button", name="未达标").click()
    row.get_by_text("已被别人改过").wait_for()
    assert row.locator("[name=review_note]").input_value() == "台账不全"
    row.get_by_role("button", name="未达标").click()
    row.get_by_text("已保存").wait_for()
    assert ours().get(review="unmet").review_note == "台账不全"


@BOTH_SIZES
def test_twice_round_and_the_history_tells_it(people, three, viewport):
    reviewer = people("reviewer_ny", viewport=viewport)
    clerk = people("clerk_weipo", viewport=viewport)
    item = item_of(three[0], "ST-3")
    for reason, answer in (("缺台账", "补了一半"), ("还缺照片", "照片补齐")):
        reviewer.go(TABLE)
        row = reviewer.page.locator(f"#row-{item.pk}")
        row.get_by_text("退回支部…").click()
        row.get_by_label("退回的是哪一栏").select_option("进展情况")
        row.get_by_label("理由").fill(reason)
        row.get_by_role("button", name="确认退回").click()
        row.get_by_text("已退回").wait_for()
        clerk.go(f"/items/{item.pk}/self-rating/")
        # The reason stands beside the box that it is about.
        beside = clerk.page.locator("#return-reason:has(+ * [name=progress])")
        assert reason in beside.inner_text()
        clerk.page.fill("[name=progress]", answer)
        clerk.press("保存并重新提交")
        clerk.page.wait_for_selector("text=已重新提交")
    reviewer.go(TABLE)
    words = reviewer.page.locator(f"#row-{item.pk}").inner_text()
    assert "退回后已改" in words
    assert re.search(r"补了一半\s*→\s*照片补齐", words)
    reviewer.page.locator(f"#row-{item.pk}").get_by_role("button", name="达标", exact=True).click()
    waits_for(reviewer.page, 2)
    reviewer.go(f"/items/{item.pk}/history/")
    story = reviewer.page.locator(".event").all_inner_texts()
    assert len(story) == len(STORY)
    assert all(words in event for words, event in zip(STORY, reversed(story), strict=True))


def test_many_rows_over_a_list_that_is_confirmed(people, three):
    reviewer = people("reviewer_ny")
    page = reviewer.page
    page.goto(reviewer.address + TABLE)
    page.get_by_text("一次评多行…").click()
    reviewer.press("选上还没有瞄星的各行")
    page.locator("#many").get_by_label("未达标", exact=True).check()
    page.locator("#many").get_by_label("瞄星意见").fill("缺台账")
    reviewer.press("列出来看一看")
    assert reviewer.reads("下面 3 项都将评为“未达标”")
    assert not ours().exclude(review="").exists()
    reviewer.press("确认：3 项都评为“未达标”")
    page.wait_for_selector("text=已瞄星 3 项")
    assert set(ours().exclude(review="").values_list("review", "review_note")) == {
        ("unmet", "缺台账")
    }


def test_a_phrase_goes_where_the_caret_is(people, three):
    department = Department.objects.get(code="NY")
    workflow.keep_phrases(department, ["缺现场照片。"], by=person("reviewer_ny"))
    reviewer = people("reviewer_ny")
    page = reviewer.page
    page.goto(reviewer.address + TABLE)
    page.keyboard.press("j")
    page.keyboard.press("r")
    page.keyboard.type("请补：")
    reviewer.press("缺现场照片。")
    assert page.evaluate("document.activeElement.value") == "请补：缺现场照片。"
    page.keyboard.press("Control+Enter")
    waits_for(page, 2)
    assert ours().returned().get().return_reason == "请补：缺现场照片。"


def test_without_a_script_each_row_is_a_form(chromium, people, three):
    reviewer = people("reviewer_ny")
    context = chromium.new_context(
        java_script_enabled=False, locale="zh-CN", storage_state=reviewer.context.storage_state()
    )
    page = context.new_page()
    page.goto(reviewer.address + TABLE + "?state=unmarked")
    page.locator("[data-row]").first.get_by_role("button", name="达标", exact=True).click()
    assert page.url.split("#")[0].endswith(TABLE + "?state=unmarked")
    assert page.locator("[data-row]").count() == 2
    context.close()


def test_cards_on_a_phone(people, three):
    reviewer = people("reviewer_ny", viewport=PHONE)
    page = reviewer.page
    page.goto(reviewer.address + TABLE)
    assert too_wide(page) == []
    row = page.locator("[data-row]").first
    assert row.bounding_box()["width"] <= PHONE["width"]
    row.get_by_role("button", name="基本达标").click()
    waits_for(page, 2)
    assert ours().filter(review="partly_met").count() == 1
