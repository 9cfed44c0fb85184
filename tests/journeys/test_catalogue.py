"""Next year's catalogue from this one: made, changed in a spreadsheet, and compared."""

import pytest

from assessment.models import Catalogue, Cycle, TaskItem

from ..assessment.ledger.lists import changed
from .conftest import DESK, PHONE
from .looking import complaints, violations

pytestmark = pytest.mark.django_db(transaction=True)


def taken_away(someone, path):
    with someone.page.expect_download() as download:
        someone.page.get_by_role("link", name="下载 Excel").click()
    download.value.save_as(path)
    return path.read_bytes()


def items():
    return TaskItem.objects.filter(category__catalogue__year=2023, category__code="ST")


def test_next_years_catalogue(people, tmp_path):
    office = people("admin", viewport=DESK)
    old = Catalogue.objects.get(year=2022)
    office.go(f"/admin/assessment/catalogue/{old.pk}/change/")
    office.page.get_by_role("link", name="由此新建下一年清单").click()
    assert violations(office.page) == []
    office.press("新建清单")
    office.page.wait_for_selector("text=每一项都记着它的上年任务项")

    content = taken_away(office, tmp_path / "清单.xlsx")
    reworded, dropped = items().get(number=1), items().get(number=6)
    words = {str(reworded.pk): {"考核指标": "新的指标", "分值": "２"}}
    (tmp_path / "新.xlsx").write_bytes(changed(content, words, gone=[str(dropped.pk)]))
    office.page.get_by_role("link", name="上传 Excel").click()
    office.page.set_input_files("input[name=workbook]", tmp_path / "新.xlsx")
    office.press("看会改什么")
    office.page.wait_for_selector("text=会改动 2 处")
    assert violations(office.page) == []
    # Without the tick the browser does not even send it.
    office.press("确认写入")
    assert office.page.locator("[name=agreed]:invalid").count() == 1
    office.page.get_by_label("我看过下面要去掉、停用的").check()
    office.press("确认写入")
    office.page.wait_for_selector("text=已按上传的 Excel 改好")
    reworded.refresh_from_db()
    assert (reworded.standard, reworded.points) == ("新的指标", 2)
    assert items().count() == 5


@pytest.mark.parametrize("locale", ["zh-CN", "en-GB"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_two_catalogues_side_by_side(people, tmp_path, viewport, locale):
    test_next_years_catalogue(people, tmp_path)
    Cycle.objects.create(year=2023, catalogue=Catalogue.objects.get(year=2023), state="open")
    reader = people("auditor", viewport=viewport, locale=locale)
    reader.go("/catalogues/2023/")
    reader.page.locator("a[href='/catalogues/2023/changes/']").click()
    reader.page.wait_for_selector(".change-dropped")
    assert reader.reads("新的指标")
    assert complaints(reader.page) == []
