"""Who there is: branches, departments, people and what they hold."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class BranchesConfig(AppConfig):
    name = "branches"
    verbose_name = _("支部、部门与人员")
