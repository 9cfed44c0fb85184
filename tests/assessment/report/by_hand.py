"""Every number of a report once more: the events are played forwards, in plain loops.

Nothing here is taken from the rules: it is what the report is held against.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from assessment.models import Event, Finding, ItemRating, Star
from branches.models import Department

STEPS = {
    "self_rating": "村组标星",
    "review": "部门瞄星",
    "supervision": "党委督星",
    "concluded": "已定星",
}
MARKS = ("self_rating", "review", "supervision")


def midnight(day):
    return datetime.combine(day, time.min, ZoneInfo("Asia/Shanghai"))


class Then:
    """The year at a moment, from its first event on."""

    def __init__(self, cycle, moment):
        self.cycle = cycle
        self.sheets = list(cycle.assessments.select_related("branch").order_by("branch__order"))
        self.items = list(
            ItemRating.objects.filter(assessment__cycle=cycle).select_related(
                "task_item__category", "task_item__lead_department"
            )
        )
        self.categories = list(cycle.catalogue.categories.order_by("order"))
        self.step = {sheet.pk: "self_rating" for sheet in self.sheets}
        self.level = {sheet.pk: None for sheet in self.sheets}
        self.mark = {item.pk: dict.fromkeys(MARKS, "") for item in self.items}
        self.is_back = {item.pk: False for item in self.items}
        self.awarded, self.targeted, self.signed, self.findings = {}, {}, set(), {}
        for event in Event.objects.filter(cycle=cycle, at__lt=moment).order_by("at", "pk"):
            self.play(event)

    def play(self, event):
        if event.finding_id:
            self.play_finding(event)
        elif event.assessment_id and not event.notice_id:
            self.step[event.assessment_id] = event.to_state
            if event.item_rating_id:
                self.play_item(event)
            else:
                self.play_sheet(event)

    def play_sheet(self, event):
        if event.verb in ("conclude", "reopen"):
            self.level[event.assessment_id] = event.changes["level"][1]
        if event.verb == "decide":
            for name, pair in event.changes.items():
                self.awarded[event.assessment_id, name] = pair[1]
        if event.verb == "target_stars":
            self.targeted[event.assessment_id] = event.changes["targeted"][1]
        if event.verb in ("sign_off", "sign_off_for"):
            self.signed.add((event.assessment_id, event.changes["department"][1]))

    def play_item(self, event):
        pk = event.item_rating_id
        for name in MARKS:
            if name in event.changes:
                self.mark[pk][name] = event.changes[name][1]
        if event.verb == "return":
            self.is_back[pk] = True
        if event.verb in ("resubmit", "sign_off_for"):
            self.is_back[pk] = False
        if event.verb == "send_back":
            [item] = [item for item in self.items if item.pk == pk]
            self.signed.discard((event.assessment_id, item.task_item.lead_department.name))

    def play_finding(self, event):
        if event.verb == "record_finding":
            row = Finding.objects.get(pk=event.finding_id)
            due = date.fromisoformat(event.changes["due_date"][1])
            self.findings[row.pk] = {"row": row, "state": "open", "aside": False, "due": due}
        found = self.findings[event.finding_id]
        found["state"] = event.to_state
        if event.verb == "set_aside":
            found["aside"] = True
        if event.verb == "grant_extension":
            found["due"] = date.fromisoformat(event.changes["due_date"][1])

    def stars(self, sheet):
        """The names of the stars that it holds: as decided, or else as the marks propose."""
        held = []
        for category in self.categories:
            decided = self.awarded.get((sheet.pk, category.name))
            if decided or (decided is None and self.is_proposed(sheet, category)):
                held.append(category.name)
        return held

    def is_proposed(self, sheet, category):
        counted = 0
        for item in self.items:
            if item.assessment_id != sheet.pk or item.task_item.category_id != category.pk:
                continue
            mark = self.mark[item.pk]["supervision"] or self.mark[item.pk]["review"]
            if mark == "not_applicable":
                continue
            counted += 1
            if mark != "met" or (item.task_item.is_key and self.is_held_up(item)):
                return False
        return counted > 0

    def is_held_up(self, item):
        for found in self.findings.values():
            stands = found["state"] in ("open", "answered") and not found["aside"]
            if stands and found["row"].item_rating_id == item.pk:
                return True
        return False

    def star_level(self, sheet):
        held = self.stars(sheet)
        for category in self.categories:
            if category.is_prerequisite and category.name not in held:
                return 0
        return len(held)

    def met(self, sheet):
        own = town = 0
        for item in self.items:
            if item.assessment_id == sheet.pk:
                mark = self.mark[item.pk]
                own += mark["self_rating"] == "met"
                town += (mark["supervision"] or mark["review"]) == "met"
        return own, town


class ByHand:
    """The rows of the three tables for the days from `first` to `last`, seen on `today`."""

    def __init__(self, cycle, first, last, today):
        self.before = Then(cycle, midnight(first))
        self.after = Then(cycle, midnight(last + timedelta(days=1)))
        self.cycle, self.last = cycle, min(last, today)
        self.events = [
            event
            for event in Event.objects.filter(cycle=cycle)
            if midnight(first) <= event.at < midnight(last + timedelta(days=1))
        ]

    def branches(self):
        rows = []
        for sheet in self.after.sheets:
            own_before, met_before = self.before.met(sheet)
            own, met = self.after.met(sheet)
            rows.append(
                [
                    sheet.branch.name,
                    sheet.target_level,
                    *(self.before.star_level(sheet), self.after.star_level(sheet)),
                    *(STEPS[self.before.step[sheet.pk]], STEPS[self.after.step[sheet.pk]]),
                    *(own_before, own, met_before, met),
                    *self.items(lambda item, sheet=sheet: item.assessment_id == sheet.pk),
                    *self.found(lambda row, sheet=sheet: row.assessment_id == sheet.pk),
                ]
            )
        return rows

    def stars(self):
        rows = []
        for category in self.after.categories:
            rows.append(
                [
                    category.name,
                    sum(category.name in names for names in self.after.targeted.values()),
                    *(self.holders(then, category) for then in (self.before, self.after)),
                    *(self.winners(then, category) for then in (self.before, self.after)),
                    *self.items(lambda item, of=category: item.task_item.category_id == of.pk),
                    *self.found(
                        lambda row, of=category: (
                            row.item_rating_id and row.item_rating.task_item.category_id == of.pk
                        )
                    ),
                ]
            )
        of_no_item = self.found(lambda row: row.item_rating_id is None)
        if any(row.item_rating_id is None for row in self.standing()):
            rows.append(["不对应任务项", 0, 0, 0, 0, 0, 0, 0, *of_no_item])
        return rows

    def holders(self, then, category):
        return sum(category.name in then.stars(sheet) for sheet in then.sheets)

    def winners(self, then, category):
        return sum(then.awarded.get((sheet.pk, category.name)) is True for sheet in then.sheets)

    def departments(self):
        rows = []
        for department in Department.objects.all():
            led = [
                item
                for item in self.after.items
                if item.task_item.lead_department_id == department.pk
            ]
            answers_for = [row for row in self.standing() if row.department_id == department.pk]
            if not led and not answers_for:
                continue
            rows.append(
                [
                    department.name,
                    len(led),
                    len({item.pk for item in led if self.is_marked(item)}),
                    *self.items(
                        lambda item, of=department: item.task_item.lead_department_id == of.pk
                    ),
                    sum(self.waits(item, department) for item in led),
                    sum(name == department.name for _sheet, name in self.after.signed),
                    *self.found(lambda row, of=department: row.department_id == of.pk),
                ]
            )
        return rows

    def is_marked(self, item):
        for event in self.events:
            is_new = bool(event.changes.get("review", ["", ""])[1])
            if is_new and event.verb == "review" and event.item_rating_id == item.pk:
                return True
        return False

    def waits(self, item, department):
        then, sheet = self.after, item.assessment_id
        if then.step[sheet] != "review" or then.is_back[item.pk]:
            return False
        return not then.mark[item.pk]["review"] and (sheet, department.name) not in then.signed

    def items(self, of):
        """How often items were returned, and handed in again."""
        by_pk = {item.pk: item for item in self.after.items}
        counts = []
        for verb in ("return", "resubmit"):
            events = [event for event in self.events if event.verb == verb]
            counts.append(sum(of(by_pk[event.item_rating_id]) for event in events))
        return counts

    def standing(self):
        """Findings on record at the end."""
        for found in self.after.findings.values():
            if found["state"] != "withdrawn":
                yield found["row"]

    def found(self, of):
        """Findings opened and closed, and at the end unresolved and overdue."""
        opened = closed = unresolved = overdue = 0
        for pk, found in self.after.findings.items():
            if found["state"] == "withdrawn" or not of(found["row"]):
                continue
            was = self.before.findings.get(pk)
            opened += was is None
            closed += found["state"] == "closed" and (was is None or was["state"] != "closed")
            unresolved += found["state"] != "closed"
            overdue += found["state"] != "closed" and found["due"] < self.last
        return [opened, closed, unresolved, overdue]

    def count(self, verb):
        return sum(event.verb == verb for event in self.events)


def rows_now(cycle):
    """What the rows themselves say now of marks, steps and awarded stars."""
    marks = ItemRating.objects.filter(assessment__cycle=cycle).values_list("pk", *MARKS)
    stars = Star.objects.filter(assessment__cycle=cycle, awarded__isnull=False)
    return (
        {pk: dict(zip(MARKS, each, strict=True)) for pk, *each in marks},
        dict(cycle.assessments.values_list("pk", "step")),
        dict(cycle.assessments.values_list("pk", "level")),
        {(s.assessment_id, s.category.name): s.awarded for s in stars.select_related("category")},
    )
