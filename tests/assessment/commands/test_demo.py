"""The demonstration: who is in it, in which state every branch is, and what is said."""

import pytest
from django.contrib.auth import authenticate
from django.utils import timezone

from assessment import demonstration, documents, workflow
from assessment.demonstration import script
from assessment.enums import DueState, Step, Verb
from assessment.models import Assessment, Cycle, Event, ItemRating, Notice, ReportNote, TaskItem
from assessment.permissions import may
from assessment.rules.deadlines import due_state
from assessment.rules.stars import proposed
from assessment.rules.transitions import TRANSITIONS
from assessment.views.context import demonstration as context
from assessment.workflow.sheets import blockers_to_submit
from branches.models import Branch, Department, User
from tests.town import item_of, person, sheet_of

from .conftest import run

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demonstrated")]

STATES = {
    "徐沟村": "self_rating later extended blank",
    "高沟村": "self_rating overdue blank",
    "官庄村": "self_rating overdue partly-filled",
    "石沟村": "self_rating overdue partly-filled",
    "崔沟村": "self_rating soon extended partly-filled",
    "卫坡村": "self_rating soon extended partly-filled",
    "游王村": "self_rating soon extended ready",
    "后李村": "self_rating soon extended ready",
    "周寨村": "review overdue collected unmarked",
    "小良村": "review overdue collected partly-marked",
    "刘寨村": "review later extended unmarked",
    "向阳村": "review soon extended partly-marked",
    "郑凹村": "review overdue partly-marked signed-off-3",
    "南陈村": "review soon extended partly-marked signed-off-2 returned",
    "闫凹村": "review soon extended partly-marked changed",
    "北陈村": "review later extended partly-marked signed-off-10 sent-back",
    "杨凹村": "review later extended marked signed-off-4",
    "师庄社区": "supervision later undecided",
    "瓦店村": "supervision later undecided committee-mark",
    "卦沟村": "supervision later undecided silent",
    "张阳村": "supervision later partly-decided differs",
    "煤窑村": "supervision later decided",
    "瀍沟村": "supervision later decided reopened",
    "朝阳社区": "concluded level-3-of-3",
    "南石山村": "concluded level-3-of-4",
    "姚凹社区": "concluded level-2-of-3",
    "伯乐村": "concluded level-1-of-3",
}

# Empty until it happens; no form writes these.
STAMPS = ["number", "issued_at", "withdrawn_at", "withdrawn_reason"]
UNSAID = ["returned_at", "return_reason", "resubmitted_at", "changed_at"]


def amount(count, whole, none, some, every):
    return every if count == whole else some if count else none


def state_of(sheet):
    """The state of a sheet in words, from the rows alone."""
    items, stars = list(sheet.items.with_places()), list(sheet.stars.select_related("category"))
    describe = {
        Step.SELF_RATING: state_of_self_rating,
        Step.REVIEW: state_of_review,
        Step.SUPERVISION: state_of_supervision,
    }
    if sheet.step == Step.CONCLUDED:
        return f"concluded level-{sheet.level}-of-{sheet.target_level}"
    words = [sheet.step, due_state(sheet.due(sheet.step), timezone.localdate()).value]
    if getattr(sheet, f"{sheet.step}_due"):
        words.append("extended")
    return " ".join([*words, *describe[sheet.step](sheet, items, stars)])


def state_of_self_rating(sheet, items, stars):
    filled = sum(bool(item.self_rating) for item in items)
    yield (
        "ready"
        if not blockers_to_submit(sheet, sheet.item_rows(), sheet.star_rows())
        else "partly-filled"
        if filled
        else "blank"
    )


def state_of_review(sheet, items, stars):
    if sheet.is_collected:
        yield "collected"
    marked = sum(bool(item.review) for item in items)
    yield amount(marked, len(items), "unmarked", "partly-marked", "marked")
    if count := sheet.sign_offs.count():
        yield f"signed-off-{count}"
    for word, holds in {
        "returned": any(item.is_returned for item in items),
        "changed": any(item.is_changed_since_review for item in items),
        "sent-back": any(item.sent_back_reason for item in items),
    }.items():
        if holds:
            yield word


def state_of_supervision(sheet, items, stars):
    decided = [star for star in stars if star.awarded is not None]
    yield amount(len(decided), len(stars), "undecided", "partly-decided", "decided")
    proposal = proposed(sheet.item_rows(), sheet.cycle.star_threshold)
    for word, holds in {
        "committee-mark": any(item.supervision for item in items),
        "silent": any(item.is_silent for item in items),
        "differs": any(star.awarded != (star.category.code in proposal) for star in decided),
        "reopened": sheet.events.filter(verb=Verb.REOPEN).exists(),
    }.items():
        if holds:
            yield word


def test_every_branch_is_in_the_state_that_the_table_says():
    sheets = Assessment.objects.with_places().filter(cycle__year=2023)
    assert {sheet.branch.name: state_of(sheet) for sheet in sheets} == STATES


def test_every_due_state_of_an_open_sheet_is_there():
    words = " ".join(STATES.values())
    assert all(state in words for state in (DueState.LATER, DueState.SOON, DueState.OVERDUE))


def test_the_year_is_open_and_says_that_its_dates_move():
    cycle = Cycle.objects.get(year=2023)
    assert cycle.state == "open"
    assert "期限随写入当天移动" in cycle.targets_note
    assert cycle.self_rating_due < cycle.review_due < timezone.localdate() < cycle.supervision_due
    cycle.full_clean()


def test_every_verb_on_a_sheet_was_used():
    about_sheets = Event.objects.filter(inspection=None, finding=None, notice=None)
    verbs = set(about_sheets.values_list("verb", flat=True))
    others = {Verb.DEMONSTRATE, Verb.OPEN_CYCLE, Verb.CLOSE_CYCLE, Verb.EDIT, Verb.KEEP_PHRASES}
    assert verbs == {row.verb for row in TRANSITIONS} | others | {Verb.WRITE_REPORT}


def test_only_the_mark_of_the_demonstration_has_no_actor_and_it_comes_first():
    without = Event.objects.filter(actor=None)
    assert [event.verb for event in without] == [Verb.DEMONSTRATE]
    assert Event.objects.earliest("pk").verb == Verb.DEMONSTRATE


def test_every_act_was_done_by_a_person_who_may_do_it():
    cast = {user.pk: user for user in User.objects.prefetch_related("memberships")}
    departments = dict(Department.objects.values_list("name", "pk"))
    events = Event.objects.exclude(actor=None).select_related(
        "assessment", "item_rating__task_item"
    )
    for event in events:
        item = event.item_rating
        department = item and item.task_item.lead_department_id
        if event.verb == Verb.SIGN_OFF:
            department = departments[event.changes["department"][1]]
        if event.verb == Verb.OPINE:
            department = departments[next(iter(event.changes))]
        if event.verb == Verb.KEEP_PHRASES:
            department = departments[event.subject]
        branch = event.assessment and event.assessment.branch_id
        assert may(cast[event.actor_id], event.verb, branch_id=branch, department_id=department), (
            event
        )


def test_every_change_of_an_item_is_kept():
    """Its version counts its own events and, where its department signed off, that too.

    Files, opinions and findings come and go beside the words, and count no version.
    """
    for item in ItemRating.objects.with_places().prefetch_related("events"):
        beside = [
            event.finding_id or event.verb == Verb.OPINE or event.verb.endswith("_evidence")
            for event in item.events.all()
        ]
        saves = sum(not each for each in beside)
        assert item.version - saves in (0, 1), item
        assert item.version == saves or item.assessment.step != "self_rating"


@pytest.mark.parametrize(
    "username",
    ["admin", "supervisor", "auditor", "clerk_weipo", "clerk_nanchen", "liaison", "reviewer_dj"],
)
def test_a_sign_in_works_with_the_printed_password(username, rf):
    user = authenticate(rf.post("/"), username=username, password=demonstration.password())
    assert user.username == username


def test_every_place_has_its_person_and_all_are_listed(demonstrated):
    clerks = {user.username: user.branch_ids for user in User.objects.all()}
    assert set().union(*clerks.values()) == set(Branch.objects.values_list("pk", flat=True))
    for department in Department.objects.all():
        username = f"reviewer_{department.code.lower()}"
        assert person(username).department_ids == {department.pk}
    assert demonstration.password() in demonstrated
    for username in clerks:
        assert username in demonstrated.split()


def test_people_are_plainly_made_up():
    assert all(user.name.endswith("（演示）") for user in User.objects.all())
    for branch in Branch.objects.all():
        branch.full_clean()
        assert "某" in branch.secretary
        assert "某" in branch.liaison_official
        assert branch.phone.startswith("000-")
    written = ItemRating.objects.exclude(responsible_person="")
    assert all("某" in item.responsible_person for item in written)


def test_words_fit_their_boxes():
    for item in ItemRating.objects.select_related("assessment", "task_item"):
        item.clean_fields(exclude=UNSAID)


def test_villages_do_not_all_read_the_same():
    for measures in (task_words("measures"), task_words("progress")):
        assert all(len(words) >= 3 for words in measures.values())
    for year in (2022, 2023):
        filled = Assessment.objects.filter(step=Step.CONCLUDED, cycle__year=year)
        pages = {tuple(sheet.items.values_list("measures", "progress")) for sheet in filled}
        assert len(pages) == len(filled)


def task_words(field):
    """Task item → the different words said on it."""
    found = {}
    items = ItemRating.objects.filter(assessment__cycle__year=2023).exclude(**{field: ""})
    for task, words in items.values_list("task_item", field):
        found.setdefault(task, set()).add(words)
    return found


@pytest.mark.parametrize(
    ("branch", "code", "facts"),
    [
        ("南陈村", "CY-3", ["琪琪种植专业合作社", "润之源种植合作社", "家门口"]),
        ("南陈村", "CY-2", ["龙头带动、品牌建设"]),
        ("卫坡村", "CY-4", ["大棚", "集体经济"]),
        ("卫坡村", "CY-2", ["专业团队", "文化旅游"]),
        ("卫坡村", "ST-6", ["水、电、网络", "20 余万元", "企业门口", "照明"]),
        ("朝阳社区", "CY-5", ["机械制造", "人才", "稳定就业"]),
        ("煤窑村", "ST-6", ["煤窑新村", "统一规划", "道路全部硬化"]),
        ("煤窑村", "ST-4", ["保洁常态化"]),
        ("张阳村", "WM-2", ["居民公约", "一约五会"]),
        ("张阳村", "WM-3", ["乡村光荣榜", "星级文明户"]),
        ("张阳村", "WM-4", ["党群服务中心"]),
    ],
)
def test_the_article_is_said_where_it_speaks_and_held_to_be_true(branch, code, facts):
    item = item_of(sheet_of(branch, 2023), code)
    assert all(fact in item.measures + item.progress for fact in facts)
    assert item.self_rating == "met"


def test_a_branch_sets_out_for_its_target_level_at_least():
    for sheet in Assessment.objects.with_places():
        targeted = sheet.stars.filter(targeted=True).count()
        assert targeted >= sheet.target_level or not targeted, sheet


def test_the_first_clerk_can_finish_and_hand_in():
    clerk, sheet = person("clerk_weipo"), sheet_of("卫坡村", 2023)
    left = {
        blocker.item for blocker in blockers_to_submit(sheet, sheet.item_rows(), sheet.star_rows())
    }
    assert len(left) == 4
    assert any("4 items left" in row["english"] for row in demonstration.people())
    for item in sheet.items.with_places().filter(pk__in=left):
        words = {"self_rating": "met", "measures": "补上", "responsible_person": "某某"}
        workflow.self_rate(item, words, item.version, by=clerk)
    workflow.submit(sheet, by=clerk)
    assert sheet_of("卫坡村", 2023).step == Step.REVIEW


def test_the_second_clerk_can_answer_what_was_returned():
    clerk, item = (
        person("clerk_nanchen"),
        sheet_of("南陈村", 2023).items.with_places().returned().get(),
    )
    workflow.resubmit(item, item.version, by=clerk)
    assert item_of(sheet_of("南陈村", 2023), item.task_item.code).is_changed_since_review


def test_the_liaison_official_has_three_villages_in_different_states():
    names = Branch.objects.filter(pk__in=person("liaison").branch_ids).values_list(
        "name", flat=True
    )
    assert len({STATES[name] for name in names}) == 3


class TestTheYearBefore:
    def test_it_is_closed_and_says_that_it_is_made_up(self):
        cycle = Cycle.objects.get(year=2022)
        assert (cycle.state, cycle.self_rating_due.year) == ("closed", 2022)
        assert "演示数据" in cycle.targets_note
        assert cycle.names_kept
        cycle.full_clean()

    def test_every_branch_was_awarded_what_the_script_says(self):
        for part in script.last_year():
            sheet = sheet_of(part["branch"], 2022)
            codes = {star.category.code: star for star in sheet.stars.select_related("category")}
            assert {code for code, star in codes.items() if star.awarded} == {*part["won"]}
            assert {code for code, star in codes.items() if star.targeted} == {*part["targets"]}
            assert sheet.level == len(part["won"])
            assert len(part["targets"]) == sheet.target_level

    def test_it_is_all_said_and_marked(self):
        items = ItemRating.objects.filter(assessment__cycle__year=2022)
        assert items.count() == 27 * 30
        for field in ("self_rating", "review", "measures", "progress", "responsible_person"):
            assert not items.filter(**{field: ""}).exists(), field
        assert not items.filter(due_date__year__gt=2022).exists()

    def test_no_village_says_a_year_later_what_it_said_then(self):
        then, now = (
            dict(rows.values_list("assessment__branch", "measures"))
            for rows in (
                ItemRating.objects.filter(assessment__cycle__year=year, task_item__number=1)
                .filter(task_item__category__code="ZB")
                .exclude(measures="")
                for year in (2022, 2023)
            )
        )
        assert len(now) > 20
        assert not any(then[branch] == words for branch, words in now.items())


class TestTheNewYear:
    def test_it_holds_what_the_year_before_awarded(self):
        for sheet in Assessment.objects.filter(cycle__year=2023).with_places():
            before = sheet_of(sheet.branch.name, 2022)
            held = sheet.stars.filter(held_before=True).values_list("category__code", flat=True)
            won = before.stars.filter(awarded=True).values_list("category__code", flat=True)
            assert {*held} == {*won}
            assert sheet.target_level == before.level + 1

    def test_its_catalogue_is_the_old_one_revised(self):
        items = TaskItem.objects.filter(category__catalogue__year=2023).select_related(
            "category", "previous__category"
        )
        names = ("name", "standard", "materials", "points", "is_key")
        revised = {}
        for item in items:
            assert item.code == item.previous.code
            changed = [
                name for name in names if getattr(item, name) != getattr(item.previous, name)
            ]
            if changed:
                revised[item.code] = changed
        assert revised == {
            "CY-4": ["standard", "points"],
            "ST-4": ["standard", "materials"],
            "PA-5": ["is_key"],
            "WM-5": ["name", "standard"],
        }
        assert items.count() == 30

    def test_a_clerk_is_offered_the_words_of_the_year_before(self):
        item = item_of(sheet_of("高沟村", 2023), "ZB-1")
        before = ItemRating.objects.all().of_the_year_before(item)
        assert before.assessment == sheet_of("高沟村", 2022)
        assert before.measures
        assert before.responsible_person


def test_run_again_it_keeps_what_was_done_meanwhile():
    clerk, item = person("clerk_weipo"), item_of(sheet_of("卫坡村", 2023), "PA-6")
    workflow.self_rate(item, {"measures": "亲手填写"}, item.version, by=clerk)
    events, users = Event.objects.count(), User.objects.count()
    printed = run("demo", serve=False)
    assert item_of(sheet_of("卫坡村", 2023), "PA-6").measures == "亲手填写"
    assert (Event.objects.count(), User.objects.count()) == (events, users)
    assert demonstration.password() in printed
    assert "写入演示数据" not in printed


def test_every_page_knows_that_this_is_the_demonstration(rf, settings):
    settings.TOWN_NAME = "某镇"
    known = context(rf.get("/"))
    assert (known["is_demonstration"](), known["town_name"]) == (True, "某镇")


def test_one_notice_is_issued_and_read_by_some_and_one_is_a_draft():
    drafted, issued = Notice.objects.in_order().with_counts()
    assert (drafted.state, issued.state, issued.reference) == ("draft", "issued", "朝督〔2023〕1号")
    assert 0 < issued.read < issued.asked == 27
    assert "闫凹村" in issued.problems
    for notice in (drafted, issued):
        assert documents.text_of(notice, notice.annex).mark.startswith("演示数据")
        assert notice.findings.count() == 3
        notice.clean_fields(exclude=[*STAMPS, "annex", "reference", "done_well"])


def test_the_first_clerk_has_a_notice_to_read():
    assert Notice.objects.unread_at([sheet_of("卫坡村", 2023)]).count() == 1


def test_the_office_has_written_on_the_month(demonstrated):
    note = ReportNote.objects.get()
    assert (note.written_by, note.begins_on.day) == (person("supervisor"), 1)
    assert note.begins_on <= timezone.localdate() <= note.ends_on
