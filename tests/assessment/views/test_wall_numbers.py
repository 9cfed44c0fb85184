"""Every number on the wall, counted again from the rows by plain loops and none of the rules."""

import re
from collections import Counter
from itertools import combinations

import pytest
from django.urls import reverse

from assessment.models import (
    Assessment,
    DepartmentSignOff,
    Finding,
    ItemRating,
    Star,
)
from branches.models import Branch
from tests.assessment.mixed import earns, is_held_up, mark_at, mix
from tests.town import finding_on, person

LABELS = ["无星", "一星", "二星", "三星", "四星", "五星"]
STARS = {"targeted": "拟创星", "self_rated": "村组标星", "reviewed": "部门瞄星"}


@pytest.fixture
def mixed(town):
    return mix(town)


def dearness(items, step):
    """The fewest items whose being met earns the star; None where nothing does."""
    open_ = [item for item in items if mark_at(item, step) != "not_applicable"]
    for size in range(len(open_) + 1):
        if any(earns(items, step, mended) for mended in combinations(open_, size)):
            return size
    return None


def fewest(costs, held, needed, asked):
    """The smallest sum of costs that makes `needed` stars, those in `asked` among them."""
    ways = [
        sum(costs[code] for code in chosen)
        for size in range(len(costs) + 1)
        for chosen in combinations(costs, size)
        if len(held) + size >= needed and asked <= held | set(chosen)
    ]
    return min(ways, default=None)


def counted(sheet, prerequisites=frozenset()):
    """What the wall must say of one sheet."""
    items = list(ItemRating.objects.filter(assessment=sheet).select_related("task_item__category"))
    for item in items:
        item.held_up = is_held_up(item)
    groups = {}
    for item in items:
        groups.setdefault(item.task_item.category.code, []).append(item)
    held, costs, told = set(), {}, []
    for star in Star.objects.filter(assessment=sheet).order_by("category__order"):
        code, own = star.category.code, groups[star.category.code]
        won = star.awarded if star.awarded is not None else earns(own, sheet.step)
        if won:
            held.add(code)
        elif star.awarded is None and (cost := dearness(own, sheet.step)) is not None:
            costs[code] = cost
        told.append(story(star, own, sheet.step))
    level = len(held) if prerequisites <= held else 0
    level = level if sheet.level is None else sheet.level
    return {
        "target": LABELS[sheet.target_level],
        "stars": told,
        "level": f"{LABELS[level]} {'已定' if sheet.step == 'concluded' else '未定'}",
        "lift": distance(
            level, sheet.target_level, fewest(costs, held, sheet.target_level, prerequisites)
        ),
        "met": f"{sum(mark_at(item, sheet.step) == 'met' for item in items)} / {len(items)}",
        "findings": str(
            Finding.objects.filter(assessment=sheet, state__in=("open", "answered")).count()
        ),
    }


def story(star, items, step):
    words = ["拟创星"] if star.targeted else []
    words += ["村组标星"] if earns(items, "self_rating") else []
    words += ["部门瞄星"] if earns(items, "review") else []
    if star.awarded is not None:
        words.append("得星" if star.awarded else "未得星")
    elif step == "supervision" and earns(items, "supervision"):
        words.append("提议得星")
    return f"{star.category.name}: {'、'.join(words) or '无'}"


def distance(level, target, items):
    if level >= target:
        return "已达到"
    return "达不到" if items is None else f"还差 {items} 项"


def cells(text, name):
    """The words of the cells of one branch's row."""
    rows = re.findall(r"<tr>.*?</tr>", text, re.DOTALL)
    row = next(row for row in rows if f">{name}</a></th>" in row)
    found = re.findall(r"<td.*?</td>", row, re.DOTALL)
    return [" ".join(re.sub(r"<[^>]+>", "", cell).split()) for cell in found]


def shown(text, name):
    words = cells(text, name)
    return {
        "target": words[0],
        "stars": words[1:6],
        **dict(zip(("level", "lift", "met", "findings"), words[6:10], strict=True)),
    }


def page(client, **asked):
    client.force_login(person("supervisor"))
    return client.get(reverse("cycle", args=[2022]), asked).content.decode()


@pytest.mark.parametrize("prerequisite", ["", "ZB"])
def test_every_number_of_every_row(client, mixed, prerequisite):
    mixed.catalogue.categories.filter(code=prerequisite).update(is_prerequisite=True)
    texts = page(client), page(client, view="screen")
    seen = set()
    for sheet in Assessment.objects.filter(cycle=mixed).select_related("branch"):
        expected = counted(sheet, {prerequisite} - {""})
        for text in texts:
            assert shown(text, sheet.branch.name) == expected
        seen |= {re.sub(r"\d+", "n", expected["lift"]), expected["level"]}
    # The marks are of a kind that tells the cases apart.
    assert {"已达到", "达不到", "还差 n 项"} <= seen
    assert len(seen) > 7


def test_every_number_of_the_distribution(client, mixed):
    text = page(client)
    table = re.search(r'<div class="table-box distribution".*?</table>', text, re.DOTALL).group()
    found = [
        [int(each) for each in re.findall(r"<td>(?:<span[^>]*>)*(\d+)", line)]
        for line in re.findall(r"<tr>.*?</tr>", table, re.DOTALL)[1:]
    ]
    sheets = list(Assessment.objects.filter(cycle=mixed))
    levels = [LABELS.index(counted(sheet)["level"][:2]) for sheet in sheets]
    columns = (
        [sheet.target_level for sheet in sheets],
        levels,
        [sheet.level for sheet in sheets if sheet.step == "concluded"],
    )
    assert found == [
        [*(Counter(column)[level] for level in (5, 4, 3, 2, 1, 0)), len(column), sum(column)]
        for column in columns
    ]
    # Each bar is as long as its figure says, of all the branches.
    bars = [int(each) for each in re.findall(r'<rect width="(\d+)%"', table)]
    assert bars == [round(100 * count / 27) for line in found for count in line[:6]]


def test_whose_turn_it_is_from_the_rows(client, mixed):
    client.force_login(person("supervisor"))
    rows = client.get(reverse("cycle", args=[2022])).context["rows"]
    for row in rows:
        owing, back = set(), False
        for item in ItemRating.objects.filter(assessment=row.sheet).select_related("task_item"):
            lead = item.task_item.lead_department_id
            signed = DepartmentSignOff.objects.filter(assessment=row.sheet, department=lead)
            if item.returned_at and not item.resubmitted_at:
                back = True
            elif not signed.exists():
                owing.add(lead)
        expected = {
            "self_rating": {"branch"},
            "review": {"department"} if not back else {"branch", "department"},
            "supervision": {"committee"},
            "concluded": {"nobody"},
        }[row.sheet.step]
        assert set(row.turn.owners) == expected
        departments = {each.pk for each in row.departments}
        assert departments == (owing if row.sheet.step == "review" else set())


def multiply(town, times):
    """As many branches again, `times` times over, with rows of every kind."""
    sheets = list(Assessment.objects.filter(cycle=town).select_related("branch"))
    for sheet in sheets:
        finding_on(sheet, "ST-3")
    stars, items = list(Star.objects.all()), list(ItemRating.objects.all())
    inspection = Finding.objects.first().inspection
    for turn in range(1, times):
        made = _copies(sheets, turn)
        Star.objects.bulk_create(_moved(stars, made))
        ItemRating.objects.bulk_create(_moved(items, made))
        Finding.objects.bulk_create(
            Finding(
                inspection=inspection,
                assessment=sheet,
                problem="秸秆",
                requirement="清理",
                department_id=items[0].task_item.lead_department_id,
                due_date="2022-11-20",
                recorded_by=inspection.recorded_by,
            )
            for sheet in made.values()
        )


def _copies(sheets, turn):
    """Sheet id → the sheet of a new branch, at the same step."""
    branches = Branch.objects.bulk_create(
        Branch(
            code=f"{turn:02}{sheet.branch.code[2:]}",
            name=f"{sheet.branch.name}{turn}",
            kind=sheet.branch.kind,
            order=sheet.branch.order + 100 * turn,
        )
        for sheet in sheets
    )
    made = [
        Assessment(**_facts(sheet, "branch"), branch=branch)
        for sheet, branch in zip(sheets, branches, strict=True)
    ]
    made = Assessment.objects.bulk_create(made)
    return {sheet.pk: copy for sheet, copy in zip(sheets, made, strict=True)}


def _moved(rows, made):
    return [
        type(row)(**_facts(row, "assessment"), assessment=made[row.assessment_id]) for row in rows
    ]


def _facts(row, *but):
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.name not in ("id", *but)
    }


@pytest.mark.parametrize("times", [1, 10])
def test_a_fixed_number_of_queries(client, mixed, django_assert_num_queries, times):
    """For 27 branches and for 270, whoever looks, however it is filtered and sorted."""
    multiply(mixed, times)
    variants = (
        {},
        {"view": "screen"},
        {"sort": "-findings", "target": "below"},
        {"step": "review", "department": "PA", "kind": "village", "sort": "met"},
    )
    for username, sees, queries in (
        ("supervisor", 27 * times, 11),
        ("auditor", 27 * times, 11),
        ("admin", 27 * times, 11),
        ("reviewer_ny", 20 * times, 11),
        ("clerk_weipo", 1, 11),
        ("nobody", 0, 7),
    ):
        client.force_login(person(username))
        for asked in variants:
            with django_assert_num_queries(queries):
                response = client.get(reverse("cycle", args=[2022]), asked)
            assert response.context["seen"] == sees
