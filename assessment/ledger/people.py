"""People with what they hold, as a list to edit: 人员 in Excel."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.enums import Role

from .boxes import WORDS
from .lists import About, ListColumn, Listing, list_workbook, read_list
from .looks import SHORT
from .names import safe_file_name

KIND = "people"
ACTIVE, SWITCHED_OFF = gettext_lazy("在用"), gettext_lazy("停用")
REVOKED = gettext_lazy("撤销")
COLUMNS = (
    ListColumn("name", gettext_lazy("姓名"), 22, WORDS),
    ListColumn("username", gettext_lazy("账号"), 22, WORDS),
    ListColumn("role", gettext_lazy("角色"), 18, WORDS, tuple(Role.labels)),
    ListColumn("place", gettext_lazy("支部或部门"), 26, WORDS),
    ListColumn("state", gettext_lazy("状态"), 10, SHORT, (ACTIVE, SWITCHED_OFF, REVOKED)),
)


def people_file_name(*, is_template=False):
    with translation.override(settings.LANGUAGE_CODE):
        return safe_file_name(_title() + (_("（空表）") if is_template else ""))


def people_workbook(people):
    """A row for each membership, and one for who holds none. Without people, a template."""
    with translation.override(settings.LANGUAGE_CODE):
        rows = [row for person in people for row in _rows(person)]
        about = About(KIND, "", str(_("人员")))
        return list_workbook(Listing(about, _title(), COLUMNS, rows, tuple(_how_to())))


def read_people(sheets):
    return read_list(sheets, KIND, COLUMNS)


def _rows(person):
    held = list(person.memberships.all())
    words = {
        "name": person.name,
        "username": person.username,
        "state": str(ACTIVE if person.is_active else SWITCHED_OFF),
    }
    for membership in held:
        place = membership.branch or membership.department
        said = {"role": membership.get_role_display(), "place": place.name if place else ""}
        yield f"{person.pk}/{membership.pk}", words | said
    if not held:
        yield f"{person.pk}/", words


def _title():
    return _("{town}“五星”支部创建人员表").format(town=settings.TOWN_NAME)


def _how_to():
    yield _(
        "① 一行是一个人的一个身份；一个人有几个身份，就写几行，账号相同。"
        "新增的写在下面的空白行里，不要整行复制。没有写到的人和身份都不变。"
    )
    yield _(
        "② 填报人写支部，审核人写部门（名称或代码），其他角色不写。账号一经建立不能改。"
        "新账号会得到一次性密码，上传以后印成密码条，只显示这一次。"
    )
    yield _(
        "③ 状态：在用；停用——这个人不能再登录；撤销——只去掉这一行的身份，人还在。"
        "空着的格子不改动已经保存的内容。"
    )
    yield _(
        "④ 保存后，在管理页面打开“人员”，点“上传 Excel”。先给您看会改什么，确认后才写入；"
        "有一处不对，就都不写入。"
    )
