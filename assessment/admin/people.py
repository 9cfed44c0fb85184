"""People in Excel, there and back, and slips with passwords that are used once.

The account's page itself is of branches/admin.py, which knows nothing of workbooks and events.
"""

from django.conf import settings
from django.contrib import admin, messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from branches.admin import PersonAdmin as PlainPersonAdmin
from branches.models import User

from .. import ledger, workflow
from ..forms.people import PeopleWorkbookForm
from ..forms.people_told import told_of_people
from ..forms.revision import event_changes
from .lists import Desk, Proposal, list_file, upload_page

LIST = "admin:branches_user_changelist"

admin.site.unregister(User)


@admin.register(User)
class PersonAdmin(PlainPersonAdmin):
    actions = ("issue_passwords",)

    def get_urls(self):
        views = (
            ("people", "people.xlsx", self.workbook_view),
            ("template", "template.xlsx", self.template_view),
            ("upload", "upload/", self.upload_view),
        )
        own = [
            path(leaf, self.admin_site.admin_view(view), name=f"branches_user_{name}")
            for name, leaf, view in views
        ]
        return own + super().get_urls()

    def workbook_view(self, request):
        people = User.people.with_places()
        return list_file(request, ledger.people_workbook(people), ledger.people_file_name())

    def template_view(self, request):
        name = ledger.people_file_name(is_template=True)
        return list_file(request, ledger.people_workbook([]), name)

    def upload_view(self, request):
        context = self.admin_site.each_context(request) | {"opts": self.opts}
        return upload_page(request, context, self._desk(request))

    def _desk(self, request):
        def propose(form):
            found = form.revising(request.user)
            plan = found.revision
            changes = [] if found.wrong else told_of_people(plan)
            return Proposal(plan.as_json(), changes, found.wrong, found.takes_away)

        def write(plan):
            revision = workflow.PeopleRevision(**plan)
            with translation.override(settings.LANGUAGE_CODE):
                changes = event_changes(told_of_people(revision))
            slips = workflow.revise_people(revision, changes, by=request.user)
            messages.success(request, gettext("已按上传的 Excel 改好人员。"))
            return self._slips(request, slips) if slips else redirect(LIST)

        return Desk(
            title=gettext("上传 Excel · 人员"),
            crumbs=[(reverse(LIST), User._meta.verbose_name)],
            back=reverse(LIST),
            download=reverse("admin:branches_user_people"),
            seal=["people", request.user.pk],
            form=PeopleWorkbookForm,
            propose=propose,
            write=write,
        )

    @admin.action(description=_("重设为一次性密码，印密码条"))
    def issue_passwords(self, request, queryset):
        """Asks first, for the old passwords are gone then; tells the new ones once."""
        chosen = User.people.filter(pk__in=queryset.values("pk"))
        people = list(chosen.with_places().filter(is_active=True).exclude(pk=request.user.pk))
        left_out = chosen.count() - len(people)
        if left_out:
            said = gettext("{count} 个不在内：停用的账号，还有您自己的，自己的请用“修改密码”来改。")
            self.message_user(request, said.format(count=left_out), messages.WARNING)
        if not people:
            return None
        if "confirmed" in request.POST:
            pks = [user.pk for user in people]
            return self._slips(request, workflow.issue_passwords(pks, by=request.user))
        context = self._context(request, gettext("重设为一次性密码"), people=people)
        name = "admin/branches/user/issue_passwords.html"
        return TemplateResponse(request, name, context)

    def _slips(self, request, slips):
        """The one answer that holds the passwords: kept nowhere, not even by the browser."""
        people = User.people.with_places().in_bulk([slip.user.pk for slip in slips])
        rows = [(people[slip.user.pk], slip.password) for slip in slips]
        address = request.build_absolute_uri(reverse("home"))
        context = self._context(request, gettext("密码条"), rows=rows, address=address)
        response = TemplateResponse(request, "admin/branches/user/slips.html", context)
        add_never_cache_headers(response)
        return response

    def _context(self, request, title, **more):
        each = self.admin_site.each_context(request)
        return {**each, "opts": self.opts, "title": title, "subtitle": None, **more}
