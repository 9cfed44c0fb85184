"""The home page: what waits for whoever looks, read from the rows as they stand at that moment."""

from django.shortcuts import render
from django.utils import timezone

from branches.enums import Role

from ...models import Cycle
from .administrator import to_mend
from .clerk import own_sheets
from .findings import own_findings
from .notices import own_notices
from .reviewer import own_departments
from .town import town


def home(request):
    """Everything that each membership brings. Nothing is stored, so nobody finished is reminded."""
    user, today = request.user, timezone.localdate()
    cycles = list(Cycle.objects.open())
    parts = {}
    if user.branch_ids:
        parts["own_sheets"] = own_sheets(user, today)
    if user.department_ids:
        parts["own_departments"] = own_departments(user, cycles)
    if user.has_role(Role.CLERK, Role.REVIEWER, Role.SUPERVISOR):
        parts["own_findings"] = [own_findings(user, today)]
    if user.has_role(Role.CLERK, Role.SUPERVISOR):
        sheets = [own.sheet for own in parts.get("own_sheets", ())]
        parts["own_notices"] = [own_notices(user, sheets)]
    if user.reads_all:
        parts["towns"] = [town(user, today)]
    if user.is_administrator:
        parts["mending"] = [to_mend()]
    open_work = sum(each.open_work for part in parts.values() for each in part)
    context = {"cycles": cycles, "today": today, "open_work": open_work, **parts}
    return render(request, "assessment/home.html", context)
