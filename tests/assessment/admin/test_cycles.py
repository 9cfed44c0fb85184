"""Cycles in the admin: prepared, opened and closed by guarded acts, and left alone after."""

from datetime import date

import pytest
from django.contrib.admin.models import LogEntry
from django.test import Client
from django.urls import reverse

from assessment import workflow
from assessment.enums import CycleState, Step
from assessment.models import Assessment, Cycle, Event, ItemRating, TaskItem
from assessment.workflow.cycles import branches_without_sheet
from branches.models import Branch
from tests.browser_form import as_sent, errors, rows
from tests.town import at_step, person, sheet_of


def page(cycle, name="change"):
    return reverse(f"admin:assessment_cycle_{name}", args=[cycle.pk])


def said(response):
    return [str(message) for message in response.context["messages"]]


def state_of(cycle):
    return Cycle.objects.get(pk=cycle.pk).state


def offered(response):
    return [act.name for act in response.context["acts"]]


@pytest.fixture
def newcomer(town):
    """A branch that joins when the year is under way."""
    return Branch.objects.create(code="410308105299", name="新设村", kind="village", order=99)


@pytest.fixture
def concluded(town):
    """The 2022 cycle with every sheet concluded, written straight into the database."""
    at_step(sheet_of("卫坡村"), "concluded")
    stamps = Assessment.objects.filter(step=Step.CONCLUDED).values(
        "step", "level", "submitted_at", "submitted_by", "concluded_at", "concluded_by"
    )
    Assessment.objects.filter(cycle=town).update(**stamps.get())
    return town


class TestPreparing:
    def test_a_new_cycle_lists_the_branches_with_their_targets(self, office, draft):
        url = reverse("admin:assessment_cycle_add")
        sent = as_sent(office.get(url), year="2023", catalogue=draft.pk)
        response = office.post(url, sent)
        cycle = Cycle.objects.get(year=2023)
        assert response.url == page(cycle)
        shown = rows(office.get(page(cycle)), "assessments")
        names = list(Branch.objects.active().values_list("name", flat=True))
        assert [form.instance.branch.name for form in shown] == names
        assert {tuple(form.fields) for form in shown} == {("target_level", "id", "cycle")}

    def test_settings_and_targets_are_edited(self, office, preparing):
        typed = {
            "star_threshold": "80",
            "planned_stars": "60",
            "self_rating_due": "2023-10-31",
            "targets_note": "党委会议定",
            "assessments-0-target_level": "4",
        }
        response = office.post(page(preparing), as_sent(office.get(page(preparing)), **typed))
        assert response.status_code == 302
        preparing.refresh_from_db()
        assert preparing.star_threshold == 80
        assert preparing.self_rating_due == date(2023, 10, 31)
        assert preparing.targets_note == "党委会议定"
        assert preparing.assessments.get(branch__order=1).target_level == 4
        assert Event.objects.get(verb="edit").changes == {
            "star_threshold": [100, 80],
            "planned_stars": [None, 60],
            "self_rating_due": [None, "2023-10-31"],
            "targets_note": ["", "党委会议定"],
        }

    def test_a_target_is_kept_as_from_the_page_for_it(self, office, preparing):
        typed = {"assessments-0-target_level": "4", "assessments-2-target_level": "3"}
        office.post(page(preparing), as_sent(office.get(page(preparing)), **typed))
        events = Event.objects.filter(verb="set_target")
        assert {event.subject: event.changes["target_level"] for event in events} == {
            "朝阳社区 2023": [0, 4],
            "师庄社区 2023": [0, 3],
        }
        assert {event.actor for event in events} == {person("admin")}
        assert reverse("cycle-targets", args=[2023]) in office.get(page(preparing)).content.decode()

    def test_another_catalogue_is_kept_by_its_name(self, office, preparing, town):
        sent = as_sent(office.get(page(preparing)), catalogue=town.catalogue_id)
        office.post(page(preparing), sent)
        changes = {"catalogue": ["2023 年清单", town.catalogue.name]}
        assert Event.objects.get(verb="edit").changes == changes

    @pytest.mark.parametrize("level", ["6", "-1", "四", ""])
    def test_a_target_is_a_level(self, office, preparing, level):
        typed = {"assessments-0-target_level": level}
        response = office.post(page(preparing), as_sent(office.get(page(preparing)), **typed))
        assert errors(response)
        assert not preparing.assessments.exclude(target_level=0).exists()

    def test_saving_follows_the_branches_that_take_part(self, office, preparing, newcomer):
        Branch.objects.filter(name="卫坡村").update(is_active=False)
        office.post(page(preparing), as_sent(office.get(page(preparing))))
        names = preparing.assessments.values_list("branch__name", flat=True)
        assert "新设村" in names
        assert "卫坡村" not in names
        assert len(names) == 27

    def test_no_row_is_added_or_removed_by_hand(self, office, preparing, sheet):
        sent = as_sent(office.get(page(preparing)), **{"assessments-0-DELETE": "on"})
        sent |= {"assessments-TOTAL_FORMS": 28, "assessments-27-branch": sheet.branch_id}
        sent |= {"assessments-27-target_level": 5}
        office.post(page(preparing), sent)
        assert preparing.assessments.count() == 27
        assert not preparing.assessments.filter(target_level=5).exists()

    def test_it_is_not_deleted(self, office, preparing):
        assert office.post(page(preparing, "delete"), {"post": "yes"}).status_code == 403

    def test_a_fixed_number_of_queries(
        self, office, preparing, newcomer, django_assert_num_queries
    ):
        with django_assert_num_queries(7):
            office.get(page(preparing))
        workflow.enrol_branches(preparing)
        with django_assert_num_queries(7):
            office.get(page(preparing))


class TestOpening:
    def test_the_page_says_what_will_happen_and_does_nothing(self, office, preparing):
        preparing.assessments.filter(branch__order__lte=4).update(target_level=3)
        response = office.get(page(preparing, "open"))
        text = response.content.decode()
        assert "为 27 个支部各建一份台账" in text
        assert "三星 4 个、无星 23 个" in text
        assert "各支部的现有星取自2022 年度创建的定星；其中 27 个支部还没有办结" in text
        assert "确认开启" in text
        assert state_of(preparing) == CycleState.PREPARING

    def test_it_opens(self, office, preparing):
        response = office.post(page(preparing, "open"), follow=True)
        assert said(response) == ["2023 年度创建：已开启。"]
        assert state_of(preparing) == CycleState.OPEN
        assert ItemRating.objects.filter(assessment__cycle=preparing).count() == 27 * 3
        event = Event.objects.filter(verb="open_cycle").first()
        assert (event.actor, event.cycle) == (person("admin"), preparing)
        assert LogEntry.objects.get().object_id == str(preparing.pk)

    def test_two_clicks_open_once(self, office, preparing):
        for _click in range(2):
            office.post(page(preparing, "open"))
        assert Event.objects.filter(cycle=preparing).count() == 1
        assert ItemRating.objects.filter(assessment__cycle=preparing).count() == 27 * 3

    def test_blockers_are_listed_and_obeyed(self, office, preparing):
        TaskItem.objects.filter(name="事项2").update(lead_department=None)
        sentence = "支部过硬 2 · 事项2：还没有牵头部门"
        text = office.get(page(preparing, "open")).content.decode()
        assert sentence in text
        assert "确认开启" not in text
        assert said(office.post(page(preparing, "open"), follow=True)) == [sentence]
        assert state_of(preparing) == CycleState.PREPARING

    def test_a_branch_that_left_before_the_opening_has_no_sheet(self, preparing):
        """It would have no items, and nobody could ever conclude it."""
        Branch.objects.filter(name="卫坡村").update(is_active=False)
        workflow.open_cycle(preparing, by=person("admin"))
        assert not preparing.assessments.filter(branch__name="卫坡村").exists()


class TestOpen:
    def test_what_was_measured_by_stands(self, office, town):
        response = office.get(page(town))
        fields = {"self_rating_due", "review_due", "supervision_due"}
        fields |= {"planned_stars", "targets_note"}
        assert set(response.context["adminform"].form.fields) == fields
        assert response.context["inline_admin_formsets"] == []
        assert offered(response) == ["fill", "close"]

    @pytest.mark.parametrize(
        "forged",
        [
            {"year": 1999},
            {"catalogue": 2},
            {"star_threshold": 1},
            {"state": "preparing"},
            {"assessments-TOTAL_FORMS": 1, "assessments-0-target_level": 5},
        ],
    )
    def test_forged_changes_change_nothing(self, office, town, draft, forged):
        before = Cycle.objects.filter(pk=town.pk).values().get()
        levels = list(town.assessments.values_list("pk", "target_level"))
        office.post(page(town), as_sent(office.get(page(town))) | forged)
        assert Cycle.objects.filter(pk=town.pk).values().get() == before
        assert list(town.assessments.values_list("pk", "target_level")) == levels

    def test_a_later_date_is_kept_as_an_event(self, office, town):
        sent = as_sent(office.get(page(town)), review_due="2022-12-05")
        assert office.post(page(town), sent).status_code == 302
        event = Event.objects.get(verb="edit")
        assert event.changes == {"review_due": ["2022-11-30", "2022-12-05"]}
        assert (event.actor, event.cycle) == (person("admin"), town)

    def test_a_date_in_words_is_refused(self, office, town):
        response = office.post(page(town), as_sent(office.get(page(town)), review_due="月底"))
        assert errors(response) == ["输入一个有效的日期。"]

    def test_saving_what_stands_there_keeps_nothing(self, office, town):
        office.post(page(town), as_sent(office.get(page(town))))
        assert not Event.objects.filter(verb="edit").exists()

    def test_a_branch_that_joins_gets_its_sheet(self, office, town, newcomer):
        text = office.get(page(town, "fill")).content.decode()
        assert "为 1 个新增支部补建台账：新设村。" in text
        assert list(branches_without_sheet(town)) == [newcomer]
        response = office.post(page(town, "fill"), follow=True)
        assert said(response) == ["2022 年度创建：台账已补齐。"]
        assert sheet_of("新设村").items.count() == 30
        assert sheet_of("新设村").stars.count() == 5
        assert list(branches_without_sheet(town)) == []

    def test_filling_where_nothing_is_missing_keeps_nothing(self, office, town):
        before = Event.objects.count()
        assert "没有要补的" in office.get(page(town, "fill")).content.decode()
        office.post(page(town, "fill"))
        assert Event.objects.count() == before

    def test_filling_restores_a_single_item(self, town, sheet):
        sheet.items.first().delete()
        workflow.open_cycle(town, by=person("admin"))
        assert sheet.items.count() == 30

    def test_no_sheet_open_no_close(self, office, town):
        text = office.get(page(town, "close")).content.decode()
        assert text.count("还没有办结定星") == 27
        assert "确认关闭" not in text
        assert len(said(office.post(page(town, "close"), follow=True))) == 27
        assert state_of(town) == CycleState.OPEN


class TestClosing:
    def test_it_closes_once(self, office, concluded):
        text = office.get(page(concluded, "close")).content.decode()
        assert "不能重新开启" in text
        assert f"任务清单“{concluded.catalogue}”连文字也不能再改" in text
        assert "确认关闭" in text
        assert said(office.post(page(concluded, "close"), follow=True)) == [
            "2022 年度创建：已关闭。"
        ]
        assert state_of(concluded) == CycleState.CLOSED
        again = office.post(page(concluded, "close"), follow=True)
        assert said(again) == ["2022 年度没有在进行，不能关闭。"]
        assert Event.objects.filter(verb="close_cycle").count() == 1

    def test_a_closed_cycle_is_only_read(self, office, concluded):
        workflow.close_cycle(concluded, by=person("admin"))
        before = Cycle.objects.filter(pk=concluded.pk).values().get()
        response = office.get(page(concluded))
        assert "关闭时间" in response.content.decode()
        assert list(response.context["adminform"].form.fields) == []
        assert offered(response) == []
        assert office.post(page(concluded), {"review_due": "2030-01-01"}).status_code == 403
        refusals = {"open": "已经关闭", "fill": "已经关闭", "close": "没有在进行"}
        for act, words in refusals.items():
            assert office.get(page(concluded, act)).url == page(concluded)
            assert words in said(office.post(page(concluded, act), follow=True))[0]
        assert Cycle.objects.filter(pk=concluded.pk).values().get() == before


class TestTheVerb:
    @pytest.mark.parametrize("state", ["open", "closed"])
    def test_a_setting_that_stands_is_refused(self, town, state):
        Cycle.objects.update(state=state)
        with pytest.raises(workflow.OutOfOrder, match="不能再改"):
            workflow.edit_cycle(town, {"star_threshold": 80}, by=person("admin"))
        assert Cycle.objects.get().star_threshold == 100

    def test_a_closed_year_takes_no_dates(self, town):
        Cycle.objects.update(state="closed")
        with pytest.raises(workflow.OutOfOrder, match="已关闭"):
            workflow.edit_cycle(town, {"review_due": date(2030, 1, 1)}, by=person("admin"))

    @pytest.mark.parametrize("name", ["supervisor", "reviewer_dj", "clerk_weipo", "auditor"])
    def test_only_the_administrator_edits(self, town, name):
        with pytest.raises(workflow.NotAllowed):
            workflow.edit_cycle(town, {"targets_note": "改"}, by=person(name))

    def test_enrolling_branches_leaves_an_opened_year_alone(self, town, newcomer):
        workflow.enrol_branches(town)
        assert town.assessments.count() == 27


@pytest.mark.parametrize("act", ["open", "fill", "close"])
class TestTheActs:
    def test_others_are_kept_out(self, client, preparing, act):
        for name in ("supervisor", "auditor", "reviewer_dj", "clerk_weipo", "nobody"):
            client.force_login(person(name))
            assert client.post(page(preparing, act), follow=True).status_code == 403
        assert state_of(preparing) == CycleState.PREPARING

    def test_a_forged_post_without_the_token_is_refused(self, preparing, act, csrf_client):
        assert csrf_client.post(page(preparing, act)).status_code == 403
        assert state_of(preparing) == CycleState.PREPARING

    def test_a_cycle_that_is_not_there(self, office, act):
        url = reverse(f"admin:assessment_cycle_{act}", args=[10**6])
        assert office.get(url).status_code == 404
        assert office.post(url).status_code == 404

    def test_no_inline_script_or_style(self, office, town, preparing, act):
        cycle = preparing if act == "open" else town
        response = office.get(page(cycle, act))
        text = response.content.decode()
        assert "<style" not in text
        assert " style=" not in text
        assert " onclick=" not in text
        assert text.count("<script") == text.count("<script src=")
        policy = response.headers["Content-Security-Policy"]
        assert "unsafe" not in policy


@pytest.fixture
def csrf_client(town):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person("admin"))
    return client
