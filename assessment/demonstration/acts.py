"""The acts of a sheet's part. Each goes through the verbs, as the person whose work it is."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from branches.enums import Role

from .. import files, workflow
from ..enums import Owner, Rating
from ..models import Assessment
from ..rules.stars import proposed
from ..rules.transitions import owner
from . import script


class Player:
    """Plays one sheet's part; a method here is an act that the script may name."""

    def __init__(self, sheet, part, cast, today):
        self.sheet, self.part, self.cast, self.today = sheet, part, cast, today
        self.clerk = cast[sheet.branch.name]
        self.supervisor = cast[Role.SUPERVISOR]

    def play(self):
        for name, *facts in self.part["acts"]:
            getattr(self, name)(*facts)

    def target(self):
        workflow.target_stars(self.sheet, self.part["targets"], by=self.clerk)

    def fill(self):
        leave = self.part.get("leave", [])
        words = {
            item.pk: (item.version, self._words(code, item))
            for code, item in self._items().items()
            if code not in leave and item.task_item.category.code not in leave
        }
        workflow.self_rate_many(self.sheet, words, by=self.clerk)

    def file(self, code, picture, name, days):
        """File a picture that is said to be so many days old."""
        reading, taken_on = self._picture(picture, name, days)
        workflow.file_evidence(self._items()[code], reading, taken_on, by=self.clerk)

    def replace(self, code, old, picture, name, days):
        item = self._items()[code]
        reading, taken_on = self._picture(picture, name, days)
        workflow.replace_evidence(item, _named(item, old), reading, taken_on, by=self.clerk)

    def attach(self, code, source, name):
        """Let what backs another item back this one too."""
        items = self._items()
        workflow.attach_evidence(items[code], [_named(items[source], name)], by=self.clerk)

    def detach(self, code, name):
        item = self._items()[code]
        workflow.detach_evidence(item, _named(item, name), by=self.clerk)

    def submit(self):
        workflow.submit(self.sheet, by=self.clerk)

    def collect(self):
        workflow.collect(self.sheet, by=self.supervisor)

    def extend(self, step, days, reason):
        due = self.today + timedelta(days=days)
        workflow.extend(self.sheet, step, due, reason, by=self.supervisor)

    def review(self, departments=None):
        """Departments mark what they hold: as the branch did, unless the part says otherwise."""
        marks = {}
        for code, item in self._items().items():
            lead = item.task_item.lead_department.code
            holder = owner(
                item.assessment.step, is_returned=item.is_returned, is_signed_off=item.is_signed_off
            )
            if holder == Owner.DEPARTMENT and (not departments or lead in departments):
                mark, note = self._mark(code, item)
                words = {"review": mark, "review_note": note}
                marks.setdefault(lead, {})[item.pk] = (item.version, words)
        for lead, changes in marks.items():
            workflow.review_each(changes, by=self.cast[lead])

    def opine(self, code, department, text):
        item = self._items()[code]
        supports = item.task_item.cooperating_departments.get(code=department)
        workflow.opine(item, supports, text, 0, by=self.cast[department])

    def return_item(self, code, reason):
        item = self._items()[code]
        reviewer = self.cast[item.task_item.lead_department.code]
        workflow.return_item(item, reason, item.version, by=reviewer)

    def answer(self, code, words):
        """The branch writes anew in a returned item and hands it in again."""
        item = self._items()[code]
        workflow.self_rate(item, words, item.version, by=self.clerk)
        item = self._items()[code]
        workflow.resubmit(item, item.version, by=self.clerk)

    def sign_off(self, departments=None):
        for code, department in self._departments().items():
            if not departments or code in departments:
                workflow.sign_off(self.sheet, department, by=self.cast[code])

    def sign_off_for(self, code, reason):
        department = self._departments()[code]
        workflow.sign_off_for(self.sheet, department, reason, by=self.supervisor)

    def supervise(self, code, mark, note):
        item = self._items()[code]
        workflow.supervise(item, mark, note, item.version, by=self.supervisor)

    def send_back(self, code, reason):
        item = self._items()[code]
        workflow.send_back(item, reason, item.version, by=self.supervisor)

    def decide(self, decisions=None):
        """The committee decides the stars named, or else all of them as the rules propose."""
        if decisions is None:
            proposal = proposed(self.sheet.item_rows(), self.sheet.cycle.star_threshold)
            codes = self.sheet.stars.values_list("category__code", flat=True)
            decisions = {code: (code in proposal, "") for code in codes}
        decisions = {code: tuple(decision) for code, decision in decisions.items()}
        workflow.decide(self.sheet, decisions, by=self.supervisor)

    def conclude(self):
        workflow.conclude(self.sheet, by=self.supervisor)

    def reopen(self, reason):
        workflow.reopen(self.sheet, reason, by=self.supervisor)

    def _picture(self, picture, name, days):
        upload = SimpleUploadedFile(name, script.picture(picture))
        return files.read(upload), self.today - timedelta(days=days)

    def _items(self):
        """Code → item, read afresh: each act finds the sheet as the one before left it."""
        items = self.sheet.items.with_places()
        return {item.task_item.code: item for item in items}

    def _departments(self):
        """Code → department, for those that lead an item here and have not signed off."""
        leads = [i.task_item.lead_department for i in self._items().values() if not i.is_signed_off]
        return {department.code: department for department in leads}

    def _words(self, code, item):
        mark = self.part.get("marks", {}).get(code, Rating.MET.value)
        words = script.self_rating(self.sheet.branch, item.task_item, mark, self.today)
        words["self_rating_note"] = self.part.get("notes", {}).get(code, "")
        lacking = self.part.get("lacking", {}).get(code, ())
        return {name: value for name, value in words.items() if name not in lacking}

    def _mark(self, code, item):
        if code in self.part.get("reviews", {}):
            return self.part["reviews"][code]
        mark = item.self_rating or Rating.UNMET.value
        return mark, script.review_note(self.sheet.branch, item.task_item, mark)


def _named(item, name):
    return item.evidence.current().get(name=name)


def players(cycle, cast, today):
    """One player a part, each with its sheet."""
    sheets = Assessment.objects.with_places().filter(cycle=cycle)
    by_branch = {sheet.branch.name: sheet for sheet in sheets}
    return [Player(by_branch[part["branch"]], part, cast, today) for part in script.parts()]
