"""Django's admin under this project's own sign-in, so that there is one door and one lock."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class AdminSite(admin.AdminSite):
    site_title = site_header = _("五星支部创建 · 管理")
    index_title = _("任务清单、年度创建与人员")
    enable_nav_sidebar = False

    def has_permission(self, request):
        return getattr(request.user, "is_administrator", False)

    def get_app_list(self, request, app_label=None):
        """In the order of registration: what is edited stands before what is only read."""
        return list(self._build_app_dict(request, app_label).values())

    @login_not_required  # or the one who signs in is led back here, not to where they were going
    def login(self, request, extra_context=None):
        if self.has_permission(request):
            return redirect("admin:index")
        if request.user.is_authenticated:
            raise PermissionDenied(_("只有管理员可以进入管理页面。"))
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))
