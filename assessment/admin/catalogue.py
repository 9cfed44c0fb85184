"""The catalogue: its page lists categories with their items, a category's page edits the items.

Once a cycle over it has opened, both pages take corrections of wording with a reason, no more;
once such a cycle is closed, they are only read.
"""

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import (
    AdminTextInputWidget,
    AutocompleteSelect,
    AutocompleteSelectMultiple,
)
from django.db import models
from django.db.models import F
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from branches.admin import Uncrowded
from branches.models import Department

from .. import workflow
from ..models import Catalogue, Category, TaskItem
from ..workflow.catalogue import WORDING
from ..workflow.revisions import OUT_OF_THE_WAY
from .catalogue_lists import CatalogueLists


class ReasonForm(forms.ModelForm):
    """What a correction asks for beside the words."""

    reason = forms.CharField(
        label=_("勘误理由"),
        max_length=200,
        widget=AdminTextInputWidget,
        help_text=_("这份清单已在使用，只能勘误文字；改了什么、为什么，都会留痕。"),
    )


def beside(note):
    """A note in brackets, to stand after what it is about."""
    return gettext("（{note}）").format(note=note)


def with_use(place):
    """The catalogue that the page is of, with how years use it; asked once a request."""
    if hasattr(place, "is_frozen"):
        return place
    if not hasattr(place, "catalogue_in_use"):
        pk = place.pk if isinstance(place, Catalogue) else place.catalogue_id
        place.catalogue_in_use = Catalogue.objects.with_use().get(pk=pk)
    return place.catalogue_in_use


def frozen(place):
    """Whether a year that uses the catalogue has opened."""
    return bool(place and place.pk) and with_use(place).is_frozen


def settled(place):
    """Whether a year that uses the catalogue is closed."""
    return bool(place and place.pk) and with_use(place).is_settled


def takes_corrections(place):
    return frozen(place) and not settled(place)


class Freezing:
    """Pages and inlines alike: of a frozen catalogue only the wording is a field."""

    def has_add_permission(self, request, obj=None):
        return not frozen(obj)

    def has_change_permission(self, request, obj=None):
        return not settled(obj)

    def has_delete_permission(self, request, obj=None):
        return not frozen(obj)

    def get_readonly_fields(self, request, obj=None):
        readonly = super().get_readonly_fields(request, obj)
        if not frozen(obj):
            return readonly
        wording = WORDING[self.opts.model_name]
        return [*readonly, *(name for name in self.editable if name not in wording)]


class FreezingPage(Freezing, admin.ModelAdmin):
    def get_fields(self, request, obj=None):
        fields = [*self.readonly_fields, *self.editable]
        return [*fields, "reason"] if takes_corrections(obj) else fields

    def get_fieldsets(self, request, obj=None):
        fieldsets = super().get_fieldsets(request, obj)
        if settled(obj):
            fieldsets[0][1]["description"] = _("用过这份清单的年度已经关闭，连文字也不能再改。")
        return fieldsets

    def get_form(self, request, obj=None, change=False, **kwargs):
        if takes_corrections(obj):
            kwargs["form"] = ReasonForm
        return super().get_form(request, obj, change, **kwargs)

    def save_model(self, request, obj, form, change):
        if not frozen(obj):
            return super().save_model(request, obj, form, change)
        words = dict(form.cleaned_data)
        workflow.correct_wording(obj, words, by=request.user, reason=words.pop("reason"))

    def save_formset(self, request, form, formset, change):
        if not frozen(form.instance):
            return super().save_formset(request, form, formset, change)
        formset.save(commit=False)
        for row, names in formset.changed_objects:
            words = {name: getattr(row, name) for name in names}
            reason = form.cleaned_data["reason"]
            workflow.correct_wording(row, words, by=request.user, reason=reason)


class CategoryInline(Freezing, admin.TabularInline):
    model = Category
    editable = ("order", "code", "name", "is_prerequisite")
    fields = (*editable, "items_in_order")
    readonly_fields = ("items_in_order",)
    ordering = ("order", "code")
    extra = 0

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("items__lead_department")

    @admin.display(description=_("任务项与牵头部门"))
    def items_in_order(self, category):
        if not category.pk:
            return _("先保存，再填任务项。")
        page = reverse("admin:assessment_category_change", args=[category.pk])
        items = sorted(category.items.all(), key=lambda item: item.number)
        rows = format_html_join(
            "",
            '<li value="{}"><a href="{}#items-{}">{}</a>{}</li>',
            (
                (item.number, page, row, item.name, beside(item.lead_department))
                for row, item in enumerate(items)
            ),
        )
        edit = _("查看、编辑这一类的任务项")
        return format_html('<ol>{}</ol><a href="{}">{}{}</a>', rows, page, edit, beside(len(items)))


@admin.register(Catalogue)
class CatalogueAdmin(CatalogueLists, FreezingPage):
    list_display = ("name", "year", "in_use")
    editable = ("year", "name", "note")
    inlines = (CategoryInline,)

    def get_queryset(self, request):
        return super().get_queryset(request).with_use()

    @admin.display(description=_("已在使用"), boolean=True)
    def in_use(self, catalogue):
        return frozen(catalogue)


class KnownNames:
    """An autocomplete that is told the names: Django's asks once for every field of every row."""

    def __init__(self, *args, names, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = names

    def optgroups(self, name, value, attrs=None):
        chosen = [(pk, label) for pk, label in self.names.items() if str(pk) in value]
        if not self.allow_multiple_selected:
            chosen.insert(0, ("", ""))
        options = [
            self.create_option(name, pk, label, pk != "", index)
            for index, (pk, label) in enumerate(chosen)
        ]
        return [(None, options, 0)]


class KnownSelect(KnownNames, AutocompleteSelect):
    pass


class KnownSelectMultiple(KnownNames, AutocompleteSelectMultiple):
    pass


class EarlierItemField(forms.ModelChoiceField):
    def label_from_instance(self, item):
        return f"{item.category.catalogue.year} {item}"


class ItemForm(forms.ModelForm):
    def validate_constraints(self):
        """Numbers are compared by the formset: against the rows as they stand, no swap passes."""


class ItemInline(Freezing, Uncrowded, admin.StackedInline):
    model = TaskItem
    form = ItemForm
    fk_name = "category"
    editable = (
        "number",
        "name",
        "standard",
        "materials",
        "lead_department",
        "cooperating_departments",
        "points",
        "is_key",
        "source",
        "previous",
    )
    fields = (
        ("number", "name"),
        ("standard", "materials"),
        ("lead_department", "cooperating_departments"),
        ("points", "is_key", "source", "previous"),
    )
    autocomplete_fields = ("lead_department", "cooperating_departments")
    formfield_overrides = {
        # Standard and materials side by side, so that an item fits a screen.
        models.TextField: {"widget": forms.Textarea(attrs={"rows": 4, "cols": 46})},
    }
    extra = 0

    def get_queryset(self, request):
        joined = ("category", "lead_department", "previous__category__catalogue")
        items = super().get_queryset(request).select_related(*joined)
        return items.prefetch_related("cooperating_departments").order_by("number")

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, **kwargs)
        previous = formset.form.base_fields.get("previous")
        if previous:
            earlier = TaskItem.objects.filter(category__catalogue__year__lt=obj.catalogue.year)
            previous.queryset = earlier.select_related("category__catalogue")
            previous.choices = list(previous.choices)  # read once, not once a row
        return formset

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name == "number":
            kwargs |= {"min_value": 1, "max_value": OUT_OF_THE_WAY - 1}
        if db_field.name == "previous":
            kwargs["form_class"] = EarlierItemField
        if db_field.name in self.autocomplete_fields:
            kind = KnownSelectMultiple if db_field.many_to_many else KnownSelect
            names = dict(Department.objects.values_list("pk", "name"))
            kwargs["widget"] = kind(db_field, self.admin_site, names=names)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(Category)
class CategoryAdmin(FreezingPage):
    list_display = ("name", "catalogue", "order", "code", "is_prerequisite")
    list_filter = ("catalogue",)
    list_select_related = ("catalogue",)
    editable = ("order", "code", "name", "is_prerequisite")
    readonly_fields = ("catalogue",)
    inlines = (ItemInline,)

    def has_module_permission(self, request):
        """Reached from its catalogue, not from the index."""
        return False

    def has_add_permission(self, request, obj=None):
        """Added on the page of its catalogue."""
        return False

    def save_formset(self, request, form, formset, change):
        if not frozen(form.instance):
            moving = [*formset.deleted_forms, *filter(renumbered, formset.initial_forms)]
            rows = TaskItem.objects.filter(pk__in=[row.instance.pk for row in moving])
            rows.update(number=F("number") + OUT_OF_THE_WAY)
        super().save_formset(request, form, formset, change)

    def response_post_save_change(self, request, obj):
        return redirect("admin:assessment_catalogue_change", obj.catalogue_id)


def renumbered(form):
    return "number" in form.changed_data
