"""Branches, departments and people. What a person may do comes from memberships alone."""

from django.contrib import admin, messages
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from django.contrib.auth.models import Group
from django.db.models import PROTECT, Prefetch
from django.forms import BaseInlineFormSet, ValidationError
from django.shortcuts import redirect
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .enums import Role
from .models import Branch, Department, Membership, User

# Importing UserAdmin has registered groups; here nobody's powers come from one.
admin.site.unregister(Group)


class Kept(admin.ModelAdmin):
    """What other rows name is not deleted; the page says which kinds of row, and what to do."""

    instead = ""

    def get_deleted_objects(self, objs, request):
        protected = [sentence for obj in objs for sentence in named_by(obj)]
        if not protected:
            return super().get_deleted_objects(objs, request)
        self.message_user(request, self.instead, messages.WARNING)
        return [], {}, set(), protected


def named_by(obj):
    """How many rows of each kind keep `obj` from being deleted.

    Counted, since Django's own answer lists every row. A many-to-many row counts too: Django would
    drop it without a word.
    """
    for relation in obj._meta.get_fields(include_hidden=True):
        if not relation.auto_created or relation.concrete:
            continue
        if relation.many_to_many or relation.on_delete is PROTECT:
            rows = relation.related_model._base_manager.filter(**{relation.field.name: obj})
            if count := rows.count():
                yield _("{obj}：{kind} {count} 条（{field}）").format(
                    obj=obj,
                    kind=relation.related_model._meta.verbose_name,
                    count=count,
                    field=relation.field.verbose_name,
                )


@admin.register(Department)
class DepartmentAdmin(Kept):
    list_display = ("name", "code", "order")
    search_fields = ("name", "code")
    instead = _("这个部门还有人员或任务项，不能删除；可以改名，或先改派。")


@admin.register(Branch)
class BranchAdmin(Kept):
    list_display = (
        "name",
        "order",
        "code",
        "former_names",
        "kind",
        "secretary",
        "liaison_official",
        "phone",
        "is_active",
    )
    list_filter = ("kind", "is_active")
    search_fields = ("name", "former_names", "code", "secretary", "liaison_official")
    instead = _("这个支部已有人员或台账，不能删除；不再参加创建的，请取消勾选“参加创建”。")

    def get_search_results(self, request, queryset, search_term):
        """By pinyin too, in the list and wherever a branch is chosen."""
        found, may_repeat = super().get_search_results(request, queryset, search_term)
        return (found | queryset.named(search_term) if search_term else found), may_repeat


class MembershipFormSet(BaseInlineFormSet):
    by = None  # who has the page open

    def clean(self):
        super().clean()
        self._refuse_rows_alike()
        if self.instance == self.by and any(map(self._gives_up_the_office, self.initial_forms)):
            raise ValidationError(_("不能去掉自己的管理员身份。"))

    def _gives_up_the_office(self, form):
        words = form.cleaned_data
        held, kept = form.initial.get("role"), words.get("role")
        return held == Role.ADMINISTRATOR and (words.get("DELETE") or kept != held)

    def _refuse_rows_alike(self):
        """Two new rows alike: neither is in the database yet, so no constraint sees them."""
        seen = set()
        for form in self.forms:
            words = form.cleaned_data
            place = words.get("branch") or words.get("department") or words.get("role")
            if not place or words.get("DELETE"):
                continue
            if place in seen:
                form.add_error(None, _("这一行与上面的重复了。"))
            seen.add(place)


class Uncrowded:
    """Related rows to choose, without Django's icons beside each to add, change or delete one."""

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field


class MembershipInline(Uncrowded, admin.TabularInline):
    model = Membership
    formset = MembershipFormSet
    autocomplete_fields = ("branch", "department")
    extra = 0

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        formset.by = request.user
        return formset


class PersonForm(UserChangeForm):
    by = None  # who has the page open

    def clean_is_active(self):
        is_active = self.cleaned_data["is_active"]
        if self.instance == self.by and not is_active:
            raise ValidationError(_("不能停用自己的账号。"))
        return is_active


class PasswordForm(AdminPasswordChangeForm):
    """With Django's warning in the reader's language; half of its own is never translated."""

    usable_password_help_text = format_lazy(
        '{}<ul id="id_unusable_warning" class="messagelist"><li class="warning">{}</li></ul>',
        _("禁用后，此人不能登录。"),
        _("原来的密码随即作废。"),
    )


@admin.register(User)
class PersonAdmin(Kept, UserAdmin):
    list_display = ("username", "name", "held_here", "phone", "is_active", "last_login")
    list_filter = ("is_active", "memberships__role")
    search_fields = (
        "username",
        "name",
        "memberships__branch__name",
        "memberships__branch__former_names",
        "memberships__department__name",
    )
    filter_horizontal = ()
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("username", "password", "name", "phone", "is_active")}),
        (_("时间"), {"fields": ("last_login", "date_joined")}),
    )
    add_fieldsets = ((None, {"fields": ("username", "name", "phone", "password1", "password2")}),)
    form = PersonForm
    add_form = UserCreationForm
    add_form_template = None  # Django's own for users speaks English and of more pages to come
    change_password_form = PasswordForm
    inlines = (MembershipInline,)
    instead = _("此人经办的事项已经留痕，不能删除；要停用账号，请取消勾选“有效”。")

    def get_queryset(self, request):
        memberships = Membership.objects.select_related("branch", "department")
        return super().get_queryset(request).prefetch_related(Prefetch("memberships", memberships))

    def get_form(self, request, obj=None, **kwargs):
        """Nobody shuts themself out: then there might be no administrator to let them in."""
        form = super().get_form(request, obj, **kwargs)
        form.by = request.user
        return form

    def get_deleted_objects(self, objs, request):
        if request.user in objs:
            self.message_user(request, _("不能删除自己的账号。"), messages.WARNING)
            return [], {}, set(), [request.user]
        return super().get_deleted_objects(objs, request)

    def user_change_password(self, request, id, form_url=""):
        """One's own by the page that asks for the old one and cannot switch it off."""
        if id == str(request.user.pk):
            return redirect("admin:password_change")
        return super().user_change_password(request, id, form_url)

    @admin.display(description=_("身份"))
    def held_here(self, user):
        return gettext("、").join(map(str, user.memberships.all())) or None
