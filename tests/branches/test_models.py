"""Branches that can be found, and what memberships make of a person."""

import pytest
from django.core.exceptions import ValidationError

from branches.enums import Role
from branches.models import Branch, Department, Membership, User
from tests.town import person


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("卫坡", ["卫坡村"]),
        # Former names find a branch: 南陈村 was 南陈庄村.
        ("南陈庄", ["南陈村"]),
        ("姚凹新型", ["姚凹社区"]),
        ("410308105001", ["朝阳社区"]),
        ("41030810500", ["朝阳社区", "姚凹社区", "师庄社区"]),
        ("105001", []),
        ("wp", ["卫坡村"]),
        ("WeiPo", ["卫坡村"]),
        ("weip", ["卫坡村"]),
        ("wpc", ["卫坡村"]),
        ("wei'po", ["卫坡村"]),
        # 魏家坡村 was its name.
        ("wjp", ["卫坡村"]),
        # Read in more than one way: 朝阳 as the town says it and as 朝 is mostly read.
        ("chaoyang", ["朝阳社区"]),
        ("zhaoyang", ["朝阳社区"]),
        ("yaowa", ["姚凹社区"]),
        ("yaoao", ["姚凹社区"]),
        ("guagou", ["卦沟村"]),
        ("changou", ["瀍沟村"]),
        ("cg", ["瀍沟村", "崔沟村"]),
        ("po", []),
        ("wpd", []),
        ("'", []),
        ("%", []),
        ("_", []),
        ("没有这个村", []),
    ],
)
def test_named(words, expected, town):
    assert [branch.name for branch in Branch.objects.named(words)] == expected


def test_the_27_branches(town):
    branches = Branch.objects.active()
    assert branches.count() == 27
    assert branches.filter(kind="community").count() == 3
    assert all(len(branch.code) == 12 and branch.code.isdigit() for branch in branches)
    Branch.objects.filter(name="卫坡村").update(is_active=False)
    assert Branch.objects.active().count() == 26


@pytest.mark.parametrize("code", ["41030810500", "4103081050011", "41030810500x", " 41030810500"])
def test_a_code_has_twelve_digits(code):
    with pytest.raises(ValidationError) as refusal:
        Branch(code=code, name="某村", kind="village").clean_fields()
    assert set(refusal.value.message_dict) == {"code"}


@pytest.mark.parametrize("code", ["dj", "D1", "党建"])
def test_a_departments_code_is_capital_letters(code):
    with pytest.raises(ValidationError) as refusal:
        Department(code=code, name="某办").clean_fields()
    assert set(refusal.value.message_dict) == {"code"}


def test_what_the_cast_holds(town):
    liaison = person("liaison")
    assert liaison.branch_ids == set(
        Branch.objects.filter(name__in=["石沟村", "游王村", "闫凹村"]).values_list("pk", flat=True)
    )
    assert liaison.department_ids == set()
    reviewer = person("reviewer_ny")
    assert reviewer.department_ids == {Department.objects.get(code="NY").pk}
    assert reviewer.branch_ids == set()
    assert person("supervisor").has_role(Role.SUPERVISOR, Role.AUDITOR)
    assert not person("supervisor").has_role(Role.AUDITOR)
    assert not person("nobody").has_role(*Role)


def test_memberships_are_read_once(town, django_assert_num_queries):
    user = person("liaison")
    with django_assert_num_queries(1):
        assert len(user.branch_ids) == 3
        assert not user.has_role(Role.SUPERVISOR)
        assert not user.is_administrator


@pytest.mark.parametrize(
    "username", ["supervisor", "auditor", "reviewer_ny", "clerk_weipo", "nobody"]
)
def test_only_an_administrator_enters_the_admin(username, town):
    user = person(username)
    assert not user.is_administrator
    assert not user.has_perm("branches.change_branch")
    assert not user.has_module_perms("branches")


def test_an_administrator_has_every_permission_while_active(town):
    admin = person("admin")
    assert admin.is_administrator
    assert admin.has_perm("branches.change_branch")
    assert admin.has_module_perms("assessment")
    User.objects.update(is_active=False, is_superuser=True)
    gone = person("admin")
    assert not gone.is_administrator
    assert not gone.has_perm("branches.change_branch")
    assert not gone.has_module_perms("assessment")


def test_the_first_superuser_needs_no_membership(db):
    assert User.objects.create(username="root", is_superuser=True).is_administrator


def test_an_inactive_person_holds_nothing(town):
    User.objects.update(is_active=False)
    assert person("clerk_weipo").branch_ids == set()
    assert person("reviewer_ny").department_ids == set()
    assert not person("supervisor").has_role(Role.SUPERVISOR)


def test_names(town):
    user = User(username="wang", name="王某")
    assert (str(user), user.get_full_name(), user.get_short_name()) == ("王某", "王某", "王某")
    assert str(User(username="wang")) == "wang"
    memberships = [str(membership) for membership in Membership.objects.all()]
    assert "卫坡村 · 村级填报人" in memberships
    assert "农业服务中心 · 部门审核人" in memberships
    assert "党委督星人" in memberships
    assert str(Branch.objects.get(code="410308105001")) == "朝阳社区"


def test_natural_keys(town):
    for model, key in [(Branch, "410308105001"), (Department, "NY")]:
        found = model.objects.get_by_natural_key(key)
        assert found.natural_key() == (key,)


def test_a_membership_that_does_not_fit_is_refused_with_a_sentence(town):
    lost = Membership(user=person("nobody"), role=Role.CLERK)
    with pytest.raises(ValidationError, match="填报人要选支部"):
        lost.full_clean()
