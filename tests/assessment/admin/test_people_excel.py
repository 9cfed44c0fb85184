"""People in Excel: taken away, edited, brought back, shown, and written as a whole."""

import re
from html import unescape

import pytest
from django.contrib.sessions.models import Session
from django.db import transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assessment import ledger, workflow
from assessment.ledger.people import COLUMNS
from assessment.models import Event
from branches.models import Branch, Membership, User
from tests.assessment.ledger.lists import address_of, changed, confirm, said, send
from tests.assessment.ledger.test_hostile import REFUSED
from tests.town import CAST, person

HEADERS = [str(column.header) for column in COLUMNS]
OTHERS = [name for name in CAST if name != "admin"]
PAGE, LIST = "/admin/branches/user/upload/", "/admin/branches/user/"
PASSWORD = re.compile(r">([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})<")


def workbook(people=None):
    people = User.people.with_places() if people is None else people
    return ledger.as_bytes(ledger.people_workbook(people))


def snapshot():
    return (
        list(User.people.order_by("pk").values()),
        list(Membership.objects.order_by("pk").values()),
        Event.objects.count(),
    )


def text_of(response):
    return unescape(response.content.decode())


def told(response):
    return {each.subject: (each.change, each.lines) for each in response.context["proposal"].told}


def key(username, place=None):
    """The hidden key of a person's row."""
    user = person(username)
    for membership in user.memberships.all():
        if str(membership.branch or membership.department or "") == (place or ""):
            return f"{user.pk}/{membership.pk}"
    if place is None:
        return f"{user.pk}/{user.memberships.first().pk if user.memberships.exists() else ''}"
    raise LookupError(place)


def new(username="zhang", name="张三", role="村级填报人", place="卫坡村", **more):
    return {"姓名": name, "账号": username, "角色": role, "支部或部门": place, **more}


def held(username):
    return sorted(map(str, person(username).memberships.all()))


def upload(office, words=None, **more):
    return send(office, PAGE, changed(workbook(), words, **more))


def carried_out(office, words=None, *, agreed=False, **more):
    """Uploaded, shown without a complaint, and confirmed."""
    response = upload(office, words, **more)
    assert response.status_code == 200, response.context["wrong"]
    return confirm(office, PAGE, response, **({"agreed": "on"} if agreed else {}))


class TestTakingAway:
    def test_the_list_leads_to_it_and_it_is_kept(self, office):
        page = text_of(office.get(LIST))
        for leaf in ("people.xlsx", "template.xlsx", "upload/"):
            assert f'href="{LIST}{leaf}"' in page
        response = office.get(f"{LIST}people.xlsx")
        assert len(said(response.getvalue())) == 11
        assert Event.objects.latest("pk").verb == "download"

    def test_every_cell_says_what_is_held(self, office):
        User.objects.filter(username="nobody").update(is_active=False)
        rows = said(workbook())
        assert rows[key("liaison", "石沟村")] | {"key": None} == {
            "姓名": "liaison",
            "账号": "liaison",
            "角色": "村级填报人",
            "支部或部门": "石沟村",
            "状态": "在用",
            "key": None,
        }
        assert rows[key("reviewer_ny", "农业服务中心")]["角色"] == "部门审核人"
        assert rows[key("admin")]["支部或部门"] is None
        assert rows[key("nobody")]["状态"] == "停用"

    def test_the_template_is_empty(self, office):
        assert said(office.get(f"{LIST}template.xlsx").getvalue()) == {}


class TestNewAccounts:
    def test_shown_first_then_made_with_a_slip(self, office):
        before = snapshot()
        response = upload(
            office, new=[new(), new(place="南陈村"), new("li", "李四", "查阅人", None)]
        )
        assert (response.status_code, snapshot()) == (200, before)
        assert told(response) == {
            "zhang": (
                "新账号",
                [("姓名", "", "张三"), ("身份", "", "卫坡村 · 村级填报人、南陈村 · 村级填报人")],
            ),
            "li": ("新账号", [("姓名", "", "李四"), ("身份", "", "查阅人")]),
        }
        assert not PASSWORD.search(text_of(response))
        response = confirm(office, PAGE, response)
        page = text_of(response)
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]
        passwords = PASSWORD.findall(page)
        assert len(set(passwords)) == 2
        for username, password in zip(("zhang", "li"), passwords, strict=True):
            user = person(username)
            assert user.must_change_password
            assert user.check_password(password)
            assert page.index(f">{username}<") < page.index(f">{password}<")
        assert held("zhang") == ["南陈村 · 村级填报人", "卫坡村 · 村级填报人"]
        event = Event.objects.latest("pk")
        assert (event.actor, event.verb, event.subject) == (person("admin"), "edit", "人员")
        assert event.changes["zhang · 姓名"] == ["", "张三"]
        assert Event.objects.count() == before[-1] + 1

    def test_a_password_is_kept_nowhere(self, office, caplog):
        response = carried_out(office, new=[new()])
        [password] = PASSWORD.findall(text_of(response))
        user = person("zhang")
        assert password not in user.password
        kept = [str(event.changes) + event.reason + event.subject for event in Event.objects.all()]
        kept += [str(session.get_decoded()) for session in Session.objects.all()]
        assert not any(password in words for words in [*kept, caplog.text])
        assert password not in text_of(office.get(LIST))
        assert password not in text_of(office.get(PAGE))

    def test_sent_twice_it_is_made_once(self, office):
        response = upload(office, new=[new()])
        confirm(office, PAGE, response)
        before = snapshot()
        again = confirm(office, PAGE, response)
        assert (again.status_code, snapshot()) == (302, before)
        assert "人员又有改动" in text_of(office.get(again.url))

    def test_full_width_and_codes_are_understood(self, office):
        weipo = Branch.objects.get(name="卫坡村")
        rows = [
            new("ｚｈａｎｇ ", " 张 三 ", "Clerk", weipo.code),
            new("li", "李四", "部门 审核人", "ny"),
        ]
        carried_out(office, new=rows)
        assert person("zhang").name == "张 三"
        assert held("zhang") == ["卫坡村 · 村级填报人"]
        assert held("li") == ["农业服务中心 · 部门审核人"]


class TestChanging:
    def test_the_same_again_changes_nothing(self, office):
        response = upload(office)
        assert "没有要改动的内容" in text_of(response)
        assert not response.context["sealed"]

    def test_exported_again_it_is_as_it_was_sent(self, office):
        carried_out(office, {key("clerk_weipo"): {"姓名": "卫某"}}, new=[new()])
        rows = [
            {header: value for header, value in row.items() if header != "key"}
            for row in said(workbook()).values()
        ]
        assert new(状态="在用") in rows
        assert any(row["姓名"] == "卫某" and row["账号"] == "clerk_weipo" for row in rows)
        assert len(rows) == 12
        assert "没有要改动的内容" in text_of(upload(office))

    def test_a_name_and_a_place(self, office):
        words = {key("clerk_weipo"): {"姓名": "卫某", "支部或部门": "石沟村"}}
        response = upload(office, words)
        assert told(response) == {
            "clerk_weipo clerk_weipo": (
                "改动",
                [
                    ("姓名", "clerk_weipo", "卫某"),
                    ("身份", "卫坡村 · 村级填报人", "石沟村 · 村级填报人"),
                ],
            )
        }
        response = confirm(office, PAGE, response, agreed="on")
        assert response.url == LIST
        assert person("clerk_weipo").name == "卫某"
        assert held("clerk_weipo") == ["石沟村 · 村级填报人"]
        assert not person("clerk_weipo").must_change_password

    def test_a_role_with_its_place(self, office):
        words = {key("clerk_weipo"): {"角色": "党委督星人", "支部或部门": None}}
        carried_out(office, words, agreed=True)
        assert held("clerk_weipo") == ["党委督星人"]

    def test_a_place_and_the_state_in_one_row(self, office):
        words = {key("clerk_weipo"): {"支部或部门": "石沟村", "状态": "停用"}}
        carried_out(office, words, agreed=True)
        assert held("clerk_weipo") == ["石沟村 · 村级填报人"]
        assert not person("clerk_weipo").is_active

    def test_the_same_in_other_words_is_no_change(self, office):
        words = {
            key("admin"): {"角色": "Administrator"},
            key("clerk_weipo"): {"支部或部门": Branch.objects.get(name="卫坡村").code},
        }
        assert "没有要改动的内容" in text_of(upload(office, words))

    def test_two_people_change_places(self, office):
        words = {
            key("liaison", "石沟村"): {"支部或部门": "游王村"},
            key("liaison", "游王村"): {"支部或部门": "石沟村"},
        }
        carried_out(office, words, agreed=True)
        assert held("liaison") == sorted(
            f"{name} · 村级填报人" for name in ("石沟村", "游王村", "闫凹村")
        )

    def test_another_membership_for_who_stands_there(self, office):
        carried_out(office, new=[new("nobody", None, "查阅人", None)])
        assert held("nobody") == ["查阅人"]

    def test_one_membership_is_revoked(self, office):
        response = carried_out(office, {key("liaison", "石沟村"): {"状态": "撤销"}}, agreed=True)
        assert response.status_code == 302
        assert held("liaison") == sorted(f"{name} · 村级填报人" for name in ("游王村", "闫凹村"))
        assert person("liaison").is_active

    def test_an_account_is_switched_off_and_on(self, office):
        carried_out(office, {key("liaison", "石沟村"): {"状态": "停用"}}, agreed=True)
        assert not person("liaison").is_active
        assert len(held("liaison")) == 3
        carried_out(office, {key("liaison", "石沟村"): {"状态": "在用"}})
        assert person("liaison").is_active

    def test_what_is_taken_away_is_agreed_to(self, office):
        for word in ("撤销", "停用"):
            response = upload(office, {key("liaison", "石沟村"): {"状态": word}})
            before = snapshot()
            assert confirm(office, PAGE, response).status_code == 302
            assert snapshot() == before

    def test_empty_cells_and_missing_rows_change_nothing(self, office):
        words = {
            key("clerk_weipo"): dict.fromkeys(["姓名", "角色", "支部或部门", "状态"]),
            key("reviewer_ny"): dict.fromkeys(HEADERS),
        }
        response = upload(office, words, gone=[key("auditor")])
        assert "没有要改动的内容" in text_of(response)

    def test_what_was_not_touched_undoes_nothing_saved_since(self, office):
        content = changed(workbook(), {key("clerk_weipo"): {"姓名": "卫某"}})
        User.objects.filter(username="liaison").update(name="网页上改的")
        confirm(office, PAGE, send(office, PAGE, content))
        assert person("liaison").name == "网页上改的"
        assert person("clerk_weipo").name == "卫某"


class TestWhatIsWrong:
    @pytest.mark.parametrize(
        ("row", "header", "sentence"),
        [
            (new(username=None), "账号", "新增的行要填这一格"),
            (new(username="a b!"), "账号", "账号只用文字、数字"),
            (new(username="a" * 151), "账号", "不超过 150"),
            (new(username="Clerk_weipo"), "账号", "只差大小写"),
            (new(username="clerk_weipo"), "姓名", "已经是“clerk_weipo”的"),
            (new(name=None), "姓名", "新增的行要填这一格"),
            (new(name="长" * 31), "姓名", "30"),
            (new(role=None), "角色", "新增的行要填这一格"),
            (new(role="村长"), "角色", "看不懂“村长”"),
            (new(place=None), "支部或部门", "填报人要写支部"),
            (new(place="没有村"), "支部或部门", "没有叫“没有村”的支部"),
            (new(role="部门审核人"), "支部或部门", "没有叫“卫坡村”的部门"),
            (new(role="查阅人"), "支部或部门", "查阅人不写支部或部门"),
            (new(状态="停用"), "状态", "新账号不能一开始就停用"),
            (new(状态="撤销"), "状态", "撤销不了"),
            (new(状态="也许"), "状态", "看不懂“也许”"),
            (new(name="=A1"), "姓名", "这一格是公式"),
            (new("liaison", None, place="石沟村"), "角色", "已经有这个身份"),
        ],
        ids=lambda value: value if isinstance(value, str) else "",
    )
    def test_a_new_row_is_told_by_its_address(self, office, row, header, sentence):
        before = snapshot()
        response = upload(office, new=[row])
        assert (response.status_code, snapshot()) == (422, before)
        wrong = response.context["wrong"]
        assert any(sentence in each for each in wrong), wrong
        column = "ABCDE"[HEADERS.index(header)]
        assert any(re.match(rf"{column}\d+ · ", each) for each in wrong), wrong
        assert "确认写入" not in text_of(response)

    @pytest.mark.parametrize(
        ("who", "words", "sentence"),
        [
            ("clerk_weipo", {"账号": "another"}, "账号一经建立不能改"),
            ("clerk_weipo", {"角色": "查阅人"}, "查阅人不写支部或部门"),
            ("clerk_weipo", {"支部或部门": "农业服务中心"}, "没有叫“农业服务中心”的支部"),
            ("auditor", {"支部或部门": "卫坡村"}, "查阅人不写支部或部门"),
            ("nobody", {"状态": "撤销"}, "撤销不了"),
            ("admin", {"状态": "停用"}, "不能停用自己的账号"),
            ("admin", {"状态": "撤销"}, "不能去掉自己的管理员身份"),
            ("admin", {"角色": "查阅人"}, "不能去掉自己的管理员身份"),
        ],
    )
    def test_a_row_that_stood_there(self, office, who, words, sentence):
        before = snapshot()
        response = upload(office, {key(who): words})
        assert (response.status_code, snapshot()) == (422, before)
        [wrong] = response.context["wrong"]
        assert sentence in wrong
        assert wrong.startswith(address_of(workbook(), key(who), next(iter(words)))[0]) or (
            "不写支部" in wrong
        )

    def test_rows_of_one_account_that_differ(self, office):
        words = {
            key("liaison", "石沟村"): {"姓名": "甲"},
            key("liaison", "游王村"): {"姓名": "乙"},
        }
        response = upload(office, words)
        assert "这一格写得不一样" in response.context["wrong"][0]

    def test_a_membership_twice(self, office):
        response = upload(office, new=[new(), new()])
        assert "已经有这个身份" in response.context["wrong"][0]

    def test_gone_since(self, office):
        content = changed(workbook(), {key("liaison", "石沟村"): {"姓名": "甲"}})
        person("liaison").memberships.filter(branch__name="石沟村").delete()
        response = send(office, PAGE, content)
        assert "在您下载以后去掉了" in response.context["wrong"][0]

    def test_too_many_at_once(self, office):
        rows = [new(f"z{number}") for number in range(201)]
        assert "一次最多新建 200 个账号" in text_of(upload(office, new=rows))


class TestRefused:
    @pytest.mark.parametrize("name", REFUSED)
    def test_a_hostile_file_is_refused_in_words(self, office, name):
        before = snapshot()
        response = send(office, PAGE, REFUSED[name][0](), "怪.xlsx")
        assert (response.status_code, snapshot()) == (422, before)
        assert "怪.xlsx：" in text_of(response)

    def test_a_catalogue_is_no_list_of_people(self, office, town):
        response = send(office, PAGE, ledger.as_bytes(ledger.catalogue_workbook(town.catalogue)))
        assert response.status_code == 422
        assert "这不是从这里下载的" in text_of(response)

    @pytest.mark.parametrize("name", OTHERS)
    def test_nobody_else_gets_there(self, client, town, name):
        client.force_login(person(name))
        before = snapshot()
        for leaf in ("people.xlsx", "template.xlsx", "upload/"):
            assert client.get(f"{LIST}{leaf}", follow=True).status_code == 403
        send(client, PAGE, changed(workbook(), new=[new()]))
        assert snapshot() == before
        with pytest.raises(workflow.NotAllowed):
            workflow.revise_people(workflow.PeopleRevision("x"), {}, by=person(name))
        with pytest.raises(workflow.NotAllowed):
            workflow.issue_passwords([person("auditor").pk], by=person(name))

    def test_what_one_administrator_was_shown_is_not_anothers(self, client, office):
        response = upload(office, new=[new()])
        other = User.objects.create(username="other", is_superuser=True)
        office.force_login(other)
        before = snapshot()
        confirm(office, PAGE, response)
        assert snapshot() == before


class TestSlipsForChosenAccounts:
    def act(self, office, *usernames, **more):
        chosen = [person(name).pk for name in usernames]
        sent = {"action": "issue_passwords", "_selected_action": chosen, **more}
        return office.post(LIST, sent)

    def test_asked_first_then_told_once(self, office):
        before = snapshot()
        response = self.act(office, "clerk_weipo", "liaison")
        assert snapshot() == before
        page = text_of(response)
        assert "这 2 个人原来的密码随即作废" in page
        assert "石沟村 · 村级填报人" in page
        response = self.act(office, "clerk_weipo", "liaison", confirmed="yes")
        first, second = PASSWORD.findall(text_of(response))
        assert "no-store" in response["Cache-Control"]
        assert person("clerk_weipo").check_password(first)
        assert person("liaison").check_password(second)
        assert person("liaison").must_change_password
        events = Event.objects.order_by("-pk")[:2]
        assert {event.subject for event in events} == {"clerk_weipo clerk_weipo", "liaison liaison"}
        assert {event.reason for event in events} == {"重设为一次性密码"}

    def test_neither_ones_own_nor_who_is_switched_off(self, office):
        User.objects.filter(username="nobody").update(is_active=False)
        before = snapshot()
        response = self.act(office, "admin", "nobody", confirmed="yes")
        assert (response.status_code, snapshot()) == (302, before)
        assert "2 个不在内" in text_of(office.get(LIST))
        with pytest.raises(workflow.OutOfOrder, match="自己的密码"):
            workflow.issue_passwords([person("admin").pk], by=person("admin"))


ANY = st.one_of(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=40),
    st.floats(),
    st.sampled_from(["村级填报人", "管理员", "卫坡村", "NY", "停用", "撤销", "clerk_weipo", "=1"]),
)
ROW = st.dictionaries(st.sampled_from(HEADERS), ANY, max_size=5)


@settings(max_examples=30, suppress_health_check=list(HealthCheck), deadline=None)
@given(ROW, ROW, st.lists(ROW, max_size=2))
def test_any_text_is_shown_or_said_to_be_wrong_and_written_whole_or_not_at_all(
    office, one, two, rows
):
    before = snapshot()
    words = {key("liaison", "石沟村"): one, key("admin"): two}
    response = upload(office, words, new=rows)
    assert response.status_code in (200, 422)
    assert snapshot() == before
    if response.context["sealed"]:
        with transaction.atomic():
            answer = confirm(office, PAGE, response, agreed="on")
            after = snapshot()
            own = person("admin")
            transaction.set_rollback(True)
        assert answer.status_code in (200, 302)
        assert after[-1] == before[-1] + 1
        assert own.is_administrator


@pytest.mark.parametrize("rows", [1, 30])
def test_to_be_shown_it_takes_a_fixed_number_of_queries(office, django_assert_num_queries, rows):
    content = changed(workbook(), new=[new(f"z{number}") for number in range(rows)])
    with django_assert_num_queries(12):
        response = send(office, PAGE, content)
    assert len(told(response)) == rows
    with django_assert_num_queries(18):
        confirm(office, PAGE, response)


def test_the_pages_speak_english_too(office):
    reverse("admin:branches_user_upload")
    office.post("/language/", {"language": "en"})
    for page in (PAGE, LIST):
        assert "Upload Excel" in text_of(office.get(page))
