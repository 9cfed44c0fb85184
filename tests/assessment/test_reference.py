"""The reference data: what the town's article counts, and which words in it are ours."""

import json
from collections import Counter

import pytest
from django.conf import settings
from django.urls import reverse

from assessment.management.installing import REFERENCE
from assessment.models import Assessment, Catalogue, Category, TaskItem
from branches.models import Branch
from tests.town import person

# What the article of 2023-01-06 does not say, in words that a reader of the page would look for.
OURS = ("每类六项的划分", "考核指标", "资料标准", "部门名单", "牵头", "配合", "各步期限", "目标")


def said_in(fixture):
    """The notes of a fixture: its own, and those of its rows."""
    rows = json.loads((settings.BASE_DIR / "fixtures" / f"{fixture}.json").read_text("utf-8"))
    notes = [rows[0].get("note", "")]
    notes += [rows[0]["fields"].get(name, "") for name in ("note", "targets_note")]
    return "".join(notes)


@pytest.mark.parametrize("fixture", REFERENCE)
def test_a_fixture_says_what_is_ours(fixture):
    assert "本项目" in said_in(fixture)
    assert "出自" in said_in(fixture) or "不是本镇文件" in said_in(fixture)


def test_the_due_dates_and_targets_are_said_to_be_ours():
    assert "各步期限也是拟的" in said_in("cycle_2022")
    assert "这里的分配是本项目拟的" in said_in("cycle_2022")


def test_the_catalogues_page_says_all_that_is_ours(client, town):
    client.force_login(person("clerk_weipo"))
    page = client.get(reverse("catalogue", args=[2022])).content.decode()
    note = Catalogue.objects.get(year=2022).note
    assert note in page
    assert [word for word in OURS if word not in note.split("原文")[1]] == []


def test_an_item_says_where_its_words_come_from(client, town):
    client.force_login(person("clerk_weipo"))
    page = client.get(reverse("catalogue", args=[2022])).content.decode()
    sources = Counter(item.get_source_display() for item in TaskItem.objects.all())
    assert set(sources) == {"本镇公开报道", "河南各地公开文本常见", "本项目拟写"}
    for source, count in sources.items():
        assert page.count(f'来源">{source}</td>') == count


def test_the_overview_says_that_the_targets_are_ours(client, town):
    client.force_login(person("clerk_weipo"))
    assert town.targets_note in client.get(reverse("cycle", args=[2022])).content.decode()


def test_the_articles_counts(town):
    assert Counter(Branch.objects.values_list("kind", flat=True)) == {"village": 24, "community": 3}
    assert [category.items.count() for category in Category.objects.all()] == [6] * 5
    levels = Counter(Assessment.objects.values_list("target_level", flat=True))
    assert levels == {4: 1, 3: 4, 2: 22}
    assert sum(level * count for level, count in levels.items()) == 60
