"""Makes the demonstration if there is none, and serves it."""

from django.core.management import CommandError
from django.db import transaction

from assessment import demonstration
from assessment.management.installing import InstallCommand, elsewhere, load_reference, place

TOLD_EVERY = 9  # branches


class Command(InstallCommand):
    help = (
        "建立演示并启动 · Make the demonstration, if there is none, and serve it on this machine "
        "only. A database that holds real data is left alone."
    )

    def add_arguments(self, parser):
        super().add_arguments(parser)
        parser.add_argument(
            "--no-serve",
            action="store_false",
            dest="serve",
            help="只建立，不启动 · make it, do not serve it",
        )

    def handle(self, *, port, serve, **options):
        is_made = self.refuse_real_data()
        with self.reserved(port, serve) as sock:
            self.update()
            if not is_made:
                self.make()
            self.list_sign_ins()
            if serve:
                self.serve(sock)

    def refuse_real_data(self):
        """Whether the demonstration is there already; any other data is none of its business."""
        is_demonstration, holds_anything = self.look()
        if holds_anything and not is_demonstration:
            raise CommandError(
                "数据库里已有不是演示的数据，什么也没有改动 · "
                "This database holds data that is not a demonstration; nothing was changed:\n"
                f"  {place()}\n{elsewhere('demo')}"
            )
        return is_demonstration

    @transaction.atomic
    def make(self):
        """All of it or nothing: half a demonstration must not pass for a whole one."""
        self.say("写入演示数据 · Playing the demonstration …")
        self.refuse_real_data()  # again: two may have begun at once
        load_reference()
        demonstration.play(tell=self.tell)

    def tell(self, count, total):
        if count % TOLD_EVERY == 0:
            self.say(f"  {count}/{total} 个支部 branches")

    def list_sign_ins(self):
        people = demonstration.people()
        self.say()
        self.say("演示已就绪，各步期限随写入当天移动")
        self.say("The demonstration is ready; its due dates move with the day it is made")
        self.say(f"数据 Data      {place()}")
        self.say(f"密码 Password  {demonstration.password()}")
        self.say("账号 Sign-ins")
        for person in people:
            if person["english"]:
                self.say(f"  {person['username']:<14} {person['name']} · {person['english']}")
        others = [person["username"] for person in people if not person["english"]]
        self.say("  其他支部填报人 · the other village clerks:")
        for start in range(0, len(others), 4):
            self.say(
                "    " + " ".join(f"{name:<17}" for name in others[start : start + 4]).rstrip()
            )
        self.say()
