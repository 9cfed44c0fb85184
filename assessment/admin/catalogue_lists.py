"""The catalogue in Excel, there and back, and next year's from this one."""

from django.conf import settings
from django.contrib import messages
from django.db.models import Max
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import translation
from django.utils.translation import gettext

from .. import ledger, workflow
from ..forms.catalogue import CatalogueWorkbookForm, CopyForm
from ..forms.revision import event_changes, told
from ..models import Catalogue
from .lists import Desk, Proposal, list_file, upload_page

CHANGE = "admin:assessment_catalogue_change"


class CatalogueLists:
    """For the catalogue's admin: three pages beside its own."""

    def get_urls(self):
        views = (
            ("workbook", "workbook.xlsx", self.workbook_view),
            ("upload", "upload/", self.upload_view),
            ("copy", "copy/", self.copy_view),
        )
        own = [
            path(
                f"<int:pk>/{leaf}",
                self.admin_site.admin_view(view),
                name=f"assessment_catalogue_{name}",
            )
            for name, leaf, view in views
        ]
        return own + super().get_urls()

    def _catalogue(self, request, pk):
        catalogue = self.get_object(request, pk)
        if catalogue is None:
            raise Http404
        return catalogue

    def workbook_view(self, request, pk):
        catalogue = self._catalogue(request, pk)
        name = ledger.catalogue_file_name(catalogue)
        return list_file(request, ledger.catalogue_workbook(catalogue), name)

    def upload_view(self, request, pk):
        catalogue = self._catalogue(request, pk)
        try:
            workflow.check_is_draft(catalogue)
        except workflow.Refusal as refusal:
            for blocker in refusal.blockers:
                messages.error(request, blocker)
            return redirect(CHANGE, pk)
        context = self.admin_site.each_context(request) | {"opts": self.opts}
        return upload_page(request, context, _desk(request, catalogue))

    def copy_view(self, request, pk):
        """The year is chosen here; what a year has already is not made again."""
        catalogue = self._catalogue(request, pk)
        form = CopyForm(request.POST or None, initial=_next_year(catalogue))
        if request.method == "POST" and form.is_valid():
            words = form.cleaned_data
            try:
                copied = workflow.copy_catalogue(catalogue, **words, by=request.user)
            except workflow.Refusal as refusal:
                form.add_error("year", refusal.blockers)
            else:
                said = gettext("已由“{old}”新建“{new}”，每一项都记着它的上年任务项。")
                messages.success(request, said.format(old=catalogue, new=copied))
                return redirect(CHANGE, copied.pk)
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "title": gettext("由此新建下一年清单"),
            "subtitle": None,
            "catalogue": catalogue,
            "form": form,
        }
        status = 422 if form.errors else 200
        name = "admin/assessment/catalogue/copy.html"
        return TemplateResponse(request, name, context, status=status)


def _next_year(catalogue):
    last = Catalogue.objects.aggregate(last=Max("year"))["last"]
    year = max(last, catalogue.year) + 1
    return {"year": year, "name": catalogue.name.replace(str(catalogue.year), str(year))}


def _desk(request, catalogue):
    def propose(form):
        found = form.revising()
        plan = found.revision
        changes = [] if found.wrong else told(catalogue, plan)
        return Proposal(plan.as_json(), changes, found.wrong, found.takes_away)

    def write(plan):
        revision = workflow.Revision(**plan)
        with translation.override(settings.LANGUAGE_CODE):
            changes = event_changes(told(catalogue, revision))
        workflow.revise_catalogue(catalogue, revision, changes, by=request.user)
        messages.success(request, gettext("已按上传的 Excel 改好“{name}”。").format(name=catalogue))
        return redirect(CHANGE, catalogue.pk)

    page = reverse(CHANGE, args=[catalogue.pk])
    return Desk(
        title=gettext("上传 Excel · {name}").format(name=catalogue),
        crumbs=[
            (reverse("admin:assessment_catalogue_changelist"), Catalogue._meta.verbose_name),
            (page, catalogue),
        ],
        back=page,
        download=reverse("admin:assessment_catalogue_workbook", args=[catalogue.pk]),
        seal=["catalogue", catalogue.pk],
        form=lambda *args, **kwargs: CatalogueWorkbookForm(*args, catalogue=catalogue, **kwargs),
        propose=propose,
        write=write,
    )
