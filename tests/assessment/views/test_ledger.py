"""The ledger as it is chosen and downloaded: named, kept as an event, holding what one may see."""

from io import BytesIO
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from assessment.models import Assessment, Cycle, Event, ItemRating

from ...town import CAST, at_step, close_year, person, sheet_of

STARS = ["支部过硬", "产业兴旺", "生态宜居", "平安法治", "文明幸福"]


def asked(client, username, name, args=(2022,), **choices):
    client.force_login(person(username))
    return client.get(reverse(name, args=args), choices)


def fetched(client, username, name, args=(2022,), **choices):
    """What the file is called, and its bytes."""
    response = asked(client, username, name, args, **choices)
    assert response.status_code == 200
    content = b"".join(response.streaming_content)
    return unquote(response["Content-Disposition"]), content


def book_of(content):
    return load_workbook(BytesIO(content))


def page(client, username, **choices):
    return asked(client, username, "cycle-ledger", **choices)


class TestTheFile:
    def test_a_year_is_named_and_kept(self, client, town):
        named, content = fetched(client, "auditor", "cycle-workbook")
        assert named.startswith("attachment;")
        assert named.endswith("2022年朝阳镇“五星”支部创建工作台账.xlsx")
        assert book_of(content).sheetnames == ["封面", "总览", *STARS, "工作台账"]
        event = Event.objects.first()
        assert (event.verb, event.actor, event.cycle) == ("download", person("auditor"), town)
        assert event.assessment is None

    def test_a_branch_is_named(self, client, sheet):
        named, content = fetched(client, "clerk_weipo", "assessment-workbook", [sheet.pk])
        assert "卫坡村" in named
        assert book_of(content).sheetnames == ["卫坡村"]
        assert Event.objects.first().assessment == sheet

    @pytest.mark.parametrize(
        ("choices", "named", "titles"),
        [
            ({"scope": "town"}, "工作台账", ["封面", "总览", *STARS, "工作台账"]),
            (
                {"scope": "star-ST", "use": "filter", "words": "no"},
                "（生态宜居）（供筛选、不含意见）",
                ["生态宜居", "工作台账", "说明"],
            ),
            (
                {"scope": "department-NY", "use": "print", "words": "yes"},
                "（农业服务中心）",
                ["封面", "产业兴旺", "生态宜居", "工作台账"],
            ),
            ({"scope": "branch-410308105222"}, "卫坡村“五星”", ["卫坡村"]),
        ],
    )
    def test_it_is_what_was_asked_for(self, client, town, choices, named, titles):
        name, content = fetched(client, "supervisor", "cycle-workbook", **choices)
        assert named in name
        assert book_of(content).sheetnames == titles
        kept = Event.objects.get(verb="download")
        assert kept.subject in name
        about = choices["scope"].startswith("branch") and sheet_of("卫坡村")
        assert kept.assessment == (about or None)

    def test_a_sheet_a_branch(self, client, town):
        _, content = fetched(client, "liaison", "cycle-workbook", branches="on")
        assert book_of(content).sheetnames[-3:] == ["石沟村", "游王村", "闫凹村"]

    def test_a_branch_s_own_address_takes_choices_too(self, client, sheet):
        at = {"args": [sheet.pk], "use": "filter", "words": "no", "scope": "town"}
        named, content = fetched(client, "clerk_weipo", "assessment-workbook", **at)
        assert "（供筛选、不含意见）" in named
        assert book_of(content).sheetnames == ["卫坡村", "说明"]

    @pytest.mark.parametrize("username", [name for name in CAST if name != "nobody"])
    @pytest.mark.parametrize("scope", ["town", "department-NY", "star-ST"])
    def test_it_holds_what_one_may_see(self, client, town, username, scope):
        at_step(sheet_of("南陈村"), "review")
        visible = ItemRating.objects.visible_to(person(username)).with_places()
        fits = {
            "town": lambda item: True,
            "department-NY": lambda item: item.task_item.lead_department.code == "NY",
            "star-ST": lambda item: item.task_item.category.code == "ST",
        }[scope]
        expected = sum(map(fits, visible))
        if not expected:
            assert asked(client, username, "cycle-workbook", scope=scope).status_code == 404
            return
        _, content = fetched(client, username, "cycle-workbook", scope=scope)
        rows = [row for row in book_of(content)["工作台账"].values if isinstance(row[1], int)]
        assert len(rows) == expected

    def test_who_has_no_branch_has_nothing_to_download(self, client, town):
        for name in ("cycle-workbook", "cycle-workbooks"):
            assert asked(client, "nobody", name).status_code == 404

    @pytest.mark.parametrize("name", ["cycle-workbook", "cycle-workbooks"])
    @pytest.mark.parametrize(
        "scope",
        ["branch-410308105201", "branch-000000000000", "department-XX", "star-XX", "moon", "town-"],
    )
    def test_a_scope_that_one_may_not_see_is_not_there(self, client, town, name, scope):
        """南陈村 is there, but not for a clerk of 卫坡村."""
        assert asked(client, "clerk_weipo", name, scope=scope).status_code == 404
        assert not Event.objects.filter(verb="download").exists()

    @pytest.mark.parametrize("choices", [{"use": "fax"}, {"words": "perhaps"}])
    def test_a_choice_that_makes_no_sense_is_said_on_the_page(self, client, town, choices):
        response = asked(client, "auditor", "cycle-workbook", **choices)
        assert response.status_code == 422
        assert "有效的选项" in response.content.decode()
        assert not Event.objects.filter(verb="download").exists()

    def test_a_text_that_no_cell_holds_is_said_and_not_cut(self, client, sheet):
        sheet.items.filter(task_item__number=1).update(measures="长" * 32_768)
        client.force_login(person("clerk_weipo"))
        address = reverse("assessment-workbook", args=[sheet.pk])
        response = client.get(address, follow=True)
        assert response.redirect_chain == [(reverse("cycle-ledger", args=[2022]), 302)]
        assert "卫坡村" in response.content.decode()
        assert not Event.objects.filter(verb="download").exists()

    def test_a_closed_year_is_the_same_on_any_day(self, client, town):
        with time_machine.travel("2023-01-05 01:30Z"):
            close_year()
            first = fetched(client, "auditor", "cycle-workbook")
        with time_machine.travel("2024-01-05 01:30Z"):
            assert fetched(client, "auditor", "cycle-workbook") == first


class TestTheZip:
    def test_it_is_sent_while_it_is_written(self, client, town, django_assert_num_queries):
        response = asked(client, "auditor", "cycle-workbooks")
        assert response.streaming
        assert response["Content-Type"] == "application/zip"
        named = unquote(response["Content-Disposition"])
        assert named.endswith("2022年朝阳镇“五星”支部创建工作台账（各支部）.zip")
        event = Event.objects.get(verb="download")
        assert (event.actor, event.cycle) == (person("auditor"), town)
        assert event.subject in named
        with django_assert_num_queries(0):
            pieces = list(response.streaming_content)
        assert len(pieces) == 28
        assert len(ZipFile(BytesIO(b"".join(pieces))).namelist()) == 27

    def test_it_takes_the_same_choices(self, client, town):
        choices = {"scope": "star-ST", "use": "filter"}
        named, content = fetched(client, "liaison", "cycle-workbooks", **choices)
        assert "（生态宜居）（各支部、供筛选）.zip" in named
        archive = ZipFile(BytesIO(content))
        assert len(archive.namelist()) == 3
        assert book_of(archive.read(archive.namelist()[0])).sheetnames == ["石沟村", "说明"]

    def test_it_holds_what_one_may_see(self, client, town):
        at_step(sheet_of("南陈村"), "review")
        _, content = fetched(client, "reviewer_ny", "cycle-workbooks")
        [name] = ZipFile(BytesIO(content)).namelist()
        sheet = book_of(ZipFile(BytesIO(content)).read(name)).active
        seen = ItemRating.objects.visible_to(person("reviewer_ny")).count()
        assert sum(isinstance(row[0], int) for row in sheet.values) == seen == 6

    def test_a_branch_whose_words_no_cell_holds_does_not_stop_the_others(self, client, sheet):
        sheet.items.filter(task_item__number=1).update(measures="长" * 32_768)
        _, content = fetched(client, "auditor", "cycle-workbooks")
        names = ZipFile(BytesIO(content)).namelist()
        assert [name for name in names if "卫坡村" in name][0].endswith("（没有写出）.txt")
        assert len(names) == 27


class TestThePage:
    def test_it_offers_what_one_may_see(self, client, town):
        at_step(sheet_of("南陈村"), "review")
        scopes = dict(page(client, "reviewer_ny").context["form"].fields["scope"].choices)
        assert scopes["town"] == "全部（1 个支部）"
        assert [name for _, name in scopes["支部"]] == ["南陈村"]
        # It leads some of what it sees and supports the rest.
        assert ("department-NY", "农业服务中心") in scopes["牵头部门"]
        assert [value for value, _ in scopes["类别"]] == ["star-CY", "star-ST"]

    def test_it_sends_by_get_to_both_addresses(self, client, town):
        text = page(client, "supervisor").content.decode()
        assert f'method="get" action="{reverse("cycle-workbook", args=[2022])}"' in text
        assert f'formaction="{reverse("cycle-workbooks", args=[2022])}"' in text
        assert "正在生成…" in text

    def test_an_address_may_choose_beforehand(self, client, town):
        response = page(client, "supervisor", scope="star-ST", use="filter", branches="on")
        text = response.content.decode()
        assert '<option value="star-ST" selected>' in text
        form = response.context["form"]
        assert (form["use"].value(), form["words"].value()) == ("filter", "yes")

    def test_it_leads_to_the_other_years_with_the_same_choice(self, client, town):
        assert 'class="years"' not in page(client, "supervisor").content.decode()
        Cycle.objects.create(year=2023, catalogue=town.catalogue, state="open")
        text = page(client, "supervisor", scope="star-ST").content.decode()
        assert f'href="{reverse("cycle-ledger", args=[2023])}?scope=star-ST"' in text
        assert 'aria-current="page">2022<' in text

    def test_a_closed_year_says_that_its_papers_stay(self, client, town):
        assert "什么时候下载都一样" not in page(client, "supervisor").content.decode()
        with time_machine.travel("2023-01-05 01:30Z"):
            close_year()
        text = page(client, "supervisor").content.decode()
        assert "这一年已于 2023年1月5日 关闭" in text

    def test_it_says_so_where_there_is_nothing(self, client, town):
        text = page(client, "nobody").content.decode()
        assert "所以没有可下载的内容" in text
        assert "<select" not in text

    def test_every_branch_has_its_own_line(self, client, town):
        text = page(client, "liaison").content.decode()
        for sheet in Assessment.objects.filter(branch__name__in=("石沟村", "游王村", "闫凹村")):
            assert reverse("assessment-workbook", args=[sheet.pk]) in text
