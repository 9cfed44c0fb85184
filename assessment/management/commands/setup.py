"""Sets up a real town, or brings one up to this version; the data and the people stay."""

import os
import sys
from getpass import getpass

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management import CommandError
from django.db import transaction
from django.db.models import Q

from assessment import workflow
from assessment.enums import Verb
from assessment.management.installing import (
    REFERENCE,
    InstallCommand,
    elsewhere,
    load_reference,
    place,
)
from assessment.models import Catalogue, Cycle
from branches.enums import Role
from branches.models import Branch, Department, Membership, User

USERNAME, PASSWORD = "STARBRANCH_ADMIN_USERNAME", "STARBRANCH_ADMIN_PASSWORD"
NEXT = """
已就绪 · Ready
  数据 Data    {place}
  密钥等 Keys  {data_dir}
启动 To serve, on this machine only:
  python manage.py setup --serve --port {port}
  gunicorn --bind 127.0.0.1:{port} --workers 2 --threads 2 starbranch.wsgi
然后以管理员登录 /admin/：核对部门、支部和任务清单，建立人员和身份，开启年度创建
Then sign in as the administrator at /admin/: check the departments, the branches and the
catalogue, add people and their memberships, and open the cycle
"""


class Command(InstallCommand):
    help = (
        "建立本镇的系统，或更新到这一版 · Set up a real town, or bring it up to this version. "
        f"The first administrator is asked for, or comes from {USERNAME} and {PASSWORD}."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--fixtures",
            action="store_true",
            help="载入参考数据 · load the departments, branches, catalogue and cycle of 2022",
        )
        parser.add_argument(
            "--serve",
            action="store_true",
            help="然后启动 · serve it afterwards, on this machine only",
        )
        parser.add_argument(
            "--no-input",
            "--noinput",
            action="store_false",
            dest="interactive",
            help="不提问 · ask nothing",
        )

    def handle(self, *, port, serve, fixtures, interactive, **options):
        self.refuse_demonstration()
        with self.reserved(port, serve) as sock:
            self.update()
            administrator = None if has_administrator() else self.identify(interactive)
            self.fill(administrator, fixtures)
            self.say(NEXT.format(place=place(), data_dir=settings.DATA_DIR, port=port))
            if serve:
                self.serve(sock)

    def refuse_demonstration(self):
        is_demonstration, _ = self.look()
        if is_demonstration:
            raise CommandError(
                "这里是演示的数据库，什么也没有改动 · "
                "This is the demonstration's database; nothing was changed:\n"
                f"  {place()}\n{elsewhere('setup')}"
            )

    def identify(self, interactive):
        """The first administrator, not yet saved: from the environment, or else asked for."""
        username, password = os.environ.get(USERNAME), os.environ.get(PASSWORD)
        if username and password:
            try:
                return with_password(valid_user(username), password)
            except ValidationError as error:
                raise CommandError(
                    "\n".join([f"{USERNAME}, {PASSWORD}:", *error.messages])
                ) from error
        if not interactive or not sys.stdin.isatty():
            raise CommandError(
                f"还没有管理员，请设置 {USERNAME} 和 {PASSWORD} · "
                f"There is no administrator yet; set {USERNAME} and {PASSWORD}"
            )
        try:
            return self.ask()
        except (KeyboardInterrupt, EOFError) as error:
            raise CommandError(
                "已取消，没有建立管理员 · Cancelled; no administrator made"
            ) from error

    def ask(self):
        self.say("第一位管理员 · The first administrator")
        user = self.until_valid(lambda: valid_user(input("用户名 Username: ").strip()))
        user.name = input("姓名 Name: ").strip()
        return self.until_valid(lambda: with_password(user, asked_twice()))

    def until_valid(self, answer):
        while True:
            try:
                return answer()
            except ValidationError as error:
                self.stderr.write("\n".join(error.messages))

    @transaction.atomic
    def fill(self, administrator, fixtures):
        """What is missing, and an event that says so; what stands there stays."""
        made = {}
        if administrator:
            administrator.save()
            Membership.objects.create(user=administrator, role=Role.ADMINISTRATOR)
            made["administrator"] = [None, administrator.username]
        if fixtures and has_reference():
            self.say(
                "已有数据，没有再载入参考数据 · Data is there; no reference data loaded over it"
            )
        elif fixtures:
            load_reference()
            made["reference"] = [None, ", ".join(REFERENCE)]
        if made:
            workflow.keep(Verb.SET_UP, None, settings.TOWN_NAME, changes=made)


def has_administrator():
    role = Q(is_superuser=True) | Q(memberships__role=Role.ADMINISTRATOR)
    return User.objects.filter(role, is_active=True).exists()


def has_reference():
    return any(model.objects.exists() for model in (Department, Branch, Catalogue, Cycle))


def valid_user(username):
    user = User(username=username)
    user.full_clean(exclude=["password"])
    return user


def with_password(user, password):
    validate_password(password, user)
    user.set_password(password)
    return user


def asked_twice():
    password = getpass("密码 Password: ")
    if getpass("再输一次 Again: ") != password:
        raise ValidationError("两次输入的密码不一致 · The two passwords differ")
    return password
