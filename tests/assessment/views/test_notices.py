"""督查通报 through the pages: chosen, drafted, written on, issued, read, withdrawn."""

from io import BytesIO
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.urls import reverse
from docx import Document

from assessment import workflow
from assessment.enums import Verb
from assessment.forms.notice import LIMITS
from assessment.models import Cycle, Event, Notice
from tests.town import CAST, finding_on, inspection_of, notice_about, person, sheet_of

OFFICE = ("admin", "supervisor", "auditor")


@pytest.fixture
def inspection(sheet):
    return inspection_of(sheet, sheet_of("南陈村"))


@pytest.fixture
def finding(sheet, inspection):
    return finding_on(sheet, inspection=inspection)


@pytest.fixture
def draft(finding):
    return notice_about(finding)


@pytest.fixture
def issued(draft):
    workflow.issue_notice(draft, by=person("supervisor"))
    return again(draft)


def again(notice):
    return Notice.objects.get(pk=notice.pk)


def post(client, username, name, *args, **data):
    client.force_login(person(username))
    return client.post(reverse(name, args=args), data)


def get(client, username, name, *args, language="zh-hans"):
    client.force_login(person(username))
    client.cookies["django_language"] = language
    return client.get(reverse(name, args=args))


def reads(response):
    return response.content.decode()


def words_of(notice, **changed):
    names = ("version", *LIMITS)
    chosen = {"findings": [row.pk for row in notice.findings.all()]}
    return {name: getattr(notice, name) for name in names} | chosen | changed


class TestDrafting:
    def test_it_is_drafted_from_what_is_ticked(self, client, finding, inspection):
        other = finding_on(sheet_of("南陈村"), code="", inspection=inspection, problem="路面有积水")
        page = reads(get(client, "supervisor", "notice-new", 2022))
        assert "沟边有秸秆堆放" in page
        assert "路面有积水" in page
        answer = post(client, "supervisor", "notice-new", 2022, findings=[finding.pk])
        made = Notice.objects.get()
        assert answer.url == reverse("notice-edit", args=[made.pk])
        assert made.title == "关于2022年11月1日部门联查情况的通报"
        # The words of the branches' order, not of the interface.
        assert made.opening.startswith("围绕“查秋季秸秆禁烧”，2022年11月1日，朝阳镇党委组织")
        assert "采取听汇报、看实地的方式，对" in made.opening
        assert "卫坡村：卫坡村巡查有记录。" in made.done_well
        assert made.problems == ("（一）卫坡村\n1. 生态宜居 3 · 资源化利用：沟边有秸秆堆放。")
        assert "卫坡村：清理离田，留存台账，2022年11月20日前完成" in made.requirements
        assert made.issuer == settings.NOTICE_ISSUER
        assert list(made.findings.all()) == [finding]
        assert list(made.inspections.all()) == [inspection]
        assert other not in made.findings.all()

    def test_the_draft_is_chinese_for_whoever_drafts_it(self, client, inspection):
        client.cookies["django_language"] = "en"
        post(client, "supervisor", "notice-new", 2022, inspections=[inspection.pk])
        made = Notice.objects.get()
        assert "采取听汇报、看实地的方式" in made.opening
        assert (made.problems, made.requirements) == ("", "")

    def test_nothing_chosen_is_told(self, client, finding):
        answer = post(client, "supervisor", "notice-new", 2022)
        assert (answer.status_code, "还没有选联查或问题" in reads(answer)) == (409, True)
        assert not Notice.objects.exists()

    @pytest.mark.parametrize("value", ["x", "999999"])
    def test_what_cannot_be_chosen_is_refused(self, client, finding, value):
        answer = post(client, "supervisor", "notice-new", 2022, findings=[value])
        assert answer.status_code == 422
        assert not Notice.objects.exists()

    def test_a_draft_too_long_for_its_boxes_is_not_begun(self, client, sheet, inspection):
        rows = [
            finding_on(sheet, code="", inspection=inspection, problem=f"{n}" + "长" * 990)
            for n in range(11)
        ]
        chosen = [row.pk for row in rows]
        answer = post(client, "supervisor", "notice-new", 2022, findings=chosen)
        assert answer.status_code == 422
        assert "选得太多：“存在问题”有" in reads(answer)
        ticked = [is_ticked for *_, found in answer.context["groups"] for _, is_ticked in found]
        assert ticked == [True] * 11
        assert not Notice.objects.exists()

    def test_what_has_been_told_already_is_marked_and_what_is_withdrawn_is_not_there(
        self, client, sheet, issued, inspection
    ):
        gone = finding_on(sheet, code="", inspection=inspection, problem="记错了的")
        workflow.withdraw_finding(gone, "记错了", by=person("supervisor"))
        page = reads(get(client, "supervisor", "notice-new", 2022))
        assert "已写进 朝督〔2022〕1号" in page
        assert "记错了的" not in page

    def test_before_the_first_inspection_it_says_what_to_do(self, client, town):
        assert "先登记部门联查" in reads(get(client, "supervisor", "notice-new", 2022))


class TestEditing:
    def test_it_is_written_on_and_the_annex_chosen(self, client, draft, sheet, inspection):
        other = finding_on(sheet, code="", inspection=inspection, problem="路面有积水")
        page = reads(get(client, "supervisor", "notice-edit", draft.pk))
        assert draft.title in page
        assert "路面有积水" in page
        words = words_of(draft, title="新的标题", findings=[other.pk])
        answer = post(client, "supervisor", "notice-edit", draft.pk, **words)
        assert answer.url == draft.get_absolute_url()
        assert again(draft).title == "新的标题"
        assert list(again(draft).findings.all()) == [other]

    def test_two_at_once_are_shown_side_by_side_and_nothing_typed_is_lost(
        self, client, draft, sheet, inspection
    ):
        other = finding_on(sheet, code="", inspection=inspection, problem="路面有积水")
        theirs = {name: getattr(draft, name) for name in LIMITS} | {"title": "别人的标题"}
        workflow.edit_notice(draft, theirs, [other], 0, by=person("supervisor"))
        words = words_of(draft, title="我的标题", findings=[])
        answer = post(client, "supervisor", "notice-edit", draft.pk, **words)
        page = reads(answer)
        assert answer.status_code == 409
        assert again(draft).title == "别人的标题"
        for told in ("supervisor刚刚保存了这一项", "别人的标题", "我的标题", "路面有积水"):
            assert told in page
        assert answer.context["form"]["title"].value() == "我的标题"
        assert [line["label"] for line in answer.context["conflict"]["lines"]] == [
            "标题",
            "附件列出的问题",
        ]
        words["version"] = answer.context["form"]["version"].value()
        assert post(client, "supervisor", "notice-edit", draft.pk, **words).status_code == 302
        assert again(draft).title == "我的标题"

    def test_one_issued_meanwhile_keeps_what_was_typed(self, client, issued):
        words = words_of(issued, title="我写了很久")
        answer = post(client, "supervisor", "notice-edit", issued.pk, **words)
        assert answer.status_code == 409
        assert "我写了很久" in reads(answer)
        assert "现在处于“已印发”" in reads(answer)
        assert again(issued).title != "我写了很久"
        assert get(client, "supervisor", "notice-edit", issued.pk).status_code == 409

    @pytest.mark.parametrize("name", LIMITS)
    def test_a_text_too_long_is_told_and_kept(self, client, draft, name):
        long = "长" * (LIMITS[name] + 1)
        answer = post(
            client, "supervisor", "notice-edit", draft.pk, **words_of(draft, **{name: long})
        )
        assert answer.status_code == 422
        assert f"不超过 {LIMITS[name]} 字符" in reads(answer)
        assert long in reads(answer)
        assert again(draft).version == 0

    def test_ten_thousand_characters_are_taken(self, client, draft):
        words = words_of(draft, problems="题" * LIMITS["problems"])
        assert post(client, "supervisor", "notice-edit", draft.pk, **words).status_code == 302
        assert again(draft).problems == "题" * 10000
        workflow.issue_notice(again(draft), by=person("supervisor"))
        answer = get(client, "supervisor", "notice-document", draft.pk)
        texts = [each.text for each in Document(BytesIO(answer.getvalue())).paragraphs]
        assert "题" * 10000 in texts

    def test_what_nobody_sees_is_left_out_and_told(self, client, draft):
        words = words_of(draft, title="标\x07题\x00", opening="甲\x0b乙\r\n丙\u202e")
        answer = post(client, "supervisor", "notice-edit", draft.pk, **words)
        page = reads(client.get(answer.url))
        assert "看不见的控制字符，已经去掉" in page
        assert (again(draft).title, again(draft).opening) == ("标题", "甲乙\n丙")

    def test_ordinary_line_ends_are_not_told(self, client, draft):
        words = words_of(draft, opening="甲\r\n乙")
        answer = post(client, "supervisor", "notice-edit", draft.pk, **words)
        assert "控制字符" not in reads(client.get(answer.url))

    def test_mark_up_is_shown_as_it_was_typed(self, client, draft):
        words = words_of(draft, opening="<script>alert(1)</script> & <b>粗</b>")
        post(client, "supervisor", "notice-edit", draft.pk, **words)
        page = reads(get(client, "supervisor", "notice", draft.pk))
        assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;粗" in page
        assert "<script>alert" not in page

    def test_a_page_without_its_version_is_refused(self, client, draft):
        words = words_of(draft, version="")
        answer = post(client, "supervisor", "notice-edit", draft.pk, **words)
        assert answer.status_code == 422
        assert "看不出这一页是什么时候打开的" in reads(answer)


class TestIssuing:
    def test_the_page_warns_names_the_person_and_issues(self, client, draft):
        page = reads(get(client, "supervisor", "notice", draft.pk))
        for told in ("草稿", "朝督〔2022〕　号", "将由supervisor签发", "印发以后不能再改"):
            assert told in page
        answer = post(client, "supervisor", "issue-notice", draft.pk, version=0)
        assert answer.url == draft.get_absolute_url()
        assert (again(draft).reference, again(draft).issued_by) == (
            "朝督〔2022〕1号",
            person("supervisor"),
        )
        page = reads(client.get(answer.url))
        for told in ("朝督〔2022〕1号", "沟边有秸秆堆放", "27 个支部中 0 个已阅知", "撤回通报"):
            assert told in page
        assert "确认印发" not in page

    def test_what_is_missing_is_listed_and_stands_in_the_way(self, client, draft):
        post(client, "supervisor", "notice-edit", draft.pk, **words_of(draft, requirements=""))
        page = reads(get(client, "supervisor", "notice", draft.pk))
        assert "“工作要求”不能空着" in page
        assert "确认印发" not in page
        answer = post(client, "supervisor", "issue-notice", draft.pk, version=1)
        assert answer.status_code == 409
        assert "“工作要求”不能空着" in reads(answer)
        assert again(draft).state == "draft"

    def test_what_was_changed_since_it_was_read_is_not_sent_out(self, client, draft):
        post(client, "supervisor", "notice-edit", draft.pk, **words_of(draft, title="改过"))
        answer = post(client, "supervisor", "issue-notice", draft.pk, version=0)
        assert answer.status_code == 409
        assert "已被别人改过" in reads(answer)
        assert again(draft).state == "draft"

    def test_a_discarded_draft_is_gone(self, client, draft):
        answer = post(client, "supervisor", "discard-notice", draft.pk)
        assert answer.url == reverse("cycle-notices", args=[2022])
        assert get(client, "supervisor", "notice", draft.pk).status_code == 404
        assert "还没有通报" in reads(client.get(answer.url))

    def test_a_withdrawn_one_says_why_and_its_number_is_used_up(self, client, issued, finding):
        answer = post(client, "supervisor", "withdraw-notice", issued.pk, reason="")
        assert (answer.status_code, again(issued).state) == (422, "issued")
        post(client, "supervisor", "withdraw-notice", issued.pk, reason="日期写错")
        for username in ("clerk_nanchen", "supervisor"):
            page = reads(get(client, username, "notice", issued.pk))
            for told in ("日期写错", "已撤回", "朝督〔2022〕1号", "文号不再使用"):
                assert told in page
        assert "已撤回" in reads(get(client, "clerk_weipo", "cycle-notices", 2022))
        second = notice_about(finding)
        post(client, "supervisor", "issue-notice", second.pk, version=0)
        assert again(second).reference == "朝督〔2022〕2号"

    def test_a_closed_year_offers_nothing(self, client, issued, draft):
        Cycle.objects.update(state="closed")
        page = reads(get(client, "supervisor", "notice", issued.pk))
        assert "撤回通报" not in page
        assert "已阅知</button>" not in reads(get(client, "clerk_weipo", "notice", issued.pk))
        assert "起草通报" not in reads(get(client, "supervisor", "cycle-notices", 2022))


class TestReading:
    def test_a_clerk_confirms_and_the_office_sees_it(self, client, issued, sheet):
        page = reads(get(client, "clerk_weipo", "notice", issued.pk))
        assert "卫坡村已阅知</button>" in page
        answer = post(client, "clerk_weipo", "confirm-notice", issued.pk, sheet=sheet.pk)
        page = reads(client.get(answer.url))
        assert "已记下：卫坡村已阅知" in page
        assert "卫坡村已阅知</button>" not in page
        office = get(client, "auditor", "notice", issued.pk)
        assert "27 个支部中 1 个已阅知" in reads(office)
        assert [row.read_by.username for row in office.context["readings"]] == ["clerk_weipo"]
        assert "卫坡村" not in [each.branch.name for each in office.context["unread"]]
        assert "南陈村" in reads(office).split('id="readers"')[1]

    def test_a_branch_does_not_read_who_of_its_neighbours_has_read_it(self, client, issued, sheet):
        workflow.confirm_notice(issued, sheet, by=person("clerk_weipo"))
        page = reads(get(client, "clerk_nanchen", "notice", issued.pk))
        assert "27 个支部中 1 个已阅知" in page
        assert "clerk_weipo" not in page
        assert 'id="history"' not in page

    def test_a_liaison_official_confirms_each_village_by_itself(self, client, issued):
        page = reads(get(client, "liaison", "notice", issued.pk))
        assert page.count("已阅知</button>") == 3
        sheet = sheet_of("游王村")
        post(client, "liaison", "confirm-notice", issued.pk, sheet=sheet.pk)
        assert [row.assessment for row in issued.readings.all()] == [sheet]

    @pytest.mark.parametrize("username", ["liaison", "clerk_weipo"])
    @pytest.mark.parametrize("asked", ["", "x", "neighbour"])
    def test_only_for_their_own_branch(self, client, issued, username, asked):
        asked = sheet_of("南陈村").pk if asked == "neighbour" else asked
        answer = post(client, username, "confirm-notice", issued.pk, sheet=asked)
        assert (answer.status_code, issued.readings.count()) == (409, 0)

    def test_who_else_may_see_but_not_confirm(self, client, issued, sheet):
        said = {
            username: post(
                client, username, "confirm-notice", issued.pk, sheet=sheet.pk
            ).status_code
            for username in CAST
        }
        confirming = dict.fromkeys(("clerk_nanchen", "liaison"), 409) | {"clerk_weipo": 302}
        assert said == {**dict.fromkeys(CAST, 403), **confirming, "nobody": 404}

    def test_an_issued_one_is_for_everybody_who_holds_anything(self, client, issued):
        for name in ("notice", "notice-document"):
            seen = {user: get(client, user, name, issued.pk).status_code for user in CAST}
            assert seen == {**dict.fromkeys(CAST, 200), "nobody": 404}

    def test_the_history_tells_who_did_what(self, client, issued, sheet):
        workflow.confirm_notice(issued, sheet, by=person("clerk_weipo"))
        page = reads(get(client, "auditor", "notice", issued.pk)).split('id="history"')[1]
        for told in ("起草通报", "印发通报", "草稿 → 已印发", "确认阅知", "clerk_weipo"):
            assert told in page

    def test_an_english_page_keeps_the_paper_in_chinese(self, client, issued):
        page = reads(get(client, "clerk_weipo", "notice", issued.pk, language="en"))
        assert "Read all of it before you confirm." in page
        paper = page.split("<article")[1].split("</article>")[0]
        for told in ('lang="zh-Hans"', "工作要求", "附件：问题清单", "整改期限", "2022年11月20日"):
            assert told in paper


class TestDocument:
    def test_it_is_a_word_document_with_a_chinese_name_and_is_kept(self, client, issued):
        answer = get(client, "clerk_weipo", "notice-document", issued.pk)
        assert unquote(answer["Content-Disposition"]).endswith(
            "朝督〔2022〕1号 关于秸秆禁烧督查情况的通报.docx"
        )
        texts = [each.text for each in Document(BytesIO(answer.getvalue())).paragraphs]
        assert texts[:3] == ["中共朝阳镇委员会", "朝督〔2022〕1号", "关于秸秆禁烧督查情况的通报"]
        event = Event.objects.first()
        assert (event.verb, event.actor.username, event.notice) == (
            Verb.DOWNLOAD,
            "clerk_weipo",
            issued,
        )

    def test_a_draft_and_a_withdrawn_one_say_so(self, client, draft):
        answer = get(client, "supervisor", "notice-document", draft.pk)
        assert "''草稿 关于" in unquote(answer["Content-Disposition"])
        workflow.issue_notice(draft, by=person("supervisor"))
        workflow.withdraw_notice(draft, "日期写错", by=person("supervisor"))
        answer = get(client, "clerk_weipo", "notice-document", draft.pk)
        assert "''已撤回 朝督〔2022〕1号" in unquote(answer["Content-Disposition"])

    def test_it_is_the_same_on_any_day_and_in_any_language(self, client, issued, time_machine):
        first = get(client, "clerk_weipo", "notice-document", issued.pk).getvalue()
        time_machine.move_to("2031-05-05T12:00+08:00", tick=False)
        later = get(client, "auditor", "notice-document", issued.pk, language="en").getvalue()
        assert first == later

    def test_a_long_title_makes_a_name_that_disks_take(self, client, draft):
        words = words_of(draft, title="题" * 100)
        post(client, "supervisor", "notice-edit", draft.pk, **words)
        answer = get(client, "supervisor", "notice-document", draft.pk)
        name = unquote(answer["Content-Disposition"]).split("''")[1]
        assert len(name.encode()) < 255


class TestList:
    def test_states_numbers_dates_and_how_many_have_read_it(self, client, issued, finding, sheet):
        notice_about(finding)
        workflow.confirm_notice(issued, sheet, by=person("clerk_weipo"))
        page = reads(get(client, "supervisor", "cycle-notices", 2022))
        for told in ("朝督〔2022〕1号", "已印发", "草稿", "27 个支部中 1 个已阅知", "起草通报"):
            assert told in page
        assert page.index("草稿") < page.index("朝督〔2022〕1号")

    def test_a_clerk_sees_which_wait_and_no_drafts(self, client, issued, finding, sheet):
        notice_about(finding)
        page = get(client, "clerk_weipo", "cycle-notices", 2022)
        assert "等您阅知" in reads(page)
        assert [row.pk for row in page.context["page"]] == [issued.pk]
        workflow.confirm_notice(issued, sheet, by=person("clerk_weipo"))
        assert "等您阅知" not in reads(get(client, "clerk_weipo", "cycle-notices", 2022))

    @pytest.mark.parametrize("rows", [1, 30])
    @pytest.mark.parametrize(
        ("username", "queries"), [("supervisor", 7), ("clerk_weipo", 8), ("reviewer_ny", 7)]
    )
    def test_it_takes_as_many_queries_for_30(
        self, client, finding, django_assert_num_queries, rows, username, queries
    ):
        for _ in range(rows):
            workflow.issue_notice(notice_about(finding), by=person("supervisor"))
        client.force_login(person(username))
        with django_assert_num_queries(queries):
            client.get(reverse("cycle-notices", args=[2022]))

    @pytest.mark.parametrize("rows", [1, 20])
    @pytest.mark.parametrize(
        ("username", "is_issued", "name", "queries"),
        [
            ("supervisor", False, "notice", 10),
            ("supervisor", True, "notice", 10),
            ("clerk_weipo", True, "notice", 8),
            ("supervisor", False, "notice-edit", 7),
            ("supervisor", False, "notice-new", 12),
            ("supervisor", True, "notice-document", 6),
        ],
    )
    def test_so_do_its_pages_for_20_findings_and_readers(
        self, client, town, django_assert_num_queries, rows, username, is_issued, name, queries
    ):
        sheets = list(town.assessments.with_places().order_by("branch__order")[:rows])
        inspection = inspection_of(*sheets)
        notice = notice_about(*[finding_on(each, inspection=inspection) for each in sheets])
        if is_issued:
            workflow.issue_notice(notice, by=person("supervisor"))
            for each in sheets:
                notice.readings.create(assessment=each, read_by=person("supervisor"))
        client.force_login(person(username))
        args = [2022] if name == "notice-new" else [notice.pk]
        with django_assert_num_queries(queries):
            assert client.get(reverse(name, args=args)).status_code == 200


class TestHome:
    def test_a_clerk_sees_what_is_unread_until_it_is_read(self, client, issued, sheet):
        page = reads(get(client, "clerk_weipo", "home"))
        assert "1 份通报等您阅知" in page
        assert issued.get_absolute_url() in page
        workflow.confirm_notice(issued, sheet, by=person("clerk_weipo"))
        assert "等您阅知" not in reads(get(client, "clerk_weipo", "home"))

    def test_a_liaison_official_sees_it_for_each_village(self, client, issued):
        page = get(client, "liaison", "home")
        assert "3 份通报等您阅知" in reads(page)
        [own] = page.context["own_notices"]
        assert {row.unread_at for row in own.unread} == {"闫凹村", "石沟村", "游王村"}
        assert own.open_work == 3

    def test_the_committee_sees_drafts_and_who_has_not_read(self, client, issued, finding):
        notice_about(finding)
        page = reads(get(client, "supervisor", "home"))
        assert "1 份通报草稿等印发" in page
        assert "1 份通报还有支部没有阅知" in page
        assert "27 个支部中 0 个已阅知" in page

    @pytest.mark.parametrize("username", ["auditor", "admin", "reviewer_ny"])
    def test_others_are_not_asked(self, client, issued, username):
        assert "份通报" not in reads(get(client, username, "home"))

    def test_what_is_withdrawn_or_of_a_closed_year_waits_for_nobody(self, client, issued):
        workflow.withdraw_notice(issued, "日期写错", by=person("supervisor"))
        for username in ("clerk_weipo", "supervisor"):
            assert "份通报" not in reads(get(client, username, "home"))

    @pytest.mark.parametrize("rows", [1, 5])
    @pytest.mark.parametrize(("username", "queries"), [("liaison", 10), ("supervisor", 10)])
    def test_home_takes_as_many_queries_for_five(
        self, client, finding, django_assert_num_queries, rows, username, queries
    ):
        for _ in range(rows):
            workflow.issue_notice(notice_about(finding), by=person("supervisor"))
        client.force_login(person(username))
        with django_assert_num_queries(queries):
            client.get(reverse("home"))
