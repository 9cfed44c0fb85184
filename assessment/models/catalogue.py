"""The catalogue: a year's versioned list of categories and task items."""

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from branches.models import Department
from branches.words import holding

from ..enums import CycleState
from ..rules.catalogues import Line
from ..rules.lineage import lineage


class CatalogueQuerySet(models.QuerySet):
    def get_by_natural_key(self, year):
        return self.get(year=year)

    def visible_to(self, user):
        """Catalogues of years that have been opened; the administrator sees those to come too."""
        if user.is_administrator:
            return self
        return self.filter(cycles__state__in=CycleState.begun()).distinct()

    def with_use(self):
        """Each with `is_frozen`: a year that uses it has opened, so only wording is corrected;
        and `is_settled`: such a year is closed, so not even that.
        """
        same = Catalogue.objects.filter(pk=OuterRef("pk"))
        return self.annotate(
            is_frozen=Exists(same.filter(cycles__state__in=CycleState.begun())),
            is_settled=Exists(same.filter(cycles__state=CycleState.CLOSED)),
        )


class Catalogue(models.Model):
    """任务清单 of one year. Items are data, never constants: other places count 29, 62 or 112."""

    year = models.PositiveSmallIntegerField(_("年度"), unique=True)
    name = models.CharField(_("名称"), max_length=100)
    note = models.TextField(
        _("说明"), blank=True, help_text=_("来源与性质，显示在任务清单页的顶部。")
    )

    objects = CatalogueQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("任务清单")
        ordering = ["-year"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.year,)

    def categories_before(self, earlier):
        """Code of a category → the code in `earlier`, a catalogue, that it goes on from."""
        descents = {code: [] for code in self.categories.values_list("code", flat=True)}
        items = TaskItem.objects.filter(
            category__catalogue=self, previous__category__catalogue=earlier
        )
        columns = ("category__code", "previous__category__code")
        for code, old in items.order_by().values_list(*columns):
            descents[code].append(old)
        return lineage(set(earlier.categories.values_list("code", flat=True)), descents)


class CategoryManager(models.Manager):
    def get_by_natural_key(self, year, code):
        return self.get(catalogue__year=year, code=code)


class Category(models.Model):
    """One of the kinds of star."""

    catalogue = models.ForeignKey(
        Catalogue,
        on_delete=models.CASCADE,
        related_name="categories",
        verbose_name=_("任务清单"),
    )
    code = models.CharField(_("代码"), max_length=8)
    name = models.CharField(_("名称"), max_length=30)
    order = models.PositiveSmallIntegerField(_("排序"), default=0)
    is_prerequisite = models.BooleanField(
        _("前置条件"), default=False, help_text=_("勾选后，没有这颗星的支部星级为零。")
    )

    objects = CategoryManager()

    class Meta:
        verbose_name = verbose_name_plural = _("类别")
        ordering = ["catalogue", "order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["catalogue", "code"], name="category_code_once"),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.catalogue.year, self.code)

    natural_key.dependencies = ["assessment.catalogue"]


class TaskItemQuerySet(models.QuerySet):
    def get_by_natural_key(self, year, code, number):
        return self.get(category__catalogue__year=year, category__code=code, number=number)

    def of_departments(self, department_ids):
        """Items that one of the departments leads or supports."""
        supports = TaskItem.cooperating_departments.through.objects.filter(
            taskitem=OuterRef("pk"), department__in=department_ids
        )
        return self.filter(Q(lead_department__in=department_ids) | Exists(supports))

    def about(self, words):
        """Items that the words name by name, category or standard; see branches/words.py."""
        return self.filter(holding(words, ("name", "category__name", "standard")))

    def visible_to(self, user):
        """Items of the catalogues that `user` may see."""
        return self.filter(category__catalogue__in=Catalogue.objects.visible_to(user))

    def lines_by_year(self, catalogues):
        """Year → its items as the rules compare them, in their order; for each of `catalogues`."""
        items = self.filter(category__catalogue__in=catalogues)
        joined = items.select_related("category__catalogue", "lead_department")
        lines = {catalogue.year: [] for catalogue in catalogues}
        for item in joined.prefetch_related("cooperating_departments").order_by(
            "category__order", "category__code", "number"
        ):
            lines[item.category.catalogue.year].append(item.as_line())
        return lines

    def without_lead(self):
        """Items that no department leads, but for those of years that are closed."""
        unused = Q(category__catalogue__cycles=None)
        going_on = Q(category__catalogue__cycles__state__in=CycleState.still_to_change())
        return self.filter(unused | going_on, lead_department=None).distinct()


class TaskItem(models.Model):
    """One line of a catalogue. `previous` is the same item in the catalogue before."""

    class Source(models.TextChoices):
        SEED = "seed", _("本镇公开报道")
        PUBLIC = "public", _("河南各地公开文本常见")
        DRAFTED = "drafted", _("本项目拟写")

    category = models.ForeignKey(
        Category, on_delete=models.CASCADE, related_name="items", verbose_name=_("类别")
    )
    number = models.PositiveSmallIntegerField(_("序号"))
    name = models.CharField(_("任务内容"), max_length=100)
    standard = models.TextField(_("考核指标"), max_length=1000)
    materials = models.TextField(_("资料标准"), max_length=1000, blank=True)
    lead_department = models.ForeignKey(
        Department,
        null=True,
        on_delete=models.PROTECT,
        related_name="led_items",
        verbose_name=_("牵头部门"),
    )
    cooperating_departments = models.ManyToManyField(
        Department, blank=True, related_name="supported_items", verbose_name=_("配合部门")
    )
    points = models.PositiveSmallIntegerField(
        _("分值"), default=1, validators=[MinValueValidator(1)]
    )
    is_key = models.BooleanField(
        _("关键项"), default=False, help_text=_("关键项未达标，这一类就没有星。")
    )
    source = models.CharField(_("来源"), max_length=10, choices=Source, default=Source.DRAFTED)
    previous = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="later",
        verbose_name=_("上年任务项"),
    )

    objects = TaskItemQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("任务项")
        ordering = ["category__order", "number"]
        constraints = [
            models.UniqueConstraint(fields=["category", "number"], name="task_item_number_once"),
            models.CheckConstraint(name="task_item_has_points", condition=Q(points__gte=1)),
        ]

    def __str__(self):
        return f"{self.category.name} {self.number} · {self.name}"

    @property
    def code(self):
        """Its category's code and its number, such as ST-3."""
        return f"{self.category.code}-{self.number}"

    def as_line(self):
        """The item as the rules see it."""
        return Line(
            key=self.pk,
            category=self.category.code,
            category_name=self.category.name,
            number=self.number,
            name=self.name,
            standard=self.standard,
            materials=self.materials,
            points=self.points,
            is_key=self.is_key,
            lead=self.lead_department.name if self.lead_department else "",
            cooperating=tuple(each.name for each in self.cooperating_departments.all()),
            previous=self.previous_id,
        )

    def natural_key(self):
        return (*self.category.natural_key(), self.number)

    natural_key.dependencies = ["assessment.category", "branches.department"]
