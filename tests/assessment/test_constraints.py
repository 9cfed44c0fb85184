"""The constraints live in the database: each is tried past forms, models and verbs."""

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from assessment.models import (
    Assessment,
    Catalogue,
    Category,
    Cycle,
    DepartmentSignOff,
    Event,
    Evidence,
    ItemRating,
    Opinion,
    Phrase,
    Star,
    TaskItem,
)
from branches.enums import Role
from branches.models import Branch, Department, Membership
from tests.town import at_step, person, sheet_of

from .breaks_of_findings import BREAKS as OF_FINDINGS

DAY = "2022-11-01T00:00Z"


def who():
    return person("supervisor")


SUBMITTED = {"submitted_at": DAY, "submitted_by": who}
CONCLUDED = {"concluded_at": DAY, "concluded_by": who}
CLOSED = {"closed_at": DAY, "closed_by": who}


def sheet():
    return Assessment.objects.filter(branch__name="卫坡村")


def star():
    return Star.objects.filter(assessment__in=sheet())


def item():
    return ItemRating.objects.filter(assessment__in=sheet())


def branch():
    return Branch.objects.filter(name="卫坡村")


def department():
    return Department.objects.filter(code="NY")


def update(rows, /, **values):
    """Write values straight into the rows; a callable is asked for its value first."""

    def act():
        plain = {name: value() if callable(value) else value for name, value in values.items()}
        assert rows().update(**plain)

    return act


def copy(model):
    """Put the first row in a second time, as bulk_create does: no save(), no full_clean()."""

    def act():
        row = model.objects.order_by("pk").first()
        row.pk = None
        model.objects.bulk_create([row])

    return act


def member(role, *places, username="nobody"):
    """Make a person a member, of 卫坡村 or 农业服务中心 or both or neither."""

    def act():
        place = {rows.__name__: rows().get() for rows in places}
        Membership.objects.bulk_create([Membership(user=person(username), role=role, **place)])

    return act


def sign_off_twice():
    signed = at_step(sheet_of("卫坡村"), "supervision")
    row = signed.sign_offs.first()
    DepartmentSignOff.objects.bulk_create(
        [DepartmentSignOff(assessment=signed, department=row.department, signed_by=who())]
    )


def evidence(**values):
    """Put a row of evidence in, as bulk_create does, with `values` in place of good ones."""

    def act():
        good = {
            "branch": branch().get(),
            "cycle": Cycle.objects.get(),
            "name": "方案.pdf",
            "kind": "pdf",
            "size": 1,
            "sha256": "0" * 64,
            "file": "evidence/00/a.pdf",
            "uploaded_by": who(),
        }
        return Evidence.objects.bulk_create([Evidence(**good | values)])[0]

    return act


def replace_twice():
    old = evidence()()
    for number in (1, 2):
        evidence(file=f"{number}.pdf", replaces=old)()


def opinions(*texts):
    """Put the same department's opinions on one item, past the verb."""

    def act():
        facts = {"item_rating": item().first(), "department": department().get()}
        Opinion.objects.bulk_create(
            [Opinion(**facts, text=text, by=who(), at=DAY) for text in texts]
        )

    return act


def phrase_twice():
    Phrase.objects.bulk_create([Phrase(department=department().get(), text="缺照片。")] * 2)


BREAKS = [
    ("branch_kind_is_a_choice", update(Branch.objects.all, kind="town")),
    ("membership_fits_its_role", member(Role.CLERK)),
    ("membership_fits_its_role", member(Role.CLERK, department)),
    ("membership_fits_its_role", member(Role.CLERK, branch, department)),
    ("membership_fits_its_role", member(Role.REVIEWER)),
    ("membership_fits_its_role", member(Role.REVIEWER, branch)),
    ("membership_fits_its_role", member(Role.REVIEWER, branch, department)),
    ("membership_fits_its_role", member(Role.SUPERVISOR, branch)),
    ("membership_fits_its_role", member(Role.SUPERVISOR, department)),
    ("membership_fits_its_role", member(Role.AUDITOR, branch)),
    ("membership_fits_its_role", member(Role.ADMINISTRATOR, department)),
    ("membership_fits_its_role", member("mayor")),
    ("membership_of_branch_once", member(Role.CLERK, branch, username="clerk_weipo")),
    (
        "membership_of_department_once",
        member(Role.REVIEWER, department, username="reviewer_ny"),
    ),
    ("membership_of_town_once", member(Role.SUPERVISOR, username="supervisor")),
    ("category_code_once", copy(Category)),
    ("task_item_number_once", copy(TaskItem)),
    ("task_item_has_points", update(TaskItem.objects.all, points=0)),
    ("cycle_state_is_a_choice", update(Cycle.objects.all, state="paused")),
    ("cycle_threshold_is_a_percentage", update(Cycle.objects.all, star_threshold=101)),
    ("cycle_closed_at_together", update(Cycle.objects.all, state="closed", **CLOSED)),
    ("cycle_closed_at_together", update(Cycle.objects.all, state="closed", names_kept={})),
    (
        "cycle_closed_at_is_of_a_closed_year",
        update(Cycle.objects.all, **CLOSED, names_kept={"town": "朝阳镇"}),
    ),
    ("assessment_once", copy(Assessment)),
    (
        "assessment_step_is_a_choice",
        update(sheet, step="rating", **SUBMITTED),
    ),
    ("assessment_submitted_at_together", update(sheet, submitted_at=DAY)),
    ("assessment_submitted_at_together", update(sheet, submitted_by=who)),
    ("assessment_concluded_at_together", update(sheet, concluded_at=DAY)),
    ("assessment_concluded_at_together", update(sheet, concluded_by=who)),
    ("assessment_concluded_at_together", update(sheet, **CONCLUDED)),
    (
        "assessment_concluded_has_a_level",
        update(sheet, level=3, **CONCLUDED),
    ),
    (
        "assessment_concluded_has_a_level",
        update(sheet, step="concluded", **SUBMITTED),
    ),
    ("assessment_handed_in_is_stamped", update(sheet, step="review")),
    ("assessment_handed_in_is_stamped", update(sheet, step="supervision")),
    ("star_once", copy(Star)),
    ("star_awarded_together", update(star, awarded=True)),
    ("star_awarded_together", update(star, awarded=False, decided_at=DAY)),
    ("star_awarded_together", update(star, decided_at=DAY, decided_by=who)),
    ("item_rating_once", copy(ItemRating)),
    ("item_rating_self_rating_is_a_choice", update(item, self_rating="good")),
    ("item_rating_review_is_a_choice", update(item, review="达标")),
    (
        "item_rating_supervision_is_a_choice",
        update(item, supervision="Met", supervision_note="看过"),
    ),
    ("item_rating_returned_at_together", update(item, returned_at=DAY)),
    ("item_rating_returned_at_together", update(item, returned_at=DAY, returned_by=who)),
    ("item_rating_returned_at_together", update(item, return_reason="请补")),
    (
        "item_rating_return_has_a_reason",
        update(item, returned_at=DAY, returned_by=who, return_reason=""),
    ),
    (
        "item_rating_return_field_is_a_choice",
        update(
            item, returned_at=DAY, returned_by=who, return_reason="请补", return_field="due_date"
        ),
    ),
    ("item_rating_return_field_was_returned", update(item, return_field="measures")),
    ("item_rating_changed_at_together", update(item, changed_at=DAY)),
    ("item_rating_changed_at_together", update(item, changed_by=who)),
    ("item_rating_resubmitted_was_returned", update(item, resubmitted_at=DAY)),
    ("item_rating_supervision_has_a_reason", update(item, supervision="met")),
    ("sign_off_once", sign_off_twice),
    ("opinion_once", opinions("看过", "又看过")),
    ("opinion_says_something", opinions("")),
    ("phrase_once", phrase_twice),
    ("evidence_kind_is_a_choice", evidence(kind="html")),
    ("evidence_has_a_name", evidence(name="")),
    ("evidence_is_not_empty", evidence(size=0)),
    ("evidence_image_has_a_thumbnail", evidence(kind="image")),
    ("evidence_image_has_a_thumbnail", evidence(thumbnail="thumbnails/00/a.jpg")),
    (
        "event_verb_is_a_choice",
        lambda: Event.objects.bulk_create([Event(verb="forget", subject="卫坡村")]),
    ),
]


def constraints():
    models = [*apps.get_app_config("assessment").get_models()]
    models += [*apps.get_app_config("branches").get_models()]
    return {rule.name for model in models for rule in model._meta.constraints}


def test_every_constraint_is_tried():
    assert {name for name, _act in (*BREAKS, *OF_FINDINGS)} == constraints()


@pytest.mark.parametrize(("name", "act"), [*BREAKS, *OF_FINDINGS])
def test_the_database_refuses(name, act, town):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        act()
    # SQLite names the columns of a unique pair, not its constraint.
    assert name in str(refusal.value) or "UNIQUE constraint failed" in str(refusal.value)


@pytest.mark.parametrize(
    "act",
    [
        copy(Cycle),
        copy(Catalogue),
        replace_twice,
        lambda: [evidence()(), evidence()()],
        update(department, code="DJ"),
        update(department, name="党建工作办公室"),
        lambda: Branch.objects.bulk_create(
            [Branch(code="410308105001", name="别的", kind="village")]
        ),
        lambda: Branch.objects.bulk_create(
            [Branch(code="410308105999", name="卫坡村", kind="village")]
        ),
        update(Assessment.objects.all, target_level=None),
        update(ItemRating.objects.all, version=None),
        update(ItemRating.objects.all, version=-1),
        update(Cycle.objects.all, star_threshold=-1),
    ],
)
def test_what_is_unique_or_never_empty_or_never_below_nought(act, town):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()


@pytest.mark.parametrize(
    "act",
    [
        update(sheet, step="review", **SUBMITTED),
        update(sheet, step="concluded", level=0, **SUBMITTED, **CONCLUDED),
        update(star, awarded=False, decided_at=DAY, decided_by=who),
        update(item, returned_at=DAY, returned_by=who, return_reason="请补", resubmitted_at=DAY),
        update(item, supervision="not_applicable", supervision_note="没有畜禽养殖"),
        update(item, self_rating="", review="unmet", changed_at=DAY, changed_by=who),
        update(Cycle.objects.all, star_threshold=0, state="closed"),
        evidence(),
        evidence(kind="image", thumbnail="thumbnails/00/a.jpg"),
        member(Role.CLERK, branch),
        member(Role.REVIEWER, department),
        member(Role.ADMINISTRATOR),
        member(Role.AUDITOR, username="clerk_weipo"),
    ],
)
def test_what_is_in_order_passes(act, town):
    act()


@pytest.mark.parametrize(
    "remove",
    [
        lambda: Branch.objects.get(name="卫坡村").delete(),
        lambda: Department.objects.get(code="NY").delete(),
        lambda: Cycle.objects.get().delete(),
        lambda: Catalogue.objects.get().delete(),
        lambda: sheet_of("卫坡村").delete(),
        lambda: person("admin").delete(),
    ],
)
def test_what_is_referred_to_stays(remove, town):
    with pytest.raises(ProtectedError):
        remove()
