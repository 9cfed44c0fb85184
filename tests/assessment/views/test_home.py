"""Home: what waits for each person, and nothing for whoever has finished."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from assessment import workflow
from assessment.models import Assessment, Catalogue, ItemRating, TaskItem
from branches.enums import Role
from branches.models import Branch, Department, Membership, User

from ...town import at_step, fill, item_of, person, sheet_of

# 2022's due dates are 31 October, 30 November and 20 December.
IN_TIME, AFTER_ALL = "2022-10-15T09:00+08:00", "2023-01-09T09:00+08:00"


@pytest.fixture(autouse=True)
def clock(time_machine):
    time_machine.move_to(IN_TIME, tick=False)
    return time_machine


@pytest.fixture
def home(client, town):
    """The home page of somebody, as the response and as the lines of its main part."""

    def _home(username):
        client.force_login(person(username))
        response = client.get(reverse("home"))
        response.main = re.sub(r"\s+", " ", response.content.decode().split("<main")[1])
        return response

    return _home


def in_order(text, *parts):
    """Whether each part stands in the text after the one before."""
    at = 0
    for part in parts:
        at = text.find(part, at) + 1
        if not at:
            return False
    return True


def link(name, *args):
    return f'href="{reverse(name, args=args)}'


def returned(sheet, code="ST-3", reason="请补台账"):
    item = item_of(sheet, code)
    workflow.return_item(item, reason, item.version, by=person("reviewer_ny"))
    return item_of(sheet, code)


def test_a_clerks_shortfalls_come_nearest_star_first(home, sheet):
    fill(sheet, targets=("CY", "ST"))
    nearest = item_of(sheet, "ST-2")
    sheet.items.filter(pk=nearest.pk).update(self_rating="partly_met")
    farther = item_of(sheet, "CY-1")
    sheet.items.filter(pk=farther.pk).update(self_rating="unmet")
    # Not targeted: it stands in no star's way, but its date is near.
    due = item_of(sheet, "PA-1")
    sheet.items.filter(pk=due.pk).update(self_rating="unmet", due_date=date(2022, 10, 20))
    page = home("clerk_weipo")
    assert in_order(
        page.main,
        "今日短板",
        "生态宜居：还有 1 项没有评为达标",
        link("item-self-rating", nearest.pk),
        "产业兴旺：还有 1 项没有评为达标",
        link("item-self-rating", farther.pk),
        "快到期和已逾期的",
        link("item-self-rating", due.pk),
    )
    assert "平安法治：" not in page.main
    assert page.main.count("btn-primary") == 1


def test_a_returned_item_comes_before_everything(home, sheet):
    item = returned(at_step(sheet, "review"))
    page = home("clerk_weipo")
    address = link("item-self-rating", item.pk)
    assert in_order(page.main, "去补正", "今日短板", address, "请补台账", "生态宜居：还有 6 项")
    assert "1 项在支部" in page.main
    assert "5 项在牵头部门" in page.main
    # Elsewhere the branch owes nothing, so there is nothing to press.
    assert set(re.findall(r'href="/items/(\d+)/', page.main)) == {str(item.pk)}
    assert page.context["open_work"] == 1


@pytest.mark.parametrize("day", ["2022-10-24", "2022-11-05"])
def test_a_sheet_due_soon_or_late_is_a_line_of_its_own(home, sheet, clock, day):
    assert "快到期和已逾期的" not in home("clerk_weipo").main
    clock.move_to(f"{day}T09:00+08:00", tick=False)
    page = home("clerk_weipo")
    assert in_order(page.main, "快到期和已逾期的", link("assessment", sheet.pk), "提交台账")


def test_without_targets_the_first_thing_is_to_choose_them(home):
    assert "还没有选定拟创星" in home("clerk_weipo").main


def test_villages_with_work_come_first(home, town):
    at_step(sheet_of("石沟村"), "review")
    at_step(sheet_of("闫凹村"), "concluded")
    fill(sheet_of("游王村"))
    page = home("liaison")
    assert in_order(page.main, "游王村 · 2022", "石沟村 · 2022", "闫凹村 · 2022")
    assert page.main.count("btn-primary") == 1
    assert "任务项都填好了，去提交" in page.main
    assert page.context["open_work"] == 1


@pytest.mark.parametrize("step", ["review", "supervision", "concluded"])
def test_a_clerk_who_has_finished_is_not_reminded(home, sheet, clock, step):
    at_step(sheet, step)
    sheet.items.update(due_date=date(2022, 10, 1))
    clock.move_to(AFTER_ALL, tick=False)
    page = home("clerk_weipo")
    assert "现在没有等您办理的事" in page.main
    assert "快到期和已逾期的" not in page.main
    assert "/items/" not in page.main


def test_what_waits_for_a_reviewer_oldest_first(home, clock):
    later = at_step(sheet_of("南陈村"), "review")
    clock.move_to("2022-10-12T09:00+08:00", tick=False)
    sooner = at_step(sheet_of("卫坡村"), "review")
    workflow.extend(sooner, "review", date(2022, 12, 9), "现场核查", by=person("supervisor"))
    clock.move_to(IN_TIME, tick=False)
    page = home("reviewer_ny")
    own = page.context["own_departments"][0]
    items = sooner.items.filter(task_item__lead_department__code="NY").count()
    assert page.context["open_work"] == len(own.waiting) == 2 * items
    assert len(own.by_item) == items
    assert {group.first.assessment for group in own.by_item} == {sooner}
    assert [group.first.assessment for group in own.by_branch] == [sooner, later]
    # By branch the extension counts; by item the earliest of its dates.
    assert [group.due for group in own.by_branch] == [date(2022, 12, 9), date(2022, 11, 30)]
    assert {group.due for group in own.by_item} == {date(2022, 11, 30)}
    assert in_order(
        page.main,
        "按任务项",
        link("cycle-item-review", 2022, "CY", 1),
        "10月12日起等办理",
        "按支部",
        link("assessment-review", sooner.pk),
        "12月9日",
        link("assessment-review", later.pk),
        "10月15日起等办理",
    )


def test_an_answered_item_waits_from_its_answer_on(home, sheet, clock):
    at_step(sheet, "review")
    item = returned(sheet)
    own = home("reviewer_ny").context["own_departments"][0]
    assert (own.returned, item in own.waiting) == (1, False)
    clock.move_to("2022-10-18T09:00+08:00", tick=False)
    workflow.resubmit(item, item.version, by=person("clerk_weipo"))
    own = home("reviewer_ny").context["own_departments"][0]
    assert (own.returned, own.waiting[-1]) == (0, item)
    assert own.waiting[-1].waiting_since.day == 18


def test_a_reviewer_who_has_finished_is_not_reminded(home, sheet):
    at_step(sheet, "review")
    sheet.items.led_by(Department.objects.get(code="NY")).update(review="met")
    ready = home("reviewer_ny")
    assert ready.context["own_departments"][0].ready == [sheet]
    assert link("cycle-review", 2022) + "?department=NY" in ready.main
    workflow.sign_off(sheet, Department.objects.get(code="NY"), by=person("reviewer_ny"))
    done = home("reviewer_ny")
    assert done.context["open_work"] == 0
    assert "按任务项" not in done.main


def test_the_committees_work(home, clock):
    late, extended = sheet_of("南陈村"), sheet_of("石沟村")
    waiting = at_step(sheet_of("卫坡村"), "review")
    deciding = at_step(sheet_of("朝阳社区"), "supervision")
    item = returned(waiting)
    for each in Assessment.objects.filter(step="self_rating").exclude(pk=late.pk):
        workflow.extend(each, "self_rating", date(2023, 2, 1), "大雪", by=person("supervisor"))
    clock.move_to(AFTER_ALL, tick=False)
    page = home("supervisor")
    town = page.context["towns"][0]
    assert [sheet for sheet, _due in town.late] == [late]
    assert link("assessment-extension", late.pk) in page.main
    assert link("assessment", late.pk) + "#collect" in page.main
    assert link("assessment", extended.pk) not in page.main
    assert in_order(page.main, "等党委督星的支部", link("assessment", deciding.pk))
    assert in_order(page.main, "已退回、等支部补正", link("item", item.pk), "10月15日退回")
    assert page.context["open_work"] == 2 + len(town.departments)


def test_departments_are_late_by_each_sheets_own_date(home, clock):
    sheets = [at_step(sheet_of(name), "review") for name in ("卫坡村", "南陈村", "石沟村")]
    returned(sheets[0])
    for sheet in sheets[1:]:
        workflow.extend(sheet, "review", date(2023, 1, 8), "现场核查", by=person("supervisor"))
    party = Department.objects.get(code="DJ")
    sheets[0].items.led_by(party).update(review="met")
    workflow.sign_off(sheets[0], party, by=person("reviewer_dj"))
    clock.move_to("2023-01-08T09:00+08:00", tick=False)
    rows = {row["code"]: row for row in home("supervisor").context["towns"][0].departments}
    assert (rows["NY"]["sheets"], rows["NY"]["late"], rows["NY"]["answering"]) == (3, 1, 1)
    assert rows["NY"]["earliest"] == date(2022, 11, 30)
    assert (rows["DJ"]["sheets"], rows["DJ"]["late"], rows["DJ"]["answering"]) == (2, 0, 0)
    assert rows["DJ"]["earliest"] == date(2023, 1, 8)


def test_an_auditor_reads_the_progress_and_is_asked_for_nothing(home, clock):
    at_step(sheet_of("朝阳社区"), "supervision")
    clock.move_to(AFTER_ALL, tick=False)
    page = home("auditor")
    assert "26 个支部" in page.main
    assert "等党委督星的支部" not in page.main
    assert "现在没有等您办理的事" in page.main


def test_what_the_administrator_has_to_mend(home, sheet):
    catalogue = Catalogue.objects.create(year=2023, name="2023")
    category = catalogue.categories.create(code="ZB", name="支部过硬")
    task = category.items.create(number=1, name="新的任务项", standard="…")
    page = home("admin")
    mending = page.context["mending"][0]
    assert mending.items == [task]
    assert link("admin:assessment_category_change", category.pk) in page.main
    manned = {"卫坡村", "南陈村", "石沟村", "游王村", "闫凹村"}
    assert not manned & {branch.name for branch in mending.branches}
    assert len(mending.branches) == 27 - len(manned)
    assert not {"DJ", "NY"} & {department.code for department in mending.departments}
    never = User.objects.get(username="clerk_weipo")
    assert never in mending.people
    assert link("admin:branches_user_change", never.pk) in page.main
    assert page.context["open_work"] == 1 + len(mending.branches) + len(mending.departments)


def test_what_is_mended_is_gone(home):
    Branch.objects.exclude(name="卫坡村").update(is_active=False)
    clerk = person("clerk_weipo")
    clerk.is_active = False
    clerk.save()
    mending = home("admin").context["mending"][0]
    # Whoever cannot sign in fills in nothing.
    assert [branch.name for branch in mending.branches] == ["卫坡村"]
    assert clerk not in mending.people
    clerk.is_active, clerk.last_login = True, clerk.date_joined
    clerk.save()
    mending = home("admin").context["mending"][0]
    assert (mending.branches, clerk in mending.people) == ([], False)


@pytest.mark.parametrize(
    ("state", "counts"), [("preparing", True), ("open", True), ("closed", False)]
)
def test_an_item_without_a_lead_is_told_of_until_its_year_is_closed(town, state, counts):
    TaskItem.objects.filter(number=1, category__code="ZB").update(lead_department=None)
    type(town).objects.update(state=state)
    assert TaskItem.objects.without_lead().exists() is counts


def test_somebody_of_several_memberships_gets_all_of_theirs(home, sheet, clock):
    both = person("clerk_weipo")
    Membership.objects.create(
        user=both, role=Role.REVIEWER, department=Department.objects.get(code="NY")
    )
    Membership.objects.create(user=both, role=Role.SUPERVISOR)
    at_step(sheet_of("南陈村"), "review")
    clock.move_to(AFTER_ALL, tick=False)
    page = home("clerk_weipo")
    assert in_order(page.main, "今日短板", "按任务项", "全镇进度", "逾期未提交的支部")
    assert page.main.count("btn-primary") == 1
    parts = [*page.context["own_sheets"], *page.context["own_departments"], *page.context["towns"]]
    assert page.context["open_work"] == sum(part.open_work for part in parts)


def test_a_long_list_says_that_it_is_cut(home):
    for name in list(Branch.objects.values_list("name", flat=True))[:4]:
        at_step(sheet_of(name), "review")
    items = ItemRating.objects.filter(assessment__step="review")
    supervisor = person("supervisor")
    now = supervisor.date_joined - timedelta(days=1)
    items.update(returned_at=now, returned_by=supervisor, return_reason="缺材料")
    page = home("supervisor")
    assert "共 120 个，这里列出前 20 个" in page.main
    assert page.main.count('href="/items/') == 20
