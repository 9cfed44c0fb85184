"""Two problems from the visit on a phone to 销号, and the star that waited for them.

The wall, the public list and the report are read as a reader would, and told against each other
and against what happened.
"""

from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image

from assessment.models import Finding, FindingFile, NoticeReading, Rectification, TaskItem

from ..town import at_step, item_of, sheet_of
from .conftest import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)

BRANCH = "卫坡村"
LEVELS = ("无星", "一星", "二星", "三星", "四星", "五星")
STARS = ("支部过硬", "产业兴旺", "生态宜居", "平安法治", "文明幸福")
ON_KEY_ITEM, ON_NO_ITEM = "沟边有秸秆堆放", "村口路面有积水"
REFUSED = "照片上仍有积水，再疏通一次"
WITHHELD = {"PA": "年内发生一起刑事案件", "WM": "移风易俗未见成效"}
READ = """table => [...table.querySelectorAll('tr')].map(
  row => [...row.cells].map(cell => cell.textContent.replace(/\\s+/g, ' ').trim()))"""


@pytest.fixture
def sheet(committed_town):
    """Signed off by all departments, every item met; 资源化利用 is a key item this year."""
    TaskItem.objects.filter(category__code="ST", number=3).update(is_key=True)
    return at_step(sheet_of(BRANCH), "supervision")


@pytest.fixture
def photo(tmp_path):
    path = tmp_path / "沟边.jpg"
    Image.effect_noise((640, 480), 60).convert("RGB").save(path)
    return path


def test_from_the_visit_to_the_star(people, sheet, photo):
    visitor = people("supervisor", viewport=PHONE)
    _inspect(visitor, sheet, photo)
    office, clerk = people("supervisor", viewport=DESK), people("clerk_weipo", viewport=PHONE)
    _issue_a_notice(office)
    _read_it(clerk)
    _the_star_waits(office, sheet)
    # Two opened, none closed; nothing is awarded, and the key item's star not even proposed.
    pages = three_pages(office)
    assert pages["report"]["traffic"] == {"新增问题": 2, "销号": 0, "没有销号": 2}
    assert pages["wall"]["open"] == 2
    assert pages["wall"]["stars"] == pages["list"]["stars"] == pages["report"]["stars"] == set()
    assert pages["wall"]["levels"] == pages["list"]["levels"] == pages["report"]["levels"] == {}
    assert (pages["wall"]["level"], pages["wall"]["is_fixed"]) == (4, False)
    assert (pages["report"]["level"], pages["list"]["level"]) == (4, None)

    for problem in (ON_KEY_ITEM, ON_NO_ITEM):
        _report_rectified(clerk, problem, "已清理，每周巡查")
    reviewer = people("reviewer_ny", viewport=DESK)
    _recheck(reviewer, ON_KEY_ITEM, "现场看过，已清理", "复核通过，销号", "已销号。")
    _recheck(office, ON_NO_ITEM, REFUSED, "不通过，继续整改", "已退回支部继续整改。")
    _answer_again(clerk)
    _recheck(office, ON_NO_ITEM, "路面已干", "复核通过，销号", "已销号。")
    _rounds_are_kept()

    _decide(office, sheet)
    _all_agree(three_pages(office), sheet)


def _inspect(visitor, sheet, photo):
    """On the spot: the visit, a problem on the key item with a photo, one on no item."""
    visitor.go("/cycles/2022/")
    visitor.open("部门联查")
    visitor.open("登记一次联查")
    page = visitor.page
    page.get_by_label("联查缘由").fill("查秋季秸秆禁烧")
    for name in ("看实地", "农业服务中心", BRANCH):
        page.get_by_label(name, exact=True).check()
    page.get_by_label(f"好的做法 · {BRANCH}").fill("巡查有记录")
    visitor.press("保存联查")
    page.wait_for_selector("text=联查已保存")
    key_item = str(item_of(sheet, "ST-3").task_item_id)
    _write_down(visitor, ON_KEY_ITEM, item=key_item)
    assert visitor.reads("这是关键项上的问题：销号以前，这一类不能评定得星。")
    page.set_input_files("#files-found", photo)
    visitor.press("上传")
    page.wait_for_selector("#files .evidence >> text=沟边.jpg")
    page.locator(".facts a").last.click()  # where it was found
    _write_down(visitor, ON_NO_ITEM, department="农业服务中心")
    assert Finding.objects.filter(assessment=sheet, state="open").count() == 2
    filed = FindingFile.objects.get()
    assert (filed.finding.problem, filed.moment) == (ON_KEY_ITEM, "found")


def _write_down(visitor, problem, item="", department=None):
    visitor.open(f"登记{BRANCH}的问题")
    form = visitor.page.locator("main form")
    form.get_by_label("任务项").select_option(item)
    form.get_by_label("存在问题").fill(problem)
    form.get_by_label("整改要求").fill("清理疏通，留存台账")
    if department:
        form.get_by_label("责任部门").select_option(label=department)
    due = timezone.localdate() + timedelta(days=20)
    form.get_by_label("整改期限").fill(due.isoformat())
    visitor.press("保存问题")
    visitor.page.wait_for_selector("text=问题已登记")


def _issue_a_notice(office):
    office.go("/cycles/2022/notices/")
    office.open("起草通报")
    for problem in (ON_KEY_ITEM, ON_NO_ITEM):
        office.page.get_by_role("checkbox", name=problem).check()
    office.press("起草")
    office.page.wait_for_url("**/edit/")
    office.page.get_by_label("标题").fill("关于秸秆禁烧督查情况的通报")
    office.press("保存草稿")
    office.page.get_by_text("印发…").click()
    office.press("确认印发")
    office.page.wait_for_selector("text=已印发，各支部马上就能看到")
    assert office.reads("朝督〔2022〕1号")


def _read_it(clerk):
    clerk.go("/")
    clerk.open("朝督〔2022〕1号")
    for problem in (ON_KEY_ITEM, ON_NO_ITEM):
        assert clerk.reads(problem)
    clerk.press(f"{BRANCH}已阅知")
    clerk.page.wait_for_selector(f"text=已记下：{BRANCH}已阅知")
    assert NoticeReading.objects.get().read_by.username == "clerk_weipo"


def _the_star_waits(office, sheet):
    office.go(f"/assessments/{sheet.pk}/supervision/")
    assert office.page.locator("#star-ST").get_by_text("提议不得星").is_visible()
    office.go(f"/assessments/{sheet.pk}/stars/ST/")
    assert ON_KEY_ITEM in office.page.locator("main").inner_text()


def _report_rectified(clerk, problem, measure):
    clerk.go("/")
    clerk.open(problem)
    clerk.page.get_by_label("整改措施").fill(measure)
    clerk.page.locator("[name=responsible_person]").fill("李某")
    clerk.press("上报整改")
    clerk.page.wait_for_selector("text=整改已上报，等复核")


def _recheck(someone, problem, note, button, said):
    someone.go("/")
    someone.open(problem)
    someone.page.get_by_label("复核意见").fill(note)
    someone.press(button)
    someone.page.wait_for_selector(f"text={said}")


def _answer_again(clerk):
    clerk.go("/")
    clerk.open(ON_NO_ITEM)
    assert clerk.reads("复核不通过")
    assert clerk.reads(REFUSED)
    _report_rectified(clerk, ON_NO_ITEM, "排水口已疏通")


def _rounds_are_kept():
    kept = Rectification.objects.order_by("answered_at").values_list(
        "finding__problem", "number", "is_closed", "rechecked_by__username"
    )
    assert list(kept) == [
        (ON_KEY_ITEM, 1, True, "reviewer_ny"),
        (ON_NO_ITEM, 1, False, "supervisor"),
        (ON_NO_ITEM, 2, True, "supervisor"),
    ]
    assert set(Finding.objects.values_list("state", flat=True)) == {"closed"}


def _decide(office, sheet):
    """Three as proposed; two are not awarded, with the reason."""
    office.go(f"/assessments/{sheet.pk}/supervision/")
    page = office.page
    assert not page.locator("#star-ST").get_by_text("提议不得星").is_visible()
    for code in ("ZB", "CY", "ST", "PA", "WM"):
        page.check(f"[name={code}-awarded][value={'no' if code in WITHHELD else 'yes'}]")
    for code, reason in WITHHELD.items():
        page.fill(f"[name={code}-reason]", reason)
    office.press("保存定星")
    page.wait_for_selector("text=定星已保存")
    page.get_by_text("办结定星…").click()
    office.press("确认办结")
    page.wait_for_selector("text=已办结定星")


def _all_agree(pages, sheet):
    """With each other, with what happened, and with the rows."""
    wall, listed, report = pages["wall"], pages["list"], pages["report"]
    assert (
        wall["stars"] == listed["stars"] == report["stars"] == {"支部过硬", "产业兴旺", "生态宜居"}
    )
    assert wall["level"] == listed["level"] == report["level"] == len(wall["stars"])
    assert wall["is_fixed"]
    assert wall["levels"] == listed["levels"] == report["levels"] == {"三星": 1}
    assert report["traffic"] == {"新增问题": 2, "销号": 2, "没有销号": 0}
    assert wall["open"] == report["traffic"]["没有销号"]
    sheet.refresh_from_db()
    assert (sheet.step, sheet.level) == ("concluded", 3)
    kept = sheet.stars.exclude(reason="").values_list("category__code", "reason")
    assert dict(kept) == WITHHELD


def three_pages(office):
    """What each of the three says of the branch, and of the town's levels."""
    return {"wall": _wall(office), "list": _public_list(office), "report": _report(office)}


def _wall(office):
    office.go("/cycles/2022/")
    row = _row_of_the_branch(_table(office.page.locator(".wall")))
    spread = _table(office.page.locator(".distribution table"))
    fixed = next(line for line in spread if line["星级"] == "已定星级")
    level, is_fixed = row["现在星级"].split()
    return {
        # After the colon stand the words that the four shapes say.
        "stars": {name for name in STARS if "得星" in row[name].split(": ")[1].split("、")},
        "level": LEVELS.index(level),
        "is_fixed": {"已定": True, "未定": False}[is_fixed],
        "open": int(row["未销号问题"]),
        "levels": {name: int(fixed[name]) for name in LEVELS if fixed[name] != "0"},
    }


def _public_list(office):
    office.go("/cycles/2022/public-list/")
    page, levels, level, stars = office.page, {}, None, set()
    for heading, table in zip(
        page.locator("h2").all_inner_texts(), page.locator(".public-list").all(), strict=False
    ):
        name, count = heading.split(" · ")
        rows = _table(table)
        assert count == f"{len(rows)} 个支部"
        levels[name] = len(rows)
        for row in rows:
            assert row["支部"] == BRANCH
            level, stars = LEVELS.index(name), set(row["评定星"].split("、"))
    return {"stars": stars, "level": level, "levels": levels}


def _report(office):
    office.go("/cycles/2022/report/")
    page = office.page
    tables = {name: _table(page.get_by_role("region", name=name)) for name in ("按支部", "按类别")}
    row = _row_of_the_branch(tables["按支部"])
    levels = _table(page.get_by_role("region", name="星级", exact=True))
    return {
        "stars": {row["类别"] for row in tables["按类别"] if _at_the_end(row["评定星"])}
        & set(STARS),
        "level": _at_the_end(row["星数"]),
        "traffic": {name: int(row[name]) for name in ("新增问题", "销号", "没有销号")},
        "levels": {row["星级"]: n for row in levels if (n := _at_the_end(row["已定"]))},
    }


def _at_the_end(pair):
    """Of “0 → 1” what stands on the right."""
    return int(pair.split(" → ")[-1])


def _row_of_the_branch(rows):
    [row] = [row for row in rows if row["支部"] == BRANCH]
    return row


def _table(locator):
    """Each row as its column's heading → its words, those for screen readers too."""
    head, *rows = locator.evaluate(READ)
    return [dict(zip(head, row, strict=True)) for row in rows]
