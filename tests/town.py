"""The small town that tests play in: the real fixtures and a cast of people."""

from datetime import date

from django.core.management import call_command

from assessment import workflow
from assessment.models import Assessment, Cycle
from branches.enums import Role
from branches.models import Branch, Department, Membership, User

FIXTURES = ("departments", "branches", "catalogue_2022", "cycle_2022")
PASSWORD = "a-long-test-password"

# username → [(role, branch name or department code)]
CAST = {
    "admin": [(Role.ADMINISTRATOR, None)],
    "supervisor": [(Role.SUPERVISOR, None)],
    "auditor": [(Role.AUDITOR, None)],
    "reviewer_dj": [(Role.REVIEWER, "DJ")],
    "reviewer_ny": [(Role.REVIEWER, "NY")],
    "clerk_weipo": [(Role.CLERK, "卫坡村")],
    "clerk_nanchen": [(Role.CLERK, "南陈村")],
    "liaison": [(Role.CLERK, "石沟村"), (Role.CLERK, "游王村"), (Role.CLERK, "闫凹村")],
    "nobody": [],
}


def load_town():
    """Load the fixtures, make the cast, open 2022."""
    call_command("loaddata", *FIXTURES, verbosity=0)
    for username, roles in CAST.items():
        user = User.objects.create(username=username, name=username)
        user.set_password(PASSWORD)
        user.save()
        for role, place in roles:
            Membership.objects.create(user=user, role=role, **_place(role, place))
    workflow.open_cycle(Cycle.objects.get(year=2022), by=person("admin"))


def _place(role, place):
    if role == Role.CLERK:
        return {"branch": Branch.objects.get(name=place)}
    if role == Role.REVIEWER:
        return {"department": Department.objects.get(code=place)}
    return {}


def person(username):
    """One of the cast, with memberships not yet read."""
    return User.objects.get(username=username)


def sheet_of(branch_name, year=2022):
    return Assessment.objects.with_places().get(cycle__year=year, branch__name=branch_name)


def item_of(sheet, code):
    """The item of `sheet` named by category code and number, such as "ST-3"."""
    category, number = code.split("-")
    return (
        sheet.items.with_places()
        .filter(task_item__category__code=category, task_item__number=number)
        .get()
    )


def fill(sheet, *, rating="met", targets=("ZB", "CY", "ST", "PA")):
    """Write every item of a sheet straight into the database, ready to submit."""
    sheet.items.update(
        self_rating=rating, measures="演示举措", progress="演示进展", responsible_person="李某"
    )
    sheet.stars.filter(category__code__in=targets).update(targeted=True)


def sign_off_everything(sheet, *, rating="met", by=None):
    """Mark every item as its department and sign off, as people who may."""
    sheet.items.update(review=rating)
    for department in Department.objects.filter(led_items__ratings__assessment=sheet).distinct():
        reviewer = by or reviewer_of(department)
        workflow.sign_off(sheet, department, by=reviewer)


def reviewer_of(department):
    """A reviewer of `department`; one is made where the cast has none."""
    found = User.objects.filter(memberships__department=department).first()
    if found:
        return found
    user = User.objects.create(username=f"reviewer_{department.code.lower()}")
    Membership.objects.create(user=user, role=Role.REVIEWER, department=department)
    return user


def at_step(sheet, step):
    """Take a fresh sheet to `step` by the verbs."""
    clerk = User.objects.filter(memberships__branch=sheet.branch).first() or _clerk_for(sheet)
    if step == "self_rating":
        return sheet_of(sheet.branch.name)
    fill(sheet)
    workflow.submit(sheet, by=clerk)
    if step in ("supervision", "concluded"):
        sign_off_everything(sheet)
    if step == "concluded":
        supervisor = person("supervisor")
        codes = sheet.stars.values_list("category__code", flat=True)
        workflow.decide(sheet, dict.fromkeys(codes, (True, "")), by=supervisor)
        workflow.conclude(sheet, by=supervisor)
    return sheet_of(sheet.branch.name)


def inspection_of(*sheets, departments=("NY", "RJ"), held_on=date(2022, 11, 1)):
    """A joint inspection of these branches, by the supervisor."""
    facts = {
        "held_on": held_on,
        "purpose": "查秋季秸秆禁烧",
        "heard_report": True,
        "read_files": False,
        "looked_on_site": True,
        "participants": "张某、李某",
    }
    visits = {sheet: f"{sheet.branch.name}巡查有记录" for sheet in sheets}
    taking_part = Department.objects.filter(code__in=departments)
    by = person("supervisor")
    return workflow.record_inspection(sheets[0].cycle, facts, taking_part, visits, by=by)


def finding_on(sheet, code="ST-3", *, inspection=None, department="NY", **changed):
    """A problem at a branch, on one of its items unless `code` is empty."""
    facts = {
        "item_rating": item_of(sheet, code) if code else None,
        "problem": "沟边有秸秆堆放",
        "requirement": "清理离田，留存台账",
        "department": Department.objects.get(code=department),
        "due_date": date(2022, 11, 20),
        **changed,
    }
    inspection = inspection or inspection_of(sheet)
    return workflow.record_finding(inspection, sheet, facts, by=person("supervisor"))


def notice_about(*findings, cycle=None):
    """A notice in draft."""
    words = {
        "title": "关于秸秆禁烧督查情况的通报",
        "opening": "近日，镇党委组织联查。",
        "done_well": "",
        "problems": "",
        "requirements": "限期整改。",
        "issuer": "中共朝阳镇委员会",
    }
    cycle = cycle or Cycle.objects.get(year=2022)
    inspections = {finding.inspection for finding in findings}
    return workflow.draft_notice(cycle, inspections, findings, words, by=person("supervisor"))


def conclude_everything(year=2022):
    """Straight into the database: the way there is another test's."""
    supervisor = person("supervisor")
    day = "2022-12-20T00:00Z"
    Assessment.objects.filter(cycle__year=year).exclude(step="concluded").update(
        step="concluded",
        submitted_at=day,
        submitted_by=supervisor,
        concluded_at=day,
        concluded_by=supervisor,
        level=2,
    )


def close_year(year=2022):
    """Conclude what is not, and close; returns the closed cycle."""
    conclude_everything(year)
    workflow.close_cycle(Cycle.objects.get(year=year), by=person("admin"))
    return Cycle.objects.get(year=year)


def _clerk_for(sheet):
    user = User.objects.create(username=f"clerk_{sheet.branch.code}")
    Membership.objects.create(user=user, role=Role.CLERK, branch=sheet.branch)
    return user
