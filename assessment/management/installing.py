"""What `demo` and `setup` have in common. Their lines are bilingual: nobody has signed in yet."""

import argparse
import errno
from contextlib import nullcontext

from django.core.management import BaseCommand, CommandError, call_command
from django.db import DatabaseError, connection

from assessment.models import Event
from starbranch import server

REFERENCE = ("departments", "branches", "catalogue_2022", "cycle_2022")
# Tables with rows of the framework's own; what stands in any other is somebody's data.
FRAMEWORK_TABLES = ("django_", "axes_", "auth_permission")


class InstallCommand(BaseCommand):
    """A command that looks at the database before it touches it, and may serve it afterwards."""

    def add_arguments(self, parser):
        parser.add_argument(
            "--port",
            type=_port,
            default=8000,
            help="端口，默认 8000 · the port to serve on",
        )

    def say(self, words=""):
        # Flushed, so that it is read as it happens and no worker inherits it unwritten.
        self.stdout.write(words)
        self.stdout.flush()

    def look(self):
        """Whether the database holds a demonstration, and whether it holds anything at all."""
        try:
            tables = connection.introspection.table_names()
            marked = Event._meta.db_table in tables and Event.objects.holds_demonstration()
            return marked, any(_has_rows(table) for table in tables if _is_data(table))
        except DatabaseError as error:
            raise CommandError(
                f"打不开数据库 · Cannot open the database: {place()}\n{error}"
            ) from error

    def reserved(self, port, serve):
        """The port, held from the beginning, so that a taken one is told before any work."""
        try:
            return server.reserve(port) if serve else nullcontext()
        except OSError as error:
            is_taken = error.errno == errno.EADDRINUSE
            raise CommandError(
                f"端口 {port} {'已被占用' if is_taken else '不能用'}，请用 --port 另选一个 · "
                f"Port {port} {'is taken' if is_taken else 'cannot be used'}; "
                "choose another with --port"
            ) from error

    def update(self):
        """Bring the tables and the static files up to this version; done again, it does no harm."""
        self.say("建立或更新数据表 · Making or updating the tables …")
        call_command("migrate", interactive=False, verbosity=0)
        self.say("整理静态文件 · Collecting static files …")
        call_command("collectstatic", interactive=False, verbosity=0)

    def serve(self, sock):
        self.say(f"网址 Address   {server.address(sock)}    (Ctrl+C 停止 to stop)")
        server.serve(sock)


def load_reference():
    """The departments, the branches, the catalogue and the cycle, in preparation."""
    call_command("loaddata", *REFERENCE, verbosity=0)


def place():
    """Where the database is, without its password."""
    facts = connection.settings_dict
    if connection.vendor == "sqlite":
        return str(facts["NAME"])
    return f"{connection.vendor}://{facts['HOST']}:{facts['PORT']}/{facts['NAME']}"


def elsewhere(command):
    """How to run `command` on another database."""
    name = (
        "DATABASE_URL=postgresql://…" if connection.vendor != "sqlite" else "STARBRANCH_DATA_DIR=/…"
    )
    return f"另用一处 · To use another: {name} python manage.py {command}"


def _port(text):
    if text.isascii() and text.isdigit() and int(text) < 65536:
        return int(text)
    raise argparse.ArgumentTypeError("端口是 0–65535 · a port is 0–65535")


def _is_data(table):
    return not table.startswith(FRAMEWORK_TABLES)


def _has_rows(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT 1 FROM {connection.ops.quote_name(table)} LIMIT 1")
        return cursor.fetchone() is not None
