"""Inspections, findings, notices and the words of reports, to read; see sheets.py."""

from django.contrib import admin
from django.db.models import Prefetch

from ..models import (
    Finding,
    FindingExtension,
    FindingFile,
    Inspection,
    Notice,
    NoticeReading,
    Rectification,
    ReportNote,
    Visit,
)
from .sheets import ReadOnly, linked


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False
    show_change_link = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def get_readonly_fields(self, request, obj=None):
        return self.fields


class VisitInline(ReadOnlyInline):
    model = Visit
    fields = ("assessment", "done_well")

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("assessment__branch", "inspection")


@admin.register(Inspection)
class InspectionAdmin(ReadOnly):
    list_display = ("held_on", "cycle", "purpose", "participants", "recorded_by")
    list_filter = ("cycle", "departments")
    search_fields = ("purpose", "participants", "visits__assessment__branch__name")
    list_select_related = ("cycle", "recorded_by")
    date_hierarchy = "held_on"
    inlines = (VisitInline,)


class RoundInline(ReadOnlyInline):
    model = Rectification
    fields = (
        "number",
        "measure",
        "responsible_person",
        "answered_by",
        "answered_at",
        "is_closed",
        "recheck_note",
        "rechecked_by",
        "rechecked_at",
    )


class ExtensionInline(ReadOnlyInline):
    model = FindingExtension
    fields = (
        "due_date",
        "reason",
        "asked_by",
        "asked_at",
        "is_granted",
        "answer",
        "answered_by",
        "answered_at",
    )


class FileInline(ReadOnlyInline):
    """The files themselves are served by the site's own pages alone."""

    model = FindingFile
    fields = ("content", "moment", "uploaded_by", "uploaded_at", "removed_by", "removed_at")
    content = linked


@admin.register(Finding)
class FindingAdmin(ReadOnly):
    list_display = ("problem", "assessment", "department", "due_date", "state", "closed_at")
    list_filter = ("assessment__cycle", "state", "department")
    search_fields = (
        "problem",
        "requirement",
        "assessment__branch__name",
        "assessment__branch__former_names",
    )
    list_select_related = ("assessment__branch", "assessment__cycle", "department")
    inlines = (RoundInline, ExtensionInline, FileInline)


class ReadingInline(ReadOnlyInline):
    model = NoticeReading
    fields = ("assessment", "read_by", "read_at")

    def get_queryset(self, request):
        places = ("assessment__branch", "assessment__cycle", "notice", "read_by")
        return super().get_queryset(request).select_related(*places)


@admin.register(Notice)
class NoticeAdmin(ReadOnly):
    list_display = ("reference", "title", "cycle", "state", "issued_at", "issued_by")
    list_filter = ("cycle", "state")
    search_fields = ("reference", "title", "problems", "requirements")
    list_select_related = ("cycle", "issued_by")
    inlines = (ReadingInline,)

    def get_queryset(self, request):
        findings = Finding.objects.select_related("assessment__branch")
        return super().get_queryset(request).prefetch_related(Prefetch("findings", findings))

    def get_fields(self, request, obj=None):
        """Its annex is what the findings said; the notice's own page shows it as a table."""
        return [name for name in super().get_fields(request, obj) if name != "annex"]


@admin.register(ReportNote)
class ReportNoteAdmin(ReadOnly):
    list_display = ("begins_on", "ends_on", "cycle", "text", "written_by", "written_at")
    list_filter = ("cycle",)
    search_fields = ("text",)
    list_select_related = ("cycle", "written_by")
