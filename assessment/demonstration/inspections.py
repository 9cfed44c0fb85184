"""Joint inspections and what became of their findings, through the verbs."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from branches.enums import Role
from branches.models import Department

from .. import files, workflow
from ..enums import Moment
from ..models import Assessment, Finding
from ..rules.completeness import WAYS
from . import script


class Inspector:
    """Plays one inspection of the script; the later methods are acts that it may name."""

    def __init__(self, part, cycle, cast, today):
        self.part, self.cast, self.today = part, cast, today
        sheets = Assessment.objects.with_places().filter(cycle=cycle)
        self.sheets = {sheet.branch.name: sheet for sheet in sheets}
        self.cycle, self.supervisor = cycle, cast[Role.SUPERVISOR]

    def play(self):
        part = self.part
        facts = {way: way in part["ways"] for way in WAYS}
        facts |= {name: part[name] for name in ("purpose", "participants")}
        facts["held_on"] = self._day(part["days"])
        departments = Department.objects.filter(code__in=part["departments"])
        visits = {self.sheets[name]: words for name, words in part["visits"].items()}
        inspection = workflow.record_inspection(
            self.cycle, facts, departments, visits, by=self.supervisor
        )
        for told in part["findings"]:
            finding = self._found(inspection, told)
            for name, *rest in told["acts"]:
                getattr(self, name)(Finding.objects.with_places().get(pk=finding.pk), *rest)

    def _found(self, inspection, told):
        sheet = self.sheets[told["branch"]]
        item = self._item(sheet, told["item"])
        lead = item and item.task_item.lead_department
        facts = {
            "item_rating": item,
            "problem": told["problem"],
            "requirement": told["requirement"],
            "department": lead or Department.objects.get(code=told["department"]),
            "due_date": self._day(told["due"]),
        }
        finding = workflow.record_finding(inspection, sheet, facts, by=self.supervisor)
        if told["picture"]:
            self._file(finding, told["picture"], Moment.FOUND, self.supervisor)
        return finding

    def rectify(self, finding, measure, person, picture):
        clerk = self.cast[finding.assessment.branch.name]
        self._file(finding, picture, Moment.AFTER, clerk)
        workflow.rectify(finding, measure, person, by=clerk)

    def refuse(self, finding, note):
        workflow.refuse_rectification(finding, *self._round(finding, note))

    def close(self, finding, note):
        workflow.close_finding(finding, *self._round(finding, note))

    def ask(self, finding, days, reason):
        clerk = self.cast[finding.assessment.branch.name]
        workflow.ask_extension(finding, self._day(days), reason, by=clerk)

    def grant(self, finding, answer):
        workflow.grant_extension(finding, answer, by=self.supervisor)

    def _round(self, finding, note):
        """Re-checked by the department responsible."""
        return finding.rounds.count(), note, self.cast[finding.department.code]

    def _item(self, sheet, code):
        items = sheet.items.with_places()
        return next((item for item in items if item.task_item.code == code), None)

    def _file(self, finding, picture, moment, by):
        name = f"{finding.assessment.branch.name}{moment.label}.jpg"
        reading = files.read(SimpleUploadedFile(name, script.picture(picture)))
        workflow.file_on_finding(finding, reading, moment, self.today, by=by)

    def _day(self, days):
        return self.today + timedelta(days=days)


def inspectors(cycle, cast, today):
    return [Inspector(part, cycle, cast, today) for part in script.inspections()]
