"""Every number on the wall, counted again from the rows by plain loops and none of the rules."""

import re
from collections import Counter
from fractions import Fraction
from itertools import combinations
from random import Random

import pytest
from django.urls import reverse
from django.utils import timezone

from assessment.models import (
    Assessment,
    DepartmentSignOff,
    Finding,
    ItemRating,
    Star,
    TaskItem,
)
from branches.models import Branch, Department
from tests.town import finding_on, person

STEPS = ["self_rating", "review", "supervision", "concluded"]
MARKS = ["met"] * 8 + ["partly_met", "unmet", "not_applicable", ""]
LABELS = ["无星", "一星", "二星", "三星", "四星", "五星"]
STARS = {"targeted": "拟创星", "self_rated": "村组标星", "reviewed": "部门瞄星"}


@pytest.fixture
def mixed(town):
    """Sheets at every step with marks of every kind, straight into the rows."""
    chance, supervisor, now = Random(2022), person("supervisor"), timezone.now()
    type(town).objects.update(star_threshold=80)
    for task in TaskItem.objects.filter(number__in=(1, 4)):
        TaskItem.objects.filter(pk=task.pk).update(is_key=True)
    sheets = list(Assessment.objects.all())
    for place, sheet in enumerate(sheets):
        sheet.step = STEPS[place % 4]
        sheet.target_level = chance.randint(0, 5)
        if sheet.step != "self_rating":
            sheet.submitted_at, sheet.submitted_by = now, supervisor
    _stars(sheets, chance, supervisor, now)
    _items(sheets, chance, supervisor, now)
    fields = ["step", "target_level", "submitted_at", "submitted_by"]
    fields += ["concluded_at", "concluded_by", "level"]
    Assessment.objects.bulk_update(sheets, fields)
    for sheet in sheets[:9]:
        finding_on(sheet, "ST-4")
    finding_on(sheets[1], "ZB-2", department="DJ")
    states = (("answered", {}), ("closed", {"closed_at": now, "closed_by": supervisor}))
    for finding, (state, facts) in zip(Finding.objects.order_by("pk"), states, strict=False):
        Finding.objects.filter(pk=finding.pk).update(state=state, **facts)
    aside = {"set_aside_at": now, "set_aside_by": supervisor, "set_aside_reason": "不影响"}
    Finding.objects.filter(assessment=sheets[2]).update(**aside)
    return town


def _stars(sheets, chance, supervisor, now):
    """Some decided before the committee, all of them once it is done."""
    stars = []
    for sheet in sheets:
        own = list(Star.objects.filter(assessment=sheet))
        for star in own:
            star.targeted = chance.random() < 0.5
            is_decided = sheet.step == "concluded"
            is_decided |= sheet.step == "supervision" and chance.random() < 0.4
            if is_decided:
                star.awarded = chance.random() < 0.6
                star.decided_at, star.decided_by = now, supervisor
        if sheet.step == "concluded":
            sheet.concluded_at, sheet.concluded_by = now, supervisor
            sheet.level = sum(star.awarded for star in own)
        stars += own
    Star.objects.bulk_update(stars, ["targeted", "awarded", "decided_at", "decided_by"])


def _items(sheets, chance, supervisor, now):
    steps = {sheet.pk: STEPS.index(sheet.step) for sheet in sheets}
    items = list(ItemRating.objects.all())
    for item in items:
        begun = steps[item.assessment_id]
        item.self_rating = chance.choice(MARKS)
        item.review = chance.choice(MARKS) if begun >= 1 else ""
        if begun >= 2 and chance.random() < 0.2:
            item.supervision, item.supervision_note = chance.choice(MARKS[:-1]), "现场核实"
        if begun == 1 and chance.random() < 0.1:
            item.returned_at, item.returned_by, item.return_reason = now, supervisor, "补材料"
    names = ["self_rating", "review", "supervision", "supervision_note"]
    ItemRating.objects.bulk_update(
        items, [*names, "returned_at", "returned_by", "return_reason"], batch_size=200
    )
    signed = [sheet for sheet in sheets if sheet.step != "self_rating"]
    departments = list(Department.objects.filter(code__in=("DJ", "NY")))
    DepartmentSignOff.objects.bulk_create(
        DepartmentSignOff(assessment=sheet, department=department, signed_by=supervisor)
        for sheet in signed
        for department in (departments if sheet.step == "review" else Department.objects.all())
    )


def mark_at(item, step):
    """The mark that counts."""
    if step == "self_rating":
        return item.self_rating
    if step == "review":
        return item.review
    return item.supervision or item.review


def is_held_up(item):
    asked = Finding.objects.filter(item_rating=item, state__in=("open", "answered"))
    return item.task_item.is_key and asked.filter(set_aside_at=None).exists()


def earns(items, step, mended=()):
    """Whether these items of one category earn its star, were those in `mended` met."""
    marks = {item: "met" if item in mended else mark_at(item, step) for item in items}
    counted = [item for item in items if marks[item] != "not_applicable"]
    for item in counted:
        if item.task_item.is_key and marks[item] in ("", "unmet"):
            return False
        if step != "self_rating" and item not in mended and item.held_up:
            return False
    worth = {"met": Fraction(1), "partly_met": Fraction(1, 2)}
    total = sum(item.task_item.points for item in counted)
    got = sum(worth.get(marks[item], 0) * item.task_item.points for item in counted)
    return bool(total) and got / total >= Fraction(80, 100)


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
