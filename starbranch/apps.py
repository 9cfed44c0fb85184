"""Puts starbranch's admin site in the place of Django's own."""

from django.contrib.admin.apps import AdminConfig


class StarbranchAdminConfig(AdminConfig):
    default_site = "starbranch.admin_site.AdminSite"
