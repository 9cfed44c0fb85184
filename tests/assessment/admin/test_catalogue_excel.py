"""The catalogue in Excel: taken away, edited, brought back, shown, and written as a whole."""

from html import unescape

import pytest
from django.core import signing
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment import ledger, workflow
from assessment.ledger.catalogue import COLUMNS
from assessment.models import Catalogue, Category, Event, TaskItem
from branches.models import Department
from tests.assessment.ledger.fill_in import cells
from tests.assessment.ledger.lists import changed, confirm, said, send
from tests.town import CAST, person

HEADERS = [str(column.header) for column in COLUMNS]
OTHERS = [name for name in CAST if name != "admin"]


def page(catalogue, name="upload"):
    return reverse(f"admin:assessment_catalogue_{name}", args=[catalogue.pk])


def workbook(catalogue):
    return ledger.as_bytes(ledger.catalogue_workbook(catalogue))


def snapshot():
    items = TaskItem.objects.order_by("pk")
    return (
        list(Catalogue.objects.order_by("pk").values()),
        list(Category.objects.order_by("pk").values()),
        list(items.values()),
        sorted(items.values_list("pk", "cooperating_departments")),
        Event.objects.count(),
    )


def text_of(response):
    return unescape(response.content.decode())


def told(response):
    """Subject → (change, its lines)."""
    return {each.subject: (each.change, each.lines) for each in response.context["proposal"].told}


def item(catalogue, code):
    category, number = code.split("-")
    return TaskItem.objects.get(
        category__catalogue=catalogue, category__code=category, number=number
    )


def key(catalogue, code):
    return str(item(catalogue, code).pk)


class TestTakingAway:
    def test_the_page_leads_to_it_and_it_is_kept(self, office, next_year):
        change = text_of(office.get(page(next_year, "change")))
        for name in ("workbook", "upload", "copy"):
            assert f'href="{page(next_year, name)}"' in change
        response = office.get(page(next_year, "workbook"))
        assert said(response.getvalue()).keys() == {
            str(pk)
            for pk in TaskItem.objects.filter(category__catalogue=next_year).values_list(
                "pk", flat=True
            )
        }
        assert "filename*=utf-8''2023" in response["Content-Disposition"]
        event = Event.objects.latest("pk")
        assert (event.verb, event.subject) == ("download", ledger.catalogue_file_name(next_year))

    def test_every_cell_says_what_is_held(self, next_year):
        rows = said(workbook(next_year))
        for each in ledger.items_of(next_year):
            row = rows[str(each.pk)]
            assert row["考核指标"] == each.standard
            assert row["任务内容"] == each.name
            assert row["牵头部门"] == each.lead_department.name
            assert row["序号"] == each.number
            assert row["分值"] == each.points
            assert row["上年任务项"] == f"2022 {each.code}"
            together = [department.name for department in each.cooperating_departments.all()]
            assert row["配合部门"] == ("、".join(together) or None)

    def test_one_in_use_is_taken_away_too(self, office, town):
        assert len(said(office.get(page(town.catalogue, "workbook")).getvalue())) == 30


class TestBringingBack:
    def test_nothing_is_written_before_it_was_shown(self, office, next_year):
        old = item(next_year, "ST-3")
        words = {
            key(next_year, "ST-3"): {
                "任务内容": "秸秆禁烧",
                "分值": "２",
                "关键项": "√",
                "配合部门": "DJ、司法所",
            }
        }
        before = snapshot()
        response = send(office, page(next_year), changed(workbook(next_year), words))
        assert (response.status_code, snapshot()) == (200, before)
        assert told(response) == {
            f"ST-3 {old.name}": (
                "改动",
                [
                    ("任务内容", old.name, "秸秆禁烧"),
                    ("配合部门", "人居环境整治办公室", "党建工作办公室、司法所"),
                    ("分值", "1", "2"),
                    ("关键项", "否", "是"),
                ],
            )
        }
        response = confirm(office, page(next_year), response)
        assert response.url == page(next_year, "change")
        new = TaskItem.objects.get(pk=old.pk)
        assert (new.name, new.points, new.is_key, new.previous) == (
            "秸秆禁烧",
            2,
            True,
            old.previous,
        )
        assert {each.code for each in new.cooperating_departments.all()} == {"DJ", "SF"}
        event = Event.objects.latest("pk")
        assert (event.actor, event.verb, event.subject) == (person("admin"), "edit", "2023 年清单")
        assert event.changes[f"ST-3 {old.name} · 分值"] == ["1", "2"]
        assert Event.objects.count() == before[-1] + 1

    def test_the_same_again_changes_nothing(self, office, next_year):
        response = send(office, page(next_year), workbook(next_year))
        assert response.status_code == 200
        assert "没有要改动的内容" in text_of(response)
        assert not response.context["sealed"]

    def test_every_cell_comes_where_it_should_be(self, office, next_year):
        """Every item rewritten; and what is exported then is what was sent."""
        words = {}
        for number, each in enumerate(ledger.items_of(next_year), start=1):
            words[str(each.pk)] = {
                "任务内容": f"事项 {number}",
                "考核指标": f"指标一 {number}\n指标二",
                "资料标准": f"资料 {number}" if number % 2 else None,
                "牵头部门": "司法所" if number % 3 else "党建工作办公室",
                "配合部门": "农业服务中心",
                "分值": number,
                "关键项": "是" if number % 4 else "否",
                "来源": "本镇公开报道",
            }
        content = changed(workbook(next_year), words)
        response = send(office, page(next_year), content)
        assert len(told(response)) == 30
        assert confirm(office, page(next_year), response).status_code == 302
        exported = workbook(next_year)
        for pk, row in words.items():
            found = said(exported)[pk]
            assert {header: found[header] for header in row} == row
        assert cells(exported) == cells(workbook(next_year))
        response = send(office, page(next_year), exported)
        assert "没有要改动的内容" in text_of(response)

    def test_a_new_row_is_a_new_item(self, office, next_year):
        new = {
            "类别代码": "st",
            "序号": "７",
            "任务内容": "新事",
            "考核指标": "新指标",
            "牵头部门": "ny",
            "分值": 3,
            "上年任务项": "2022 年 ST-3",
        }
        response = send(office, page(next_year), changed(workbook(next_year), new=[new]))
        assert response.status_code == 200, response.context["wrong"]
        assert told(response)["ST-7 新事"][0] == "新增"
        confirm(office, page(next_year), response)
        made = item(next_year, "ST-7")
        assert (made.name, made.points, made.is_key) == ("新事", 3, False)
        assert made.previous == item(Catalogue.objects.get(year=2022), "ST-3")

    def test_a_missing_row_is_dropped_once_that_is_agreed_to(self, office, next_year):
        gone = item(next_year, "ST-3")
        content = changed(workbook(next_year), gone=[str(gone.pk)])
        response = send(office, page(next_year), content)
        assert told(response) == {f"ST-3 {gone.name}": ("取消", [])}
        before = snapshot()
        refused = confirm(office, page(next_year), response)
        assert (refused.status_code, snapshot()) == (302, before)
        assert "没有勾选同意去掉" in text_of(office.get(refused.url))
        confirm(office, page(next_year), response, agreed="on")
        assert not TaskItem.objects.filter(pk=gone.pk).exists()
        assert TaskItem.objects.filter(category__catalogue=next_year).count() == 29

    def test_an_emptied_row_is_a_missing_one(self, office, next_year):
        pk = key(next_year, "ST-3")
        content = changed(workbook(next_year), {pk: dict.fromkeys(HEADERS)})
        assert [each[0] for each in told(send(office, page(next_year), content)).values()] == [
            "取消"
        ]

    def test_items_change_places_and_categories(self, office, next_year):
        first, second = item(next_year, "ST-1"), item(next_year, "ST-2")
        moved = item(next_year, "ST-6")
        words = {
            str(first.pk): {"序号": 2},
            str(second.pk): {"序号": 1},
            str(moved.pk): {"类别代码": "PA", "类别": "平安法治", "序号": 7},
        }
        response = send(office, page(next_year), changed(workbook(next_year), words))
        assert response.status_code == 200, response.context["wrong"]
        confirm(office, page(next_year), response)
        assert item(next_year, "ST-1") == second
        assert item(next_year, "ST-2") == first
        assert item(next_year, "PA-7") == moved

    def test_a_category_is_renamed_added_and_left(self, office, next_year):
        names = {
            str(each.pk): {"类别": "生态"}
            for each in ledger.items_of(next_year)
            if each.category.code == "ST"
        }
        moved = {
            str(each.pk): {"类别代码": "XF", "类别": "新风"}
            for each in ledger.items_of(next_year)
            if each.category.code == "WM"
        }
        response = send(office, page(next_year), changed(workbook(next_year), names | moved))
        assert response.status_code == 200, response.context["wrong"]
        changes = {subject: change for subject, (change, _lines) in told(response).items()}
        assert changes["ST 生态宜居"] == "类别改名"
        assert changes["XF 新风"] == "新增类别"
        assert changes["WM 文明幸福"] == "去掉类别"
        confirm(office, page(next_year), response)
        found = list(next_year.categories.order_by("order").values_list("code", "name"))
        assert ("ST", "生态") in found
        assert found[-1] == ("XF", "新风")
        assert "WM" not in dict(found)
        assert TaskItem.objects.filter(category__catalogue=next_year).count() == 30

    def test_a_town_brings_its_own_into_an_empty_one(self, office, town):
        catalogue = Catalogue.objects.create(year=2024, name="本镇清单")
        new = [
            {
                "类别代码": code,
                "类别": name,
                "序号": number,
                "任务内容": f"{name}{number}",
                "考核指标": "指标",
                "牵头部门": "党建工作办公室",
                "分值": 1,
            }
            for code, name in (("A", "甲"), ("B", "乙"))
            for number in range(1, 20)
        ]
        response = send(office, page(catalogue), changed(workbook(catalogue), new=new))
        assert response.status_code == 200, response.context["wrong"]
        confirm(office, page(catalogue), response)
        assert TaskItem.objects.filter(category__catalogue=catalogue).count() == 38
        assert list(catalogue.categories.values_list("code", "order")) == [("A", 1), ("B", 2)]


class TestSince:
    def test_what_was_not_touched_undoes_nothing_saved_since(self, office, next_year):
        content = changed(workbook(next_year), {key(next_year, "ST-3"): {"分值": 2}})
        TaskItem.objects.filter(pk=key(next_year, "ST-3")).update(name="网页上改的")
        TaskItem.objects.filter(pk=key(next_year, "ST-4")).update(points=9)
        response = send(office, page(next_year), content)
        assert told(response) == {"ST-3 网页上改的": ("改动", [("分值", "1", "2")])}
        confirm(office, page(next_year), response)
        assert item(next_year, "ST-4").points == 9

    def test_an_item_added_since_stays(self, office, next_year):
        content = changed(workbook(next_year), {key(next_year, "ST-3"): {"分值": 2}})
        copied = item(next_year, "ST-4")
        copied.pk, copied.number = None, 70
        copied.save()
        response = send(office, page(next_year), content)
        assert len(told(response)) == 1
        confirm(office, page(next_year), response)
        assert item(next_year, "ST-70") == copied

    def test_an_item_removed_since_is_said(self, office, next_year):
        pk = key(next_year, "ST-3")
        content = changed(workbook(next_year), {pk: {"分值": 2}})
        TaskItem.objects.filter(pk=pk).delete()
        response = send(office, page(next_year), content)
        assert response.status_code == 422
        assert "在您下载以后从清单里去掉了" in text_of(response)

    def test_changed_between_looking_and_confirming(self, office, next_year):
        content = changed(workbook(next_year), {key(next_year, "ST-3"): {"分值": 2}})
        response = send(office, page(next_year), content)
        TaskItem.objects.filter(pk=key(next_year, "ST-4")).update(points=9)
        before = snapshot()
        response = confirm(office, page(next_year), response)
        assert snapshot() == before
        assert "又有人改过" in text_of(office.get(response.url))

    @pytest.mark.parametrize("spoil", [lambda seal: seal[:-1], lambda seal: "", lambda seal: "a:b"])
    def test_what_was_not_shown_is_not_written(self, office, next_year, spoil):
        content = changed(workbook(next_year), {key(next_year, "ST-3"): {"分值": 2}})
        response = send(office, page(next_year), content)
        before = snapshot()
        answer = office.post(page(next_year), {"plan": spoil(response.context["sealed"])})
        assert (answer.status_code, snapshot()) == (302, before)
        assert "请重新上传" in text_of(office.get(answer.url))

    def test_what_was_shown_for_one_is_not_anothers(self, office, next_year):
        other = workflow.copy_catalogue(next_year, 2024, "2024", by=person("admin"))
        content = changed(workbook(next_year), {key(next_year, "ST-3"): {"分值": 2}})
        response = send(office, page(next_year), content)
        before = snapshot()
        confirm(office, page(other), response)
        assert snapshot() == before

    def test_a_seal_of_another_kind(self, office, next_year):
        forged = signing.dumps([["catalogue", next_year.pk], {}, False], salt="another")
        assert office.post(page(next_year), {"plan": forged}).status_code == 302


class TestNextYear:
    def test_every_item_knows_which_it_came_from(self, office, town):
        old = town.catalogue
        form = office.get(page(old, "copy")).context["form"]
        assert form.initial["year"] == 2023
        response = office.post(page(old, "copy"), {"year": 2023, "name": "新清单"})
        new = Catalogue.objects.get(year=2023)
        assert response.url == page(new, "change")
        assert (new.name, new.note) == ("新清单", old.note)
        for each in ledger.items_of(new):
            was = each.previous
            assert was == item(old, each.code)
            same = ("number", "name", "standard", "materials", "points", "is_key", "source")
            assert [getattr(each, name) for name in same] == [getattr(was, name) for name in same]
            assert each.lead_department == was.lead_department
            assert set(each.cooperating_departments.all()) == set(was.cooperating_departments.all())
        assert TaskItem.objects.filter(category__catalogue=old).count() == 30
        assert Event.objects.latest("pk").subject == "新清单"

    @pytest.mark.parametrize(
        ("year", "sentence"),
        [
            ("2022", "要晚于 2022 年"),
            ("2021", "要晚于 2022 年"),
            ("2025", "已经有 2025 年"),
            ("x", "整数"),
        ],
    )
    def test_a_year_that_cannot_be(self, office, town, year, sentence):
        Catalogue.objects.create(year=2025, name="x")
        before = snapshot()
        response = office.post(page(town.catalogue, "copy"), {"year": year, "name": "名"})
        assert (response.status_code, snapshot()) == (422, before)
        assert sentence in text_of(response)
        assert 'value="名"' in text_of(response)


ANY = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40),
    st.integers(),
    st.floats(),
    st.sampled_from(["是", "√", "ST", "1", "２", "党建工作办公室", "2022 ST-3", "=1+1"]),
)


@settings(max_examples=30, suppress_health_check=list(HealthCheck), deadline=None)
@given(
    st.dictionaries(st.sampled_from(HEADERS), ANY, max_size=12),
    st.lists(st.dictionaries(st.sampled_from(HEADERS), ANY, max_size=12), max_size=2),
)
def test_any_text_is_shown_or_said_to_be_wrong_and_written_whole_or_not_at_all(
    office, next_year, words, new
):
    before = snapshot()
    content = changed(workbook(next_year), {key(next_year, "ST-3"): words}, new=new)
    response = send(office, page(next_year), content)
    assert response.status_code in (200, 422)
    assert snapshot() == before
    if response.context["sealed"]:
        with transaction.atomic():
            answer = confirm(office, page(next_year), response, agreed="on")
            after = snapshot()
            transaction.set_rollback(True)
        assert answer.url == page(next_year, "change")
        assert after[-1] == before[-1] + 1


@pytest.mark.parametrize("rows", [1, 30])
def test_to_be_shown_it_takes_a_fixed_number_of_queries(
    office, next_year, django_assert_num_queries, rows
):
    every = [str(each.pk) for each in ledger.items_of(next_year)][:rows]
    content = changed(workbook(next_year), dict.fromkeys(every, {"分值": 5}))
    with django_assert_num_queries(18):
        response = send(office, page(next_year), content)
    assert len(told(response)) == rows


def test_the_department_that_leads_is_offered(next_year):
    from_sheet = cells(workbook(next_year))
    offered = {text for (title, _address), text in from_sheet.items() if title == "choices"}
    assert set(Department.objects.values_list("name", flat=True)) <= offered
