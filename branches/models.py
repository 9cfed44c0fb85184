"""Branches, departments, people, and the memberships that join them."""

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .enums import BranchKind, Role
from .pinyin import spells
from .words import holding


class DepartmentQuerySet(models.QuerySet):
    def get_by_natural_key(self, code):
        return self.get(code=code)

    def without_reviewer(self):
        """Departments for which nobody who can sign in reviews."""
        return self.exclude(Exists(_held_by_somebody("department")))


def _held_by_somebody(place):
    """Memberships in the place of the outer query, of people who can sign in."""
    return Membership.objects.filter(**{place: OuterRef("pk")}, user__is_active=True)


class Department(models.Model):
    """A department of the town; task items name it as lead or as cooperating."""

    code = models.CharField(
        _("代码"),
        max_length=8,
        unique=True,
        validators=[RegexValidator(r"^[A-Z]+$", _("代码只用大写字母。"))],
    )
    name = models.CharField(_("名称"), max_length=50, unique=True)
    order = models.PositiveSmallIntegerField(_("排序"), default=0)

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("部门")
        ordering = ["order", "code"]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.code,)


class BranchQuerySet(models.QuerySet):
    def get_by_natural_key(self, code):
        return self.get(code=code)

    def active(self):
        return self.filter(is_active=True)

    def without_clerk(self):
        """Branches for which nobody who can sign in fills in."""
        return self.exclude(Exists(_held_by_somebody("branch")))

    def named(self, words):
        """Branches that `words` name, in characters, by pinyin or by code."""
        return self.filter(pk__in=[branch.pk for branch in self if branch.is_named(words)])

    def ids_by_word(self, words):
        """Word → the ids of the branches it names: one query, for a town has tens of branches."""
        branches = list(self)
        return {word: {branch.pk for branch in branches if branch.is_named(word)} for word in words}


class Branch(models.Model):
    """A village or community Party branch: the unit rated."""

    code = models.CharField(
        _("统计代码"),
        max_length=12,
        unique=True,
        validators=[RegexValidator(r"^\d{12}$", _("统计代码是 12 位数字。"))],
    )
    name = models.CharField(_("名称"), max_length=50, unique=True)
    former_names = models.CharField(
        _("曾用名"), max_length=100, blank=True, help_text=_("多个曾用名以顿号隔开，可用来查找。")
    )
    kind = models.CharField(_("类型"), max_length=10, choices=BranchKind)
    secretary = models.CharField(_("支部书记"), max_length=30, blank=True)
    liaison_official = models.CharField(_("包村干部"), max_length=30, blank=True)
    phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    order = models.PositiveSmallIntegerField(_("排序"), default=0)
    is_active = models.BooleanField(_("参加创建"), default=True)

    objects = BranchQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("支部")
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                name="branch_kind_is_a_choice", condition=Q(kind__in=BranchKind.values)
            ),
        ]

    def __str__(self):
        return self.name

    def natural_key(self):
        return (self.code,)

    def is_named(self, words):
        """Whether `words` stand in a name, begin its pinyin, or begin the code."""
        names = [self.name, *self.former_names.split("、")]
        words = words.casefold()
        letters = words.replace("'", "")  # as an input method parts syllables: wei'po
        return self.code.startswith(words) or any(
            words in name.casefold() or (letters and spells(letters, name)) for name in names
        )


class PersonQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Accounts are the administrator's to see."""
        return self if user.is_administrator else self.none()

    def named(self, words):
        """People so called, or of the branches that the words name beside; see words.py."""
        columns = ("name", "username", "phone")
        return self.filter(holding(words, columns, "memberships__branch")).distinct()

    def with_places(self):
        """Each with its memberships, in two queries for any number of people."""
        held = Membership.objects.select_related("branch", "department")
        return self.prefetch_related(models.Prefetch("memberships", held))

    def never_signed_in(self):
        """People who may sign in and never have."""
        return self.filter(is_active=True, last_login=None)


class User(AbstractUser):
    """A person who signs in. One name field: a Chinese name is not split into first and last."""

    first_name = None
    last_name = None
    name = models.CharField(_("姓名"), max_length=30, blank=True)
    phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    must_change_password = models.BooleanField(
        _("先改密码"), default=False, editable=False, help_text=_("用一次性密码登录后要先改密码。")
    )

    objects = UserManager()
    people = PersonQuerySet.as_manager()

    class Meta:
        verbose_name = verbose_name_plural = _("人员")
        ordering = ["username"]

    def __str__(self):
        return self.get_full_name()

    def get_full_name(self):
        return self.name or self.username

    get_short_name = get_full_name

    @cached_property
    def held(self):
        """This person's memberships, read once per request."""
        places = self.memberships.select_related("branch", "department")
        return list(places) if self.is_active else []

    def has_role(self, *roles):
        return any(membership.role in roles for membership in self.held)

    @property
    def reads_all(self):
        """Whether every branch's sheet may be read, whatever step it stands at."""
        return self.has_role(*Role.reading_all())

    @property
    def is_administrator(self):
        """May enter the admin; the first superuser needs no membership to begin with."""
        return self.is_active and (self.is_superuser or self.has_role(Role.ADMINISTRATOR))

    def has_perm(self, perm, obj=None):
        return self.is_administrator or super().has_perm(perm, obj)

    def has_module_perms(self, app_label):
        return self.is_administrator or super().has_module_perms(app_label)

    @property
    def branch_ids(self):
        return {m.branch_id for m in self.held if m.role == Role.CLERK}

    @property
    def department_ids(self):
        return {m.department_id for m in self.held if m.role == Role.REVIEWER}


class Membership(models.Model):
    """What a person is: clerk of a branch, reviewer of a department, or one of the town's roles."""

    user = models.ForeignKey(
        User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("人员")
    )
    role = models.CharField(_("身份"), max_length=20, choices=Role)
    branch = models.ForeignKey(
        Branch, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("支部")
    )
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, verbose_name=_("部门")
    )

    class Meta:
        verbose_name = verbose_name_plural = _("身份")
        ordering = ["role", "branch__order", "department__order"]
        constraints = [
            models.CheckConstraint(
                name="membership_fits_its_role",
                condition=(
                    Q(role=Role.CLERK, branch__isnull=False, department__isnull=True)
                    | Q(role=Role.REVIEWER, branch__isnull=True, department__isnull=False)
                    | Q(
                        role__in=[Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR],
                        branch__isnull=True,
                        department__isnull=True,
                    )
                ),
                violation_error_message=_("填报人要选支部，审核人要选部门，其他身份两者都不选。"),
            ),
            models.UniqueConstraint(
                fields=["user", "branch"],
                name="membership_of_branch_once",
                condition=Q(branch__isnull=False),
                violation_error_message=_("同一个人在同一支部只有一个身份，不要重复。"),
            ),
            models.UniqueConstraint(
                fields=["user", "department"],
                name="membership_of_department_once",
                condition=Q(department__isnull=False),
                violation_error_message=_("同一个人在同一部门只有一个身份，不要重复。"),
            ),
            models.UniqueConstraint(
                fields=["user", "role"],
                name="membership_of_town_once",
                condition=Q(branch__isnull=True, department__isnull=True),
                violation_error_message=_("这个身份已经有了，不要重复。"),
            ),
        ]

    def __str__(self):
        place = self.branch or self.department
        return f"{place} · {self.get_role_display()}" if place else str(self.get_role_display())
