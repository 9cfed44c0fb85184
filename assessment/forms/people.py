"""People who come back as a workbook: what it would make of accounts and memberships."""

from django import forms
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.utils.translation import gettext

from branches.enums import Role
from branches.models import Branch, Department, User

from .. import ledger
from ..ledger.people import ACTIVE, COLUMNS, REVOKED, SWITCHED_OFF
from ..rules.pasting import plain
from ..workflow.people import PeopleRevision, state_of_people
from .lists import NO_DEPARTMENT, Cells, Named, chosen, labelled, words_reader
from .workbook import WorkbookForm

MOST_NEW = 200  # accounts at once
LONGEST = 150  # account's name, as the database holds one
STATES = {"active": ACTIVE, "off": SWITCHED_OFF, "revoked": REVOKED}


def _username(text):
    """Without spaces, full width made half; as it is typed to sign in."""
    username = plain(text)
    if text and (len(username) > LONGEST or not UnicodeUsernameValidator().regex.match(username)):
        said = gettext("账号只用文字、数字和 @ . + - _，不超过 {limit} 个字。")
        raise forms.ValidationError(said.format(limit=LONGEST))
    return username


def _readers():
    """How each cell is read; an empty one is nothing."""
    roles, states = labelled(Role.choices), labelled(STATES.items())
    return {
        "name": words_reader(30, is_line=True),
        "username": _username,
        "role": lambda text: text and chosen(roles, text),
        "place": lambda text: text,
        "state": lambda text: text and chosen(states, text),
    }


class PeopleWorkbookForm(WorkbookForm):
    def clean_workbook(self):
        try:
            return ledger.read_people(self.cleaned_data["workbook"])
        except ledger.Unfit as refusal:
            raise forms.ValidationError([str(each) for each in refusal.blockers]) from None

    def revising(self, by):
        """What a valid form's workbook would make of the accounts; `by` is never locked out."""
        return RevisingPeople(self.cleaned_data["workbook"], by)


class Account:
    """One account as the workbook would have it."""

    def __init__(self, username, user=None):
        self.username, self.user = username, user
        self.values, self.remove, self.add = {}, set(), []
        self.held = {_triple(each): each for each in user.memberships.all()} if user else {}

    @property
    def name(self):
        return self.values.get("name") or (self.user.name if self.user else "")

    def holds(self, triple):
        """Whether it would hold this already."""
        kept = {each for each, row in self.held.items() if row.pk not in self.remove}
        return triple in kept or triple in self.add

    @property
    def is_changed(self):
        return bool(self.values or self.remove or self.add)


class RevisingPeople:
    """The workbook beside the accounts: the revision, and what is wrong."""

    def __init__(self, read, by):
        self.cells, self.by = Cells(read, COLUMNS), by
        self.seen = state_of_people()
        people = list(User.people.with_places())
        self.accounts = {user.username: Account(user.username, user) for user in people}
        self.by_pk = {str(user.pk): self.accounts[user.username] for user in people}
        self.folded = {user.username.casefold(): user.username for user in people}
        branches, departments = Branch.objects.all(), Department.objects.all()
        self.readers = _readers()
        self.places = {
            Role.CLERK: Named(branches, gettext("没有叫“{text}”的支部。请写支部的名称或代码。")),
            Role.REVIEWER: Named(departments, NO_DEPARTMENT),
        }
        found = [each for each in map(self._placed, read.rows) if each]
        # What is taken away first: then what moved from one row to another is no repetition.
        rows = [
            (row, account, each, said, self._gives(row, each, said))
            for row, account, each, said in found
        ]
        for entry in rows:
            self._take(*entry)
        for row, account, _membership, _said, triple in rows:
            self._give(row, account, triple)
        if len(self._new) > MOST_NEW:
            said = gettext("一次最多新建 {limit} 个账号，请分几次上传。")
            self.wrong.append(said.format(limit=MOST_NEW))

    @property
    def wrong(self):
        return self.cells.wrong

    @property
    def _new(self):
        return [each for each in self.accounts.values() if not each.user]

    @property
    def revision(self):
        changed = [each for each in self.accounts.values() if each.user and each.is_changed]
        return PeopleRevision(
            self.seen,
            [{"username": each.username, "name": each.name, "add": each.add} for each in self._new],
            [
                {
                    "pk": each.user.pk,
                    "values": each.values,
                    "add": each.add,
                    "remove": sorted(each.remove),
                }
                for each in changed
            ],
        )

    @property
    def takes_away(self):
        every = self.accounts.values()
        return any(each.remove or each.values.get("is_active") is False for each in every)

    # Which account a row is of

    def _placed(self, row):
        """(row, account, membership, field → value), or nothing where it is of no account."""
        blank = {name for name, cell in row.cells.items() if not (cell.text or cell.formula)}
        if row.key and blank == row.cells.keys():
            return None  # as it went out, or emptied: unchanged either way
        subject = row.cells["username"].text if "username" in row.cells else ""
        said = self.cells.values(row, self.readers, subject)
        said = {name: value for name, value in said.items() if name == "place" or value}
        if row.key:
            return self._known(row, said)
        self.cells.demand(row, ["username"], "")
        account = self._named(row, said) if "username" in said else None
        return account and (row, account, None, said)

    def _known(self, row, said):
        pk, _slash, membership = row.key.partition("/")
        account = self.by_pk.get(pk)
        rows = {str(each.pk): each for each in account.held.values()} if account else {}
        if not account or (membership and membership not in rows):
            gone = gettext("这个人或这个身份在您下载以后去掉了。请删掉这一行，或者另起一行新增。")
            return self.cells.complain(row, "username", gone)
        if "username" in said:
            fixed = gettext("账号一经建立不能改。要另建账号，请写在下面的空白行里。")
            return self.cells.complain(row, "username", fixed, account.username)
        return row, account, rows.get(membership), said

    def _named(self, row, said):
        """The account of a new row: one that stands there, or one to be made."""
        username = said["username"]
        known = self.folded.setdefault(username.casefold(), username)
        if known != username:
            alike = gettext("已有账号 {known}，只差大小写。请写成一样的，或者换一个。")
            return self.cells.complain(row, "username", alike.format(known=known), username)
        account = self.accounts.setdefault(username, Account(username))
        name = said.get("name")
        if name and account.name and name != account.name:
            other = gettext("账号 {username} 已经是“{name}”的。请核对姓名，或者换一个账号。")
            other = other.format(username=username, name=account.name)
            return self.cells.complain(row, "name", other, username)
        if not account.user:
            self.cells.demand(row, ["role"] if account.name else ["name", "role"], username)
            account.values["name"] = account.name or name or ""
        return account

    # What becomes of it

    def _take(self, row, account, membership, said, triple):
        state = said.get("state")
        if account.user and row.key and "name" in said:
            self._set(row, account, "name", said["name"])
        if state == "revoked" and not membership:
            nothing = gettext("这一行没有已经保存的身份，撤销不了。")
            self.cells.complain(row, "state", nothing, account.username)
        elif membership and (triple or state == "revoked"):
            self._remove(row, account, membership)
        if state in ("active", "off"):
            self._switch(row, account, state == "active")

    def _switch(self, row, account, is_active):
        if account.user:
            self._set(row, account, "is_active", is_active)
        elif not is_active:
            early = gettext("新账号不能一开始就停用。")
            self.cells.complain(row, "state", early, account.username)

    def _set(self, row, account, name, value):
        """One value for an account, however many rows say it."""
        column = "state" if name == "is_active" else name
        if account.values.get(name, value) != value:
            twice = gettext("同一个账号的几行，这一格写得不一样。请改成一样的。")
            return self.cells.complain(row, column, twice, account.username)
        if account.user == self.by and name == "is_active" and not value:
            own = gettext("不能停用自己的账号。")
            return self.cells.complain(row, column, own, account.username)
        if getattr(account.user, name) != value:
            account.values[name] = value
        return None

    def _remove(self, row, account, membership):
        if account.user == self.by and membership.role == Role.ADMINISTRATOR:
            own = gettext("不能去掉自己的管理员身份。")
            name = "state" if "state" in row.cells else "role"
            return self.cells.complain(row, name, own, account.username)
        account.remove.add(membership.pk)
        return None

    def _give(self, row, account, triple):
        if not triple:
            return
        if account.holds(triple):
            twice = gettext("这个人已经有这个身份，不要重复。")
            self.cells.complain(row, "role", twice, account.username)
        account.add.append(triple)

    def _gives(self, row, membership, said):
        """(role, branch, department) that the row gives, or nothing where it changes none.

        Where the role is changed, the place is what stands in the row now; else an empty place
        changes nothing.
        """
        role = said.get("role") or (membership and membership.role)
        place = said.get("place", "")
        if "role" in said and membership and "place" not in row.cells:
            place = str(membership.branch or membership.department or "")
        is_said = place or "role" in said
        if not role or not is_said or said.get("state") == "revoked":
            return None
        triple = self._fitted(row, role, place)
        return None if membership and triple == _triple(membership) else triple

    def _fitted(self, row, role, place):
        named = self.places.get(role)
        try:
            if named and not place:
                raise forms.ValidationError(gettext("填报人要写支部，审核人要写部门。"))
            if place and not named:
                said = gettext("{role}不写支部或部门，请清空这一格。")
                raise forms.ValidationError(said.format(role=Role(role).label))
            found = named.one(place).pk if named else None
        except forms.ValidationError as error:
            self.cells.complain(row, "place", " ".join(error.messages))
            return None
        is_clerk = role == Role.CLERK
        return (role, found if is_clerk else None, None if is_clerk else found)


def _triple(membership):
    return (membership.role, membership.branch_id, membership.department_id)
