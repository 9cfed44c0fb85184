"""One branch through all three steps, in a real browser, to the ledger that is downloaded."""

import pytest
from openpyxl import load_workbook

from assessment.models import Event, ItemRating
from branches.enums import Role
from branches.models import Department, Membership

from ..town import PASSWORD, item_of, person, reviewer_of, sheet_of

pytestmark = pytest.mark.django_db(transaction=True)
TARGETS = ("支部过硬", "产业兴旺", "生态宜居", "平安法治")


def test_a_branch_walks_to_its_stars(people, tmp_path):
    _staff_every_department()
    sheet = sheet_of("卫坡村")
    clerk = people("clerk_weipo")
    _fill_every_item(clerk, sheet)
    _save_twice_at_once(people, clerk, item_of(sheet, "CY-2"))
    _submit(clerk, sheet)
    _return_and_answer(people, clerk, item_of(sheet, "ST-3"))
    for department in Department.objects.filter(led_items__isnull=False).distinct():
        _review_and_sign_off(people, sheet, department)
    supervisor = people("supervisor")
    _decide(supervisor, sheet)
    _read_back(_download(supervisor, tmp_path), sheet)


def _staff_every_department():
    for department in Department.objects.all():
        reviewer = reviewer_of(department)
        reviewer.set_password(PASSWORD)
        reviewer.save()


def _fill_every_item(clerk, sheet):
    page = clerk.page
    page.get_by_role("link", name="接着填").click()
    total = sheet.items.count()
    for number in range(1, total + 1):
        page.wait_for_selector(f"text=第 {number} 项，共 {total} 项")
        page.get_by_label("达标", exact=True).check()
        page.fill("[name=measures]", f"演示举措 {number}：成立专班，逐户排查")
        page.fill("[name=progress]", f"演示进展 {number}：已完成")
        page.fill("[name=responsible_leader]", "书记（演示）")
        page.fill("[name=responsible_person]", f"责任人{number}")
        page.fill("[name=due_date]", "2022-11-30")
        clerk.press("保存，看下一项" if number < total else "保存")
    # The item before has said 已保存 on this page too.
    page.wait_for_selector(f"text=已保存：{sheet.items.with_places().last().task_item}")
    assert sheet.items.filter(self_rating="met").count() == total


def _save_twice_at_once(people, clerk, item):
    """Two clerks of one branch: the second save changes nothing and shows both words."""
    second = person("liaison")
    Membership.objects.create(user=second, role=Role.CLERK, branch=item.assessment.branch)
    other = people("liaison")
    address = f"/items/{item.pk}/self-rating/"
    clerk.go(address)
    other.go(address)
    other.page.fill("[name=measures]", "包村干部写的：成立旅游专业团队")
    other.press("保存")
    other.page.wait_for_selector("text=已保存")
    clerk.page.fill("[name=measures]", "填报人写的：建设大棚")
    clerk.press("保存")
    clerk.page.wait_for_selector("text=已被别人改过")
    assert clerk.reads("包村干部写的：成立旅游专业团队")
    assert clerk.page.input_value("[name=measures]") == "填报人写的：建设大棚"
    item.refresh_from_db()
    assert item.measures == "包村干部写的：成立旅游专业团队"
    clerk.page.fill("[name=measures]", "成立旅游专业团队，建设大棚")
    clerk.press("保存")
    clerk.page.wait_for_selector("text=已保存")
    item.refresh_from_db()
    assert item.measures == "成立旅游专业团队，建设大棚"


def _submit(clerk, sheet):
    clerk.go(f"/assessments/{sheet.pk}/")
    assert clerk.reads("拟创星还没选够")
    assert clerk.page.get_by_role("button", name="提交台账").is_disabled()
    for name in TARGETS:
        clerk.page.get_by_role("checkbox", name=name, exact=True).check()
    clerk.press("保存拟创星")
    clerk.page.get_by_text("提交台账…").click()
    clerk.press("确认提交")
    clerk.page.wait_for_selector("text=台账已提交")


def _return_and_answer(people, clerk, item):
    reviewer = people("reviewer_ny")
    reviewer.go(f"/items/{item.pk}/")
    reviewer.page.get_by_text("退回支部…").click()
    reviewer.press("确认退回")
    assert reviewer.reads("这个字段是必填项")
    reviewer.page.fill("[name=return-reason]", "缺秸秆还田的台账")
    reviewer.press("确认退回")
    reviewer.page.wait_for_selector("text=已退回支部")
    clerk.go("/")
    assert clerk.reads("缺秸秆还田的台账")
    clerk.page.get_by_role("link", name="去补正").click()
    clerk.page.fill("[name=progress]", "已补台账")
    clerk.press("保存并重新提交")
    clerk.page.wait_for_selector("text=已重新提交")
    reviewer.go(f"/items/{item.pk}/")
    assert reviewer.reads("退回后支部已修改")
    assert reviewer.reads("已补台账")
    item.refresh_from_db()
    assert item.is_changed_since_review


def _review_and_sign_off(people, sheet, department):
    reviewer = people(reviewer_of(department).username)
    for item in sheet.items.led_by(department):
        reviewer.go(f"/items/{item.pk}/")
        is_short = item.task_item.category.code == "PA" and item.task_item.number == 1
        reviewer.page.get_by_label("基本达标" if is_short else "达标", exact=True).check()
        reviewer.page.fill("[name=review_note]", "材料属实")
        reviewer.press("保存")
        reviewer.page.wait_for_selector("text=已保存")
    reviewer.go(f"/cycles/2022/review/?department={department.code}")
    reviewer.page.get_by_text("办结…").click()
    reviewer.press("确认办结")
    reviewer.page.wait_for_selector("text=瞄星已办结")


def _decide(supervisor, sheet):
    supervisor.open("卫坡村")
    supervisor.open("去定星")
    page = supervisor.page
    for code in ("ZB", "CY", "ST", "WM"):
        page.check(f"[name={code}-awarded][value=yes]")
    page.check("[name=PA-awarded][value=yes]")
    supervisor.press("保存定星")
    page.wait_for_selector("text=决定与提议不一致")
    assert page.is_checked("[name=PA-awarded][value=yes]")
    assert not sheet.stars.filter(awarded__isnull=False).exists()
    page.fill("[name=PA-reason]", "三零创建年底前已补齐")
    supervisor.press("保存定星")
    page.get_by_text("办结定星…").click()
    supervisor.press("确认办结")
    page.wait_for_selector("text=已办结定星")
    sheet.refresh_from_db()
    assert (sheet.step, sheet.level) == ("concluded", 5)


def _download(supervisor, folder):
    supervisor.go("/cycles/2022/ledger/")
    with supervisor.page.expect_download() as caught:
        supervisor.page.get_by_role("link", name="卫坡村").click()
    download = caught.value
    assert "卫坡村" in download.suggested_filename
    path = folder / "ledger.xlsx"
    download.save_as(path)
    assert Event.objects.filter(verb="download").exists()
    return path


def _read_back(path, sheet):
    """Each of the thirty rows against the database, cell by cell."""
    cells = list(load_workbook(path).active.values)
    head = next(row for row in cells if row[0] == "序号")
    column = {name: head.index(name) for name in head}
    rows = [row for row in cells if isinstance(row[0], int)]
    items = list(ItemRating.objects.filter(assessment=sheet).with_places())
    assert len(rows) == len(items) == 30
    for number, (row, item) in enumerate(zip(rows, items, strict=True), start=1):
        said = {name: row[at] for name, at in column.items()}
        assert said["序号"] == number
        assert said["任务内容"] == item.task_item.name
        assert said["考核指标"] == item.task_item.standard
        assert said["具体举措"] == item.measures
        assert said["进展情况"] == item.progress
        assert said["责任领导"] == item.responsible_leader
        assert said["责任人"] == item.responsible_person
        assert said["牵头部门"] == item.task_item.lead_department.name
        assert said["完成时限"].date() == item.due_date
        assert said["村组标星"] == item.get_self_rating_display()
        assert said["部门瞄星"] == item.get_review_display()
        assert item.review_note in said["备注"]
