"""Departments, branches and people in the admin."""

import pytest
from django.urls import reverse

from assessment import workflow
from branches.enums import Role
from branches.models import Branch, Department, Membership, User
from tests.browser_form import as_sent, errors, rows
from tests.town import person

STRONG = "yellow-river-2022"


@pytest.fixture
def office(client, town):
    """The client, signed in as the administrator."""
    client.force_login(person("admin"))
    return client


def page(row, name="change"):
    return reverse(f"admin:branches_{row._meta.model_name}_{name}", args=[row.pk])


def membership(number, role="", branch="", department=""):
    """One row of the memberships, as it is typed."""
    prefix = f"memberships-{number}"
    return {
        f"{prefix}-id": "",
        f"{prefix}-role": role,
        f"{prefix}-branch": getattr(branch, "pk", branch),
        f"{prefix}-department": getattr(department, "pk", department),
    }


def with_rows(response, *added, **changed):
    """The page of a person with memberships added below those that stand there."""
    first = len(rows(response, "memberships"))
    sent = as_sent(response, **changed) | {"memberships-TOTAL_FORMS": first + len(added)}
    for number, row in enumerate(added, start=first):
        sent |= membership(number, **row)
    return sent


@pytest.fixture
def weipo(town):
    return Branch.objects.get(name="卫坡村")


@pytest.fixture
def farming(town):
    return Department.objects.get(code="NY")


class TestPeople:
    def test_a_person_is_added_with_a_membership_and_a_password(self, office, weipo):
        url = reverse("admin:branches_user_add")
        who = {"username": "zhang", "name": "张三", "phone": "0379-000"}
        sent = with_rows(
            office.get(url),
            {"role": "clerk", "branch": weipo},
            **who,
            password1=STRONG,
            password2=STRONG,
        )
        assert office.post(url, sent).status_code == 302
        user = User.objects.get(username="zhang")
        assert (user.name, user.phone) == ("张三", "0379-000")
        assert user.branch_ids == {weipo.pk}
        assert user.check_password(STRONG)
        assert not user.is_superuser

    @pytest.mark.parametrize(
        ("first", "second"), [("short", "short"), ("12345678901", "12345678901"), (STRONG, "else")]
    )
    def test_a_poor_password_is_refused_in_words(self, office, first, second):
        url = reverse("admin:branches_user_add")
        typed = {"username": "zhang", "password1": first, "password2": second}
        said = errors(office.post(url, as_sent(office.get(url), **typed)))
        assert said
        assert not any(message.isascii() for message in said)
        assert not User.objects.filter(username="zhang").exists()

    def test_powers_come_from_memberships_alone(self, office, clerk):
        """Nothing of Django's own powers is a field, so no forgery sets one."""
        fields = {"username", "password", "name", "phone", "is_active"}
        assert set(office.get(page(clerk)).context["adminform"].form.fields) == fields
        sent = as_sent(office.get(page(clerk)), is_superuser="on", is_staff="on", groups=["1"])
        assert office.post(page(clerk), sent).status_code == 302
        clerk = person("clerk_weipo")
        assert not clerk.is_superuser
        assert not clerk.is_administrator

    def test_a_person_is_switched_off(self, office, clerk):
        office.post(page(clerk), as_sent(office.get(page(clerk)), is_active=None))
        assert person("clerk_weipo").is_active is False

    def test_a_password_is_set_anew(self, office, clerk):
        url = reverse("admin:auth_user_password_change", args=[clerk.pk])
        assert "原来的密码随即作废" in office.get(url).content.decode()
        typed = {"usable_password": "true", "password1": STRONG, "password2": STRONG}
        assert office.post(url, typed | {"set-password": "1"}).status_code == 302
        assert person("clerk_weipo").check_password(STRONG)

    def test_the_list_says_who_is_who(self, office):
        User.objects.filter(username="nobody").update(last_login="2022-05-01T00:00:00Z")
        text = office.get(reverse("admin:branches_user_changelist")).content.decode()
        assert "石沟村 · 村级填报人、游王村 · 村级填报人、闫凹村 · 村级填报人" in text
        assert "党建工作办公室 · 部门审核人" in text
        assert "2022年5月1日" in text

    def test_a_liaison_is_found_once(self, office):
        found = office.get(reverse("admin:branches_user_changelist"), {"q": "村"})
        names = [user.username for user in found.context["cl"].result_list]
        assert sorted(names) == ["clerk_nanchen", "clerk_weipo", "liaison"]

    def test_no_english_on_the_page_that_adds(self, office):
        assert "After you" not in office.get(reverse("admin:branches_user_add")).content.decode()


class TestMemberships:
    def test_one_person_holds_several(self, office, weipo, farming):
        user = person("nobody")
        sent = with_rows(
            office.get(page(user)),
            {"role": "clerk", "branch": weipo},
            {"role": "reviewer", "department": farming},
            {"role": "auditor"},
        )
        assert office.post(page(user), sent).status_code == 302
        assert set(user.memberships.values_list("role", flat=True)) == {
            Role.CLERK,
            Role.REVIEWER,
            Role.AUDITOR,
        }

    @pytest.mark.parametrize(
        "misfit",
        [
            {"role": "clerk"},
            {"role": "reviewer"},
            {"role": "clerk", "department": "NY"},
            {"role": "reviewer", "branch": "卫坡村"},
            {"role": "supervisor", "branch": "卫坡村"},
            {"role": "administrator", "department": "NY"},
            {"role": "clerk", "branch": "卫坡村", "department": "NY"},
        ],
        ids=lambda row: "-".join(row.values()),
    )
    def test_one_that_does_not_fit_its_role_is_refused(self, office, weipo, farming, misfit):
        places = {"卫坡村": weipo, "NY": farming}
        row = {name: places.get(value, value) for name, value in misfit.items()}
        user = person("nobody")
        response = office.post(page(user), with_rows(office.get(page(user)), row))
        assert errors(response) == ["填报人要选支部，审核人要选部门，其他身份两者都不选。"]
        assert not user.memberships.exists()

    @pytest.mark.parametrize("role", ["", "emperor"])
    def test_one_of_no_known_role_is_refused(self, office, weipo, role):
        user = person("nobody")
        sent = with_rows(office.get(page(user)), {"role": role, "branch": weipo})
        said = errors(office.post(page(user), sent))
        assert said
        assert not any(message.isascii() for message in said)

    @pytest.mark.parametrize("name", ["clerk_weipo", "reviewer_ny", "auditor"])
    def test_one_held_already_is_refused(self, office, name):
        user = person(name)
        held = user.memberships.get()
        row = {"role": held.role, "branch": held.branch or "", "department": held.department or ""}
        said = errors(office.post(page(user), with_rows(office.get(page(user)), row)))
        assert any("不要重复" in message or "重复了" in message for message in said)
        assert not any("membership_" in message for message in said)
        assert user.memberships.count() == 1

    @pytest.mark.parametrize("row", [{"role": "clerk", "branch": "卫坡村"}, {"role": "auditor"}])
    def test_two_new_ones_alike_are_refused(self, office, weipo, row):
        user = person("nobody")
        row = row | ({"branch": weipo} if "branch" in row else {})
        response = office.post(page(user), with_rows(office.get(page(user)), row, row))
        assert errors(response) == ["这一行与上面的重复了。"]
        assert not user.memberships.exists()

    def test_one_is_removed_and_given_again_in_another_role(self, office, farming):
        user = person("reviewer_ny")
        sent = with_rows(
            office.get(page(user)),
            {"role": "supervisor"},
            **{"memberships-0-DELETE": "on"},
        )
        assert office.post(page(user), sent).status_code == 302
        assert user.memberships.get().role == Role.SUPERVISOR

    def test_another_persons_membership_cannot_be_taken(self, office, clerk):
        user = person("liaison")
        theirs = clerk.memberships.get()
        sent = as_sent(office.get(page(user)), **{"memberships-0-id": theirs.pk})
        office.post(page(user), sent)
        assert Membership.objects.get(pk=theirs.pk).user == clerk


class TestOneself:
    """An administrator does not shut themself out, by the page either."""

    @pytest.fixture
    def own(self, office):
        """The client, signed in as an administrator who has done nothing yet."""
        user = User.objects.create(username="second", name="管理员乙")
        for role in (Role.ADMINISTRATOR, Role.AUDITOR):
            Membership.objects.create(user=user, role=role)
        office.force_login(user)
        return user

    def refused(self, office, own, sentence, **typed):
        before = list(User.objects.values()), list(Membership.objects.values())
        response = office.post(page(own), as_sent(office.get(page(own)), **typed))
        assert errors(response) == [sentence]
        assert sentence in response.content.decode()
        # What else was typed is still there.
        assert response.context["adminform"].form["name"].value() == "改名"
        assert (list(User.objects.values()), list(Membership.objects.values())) == before

    def test_is_not_switched_off(self, office, own):
        self.refused(office, own, "不能停用自己的账号。", name="改名", is_active=None)

    @pytest.mark.parametrize("typed", [{"DELETE": "on"}, {"role": Role.SUPERVISOR}])
    def test_keeps_the_office(self, office, own, typed):
        rows_held = rows(office.get(page(own)), "memberships")
        [row] = [row.prefix for row in rows_held if row["role"].value() == Role.ADMINISTRATOR]
        typed = {f"{row}-{name}": value for name, value in typed.items()}
        self.refused(office, own, "不能去掉自己的管理员身份。", name="改名", **typed)

    def test_may_change_the_rest(self, office, own):
        rows_held = rows(office.get(page(own)), "memberships")
        [row] = [row.prefix for row in rows_held if row["role"].value() == Role.AUDITOR]
        typed = {"name": "改名", f"{row}-DELETE": "on"}
        assert office.post(page(own), as_sent(office.get(page(own)), **typed)).status_code == 302
        assert User.objects.get(pk=own.pk).name == "改名"
        assert own.memberships.get().role == Role.ADMINISTRATOR

    def test_another_administrator_may(self, office, own):
        other = person("admin")
        typed = {"is_active": None, "memberships-0-DELETE": "on"}
        sent = as_sent(office.get(page(other)), **typed)
        assert office.post(page(other), sent).status_code == 302
        other = person("admin")
        assert (other.is_active, other.memberships.count()) == (False, 0)

    def test_is_not_deleted(self, office, own):
        assert "不能删除自己的账号。" in office.get(page(own, "delete")).content.decode()
        office.post(page(own, "delete"), {"post": "yes"})
        chosen = [own.pk, person("nobody").pk]
        action = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
        response = office.post(reverse("admin:branches_user_changelist"), action)
        assert "不能删除自己的账号。" in response.content.decode()
        assert User.objects.filter(pk__in=chosen).count() == 2

    def test_keeps_a_password(self, office, own):
        url = reverse("admin:auth_user_password_change", args=[own.pk])
        sent = {"usable_password": "false", "unset-password": "1"}
        for response in (office.get(url), office.post(url, sent)):
            assert response.url == reverse("admin:password_change")
        before = own.password
        own.refresh_from_db()
        assert own.password == before


class TestDeleting:
    def test_a_person_who_has_acted_is_not_deleted(self, office, item, clerk):
        workflow.self_rate(item, {"measures": "走访"}, version=0, by=clerk)
        text = office.get(page(clerk, "delete")).content.decode()
        assert "请取消勾选“有效”" in text
        assert "clerk_weipo：留痕 1 条（经办人）" in text
        assert "clerk_weipo：任务项评定 1 条（改动人）" in text
        response = office.post(page(clerk, "delete"), {"post": "yes"})
        assert "请取消勾选“有效”" in response.content.decode()
        assert User.objects.filter(pk=clerk.pk).exists()

    def test_nor_among_others_in_the_list(self, office, item, clerk):
        workflow.self_rate(item, {"measures": "走访"}, version=0, by=clerk)
        chosen = [clerk.pk, person("nobody").pk]
        action = {"action": "delete_selected", "_selected_action": chosen, "post": "yes"}
        response = office.post(reverse("admin:branches_user_changelist"), action)
        assert "请取消勾选“有效”" in response.content.decode()
        assert User.objects.filter(pk__in=chosen).count() == 2

    def test_what_keeps_a_person_is_counted_not_listed(
        self, office, clerk, sheet, django_assert_max_num_queries
    ):
        for item in sheet.items.with_places():
            workflow.self_rate(item, {"measures": "走访"}, version=0, by=clerk)
        # One query a kind of row that may name a person, however many rows there are.
        with django_assert_max_num_queries(40):
            text = office.get(page(clerk, "delete")).content.decode()
        assert "留痕 30 条" in text

    def test_a_person_who_never_acted_is_deleted_with_the_memberships(self, office, clerk):
        assert office.post(page(clerk, "delete"), {"post": "yes"}).status_code == 302
        assert not User.objects.filter(pk=clerk.pk).exists()

    def test_a_branch_with_a_sheet_is_not_deleted(self, office, weipo):
        response = office.post(page(weipo, "delete"), {"post": "yes"})
        assert "请取消勾选“参加创建”" in response.content.decode()
        assert Branch.objects.filter(pk=weipo.pk).exists()

    def test_a_department_that_only_cooperates_is_not_deleted(self, office, town):
        """Django would drop it from the items of a frozen catalogue without a word."""
        department = Department.objects.create(code="XX", name="协作站")
        department.supported_items.set(town.catalogue.categories.first().items.all()[:2])
        response = office.post(page(department, "delete"), {"post": "yes"})
        assert "协作站：任务项 2 条（配合部门）" in response.content.decode()
        assert Department.objects.filter(pk=department.pk).exists()

    def test_an_unused_department_is_deleted(self, office, town):
        department = Department.objects.create(code="XX", name="撤并站")
        assert office.post(page(department, "delete"), {"post": "yes"}).status_code == 302
        assert not Department.objects.filter(pk=department.pk).exists()


class TestBranches:
    @pytest.mark.parametrize("code", ["41030810522", "4103081052222", "41030810522x"])
    def test_a_code_is_twelve_digits(self, office, weipo, code):
        response = office.post(page(weipo), as_sent(office.get(page(weipo)), code=code))
        assert errors(response)
        assert Branch.objects.get(pk=weipo.pk).code == weipo.code

    def test_a_branch_is_edited(self, office, weipo):
        typed = {"secretary": "卫某", "liaison_official": "李某", "phone": "123"}
        assert (
            office.post(page(weipo), as_sent(office.get(page(weipo)), **typed)).status_code == 302
        )
        weipo.refresh_from_db()
        assert (weipo.secretary, weipo.liaison_official, weipo.phone) == ("卫某", "李某", "123")

    def test_branches_are_found_as_one_types(self, office):
        asked = {"app_label": "branches", "model_name": "membership", "field_name": "branch"}
        found = office.get(reverse("admin:autocomplete"), asked | {"term": "魏家坡"}).json()
        assert [row["text"] for row in found["results"]] == ["卫坡村"]

    def test_the_list_has_the_towns_order(self, office):
        listed = office.get(reverse("admin:branches_branch_changelist")).context["cl"].result_list
        assert [branch.order for branch in listed] == list(range(1, 28))


@pytest.mark.parametrize("words", ["wp", "weipo", "魏家", "慕容"])
def test_a_branch_is_found_by_pinyin_or_its_people_in_the_admin_too(office, words):
    Branch.objects.filter(name="卫坡村").update(secretary="慕容某")
    response = office.get(reverse("admin:branches_branch_changelist"), {"q": words})
    assert [branch.name for branch in response.context["cl"].result_list] == ["卫坡村"]
