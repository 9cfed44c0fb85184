"""The rows of the workflow, to read: only the verbs change them, on the pages of each step."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..models import (
    Assessment,
    DepartmentSignOff,
    Evidence,
    ItemRating,
    Opinion,
    Phrase,
    Star,
)


class ReadOnly(admin.ModelAdmin):
    """Every field is shown, none is an input; nothing is added, changed or removed."""

    actions = None
    list_per_page = 50
    show_full_result_count = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_fields(self, request, obj=None):
        columns = [*self.opts.concrete_fields, *self.opts.many_to_many]
        return [field.name for field in columns if not field.primary_key]


@admin.display(description=_("文件"))
def linked(_admin, stored):
    """A stored file's name, which leads to the page that serves it."""
    return format_html('<a href="{}">{}</a>', stored.get_absolute_url(), stored.name)


class ByCategoryName(admin.AllValuesFieldListFilter):
    """By name: the same category comes again in each year's catalogue."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = _("类别")


@admin.register(Assessment)
class AssessmentAdmin(ReadOnly):
    list_display = ("branch", "cycle", "step", "target_level", "level", "submitted_at")
    list_filter = ("cycle", "step", "target_level", "level")
    search_fields = ("branch__name", "branch__former_names", "branch__code")
    list_select_related = ("branch", "cycle")


@admin.register(Star)
class StarAdmin(ReadOnly):
    list_display = ("assessment", "category", "targeted", "awarded", "decided_by", "decided_at")
    list_filter = (
        "assessment__cycle",
        ("category__name", ByCategoryName),
        "targeted",
        "awarded",
    )
    search_fields = ("assessment__branch__name", "assessment__branch__former_names")
    list_select_related = (
        "assessment__branch",
        "assessment__cycle",
        "category",
        "decided_by",
    )


@admin.register(ItemRating)
class ItemRatingAdmin(ReadOnly):
    list_display = (
        "assessment",
        "task_item",
        "self_rating",
        "review",
        "supervision",
        "responsible_person",
        "changed_by",
        "changed_at",
    )
    list_filter = (
        "assessment__cycle",
        ("task_item__category__name", ByCategoryName),
        "task_item__lead_department",
        "self_rating",
        "review",
        "supervision",
    )
    search_fields = (
        "assessment__branch__name",
        "assessment__branch__former_names",
        "task_item__name",
        "responsible_person",
    )
    list_select_related = (
        "assessment__branch",
        "assessment__cycle",
        "task_item__category",
        "changed_by",
    )


@admin.register(Opinion)
class OpinionAdmin(ReadOnly):
    list_display = ("item_rating", "department", "text", "by", "at")
    list_filter = ("item_rating__assessment__cycle", "department")
    search_fields = ("item_rating__assessment__branch__name", "text")
    list_select_related = (
        "item_rating__assessment__branch",
        "item_rating__assessment__cycle",
        "item_rating__task_item__category",
        "department",
        "by",
    )


@admin.register(Phrase)
class PhraseAdmin(admin.ModelAdmin):
    """The departments keep their phrases on a page of their own; here they can be helped."""

    list_display = ("text", "department", "order")
    list_filter = ("department",)
    search_fields = ("text",)
    list_select_related = ("department",)


@admin.register(DepartmentSignOff)
class DepartmentSignOffAdmin(ReadOnly):
    list_display = ("assessment", "department", "signed_by", "signed_at", "reason")
    list_filter = ("assessment__cycle", "department")
    search_fields = ("assessment__branch__name", "department__name", "signed_by__name")
    list_select_related = (
        "assessment__branch",
        "assessment__cycle",
        "department",
        "signed_by",
    )


@admin.register(Evidence)
class EvidenceAdmin(ReadOnly):
    list_display = ("name", "branch", "cycle", "kind", "size", "uploaded_by", "uploaded_at")
    list_filter = ("cycle", "kind", "branch")
    search_fields = ("name", "branch__name", "branch__former_names", "sha256")
    list_select_related = ("branch", "cycle", "uploaded_by")
    readonly_fields = ("content",)
    content = linked

    def get_fields(self, request, obj=None):
        """The files themselves are served by the site's own pages alone."""
        named = [name for name in super().get_fields(request, obj) if name != "thumbnail"]
        return ["content" if name == "file" else name for name in named]
