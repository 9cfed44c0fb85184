"""A town in which everything is told apart, and what its marks come to by plain loops."""

from fractions import Fraction
from random import Random

from django.utils import timezone

from assessment.models import (
    Assessment,
    DepartmentSignOff,
    Finding,
    ItemRating,
    Star,
    TaskItem,
)
from branches.models import Department
from tests.town import finding_on, person

STEPS = ["self_rating", "review", "supervision", "concluded"]
MARKS = ["met"] * 8 + ["partly_met", "unmet", "not_applicable", ""]


def mix(town):
    """Sheets at every step with marks of every kind, straight into the rows."""
    chance, supervisor, now = Random(2022), person("supervisor"), timezone.now()
    type(town).objects.update(star_threshold=80)
    for task in TaskItem.objects.filter(number__in=(1, 4)):
        TaskItem.objects.filter(pk=task.pk).update(is_key=True)
    sheets = list(Assessment.objects.all())
    for place, sheet in enumerate(sheets):
        sheet.step = STEPS[place % 4]
        sheet.target_level = chance.randint(0, 5)
        if sheet.step != "self_rating":
            sheet.submitted_at, sheet.submitted_by = now, supervisor
    _stars(sheets, chance, supervisor, now)
    _items(sheets, chance, supervisor, now)
    fields = ["step", "target_level", "submitted_at", "submitted_by"]
    fields += ["concluded_at", "concluded_by", "level"]
    Assessment.objects.bulk_update(sheets, fields)
    for sheet in sheets[:9]:
        finding_on(sheet, "ST-4")
    finding_on(sheets[1], "ZB-2", department="DJ")
    states = (("answered", {}), ("closed", {"closed_at": now, "closed_by": supervisor}))
    for finding, (state, facts) in zip(Finding.objects.order_by("pk"), states, strict=False):
        Finding.objects.filter(pk=finding.pk).update(state=state, **facts)
    aside = {"set_aside_at": now, "set_aside_by": supervisor, "set_aside_reason": "不影响"}
    Finding.objects.filter(assessment=sheets[2]).update(**aside)
    return town


def _stars(sheets, chance, supervisor, now):
    """Some decided before the committee, all of them once it is done."""
    stars = []
    for sheet in sheets:
        own = list(Star.objects.filter(assessment=sheet))
        for star in own:
            star.targeted = chance.random() < 0.5
            is_decided = sheet.step == "concluded"
            is_decided |= sheet.step == "supervision" and chance.random() < 0.4
            if is_decided:
                star.awarded = chance.random() < 0.6
                star.decided_at, star.decided_by = now, supervisor
        if sheet.step == "concluded":
            sheet.concluded_at, sheet.concluded_by = now, supervisor
            sheet.level = sum(star.awarded for star in own)
        stars += own
    Star.objects.bulk_update(stars, ["targeted", "awarded", "decided_at", "decided_by"])


def _items(sheets, chance, supervisor, now):
    steps = {sheet.pk: STEPS.index(sheet.step) for sheet in sheets}
    items = list(ItemRating.objects.all())
    for item in items:
        begun = steps[item.assessment_id]
        item.self_rating = chance.choice(MARKS)
        item.review = chance.choice(MARKS) if begun >= 1 else ""
        if begun >= 2 and chance.random() < 0.2:
            item.supervision, item.supervision_note = chance.choice(MARKS[:-1]), "现场核实"
        if begun == 1 and chance.random() < 0.1:
            item.returned_at, item.returned_by, item.return_reason = now, supervisor, "补材料"
    names = ["self_rating", "review", "supervision", "supervision_note"]
    ItemRating.objects.bulk_update(
        items, [*names, "returned_at", "returned_by", "return_reason"], batch_size=200
    )
    signed = [sheet for sheet in sheets if sheet.step != "self_rating"]
    departments = list(Department.objects.filter(code__in=("DJ", "NY")))
    DepartmentSignOff.objects.bulk_create(
        DepartmentSignOff(assessment=sheet, department=department, signed_by=supervisor)
        for sheet in signed
        for department in (departments if sheet.step == "review" else Department.objects.all())
    )


def mark_at(item, step):
    """The mark that counts."""
    if step == "self_rating":
        return item.self_rating
    if step == "review":
        return item.review
    return item.supervision or item.review


def is_held_up(item):
    asked = Finding.objects.filter(item_rating=item, state__in=("open", "answered"))
    return item.task_item.is_key and asked.filter(set_aside_at=None).exists()


def earns(items, step, mended=()):
    """Whether these items of one category earn its star, were those in `mended` met."""
    marks = {item: "met" if item in mended else mark_at(item, step) for item in items}
    counted = [item for item in items if marks[item] != "not_applicable"]
    for item in counted:
        if item.task_item.is_key and marks[item] in ("", "unmet"):
            return False
        if step != "self_rating" and item not in mended and item.held_up:
            return False
    worth = {"met": Fraction(1), "partly_met": Fraction(1, 2)}
    total = sum(item.task_item.points for item in counted)
    got = sum(worth.get(marks[item], 0) * item.task_item.points for item in counted)
    return bool(total) and got / total >= Fraction(80, 100)
