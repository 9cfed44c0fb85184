"""待定星: who waits for the committee, many decided on a confirmed list, and stars withdrawn."""

from dataclasses import replace

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from assessment import workflow
from assessment.models import Assessment, Cycle, Event, Notice, Star
from assessment.views import deciding
from tests.town import (
    at_step,
    close_year,
    finding_on,
    item_of,
    notice_about,
    person,
    sheet_of,
)

VILLAGES = ("卫坡村", "南陈村", "石沟村")
PAGE = reverse("cycle-supervision", args=[2022])
DECIDE = reverse("decide-many", args=[2022])
CONCLUDE = reverse("conclude-many", args=[2022])


def agreeing(name):
    """Before the committee, with just the stars proposed that were set out for."""
    sheet = at_step(sheet_of(name), "supervision")
    sheet.items.filter(task_item__category__code="WM").update(review="partly_met")
    return sheet_of(name)


@pytest.fixture
def office(client, supervisor):
    client.force_login(supervisor)
    return client


@pytest.fixture
def sheets(town):
    return [agreeing(name) for name in VILLAGES]


def chosen(sheets):
    return [f"{desk.sheet.pk}:{desk.seal}" for desk in workflow.desks(sheets)]


def text_of(response):
    return response.content.decode()


def decided():
    return Star.objects.filter(awarded__isnull=False).count()


class TestTheList:
    def test_nobody_waits(self, office, town):
        text = text_of(office.get(PAGE))
        assert "现在没有等党委定星的支部" in text
        assert "27 个支部" in text
        assert 'name="chosen"' not in text

    def test_each_that_waits_with_what_differs_and_what_is_open(self, office, sheets):
        item = item_of(sheets[0], "ST-3")
        workflow.supervise(item, "unmet", "没有看到", item.version, by=person("supervisor"))
        finding_on(sheets[0], "ST-3")
        closed = finding_on(sheets[1], "ST-3")
        workflow.withdraw_finding(closed, "记错了", by=person("supervisor"))
        at_step(sheet_of("游王村"), "review")
        at_step(sheet_of("闫凹村"), "concluded")
        response = office.get(PAGE)
        rows = {row.desk.sheet.branch.name: row for row in response.context["rows"]}
        assert set(rows) == set(VILLAGES)
        assert [star.code for star in rows["卫坡村"].desk.standing.differing] == ["ST"]
        assert [star.code for star in rows["南陈村"].desk.standing.differing] == []
        assert {name: row.open_findings for name, row in rows.items()} == {
            "卫坡村": 1,
            "南陈村": 0,
            "石沟村": 0,
        }
        assert response.context["earlier"] == [("self_rating", 22), ("review", 1)]
        assert [each.branch.name for each in response.context["concluded"]] == ["闫凹村"]
        text = text_of(response)
        assert "生态宜居：拟创，提议不得星" in text
        for sheet in sheets:
            assert reverse("assessment-supervision", args=[sheet.pk]) in text
        # A box stands only where nothing differs.
        assert text.count('form="decide"') == 2
        assert f'value="{sheets[0].pk}:' not in text

    def test_all_boxes_are_ticked_on_demand(self, office, sheets):
        assert " checked>" not in text_of(office.get(PAGE))
        assert text_of(office.get(PAGE, {"all": "1"})).count(" checked>") == 3

    @pytest.mark.parametrize("username", ["auditor", "admin"])
    def test_who_only_reads_has_nothing_to_tick(self, client, sheets, username):
        client.force_login(person(username))
        text = text_of(client.get(PAGE))
        assert "卫坡村" in text
        assert 'name="chosen"' not in text

    def test_a_closed_year_offers_nothing(self, office, sheets):
        close_year()
        text = text_of(office.get(PAGE))
        assert 'name="chosen"' not in text
        assert text.count("二星") >= 27

    @pytest.mark.parametrize("rows", [2, 27])
    def test_27_branches_take_as_many_queries_as_two(
        self, office, town, rows, django_assert_num_queries
    ):
        waiting = Assessment.objects.order_by("branch__order")[:rows].values("pk")
        stamps = {"submitted_at": "2022-10-30T00:00Z", "submitted_by": person("clerk_weipo")}
        Assessment.objects.filter(pk__in=list(waiting.values_list("pk", flat=True))).update(
            step="supervision", **stamps
        )
        # Session, person, memberships, 演示数据; year, sheets, marks, stars, findings, categories.
        with django_assert_num_queries(10):
            response = office.get(PAGE)
        assert len(response.context["rows"]) == rows


class TestDecidingMany:
    def test_the_set_is_listed_and_counted_first(self, office, sheets):
        response = office.post(DECIDE, {"chosen": chosen(sheets)})
        text = text_of(response)
        assert response.status_code == 200
        assert "下面 3 个支部，还没有定的 15 颗星都按提议定，以您（supervisor）的名义" in text
        assert "确认：3 个支部按提议定星" in text
        assert all(name in text for name in VILLAGES)
        assert decided() == 0

    def test_confirmed_it_is_done_in_the_person_s_name(self, office, sheets, supervisor):
        before = Event.objects.latest("pk").pk
        response = office.post(DECIDE, {"chosen": chosen(sheets), "confirmed": "1"}, follow=True)
        assert "已定 15 颗星" in text_of(response)
        assert decided() == 15
        assert Star.objects.filter(decided_by=supervisor, awarded=True).count() == 12
        assert Event.objects.filter(pk__gt=before, verb="decide", actor=supervisor).count() == 15

    @pytest.mark.parametrize("confirmed", [{}, {"confirmed": "1"}])
    def test_somebody_s_change_in_between_is_told(self, office, sheets, confirmed):
        read = chosen(sheets)
        workflow.decide(sheets[1], {"PA": (False, "信访")}, by=person("supervisor"))
        response = office.post(DECIDE, {"chosen": read, **confirmed})
        text = text_of(response)
        assert response.status_code == 409
        assert "什么都没有改动" in text
        assert "南陈村：您打开之后已被别人改过" in text
        assert "南陈村 平安法治：已有与提议不同的决定" in text
        assert 'name="confirmed"' not in text
        assert decided() == 1

    def test_one_sent_back_in_between_is_told(self, office, sheets):
        read = chosen(sheets)
        item = item_of(sheets[2], "ZB-1")
        workflow.send_back(item, "请复核", item.version, by=person("supervisor"))
        response = office.post(DECIDE, {"chosen": read, "confirmed": "1"})
        assert response.status_code == 409
        assert "石沟村：您打开之后已被别人改过" in text_of(response)
        assert decided() == 0

    def test_a_sheet_that_moves_at_the_last_moment_is_told_too(self, office, sheets, monkeypatch):
        """Between the look at the sheets and the verb's own: the verb's sentences are shown."""
        read = chosen(sheets)

        def refuse(_seals, by):
            raise workflow.OutOfOrder(["石沟村现在处于“部门瞄星”，不能“定星”。"])

        monkeypatch.setattr(deciding, "DECIDE", replace(deciding.DECIDE, act=refuse))
        response = office.post(DECIDE, {"chosen": read, "confirmed": "1"})
        assert response.status_code == 409
        assert "石沟村现在处于" in text_of(response)

    @pytest.mark.parametrize("address", [DECIDE, CONCLUDE])
    @pytest.mark.parametrize(
        ("words", "said"),
        [
            ({}, "还没有选支部"),
            ({"chosen": "x"}, "看不出选了哪些支部"),
            ({"chosen": "x:y"}, "看不出选了哪些支部"),
            ({"chosen": "1:2:3"}, "看不出选了哪些支部"),
        ],
    )
    def test_nothing_chosen_leads_back_with_the_reason(self, office, sheets, address, words, said):
        response = office.post(address, {**words, "confirmed": "1"}, follow=True)
        assert said in text_of(response)
        assert response.redirect_chain == [(PAGE, 302)]
        assert decided() == 0

    @pytest.mark.parametrize("address", [DECIDE, CONCLUDE])
    def test_a_sheet_that_is_not_of_the_year_is_not_there(self, office, sheets, address):
        words = {"chosen": [*chosen(sheets), "999999:0"], "confirmed": "1"}
        assert office.post(address, words).status_code == 404
        assert decided() == 0


class TestConcludingMany:
    def test_a_second_list_of_its_own(self, office, sheets, supervisor):
        workflow.decide_as_proposed(
            {desk.sheet.pk: desk.seal for desk in workflow.desks(sheets[:2])}, by=supervisor
        )
        page = office.get(PAGE)
        ready = [row.desk.sheet.branch.name for row in page.context["to_conclude"]]
        assert sorted(ready) == sorted(VILLAGES[:2])
        text = text_of(office.post(CONCLUDE, {"chosen": chosen(sheets[:2])}))
        assert "下面 2 个支部办结定星，共评定 8 颗" in text
        assert not Assessment.objects.filter(step="concluded").exists()
        words = {"chosen": chosen(sheets[:2]), "confirmed": "1"}
        assert "已办结 2 个支部" in text_of(office.post(CONCLUDE, words, follow=True))
        assert set(Assessment.objects.filter(step="concluded").values_list("level", flat=True)) == {
            4
        }

    def test_what_is_undecided_is_not_concluded(self, office, sheets):
        response = office.post(CONCLUDE, {"chosen": chosen(sheets[:1]), "confirmed": "1"})
        assert response.status_code == 409
        assert "卫坡村 支部过硬：还没有定星" in text_of(response)


class TestOneSheet:
    def page(self, office, sheet):
        return text_of(office.get(reverse("assessment-supervision", args=[sheet.pk])))

    def test_findings_and_notices_are_at_hand(self, office, sheets, supervisor):
        finding = finding_on(sheets[0], "ST-3")
        other = finding_on(sheets[1], "ST-3", problem="别村的问题")
        for about in (finding, other):
            notice = notice_about(about)
            Notice.objects.filter(pk=notice.pk).update(title=f"通报{about.pk}")
            workflow.issue_notice(notice, by=supervisor)
        Notice.objects.filter(pk=notice_about(finding).pk).update(title="还是草稿")
        text = self.page(office, sheets[0])
        assert finding.get_absolute_url() in text
        assert f"通报{finding.pk}" in text
        for hidden in ("别村的问题", f"通报{other.pk}", "还是草稿"):
            assert hidden not in text
        assert "今年和上年的督查通报都没有点到这个支部" in self.page(office, sheets[2])

    @pytest.mark.parametrize(("years_later", "is_shown"), [(1, True), (2, False)])
    def test_last_year_s_notices_and_no_older_ones(
        self, office, sheets, supervisor, years_later, is_shown
    ):
        notice = notice_about(finding_on(sheets[0], "ST-3"))
        workflow.issue_notice(notice, by=supervisor)
        cycle = sheets[0].cycle
        later = Cycle.objects.create(
            year=2022 + years_later, catalogue=cycle.catalogue, state="open"
        )
        sheet = Assessment.objects.create(cycle=later, branch=sheets[0].branch)
        assert (notice.title in self.page(office, sheet)) is is_shown

    def test_who_decided_each_star_and_when(self, office, sheets, supervisor):
        workflow.decide(sheets[0], {"ZB": (True, ""), "PA": (False, "信访")}, by=supervisor)
        text = self.page(office, sheets[0])
        day = date_format(timezone.localdate(), "DATE_FORMAT")
        assert text.count(f"supervisor {day}定") == 2
        assert "信访" in text

    def test_the_choices_say_what_agrees_with_the_proposal(self, office, sheets):
        text = self.page(office, sheets[0])
        assert text.count("评定（同意提议）") - text.count("不评定（同意提议）") == 4
        assert text.count("不评定（同意提议）") == 1
        assert "以您（supervisor）的名义记下" in text

    def test_stars_held_before_have_a_column_once_a_branch_holds_one(self, office, sheets):
        assert "现有星" not in self.page(office, sheets[0])
        Star.objects.filter(assessment=sheets[1], category__code="ZB").update(held_before=True)
        assert "现有星" in self.page(office, sheets[0])
        assert self.page(office, sheets[0]).count("star-held_before") == 0
        assert self.page(office, sheets[1]).count("star-held_before") == 1


class TestWithdrawing:
    @pytest.fixture
    def concluded(self, town):
        return at_step(sheet_of("卫坡村"), "concluded")

    def test_the_page_says_what_withdrawing_is(self, office, concluded):
        text = text_of(office.get(reverse("assessment-supervision", args=[concluded.pk])))
        assert "摘星就是收回已经评定的星" in text
        assert text.count('name="withdrawn"') == 5

    def test_a_star_is_withdrawn_and_the_sheet_decided_again(self, office, concluded):
        words = {"reason": "查实弄虚作假", "withdrawn": ["PA"]}
        response = office.post(reverse("reopen", args=[concluded.pk]), words, follow=True)
        assert "已重新打开" in text_of(response)
        assert "查实弄虚作假" in text_of(response)
        assert sheet_of("卫坡村").step == "supervision"
        office.post(reverse("conclude", args=[concluded.pk]))
        assert (sheet_of("卫坡村").step, sheet_of("卫坡村").level) == ("concluded", 4)

    @pytest.mark.parametrize(
        "words",
        [{}, {"reason": " ", "withdrawn": ["PA"]}, {"reason": "查实", "withdrawn": ["XX"]}],
    )
    def test_bad_input_keeps_what_was_typed_and_changes_nothing(self, office, concluded, words):
        response = office.post(reverse("reopen", args=[concluded.pk]), words)
        assert response.status_code == 422
        form = response.context["reopen_form"]
        assert form["withdrawn"].value() == words.get("withdrawn", [])
        assert "摘去的星" in text_of(response)
        assert sheet_of("卫坡村").step == "concluded"

    def test_it_is_refused_in_a_closed_year_with_a_message(self, office, concluded):
        close_year()
        text = text_of(office.get(reverse("assessment-supervision", args=[concluded.pk])))
        assert "2022 年度已经关闭，结果不再改动，不能摘星" in text
        assert 'name="withdrawn"' not in text
        words = {"reason": "查实", "withdrawn": ["PA"]}
        response = office.post(reverse("reopen", args=[concluded.pk]), words)
        assert response.status_code == 409
        assert "这一年度的创建没有在进行" in text_of(response)
        assert sheet_of("卫坡村").level == 5


class TestExtendingAndCollecting:
    @pytest.mark.parametrize(
        ("day", "may_collect"),
        [("2022-10-15T09:00+08:00", False), ("2022-11-02T09:00+08:00", True)],
    )
    def test_both_are_on_the_sheet_before_and_after_the_date(
        self, office, sheet, time_machine, day, may_collect
    ):
        time_machine.move_to(day, tick=False)
        office.force_login(person("supervisor"))
        text = text_of(office.get(sheet.get_absolute_url()))
        assert reverse("assessment-extension", args=[sheet.pk]) in text
        assert "都可以只为这一个支部延期" in text
        assert "党委可以按现状收取" in text
        assert ("确认收取" in text) is may_collect
        assert ("村组标星还没有过期限" in text) is not may_collect

    @pytest.mark.parametrize(
        ("step", "is_there"), [("review", True), ("supervision", True), ("concluded", False)]
    )
    def test_every_step_can_be_extended_from_the_sheet(self, office, sheet, step, is_there):
        at_step(sheet, step)
        text = text_of(office.get(sheet.get_absolute_url()))
        assert (reverse("assessment-extension", args=[sheet.pk]) in text) is is_there
        assert "按现状收取" not in text

    @pytest.mark.parametrize("username", ["clerk_weipo", "auditor"])
    def test_nobody_else_is_offered_them(self, client, sheet, username):
        client.force_login(person(username))
        text = text_of(client.get(sheet.get_absolute_url()))
        assert reverse("assessment-extension", args=[sheet.pk]) not in text
        assert "按现状收取" not in text
