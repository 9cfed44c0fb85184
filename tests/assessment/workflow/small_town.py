"""A town of two branches, two categories and two departments, for random people and verbs."""

from datetime import date, timedelta

from django.utils import timezone

from assessment import workflow
from assessment.models import (
    Assessment,
    Catalogue,
    Category,
    Cycle,
    DepartmentSignOff,
    Event,
    Finding,
    FindingExtension,
    Inspection,
    ItemRating,
    Notice,
    NoticeReading,
    Opinion,
    Rectification,
    ReportNote,
    Star,
    TaskItem,
    Visit,
)
from branches.enums import Role
from branches.models import Branch, Department, Membership, User

YEAR = 2099
BRANCHES, DEPARTMENTS = ("卫坡村", "南陈村"), ("DJ", "NY")
REASONS = ("", "现场看过")
MARKS = ("met", "met", "met", "partly_met", "unmet", "not_applicable", "")


class Town:
    """The rows of the year, read afresh at every call, and the people who may be sent."""

    def __init__(self):
        Branch.objects.exclude(name__in=BRANCHES).update(is_active=False)
        catalogue = Catalogue.objects.create(year=YEAR, name="小清单")
        lead, other = (Department.objects.get(code=code) for code in DEPARTMENTS)
        for order, code in enumerate(("AA", "BB"), start=1):
            category = Category.objects.create(
                catalogue=catalogue, code=code, name=code, order=order, is_prerequisite=order == 1
            )
            for number, department in enumerate((lead, other), start=1):
                item = TaskItem.objects.create(
                    category=category,
                    number=number,
                    name=f"{code}{number}",
                    standard="达标",
                    lead_department=department,
                    is_key=number == 1,
                )
                item.cooperating_departments.add(other if department == lead else lead)
        self.cycle = Cycle.objects.create(
            year=YEAR,
            catalogue=catalogue,
            self_rating_due=date(2022, 10, 1),
            review_due=date(2022, 10, 1),
        )
        self.people = {name: self._person(name, *facts) for name, *facts in self._cast()}
        workflow.open_cycle(self.cycle, by=self.people["admin"])
        Assessment.objects.filter(cycle=self.cycle).update(target_level=1)

    def _cast(self):
        for number, name in enumerate(BRANCHES):
            yield f"clerk{number}", Role.CLERK, {"branch": Branch.objects.get(name=name)}
        for code in DEPARTMENTS:
            yield code, Role.REVIEWER, {"department": Department.objects.get(code=code)}
        for role in (Role.SUPERVISOR, Role.AUDITOR, Role.ADMINISTRATOR):
            yield {"administrator": "admin"}.get(role.value, role.value), role, {}

    def _person(self, name, role, place):
        user = User.objects.create(username=f"small_{name}")
        Membership.objects.create(user=user, role=role, **place)
        return user

    def sheet(self, pick):
        return self._of(Assessment.objects.with_places().filter(cycle=self.year), pick)

    def item(self, pick):
        rows = ItemRating.objects.with_places().filter(assessment__cycle=self.year)
        return self._of(rows.order_by("pk"), pick)

    def inspection(self, pick):
        return self._of(Inspection.objects.filter(cycle=self.year).order_by("pk"), pick)

    def finding(self, pick):
        rows = Finding.objects.with_places().filter(assessment__cycle=self.year)
        return self._of(rows.order_by("pk"), pick)

    def notice(self, pick):
        return self._of(Notice.objects.filter(cycle=self.year).order_by("pk"), pick)

    def department(self, pick):
        return self._of(Department.objects.filter(code__in=DEPARTMENTS), pick)

    @property
    def year(self):
        return Cycle.objects.get(pk=self.cycle.pk)

    @staticmethod
    def _of(rows, pick):
        found = list(rows)
        return found[pick % len(found)] if found else None

    def snapshot(self):
        """Every row of the year, so that two moments can be compared whole."""
        places = {
            Assessment: "cycle",
            Star: "assessment__cycle",
            ItemRating: "assessment__cycle",
            DepartmentSignOff: "assessment__cycle",
            Opinion: "item_rating__assessment__cycle",
            Inspection: "cycle",
            Visit: "inspection__cycle",
            Finding: "assessment__cycle",
            Rectification: "finding__assessment__cycle",
            FindingExtension: "finding__assessment__cycle",
            Notice: "cycle",
            NoticeReading: "notice__cycle",
            Notice.findings.through: "notice__cycle",
            Notice.inspections.through: "notice__cycle",
            Inspection.departments.through: "inspection__cycle",
            ReportNote: "cycle",
            Event: "cycle",
            Cycle: "pk",
        }
        return {
            model.__name__: list(
                model.objects.filter(**{place: self.cycle.pk}).order_by("pk").values_list()
            )
            for model, place in places.items()
        }


def later(days):
    return timezone.localdate() + timedelta(days=days)
