"""The catalogue in Excel as it should not come back: told by its address, refused, unwritten."""

import pytest
from django.urls import reverse

from assessment import workflow
from assessment.models import Cycle, TaskItem
from tests.assessment.ledger.fill_in import branch_form
from tests.assessment.ledger.lists import address_of, changed, confirm, send
from tests.assessment.ledger.test_hostile import REFUSED
from tests.town import CAST, person, sheet_of

from .test_catalogue_excel import key, page, snapshot, text_of, workbook

OTHERS = [name for name in CAST if name != "admin"]


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("header", "value", "sentence"),
        [
            ("序号", "第一", "看不懂“第一”"),
            ("序号", 0, "看不懂“0”"),
            ("序号", 4, "ST-4 已经是"),
            ("分值", "-1", "看不懂“-1”"),
            ("分值", None, "不能空着"),
            ("分值", 1.5, "看不懂“1.5”"),
            ("关键项", "也许", "看不懂“也许”"),
            ("任务内容", None, "不能空着"),
            ("任务内容", "长" * 101, "100"),
            ("考核指标", "长" * 1001, "1000"),
            ("牵头部门", "没有的办", "没有叫“没有的办”的部门"),
            ("牵头部门", None, "不能空着"),
            ("配合部门", "司法所、没有的办", "没有叫“没有的办”的部门"),
            ("类别代码", "生态", "看不懂“生态”"),
            ("类别代码", "XX", "XX 是新的类别，请写它的名称"),
            ("类别", "别的", "ST 这一类有两个名称"),
            ("来源", "听说", "看不懂“听说”"),
            ("上年任务项", "2021 ST-3", "没有“2021 ST-3”这一项"),
            ("上年任务项", "2023 ST-3", "没有“2023 ST-3”这一项"),
            ("任务内容", "=A1", "这一格是公式（=A1）"),
        ],
    )
    def test_it_is_said_by_its_address(self, office, next_year, header, value, sentence):
        pk, content = key(next_year, "ST-3"), workbook(next_year)
        before = snapshot()
        response = send(office, page(next_year), changed(content, {pk: {header: value}}))
        assert (response.status_code, snapshot()) == (422, before)
        wrong = response.context["wrong"]
        assert any(sentence in each for each in wrong), wrong
        if header != "类别":
            assert any(each.startswith(address_of(content, pk, header)) for each in wrong) or (
                header == "类别代码" and value == "XX"
            )
        assert "确认写入" not in text_of(response)

    def test_all_of_it_at_once(self, office, next_year):
        words = {
            key(next_year, "ST-3"): {"分值": "多", "关键项": "也许"},
            key(next_year, "PA-1"): {"牵头部门": "没有的办"},
        }
        response = send(
            office,
            page(next_year),
            changed(workbook(next_year), words, new=[{"任务内容": "只有名"}]),
        )
        assert response.status_code == 422
        assert len(response.context["wrong"]) == 3 + 5

    def test_a_row_that_was_copied(self, office, next_year):
        pk = key(next_year, "ST-3")
        content = changed(workbook(next_year), new=[{"key": pk, "任务内容": "抄"}])
        response = send(office, page(next_year), content)
        assert response.status_code == 422
        assert "是整行复制的" in text_of(response)

    def test_a_key_that_was_tampered_with(self, office, next_year):
        for forged in ("9" * 30, "²", "x", str(TaskItem.objects.first().pk)):
            content = changed(workbook(next_year), new=[{"key": forged, "任务内容": "抄"}])
            response = send(office, page(next_year), content)
            assert response.status_code == 422
            assert "隐藏的编号被改动了" in text_of(response)

    def test_too_many_items(self, office, next_year):
        row = {"类别代码": "ST", "任务内容": "多", "考核指标": "多", "牵头部门": "NY", "分值": 1}
        new = [{**row, "序号": number} for number in range(10, 490)]
        response = send(office, page(next_year), changed(workbook(next_year), new=new))
        assert "任务项多于 500 项" in text_of(response)


class TestRefused:
    @pytest.mark.parametrize("name", REFUSED)
    def test_a_hostile_file_is_refused_in_words(self, office, next_year, name):
        before = snapshot()
        response = send(office, page(next_year), REFUSED[name][0](), "怪.xlsx")
        assert (response.status_code, snapshot()) == (422, before)
        assert "怪.xlsx：" in text_of(response)

    def test_another_years_is_refused_by_name(self, office, next_year, town):
        response = send(office, page(next_year), workbook(town.catalogue))
        assert response.status_code == 422
        own = f"这是 2022 年的“{town.catalogue}”，不是 2023 年的“2023 年清单”"
        assert own in text_of(response)

    def test_a_form_of_a_branch_is_no_catalogue(self, office, next_year):
        response = send(office, page(next_year), branch_form(sheet_of("卫坡村")))
        assert response.status_code == 422
        assert "这不是从这里下载的" in text_of(response)

    def test_nothing_sent(self, office, next_year):
        response = office.post(page(next_year))
        assert response.status_code == 422
        assert "没有收到文件" in text_of(response)

    @pytest.mark.parametrize("state", ["open", "closed"])
    def test_one_in_use_is_refused(self, office, town, state):
        Cycle.objects.update(state=state)
        catalogue = town.catalogue
        change = text_of(office.get(page(catalogue, "change")))
        assert page(catalogue) not in change
        before = snapshot()
        for ask in (office.get, lambda url: send(office, url, b"x")):
            response = ask(page(catalogue))
            assert (response.status_code, response.url) == (302, page(catalogue, "change"))
            assert "已经定稿，不能用 Excel 整份改动" in text_of(office.get(response.url))
        assert snapshot() == before

    def test_opened_between_looking_and_confirming(self, office, next_year):
        content = changed(workbook(next_year), {key(next_year, "ST-3"): {"分值": 2}})
        response = send(office, page(next_year), content)
        Cycle.objects.create(year=2023, catalogue=next_year, state="open")
        before = snapshot()
        confirm(office, page(next_year), response)
        assert snapshot() == before
        with pytest.raises(workflow.OutOfOrder, match="定稿"):
            workflow.revise_catalogue(next_year, workflow.Revision("x"), {}, by=person("admin"))

    @pytest.mark.parametrize("name", OTHERS)
    def test_nobody_else_gets_there(self, client, next_year, name):
        client.force_login(person(name))
        for each in ("workbook", "upload", "copy"):
            assert client.get(page(next_year, each), follow=True).status_code == 403
        before = snapshot()
        send(client, page(next_year), workbook(next_year))
        assert snapshot() == before
        with pytest.raises(workflow.NotAllowed):
            workflow.copy_catalogue(next_year, 2030, "x", by=person(name))
        with pytest.raises(workflow.NotAllowed):
            workflow.revise_catalogue(next_year, workflow.Revision("x"), {}, by=person(name))

    def test_one_that_is_not_there(self, office, town):
        for name in ("workbook", "upload", "copy"):
            url = reverse(f"admin:assessment_catalogue_{name}", args=[10**9])
            assert office.get(url).status_code == 404
