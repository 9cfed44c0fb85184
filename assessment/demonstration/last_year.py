"""The year before: every branch through the three steps, and the year closed.

What happens is the plain course, so each verb is called for as many rows at once as it takes.
"""

from datetime import date

from branches.enums import Role

from .. import workflow
from ..enums import Rating
from ..models import Assessment, ItemRating
from ..rules.stars import proposed
from . import script

WRITTEN_ON = date(2022, 10, 20)  # what the branches say they will have done by when is around it
ITEMS = 6  # in a category


class Course:
    """One branch's year: which stars it set out for, and which of them it won."""

    def __init__(self, sheet, part):
        self.sheet, self.targets, self.won = sheet, part["targets"], part["won"]

    def self_mark(self, task):
        """In a category that it does not set out for, one item is not there yet."""
        sets_out = task.category.code in self.targets
        return Rating.MET if sets_out or not self._falls_short(task) else Rating.PARTLY_MET

    def review_mark(self, task):
        """Where a star that it set out for is not won, the department sees one item otherwise."""
        return Rating.PARTLY_MET if self._falls_short(task) else Rating.MET

    def _falls_short(self, task):
        if task.category.code in self.won:
            return False
        # The first from there on about which the town's article says nothing good.
        numbers = [(self.sheet.branch.order + turn) % ITEMS + 1 for turn in range(ITEMS)]
        said = script.said_of(self.sheet.branch)
        return task.number == next(n for n in numbers if f"{task.category.code}-{n}" not in said)

    def hand_in(self, clerk):
        workflow.target_stars(self.sheet, self.targets, by=clerk)
        words = {
            item.pk: (item.version, self._words(item.task_item))
            for item in self.sheet.items.for_rules()
        }
        workflow.self_rate_many(self.sheet, words, by=clerk)
        workflow.submit(self.sheet, by=clerk)

    def _words(self, task):
        branch = self.sheet.branch
        return script.self_rating(branch, task, self.self_mark(task).value, WRITTEN_ON, turn=1)

    def decide(self, supervisor):
        """As the rules propose: what fell short is not won."""
        proposal = proposed(self.sheet.item_rows(), self.sheet.cycle.star_threshold)
        codes = self.sheet.stars.values_list("category__code", flat=True)
        workflow.decide(self.sheet, {code: (code in proposal, "") for code in codes}, by=supervisor)
        workflow.conclude(self.sheet, by=supervisor)


def play_last_year(cycle, cast):
    """From its opening to its end."""
    workflow.open_cycle(cycle, by=cast[Role.ADMINISTRATOR])
    sheets = Assessment.objects.with_places().filter(cycle=cycle)
    by_branch = {sheet.branch.name: sheet for sheet in sheets}
    courses = [Course(by_branch[part["branch"]], part) for part in script.last_year()]
    for course in courses:
        course.hand_in(cast[course.sheet.branch.name])
    items = ItemRating.objects.filter(assessment__cycle=cycle)
    for department in items.departments():
        _review(department, items.led_by(department), courses, cast[department.code])
    for course in courses:
        course.decide(cast[Role.SUPERVISOR])
    workflow.close_cycle(cycle, by=cast[Role.ADMINISTRATOR])


def _review(department, items, courses, reviewer):
    by_sheet = {course.sheet.pk: course for course in courses}
    changes = {}
    for item in items.for_rules():
        course, task = by_sheet[item.assessment_id], item.task_item
        mark = course.review_mark(task).value
        note = script.review_note(course.sheet.branch, task, mark)
        changes[item.pk] = (item.version, {"review": mark, "review_note": note})
    workflow.review_each(changes, by=reviewer)
    workflow.sign_off_many([course.sheet for course in courses], department, by=reviewer)
