"""Random people doing random verbs on a small town, a thousand steps; what holds holds throughout.

The rules that are checked here are written anew, in plain loops over rows, not called.
"""

import inspect
import re
from collections import Counter
from contextlib import suppress
from pathlib import Path
from random import Random

from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from assessment import workflow
from assessment.models import DepartmentSignOff, Finding, ItemRating, Notice, Star
from branches.models import User

from . import small_acts
from .small_acts import ACTS, LIKELY
from .small_town import Town

STEPS, ROUNDS = 250, 4
COURSE_OF_A_NOTICE = {
    ("draft", "draft"),
    ("draft", "issued"),
    ("draft", "discarded"),
    ("issued", "issued"),
    ("issued", "withdrawn"),
    ("withdrawn", "withdrawn"),
    ("discarded", "discarded"),
}
# (the state of a finding, how its last round ended)
COURSE_OF_A_FINDING = {("open", False), ("answered", None), ("closed", True)}
# Verbs that nobody tries here: about files on a disk, and about no open year.
LEFT_OUT = {
    *("file_evidence", "attach_evidence", "detach_evidence", "replace_evidence"),
    *("file_on_finding", "remove_from_finding"),
    *("open_cycle", "copy_catalogue", "revise_catalogue", "correct_wording"),
    *("revise_people", "issue_passwords", "keep_phrases"),
}
NO_VERB = re.compile(r"allowed|may_|check_|why_not|blockers_|keep$")


class RandomTown(RuleBasedStateMachine):
    """Each round begins with the same opened year and is undone at its end."""

    done = Counter()

    def __init__(self):
        super().__init__()
        self.start = transaction.savepoint()
        self.town = Town()
        self.now, self.closed = self.town.snapshot(), None
        self.step, self.is_checked = 0, False

    def teardown(self):
        transaction.savepoint_rollback(self.start)

    @rule(seed=st.integers(0, 2**32))
    def act(self, seed):
        """Somebody tries something: mostly what there is to do and whose it is."""
        # A seed may come again; the step does not.
        self.step += 1
        chance = Random(f"{seed} {self.step}")
        name, pick = self._chosen(chance), chance.randrange(2**12)
        tried = ACTS[name](self.town, pick)
        if tried is None:
            return
        some = tried.right if chance.random() < 0.8 else self.town.people
        username = chance.choice(sorted(some))
        before = self.now
        try:
            with transaction.atomic():
                tried.call(User.objects.get(pk=self.town.people[username].pk))
        except (workflow.Refusal, workflow.NotAllowed):
            assert self.town.snapshot() == before
            return
        self.now = self.town.snapshot()
        if self.now == before:
            return
        self.is_checked = False
        assert username in tried.right, f"{username} did “{name}”"
        self._no_event_is_lost_or_changed(before)
        self._what_is_issued_or_answered_stands(before)
        self.done[name] += 1
        if name == "close the year":
            self.closed = self.now

    def _chosen(self, chance):
        if chance.random() < 0.25:
            return chance.choice(sorted(ACTS))
        step = self.town.sheet(chance.randrange(2)).step
        return chance.choice(LIKELY[step])

    def _no_event_is_lost_or_changed(self, before):
        kept = len(before["Event"])
        assert len(self.now["Event"]) > kept
        assert self.now["Event"][:kept] == before["Event"]

    def _what_is_issued_or_answered_stands(self, before):
        """An issued notice reads as it did, and no round, reading or request is taken back."""
        now = {row["pk"]: row for row in self._notices(self.now)}
        for was in self._notices(before):
            if was["state"] in ("issued", "withdrawn"):
                assert _without_its_end(now[was["pk"]]) == _without_its_end(was)
            assert (was["state"], now[was["pk"]]["state"]) in COURSE_OF_A_NOTICE
        for kept in ("Rectification", "FindingExtension", "NoticeReading"):
            assert len(self.now[kept]) >= len(before[kept])

    @staticmethod
    def _notices(snapshot):
        names = [field.name for field in Notice._meta.concrete_fields]
        names[0] = "pk"
        return [dict(zip(names, row, strict=True)) for row in snapshot["Notice"]]

    @invariant()
    def nothing_in_a_closed_year_changes(self):
        assert self.closed in (None, self.now)

    @invariant()
    def what_holds_of_the_rows(self):
        if self.is_checked:
            return
        self._one_owner_an_item()
        self._a_level_is_the_number_of_awarded_stars()
        self._no_star_of_a_concluded_sheet_differs_without_a_reason()
        self._every_decided_star_has_a_name()
        self._numbers_of_notices_run_on()
        self._rounds_run_on_to_the_one_that_closed()
        self.is_checked = True

    def _one_owner_an_item(self):
        signed = set(
            DepartmentSignOff.objects.filter(assessment__cycle=self.town.cycle).values_list(
                "assessment", "department"
            )
        )
        items = ItemRating.objects.filter(assessment__cycle=self.town.cycle)
        for item in items.select_related("assessment", "task_item"):
            step = item.assessment.step
            is_signed = (item.assessment_id, item.task_item.lead_department_id) in signed
            is_back = item.returned_at is not None and item.resubmitted_at is None
            holders = [
                step == "self_rating" or (step == "review" and is_back),  # the branch
                step == "review" and not is_back and not is_signed,  # the department
                step == "supervision" or (step == "review" and is_signed and not is_back),
                step == "concluded",  # nobody
            ]
            assert holders.count(True) == 1
            assert not (is_back and is_signed)
            assert is_signed == (step in ("supervision", "concluded")) or step == "review"
            assert not (is_signed and step == "self_rating")

    def _a_level_is_the_number_of_awarded_stars(self):
        for sheet in self.town.year.assessments.all():
            stars = list(Star.objects.filter(assessment=sheet).select_related("category"))
            if sheet.step != "concluded":
                assert sheet.level is None
                continue
            first = next(star for star in stars if star.category.is_prerequisite)
            awarded = sum(star.awarded for star in stars)
            assert sheet.level == (awarded if first.awarded else 0)

    def _no_star_of_a_concluded_sheet_differs_without_a_reason(self):
        """Findings that came after the conclusion are not held against it."""
        for sheet in self.town.year.assessments.filter(step="concluded"):
            for star in Star.objects.filter(assessment=sheet).select_related("category"):
                came_before = Finding.objects.filter(recorded_at__lt=sheet.concluded_at)
                if star.awarded != self._earned(star, came_before):
                    assert star.reason

    def _earned(self, star, findings):
        """All marks that count are met, and no key item is held up."""
        items = ItemRating.objects.filter(
            assessment=star.assessment_id, task_item__category=star.category_id
        )
        marks = []
        for item in items.select_related("task_item"):
            marks.append(item.supervision or item.review or "unmet")
            held_up = findings.filter(item_rating=item, state__in=["open", "answered"])
            if item.task_item.is_key and held_up.filter(set_aside_at=None).exists():
                marks.append("unmet")
        counted = [mark for mark in marks if mark != "not_applicable"]
        return bool(counted) and all(mark == "met" for mark in counted)

    def _every_decided_star_has_a_name(self):
        for star in Star.objects.filter(assessment__cycle=self.town.cycle):
            is_decided = star.awarded is not None
            assert is_decided == (star.decided_by_id is not None) == (star.decided_at is not None)
            if is_decided:
                assert star.decided_by_id == self.town.people["supervisor"].pk

    def _rounds_run_on_to_the_one_that_closed(self):
        for finding in Finding.objects.filter(assessment__cycle=self.town.cycle):
            rounds = list(finding.rounds.order_by("number"))
            assert [one.number for one in rounds] == list(range(1, len(rounds) + 1))
            # True: closed, False: refused, None: waits.
            ends = [one.is_closed for one in rounds]
            assert set(ends[:-1]) <= {False}
            last = ends[-1] if ends else False
            assert finding.state == "withdrawn" or (finding.state, last) in COURSE_OF_A_FINDING
            assert all(one.recheck_note for one in rounds if one.is_closed is False)

    def _numbers_of_notices_run_on(self):
        numbers = Notice.objects.filter(cycle=self.town.cycle, number__isnull=False)
        numbers = sorted(numbers.values_list("number", flat=True))
        assert numbers == list(range(1, len(numbers) + 1))


def _without_its_end(notice):
    """What withdrawing a notice sets."""
    end = ("state", "withdrawn_at", "withdrawn_by", "withdrawn_reason")
    return {name: value for name, value in notice.items() if name not in end}


def test_every_verb_is_tried():
    """A verb added later is tried too, or is left out by name."""
    functions = {name: getattr(workflow, name) for name in workflow.__all__}
    verbs = {
        name
        for name, function in functions.items()
        if inspect.isfunction(function)
        and "by" in inspect.signature(function).parameters
        and not NO_VERB.match(name)
    }
    source = Path(small_acts.__file__).read_text(encoding="utf-8")
    tried = set(re.findall(r"workflow\.(\w+)", source))
    assert verbs - tried == LEFT_OUT
    assert {name for names in LIKELY.values() for name in names} <= set(ACTS)


def test_random_people_doing_random_verbs(town):
    RandomTown.done.clear()
    run_state_machine_as_test(
        RandomTown,
        settings=settings(
            max_examples=ROUNDS,
            stateful_step_count=STEPS,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.generate],
        ),
    )
    # A walk that got nowhere would prove nothing.
    assert RandomTown.done.total() > 80
    assert len(RandomTown.done) > 12


def test_every_act_reaches_its_verb(town):
    """Where there is a row to try it on, the right person is told yes, or why not."""
    small = Town()
    for name, act in ACTS.items():
        tried = act(small, 5) or ACTS["inspect"](small, 5)
        assert tried.right <= small.people.keys(), name
        for username in tried.right:
            with suppress(workflow.Refusal), transaction.atomic():
                tried.call(User.objects.get(pk=small.people[username].pk))
