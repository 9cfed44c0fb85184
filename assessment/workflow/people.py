"""Accounts by the dozen: revised from a list, and given passwords that are used once."""

import json
from dataclasses import asdict, dataclass, field
from hashlib import sha256

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.translation import gettext as _

from branches.models import Membership, User
from branches.passwords import one_time_hash, one_time_password

from ..enums import Verb
from .checks import check_person
from .record import keep
from .refusals import OutOfOrder


@dataclass(frozen=True, slots=True)
class PeopleRevision:
    """What is to become of accounts, in what JSON can keep.

    `new` are {"username", "name", "add"}; `changed` are {"pk", "values", "add", "remove"}, where
    `add` are (role, id of the branch, id of the department) and `remove` ids of memberships. `seen`
    says which accounts this was worked out on.
    """

    seen: str
    new: list = field(default_factory=list)
    changed: list = field(default_factory=list)

    def as_json(self):
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Slip:
    """A person and the password that is told once."""

    user: User
    password: str


def state_of_people():
    """A short mark of all accounts and what they hold."""
    people = User.people.order_by("pk").values_list("pk", "username", "name", "is_active")
    held = Membership.objects.order_by("pk").values_list(
        "pk", "user", "role", "branch", "department"
    )
    return sha256(json.dumps([list(people), list(held)]).encode()).hexdigest()


@transaction.atomic
def revise_people(revision, changes, by):
    """Make and change accounts, all of them or none; a slip for each that is new.

    `changes` are what to keep of it, subject → [old, new].
    """
    check_person(Verb.EDIT, by)
    list(User.people.select_for_update().order_by("pk").values_list("pk"))
    if state_of_people() != revision.seen:
        raise OutOfOrder([_("您看过以后，人员又有改动，所以什么都没有写入。请重新上传。")])
    try:
        with transaction.atomic():
            slips = _write(revision)
    except IntegrityError as error:
        raise OutOfOrder([_("账号或身份刚被别处用到，所以什么都没有写入。请重新上传。")]) from error
    _keep(by, str(User._meta.verbose_name), _("上传 Excel"), changes)
    return slips


def _write(revision):
    Membership.objects.filter(
        pk__in=[pk for each in revision.changed for pk in each["remove"]]
    ).delete()
    for each in revision.changed:
        if each["values"]:
            User.people.filter(pk=each["pk"]).update(**each["values"])
    slips = [_slip(User(username=each["username"], name=each["name"])) for each in revision.new]
    made = User.people.bulk_create(slip.user for slip in slips)
    rows = [(user.pk, each["add"]) for user, each in zip(made, revision.new, strict=True)]
    rows += [(each["pk"], each["add"]) for each in revision.changed]
    Membership.objects.bulk_create(
        Membership(user_id=pk, role=role, branch_id=branch, department_id=department)
        for pk, added in rows
        for role, branch, department in added
    )
    return slips


def _slip(user):
    password = one_time_password()
    user.password, user.must_change_password = one_time_hash(password), True
    return Slip(user, password)


@transaction.atomic
def issue_passwords(people, by):
    """A new password for each, told once and changed at the next sign-in."""
    check_person(Verb.EDIT, by)
    chosen = list(User.people.select_for_update().filter(pk__in=people, is_active=True))
    if by in chosen:
        raise OutOfOrder([_("自己的密码请用“修改密码”来改。")])
    slips = [_slip(user) for user in chosen]
    User.people.bulk_update(chosen, ["password", "must_change_password"])
    for user in chosen:
        _keep(by, f"{user.username} {user.name}", _("重设为一次性密码"))
    return slips


def _keep(by, subject, reason, changes=None):
    with translation.override(settings.LANGUAGE_CODE):
        keep(Verb.EDIT, by, subject, reason=str(reason), changes=changes or {})
