"""The catalogue as a list to edit: 任务清单 in Excel."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from branches.models import Department

from ..models import TaskItem
from .boxes import WORDS
from .lists import About, ListColumn, Listing, list_workbook, read_list
from .looks import CODE, SHORT
from .names import safe_file_name

KIND = "catalogue"
YES, NO = gettext_lazy("是"), gettext_lazy("否")
COLUMNS = (
    ListColumn("category_code", gettext_lazy("类别代码"), 6.5, CODE),
    ListColumn("category_name", gettext_lazy("类别"), 9, WORDS),
    ListColumn("number", gettext_lazy("序号"), 5.5, SHORT),
    ListColumn("name", gettext_lazy("任务内容"), 16, WORDS),
    ListColumn("standard", gettext_lazy("考核指标"), 36, WORDS),
    ListColumn("materials", gettext_lazy("资料标准"), 30, WORDS),
    ListColumn("lead_department", gettext_lazy("牵头部门"), 15, WORDS),
    ListColumn("cooperating_departments", gettext_lazy("配合部门"), 18, WORDS),
    ListColumn("points", gettext_lazy("分值"), 5.5, SHORT),
    ListColumn("is_key", gettext_lazy("关键项"), 6.5, SHORT, (YES, NO)),
    ListColumn("source", gettext_lazy("来源"), 13, WORDS, tuple(TaskItem.Source.labels)),
    ListColumn("previous", gettext_lazy("上年任务项"), 11, WORDS),
)


def catalogue_file_name(catalogue):
    with translation.override(settings.LANGUAGE_CODE):
        return safe_file_name(_title(catalogue))


def catalogue_workbook(catalogue):
    """Every item of the catalogue, and room for more."""
    departments = tuple(Department.objects.values_list("name", flat=True))
    columns = tuple(
        ListColumn(each.name, each.header, each.width, each.look, departments)
        if each.name == "lead_department"
        else each
        for each in COLUMNS
    )
    with translation.override(settings.LANGUAGE_CODE):
        rows = [(str(item.pk), item_words(item)) for item in items_of(catalogue)]
        about = About(KIND, str(catalogue.year), catalogue.name)
        return list_workbook(Listing(about, _title(catalogue), columns, rows, tuple(_how_to())))


def read_catalogue(sheets):
    return read_list(sheets, KIND, COLUMNS)


def items_of(catalogue):
    """The items in their order, with all that their words name."""
    items = TaskItem.objects.filter(category__catalogue=catalogue)
    joined = items.select_related("category", "lead_department", "previous__category__catalogue")
    return joined.prefetch_related("cooperating_departments").order_by(
        "category__order", "category__code", "number"
    )


def item_words(item):
    """Field → what its cell says."""
    return {
        "category_code": item.category.code,
        "category_name": item.category.name,
        "number": item.number,
        "name": item.name,
        "standard": item.standard,
        "materials": item.materials,
        "lead_department": item.lead_department.name if item.lead_department else "",
        "cooperating_departments": _("、").join(
            department.name for department in item.cooperating_departments.all()
        ),
        "points": item.points,
        "is_key": str(YES if item.is_key else NO),
        "source": item.get_source_display(),
        "previous": item_code(item.previous) if item.previous else "",
    }


def item_code(item):
    """An item of any year in a few signs, such as “2022 ST-3”."""
    return f"{item.category.catalogue.year} {item.code}"


def _title(catalogue):
    return _("{year}年{town}“五星”支部创建任务清单").format(
        year=catalogue.year, town=settings.TOWN_NAME
    )


def _how_to():
    yield _(
        "① 表里是什么，传上去以后就是什么：改字直接改；新增的任务项写在下面的空白行里，"
        "不要整行复制；取消的任务项把整行删掉。行的先后不要紧，次序看类别代码和序号。"
    )
    yield _(
        "② 部门写名称或代码，几个配合部门以顿号隔开。分值是 1 以上的整数。关键项写“是”或“√”，"
        "不写就是“否”。上年任务项写成“2022 ST-3”的样子，原有的不用改。"
    )
    yield _(
        "③ 保存后，在管理页面打开这份清单，点“上传 Excel”。先给您看会改什么，确认后才写入；"
        "有一处不对，就都不写入。"
    )
