"""The grid: rows saved in place, blocks shown first, and the whole of it without a script."""

from html import unescape

import pytest
from django.urls import reverse

from assessment import workflow
from assessment.forms.self_rating import COLUMNS
from assessment.models import Event, ItemRating

from ...town import at_step, item_of, person, sheet_of

HTMX = {"HX-Request": "true"}


@pytest.fixture
def signed_in(client, clerk):
    client.force_login(clerk)
    return client


@pytest.fixture
def address(sheet):
    return reverse("assessment-self-rating", args=[sheet.pk])


@pytest.fixture
def returned(sheet):
    """ST-3 of the sheet in review, handed back."""
    at_step(sheet, "review")
    item = item_of(sheet, "ST-3")
    workflow.return_item(item, "缺台账", item.version, by=person("reviewer_ny"))
    return item_of(sheet, "ST-3")


def snapshot():
    return list(ItemRating.objects.values().order_by("pk")), Event.objects.count()


def text_of(response):
    return unescape(response.content.decode())


def row_data(item, **typed):
    """What the grid would post of one row."""
    values = {name: getattr(item, name) or "" for name in COLUMNS}
    words = {**values, "version": item.version, **typed}
    return {f"{item.pk}-{name}": value for name, value in words.items()}


def save(client, item, **typed):
    address = reverse("item-self-rating-row", args=[item.pk])
    return client.post(address, row_data(item, **typed), headers=HTMX)


def paste(client, sheet, text, row=1, column=0):
    block = {"text": text, "row": row, "column": column}
    return client.post(reverse("paste", args=[sheet.pk]), block)


def confirm(client, response):
    """Press the button of the page that shows what would change."""
    sheet = response.context["sheet"]
    return client.post(
        reverse("paste-apply", args=[sheet.pk]), {"changes": response.context["sealed"]}
    )


# The page


def test_every_cell_is_named_by_its_row_and_column(signed_in, sheet, address):
    page = text_of(signed_in.get(address))
    for item in sheet.items.all():
        assert f'id="row-{item.pk}"' in page
        for name in COLUMNS:
            assert f'aria-labelledby="row-{item.pk} column-{name}"' in page
            assert f'name="{item.pk}-{name}"' in page


def test_the_sheet_leads_to_its_grid_while_there_is_something_to_fill(signed_in, sheet, address):
    assert f'href="{address}"' in text_of(signed_in.get(sheet.get_absolute_url()))
    at_step(sheet, "review")
    assert f'href="{address}"' not in text_of(signed_in.get(sheet.get_absolute_url()))


def test_after_a_return_only_that_row_is_filled(signed_in, returned, address):
    page = text_of(signed_in.get(address))
    versions = [each.pk for each in ItemRating.objects.all() if f'"{each.pk}-version"' in page]
    assert versions == [returned.pk]
    assert page.count("演示举措") == 30
    assert "去重新提交" in page
    assert f'href="{address}"' in text_of(signed_in.get(returned.assessment.get_absolute_url()))


@pytest.mark.parametrize("step", ["review", "supervision", "concluded"])
def test_with_nothing_to_fill_it_leads_back_to_the_sheet(signed_in, sheet, address, step):
    at_step(sheet, step)
    response = signed_in.get(address)
    assert (response.status_code, response.url) == (302, sheet.get_absolute_url())


@pytest.mark.parametrize("username", ["supervisor", "auditor", "admin"])
def test_who_only_reads_the_sheet_fills_nothing(client, sheet, address, username):
    client.force_login(person(username))
    assert client.get(address).status_code == 403
    assert f'href="{address}"' not in text_of(client.get(sheet.get_absolute_url()))


# One row


def test_a_row_is_saved_and_its_next_version_comes_back(signed_in, item):
    response = save(signed_in, item, measures="逐户排查", self_rating="met")
    assert response.status_code == 200
    assert "已保存" in text_of(response)
    assert f'name="{item.pk}-version" value="1"' in text_of(response)
    item.refresh_from_db()
    assert (item.measures, item.self_rating, item.version) == ("逐户排查", "met", 1)
    assert "已保存" in text_of(save(signed_in, item, progress="已开工"))
    item.refresh_from_db()
    assert (item.progress, item.version) == ("已开工", 2)


def test_a_row_that_says_nothing_new_keeps_its_version(signed_in, item):
    before = snapshot()
    response = save(signed_in, item)
    assert (response.status_code, snapshot()) == (200, before)
    assert f'name="{item.pk}-version" value="0"' in text_of(response)


def test_a_row_with_a_bad_cell_says_which(signed_in, item):
    before = snapshot()
    response = save(signed_in, item, due_date="下月底", responsible_person="人" * 31)
    page = text_of(response)
    assert (response.status_code, snapshot()) == (422, before)
    assert "完成时限：日期请写成" in page
    assert "责任人：" in page
    assert f'data-grid-wrong="{item.pk}-responsible_person {item.pk}-due_date "' in page


def test_a_stale_row_stays_stale_until_both_sides_were_seen(signed_in, item, clerk):
    workflow.self_rate(item, {"measures": "别人写的"}, 0, by=clerk)
    before = snapshot()
    response = save(signed_in, item, measures="我写的")
    assert (response.status_code, snapshot()) == (409, before)
    assert "被别人改过" in text_of(response)
    assert f'name="{item.pk}-version" value="0"' in text_of(response)
    assert save(signed_in, item, measures="我写的", progress="又写").status_code == 409


def test_both_sides_of_a_stale_row_are_shown_on_the_items_page(signed_in, item, clerk):
    workflow.self_rate(item, {"measures": "别人写的"}, 0, by=clerk)
    before = snapshot()
    response = signed_in.post(
        reverse("item-self-rating-row", args=[item.pk]), row_data(item, measures="我写的")
    )
    page = text_of(response)
    assert (response.status_code, snapshot()) == (409, before)
    assert "别人写的" in page
    assert "我写的" in page
    assert 'name="version" value="1"' in page


def test_a_row_is_not_saved_after_the_sheet_was_handed_in(signed_in, sheet, item):
    at_step(sheet, "review")
    response = save(signed_in, item_of(sheet, "ST-3"), measures="晚了")
    assert response.status_code == 409
    assert "由牵头部门办理" in text_of(response)


# A block


def test_a_block_is_shown_item_by_item_and_nothing_is_written(signed_in, sheet, item, clerk):
    workflow.self_rate(item_of(sheet, "ZB-2"), {"measures": "旧的举措"}, 0, by=clerk)
    before = snapshot()
    response = paste(signed_in, sheet, '√\t"一\n二"\r\n基本 达标\t新的举措\r\n')
    assert (response.status_code, snapshot()) == (200, before)
    shown = {
        item.task_item.number: [(line.label, line.old, line.new) for line in lines]
        for item, lines in response.context["found"]
    }
    assert shown == {
        1: [("村组标星", "空", "达标"), ("具体举措", "空", "一\n二")],
        2: [("村组标星", "空", "基本达标"), ("具体举措", "旧的举措", "新的举措")],
    }
    assert "<del>旧的举措</del> → <ins>新的举措</ins>" in text_of(response)


def test_what_was_shown_is_written(signed_in, sheet):
    block = "达标\t举措\t进展\t书记\t王某\t2022/11/5\t备注\r\n" * 30
    response = confirm(signed_in, paste(signed_in, sheet, block))
    assert response.status_code == 302
    page = text_of(signed_in.get(response.url))
    assert "已写入 30 项" in page
    saved = sheet.items.values_list(*COLUMNS, "version")
    assert {(*row[:5], row[5].isoformat(), *row[6:]) for row in saved} == {
        ("met", "举措", "进展", "书记", "王某", "2022-11-05", "备注", 1)
    }
    assert Event.objects.filter(verb="self_rate").count() == 30


@pytest.mark.parametrize(
    ("typed", "saved"),
    [
        ("2022-11-5", "2022-11-05"),
        ("2022/11/5", "2022-11-05"),
        ("２０２２．１１．５", "2022-11-05"),
        ("2022 年 11 月 5 日", "2022-11-05"),
    ],
)
def test_dates_as_a_spreadsheet_shows_them(signed_in, sheet, item, typed, saved):
    confirm(signed_in, paste(signed_in, sheet, typed, row=15, column=5))
    item.refresh_from_db()
    assert item.due_date.isoformat() == saved


def test_a_blank_cell_changes_nothing_and_lines_of_names_become_one(signed_in, sheet, clerk):
    first = item_of(sheet, "ZB-1")
    workflow.self_rate(first, {"responsible_leader": "书记", "progress": "在办"}, 0, by=clerk)
    confirm(signed_in, paste(signed_in, sheet, '\t\t"王某\n李某"\t\n', row=1, column=2))
    first.refresh_from_db()
    assert (first.responsible_leader, first.progress) == ("书记", "在办")
    assert first.responsible_person == "王某、李某"


def test_everything_that_is_wrong_is_said_at_once(signed_in, sheet):
    before = snapshot()
    response = paste(
        signed_in, sheet, f"优秀\t{'举' * 2001}\n\t好\t\t人{'人' * 30}\t\t11月底\n达标\n", row=29
    )
    said = response.context["wrong"]
    assert (response.status_code, snapshot()) == (422, before)
    first, last = item_of(sheet, "WM-5").task_item, item_of(sheet, "WM-6").task_item
    assert len(said) == 5
    assert said[0].startswith(f"{first} · 村组标星：看不懂“优秀”")
    assert said[1].startswith(f"{first} · 具体举措：")
    assert said[2].startswith(f"{last} · 责任领导：")
    assert said[3].startswith(f"{last} · 完成时限：日期请写成")
    assert said[4].startswith("“达标”在表格之外：第 31 行第 1 列")
    page = text_of(response)
    assert all(sentence in page for sentence in said)
    assert "确认写入" not in page
    assert "11月底" in page  # the text is offered back


def test_past_the_last_column(signed_in, sheet):
    response = paste(signed_in, sheet, "备注\t多出来的", column=6)
    assert response.status_code == 422
    assert response.context["wrong"] == [
        "“多出来的”在表格之外：第 1 行第 8 列，表格只有 30 行 7 列。"
    ]


def test_a_block_over_rows_that_are_not_the_branchs_is_refused_whole(signed_in, returned):
    before = snapshot()
    sheet = returned.assessment
    response = paste(signed_in, sheet, "新进展\n" * 30, column=2)
    assert (response.status_code, snapshot()) == (422, before)
    assert len(response.context["wrong"]) == 29
    assert "由牵头部门办理" in response.context["wrong"][0]
    alone = paste(signed_in, sheet, "新进展", row=15, column=2)
    assert confirm(signed_in, alone).status_code == 302
    returned.refresh_from_db()
    assert returned.progress == "新进展"


def test_a_block_that_says_what_stands_there_is_no_change(signed_in, sheet):
    blank = paste(signed_in, sheet, "\t\n \n")
    confirm(signed_in, paste(signed_in, sheet, "达标"))
    again = paste(signed_in, sheet, "√")
    for response in (blank, again):
        assert response.status_code == 200
        assert "没有要改动的内容" in text_of(response)
        assert "确认写入" not in text_of(response)


@pytest.mark.parametrize(
    "block",
    [
        {"text": "", "row": 1, "column": 0},
        {"text": "达标", "row": 31, "column": 0},
        {"text": "达标", "row": 1, "column": 7},
        {"text": "达标", "row": "x", "column": "y"},
        {"text": "达\x00标", "row": 1, "column": 1},
        {"text": "长" * 200_001, "row": 1, "column": 1},
    ],
)
def test_a_bad_block(signed_in, sheet, block):
    before = snapshot()
    response = signed_in.post(reverse("paste", args=[sheet.pk]), block)
    assert (response.status_code, snapshot()) == (422, before)


def test_a_row_changed_since_refuses_the_whole_and_is_compared_anew(signed_in, sheet, clerk):
    shown = paste(signed_in, sheet, "粘贴的\n" * 30, column=1)
    other = item_of(sheet, "WM-6")
    workflow.self_rate(other, {"measures": "别人写的"}, 0, by=clerk)
    before = snapshot()
    response = confirm(signed_in, shown)
    page = text_of(response)
    assert (response.status_code, snapshot()) == (409, before)
    assert f"{other.task_item}：您打开之后已被别人改过" in page
    assert "<del>别人写的</del> → <ins>粘贴的</ins>" in page
    assert confirm(signed_in, response).status_code == 302
    assert set(sheet.items.values_list("measures", flat=True)) == {"粘贴的"}


def test_a_sheet_handed_in_since_refuses_the_whole(signed_in, sheet):
    shown = paste(signed_in, sheet, "粘贴的\n" * 30, column=1)
    at_step(sheet, "review")
    before = snapshot()
    response = confirm(signed_in, shown)
    assert (response.status_code, snapshot()) == (409, before)
    assert "什么都没有改动" in text_of(response)


@pytest.mark.parametrize("spoil", [lambda seal: seal[:-1], lambda seal: "", lambda seal: "a:b:c"])
def test_what_was_not_shown_is_not_written(signed_in, sheet, spoil):
    seal = paste(signed_in, sheet, "达标").context["sealed"]
    before = snapshot()
    address = reverse("paste-apply", args=[sheet.pk])
    response = signed_in.post(address, {"changes": spoil(seal)}, follow=True)
    assert snapshot() == before
    assert "请重新粘贴" in text_of(response)


def test_what_was_shown_for_one_sheet_is_not_written_into_another(client, town):
    own, other = sheet_of("石沟村"), sheet_of("游王村")
    client.force_login(person("liaison"))
    seal = paste(client, own, "达标").context["sealed"]
    before = snapshot()
    address = reverse("paste-apply", args=[other.pk])
    response = client.post(address, {"changes": seal}, follow=True)
    assert snapshot() == before
    assert "请重新粘贴" in text_of(response)


# The grid posted whole, without a script


def whole(sheet, **typed):
    return {
        key: value for item in sheet.items.all() for key, value in row_data(item, **typed).items()
    }


def test_the_whole_grid_is_shown_and_then_written(signed_in, sheet, address):
    before = snapshot()
    response = signed_in.post(address, whole(sheet, measures="逐户排查", due_date="2022-11-30"))
    assert (response.status_code, snapshot()) == (200, before)
    assert len(response.context["found"]) == 30
    assert confirm(signed_in, response).status_code == 302
    assert set(sheet.items.values_list("measures", "version")) == {("逐户排查", 1)}


def test_the_whole_grid_may_empty_a_cell(signed_in, sheet, item, address, clerk):
    workflow.self_rate(item, {"measures": "旧的", "due_date": None}, 0, by=clerk)
    item.refresh_from_db()
    response = signed_in.post(address, row_data(item, measures=""))
    assert confirm(signed_in, response).status_code == 302
    item.refresh_from_db()
    assert item.measures == ""


def test_bad_and_stale_rows_of_the_whole_grid_keep_what_was_typed(
    signed_in, sheet, item, address, clerk
):
    data = whole(sheet, measures="我写的")
    first = item_of(sheet, "ZB-1")
    data[f"{first.pk}-due_date"] = "下月底"
    workflow.self_rate(item, {"measures": "别人写的"}, 0, by=clerk)
    before = snapshot()
    response = signed_in.post(address, data)
    page = text_of(response)
    assert (response.status_code, snapshot()) == (422, before)
    assert page.count("我写的") == 30
    assert "下月底" in page
    assert "完成时限：日期请写成" in page
    assert page.count("被别人改过，没有保存") == 1
    assert reverse("item-self-rating-row", args=[item.pk]) in page


def test_typing_is_kept_where_the_sheet_was_handed_in_meanwhile(signed_in, sheet, address):
    data = whole(sheet, measures="交上去以后才写的")
    at_step(sheet, "review")
    before = snapshot()
    response = signed_in.post(address, data)
    page = text_of(response)
    assert (response.status_code, snapshot()) == (422, before)
    assert page.count("交上去以后才写的") == 30
    assert "由牵头部门办理" in page
