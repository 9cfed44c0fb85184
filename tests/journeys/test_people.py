"""An account from a spreadsheet to its first day: uploaded, printed, signed in with on a phone."""

import re

import pytest

from assessment import ledger
from branches.models import User

from ..assessment.ledger.lists import changed
from ..town import person
from .conftest import DESK, PHONE
from .looking import complaints, violations

pytestmark = pytest.mark.django_db(transaction=True)

OWN = "yellow-river-2022"
ROW = {"姓名": "张三", "账号": "zhang", "角色": "村级填报人", "支部或部门": "卫坡村"}


def uploaded(office, path):
    """The one-time password on the one slip that the upload leads to."""
    office.go("/admin/branches/user/")
    office.page.get_by_role("link", name="上传 Excel").click()
    path.write_bytes(changed(ledger.as_bytes(ledger.people_workbook([])), new=[ROW]))
    office.page.set_input_files("input[name=workbook]", path)
    office.press("看会改什么")
    office.page.wait_for_selector("text=新账号")
    assert violations(office.page) == []
    assert not User.objects.filter(username="zhang").exists()
    office.press("确认写入")
    slip = office.page.wait_for_selector(".slip").inner_text()
    assert "卫坡村 · 村级填报人" in slip
    return re.search(r"\b[a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4}\b", slip)[0]


def test_a_new_clerk(people, tmp_path):
    office = people("admin", viewport=DESK)
    password = uploaded(office, tmp_path / "人员.xlsx")
    assert violations(office.page) == []
    office.page.emulate_media(media="print")
    assert not office.page.locator("#header").is_visible()
    assert office.page.locator(".slip").is_visible()

    clerk = people(viewport=PHONE)
    clerk.go("/sign-in/")
    clerk.page.fill("input[name=username]", "zhang")
    clerk.page.fill("input[name=password]", password)
    clerk.page.locator("main button.btn-primary").click()
    clerk.page.wait_for_selector("text=先换成您自己的密码")
    assert complaints(clerk.page) == []
    clerk.go("/cycles/2022/")
    assert clerk.page.url.endswith("/password/")
    words = {"old_password": password, "new_password1": OWN, "new_password2": OWN}
    for name, word in words.items():
        clerk.page.fill(f"input[name={name}]", word)
    clerk.press("保存新密码")
    clerk.page.wait_for_selector("text=密码已修改")
    assert clerk.reads("卫坡村")
    assert not person("zhang").must_change_password
