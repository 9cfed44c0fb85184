"""Imports run downwards only, and stand at the top of the file."""

import ast
import sys
from pathlib import PurePosixPath

import pytest

from . import source

# Design §1. What stands higher may import what stands lower.
FLOORS = {
    "enums": 0,
    "rules": 1,
    "pinyin": 1,
    "words": 1,
    "models": 2,
    "passwords": 2,
    "permissions": 3,
    "files": 4,
    "workflow": 4,
    "ledger": 4,
    "documents": 4,
    "demonstration": 5,
    "forms": 5,
    "views": 6,
    "admin": 6,
    "templatetags": 6,
    "management": 6,
    "apps": 7,
    "urls": 7,
}
APPS = ("branches", "assessment")
# A library that one room alone may know.
ROOMS = {
    "openpyxl": "assessment/ledger/",
    "docx": "assessment/documents/",
    "pypinyin": "branches/pinyin.py",
    "PIL": "assessment/files/",
    "pillow_heif": "assessment/files/",
}


def imports(path, tree):
    """Each import as (line, dotted module, names), relative ones made whole."""
    package = PurePosixPath(path).parent.parts
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name, ()) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            yield node.lineno, module, tuple(alias.name for alias in node.names)


def rooms(module, names):
    """The (app, room)s that an import reaches: `from assessment import workflow` reaches a room."""
    app, *rest = module.split(".")
    if app not in APPS:
        return
    for room in rest[:1] or names:
        yield app, room


def wrong_floors(path, tree):
    app, *rest = PurePosixPath(path).with_suffix("").parts
    room = rest[0] if rest else ""
    for line, module, names in imports(path, tree):
        target = module.split(".")[0]
        place = f"{path}:{line}"
        if app == "starbranch" and target in APPS:
            yield f"{place} starbranch holds no domain code, so it imports none"
        elif app == "branches" and target == "assessment":
            yield f"{place} branches never imports assessment"
        elif app in APPS and target == "starbranch" and room != "management":
            yield f"{place} only a command may import starbranch"
        elif app in APPS:
            yield from wrong_rooms(place, (app, room), rooms(module, names))


def wrong_rooms(place, here, reached):
    floor = FLOORS.get(here[1])
    for there in reached:
        if there == here:
            continue
        if there[1] not in FLOORS:
            yield f"{place} imports {there[1]}, which has no floor"
        # Across the apps the same floor will do: a sheet's model points at a branch's.
        elif floor is not None and FLOORS[there[1]] >= floor + (there[0] != here[0]):
            yield f"{place} {here[1]} (floor {floor}) imports {there[1]} above or beside it"


def no_floor(path):
    app, *rest = PurePosixPath(path).with_suffix("").parts
    return app in APPS and rest and rest[0] not in {"__init__", "migrations", *FLOORS}


def impure_rules(path, tree):
    """Rules know the standard library, the enums and one another."""
    for line, module, _names in imports(path, tree):
        first, *rest = module.split(".")
        known = first in sys.stdlib_module_names or rest[:1] in (["rules"], ["enums"])
        if not known:
            yield f"{path}:{line} a rule imports {module}"


def wrong_libraries(path, tree):
    for line, module, _names in imports(path, tree):
        room = ROOMS.get(module.split(".")[0])
        if room and not path.startswith(room):
            yield f"{path}:{line} {module} belongs to {room}"


def late_imports(path, tree):
    """Imports come first, in the module itself: after its docstring, before anything else."""
    early = set(map(id, leading_imports(tree.body)))
    for node in ast.walk(tree):
        if is_import(node) and id(node) not in early:
            yield f"{path}:{node.lineno} an import that is not at the top of the file"


def leading_imports(body):
    """The imports that a block begins with; what one platform alone has stands behind a switch."""
    for node in body:
        if is_import(node):
            yield node
        elif isinstance(node, ast.If) and ast.unparse(node.test).startswith("sys.platform"):
            yield from leading_imports(node.body)
            yield from leading_imports(node.orelse)
        elif not is_docstring(node):
            return


def is_import(node):
    return isinstance(node, ast.Import | ast.ImportFrom)


def is_docstring(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


CHECKS = (wrong_floors, wrong_libraries, late_imports)


@pytest.mark.parametrize("check", CHECKS)
def test_every_file(check):
    source.none(wrong for path in source.python() for wrong in check(path, source.tree(path)))


def test_rules_are_pure():
    rules = source.under("assessment/rules/", ".py")
    assert len(rules) > 5
    source.none(wrong for path in rules for wrong in impure_rules(path, source.tree(path)))


def test_every_room_has_a_floor():
    source.none(path for path in source.python() if no_floor(path))


@pytest.mark.parametrize(
    ("check", "path", "code"),
    [
        (wrong_floors, "branches/models.py", "from assessment.enums import Step"),
        (wrong_floors, "branches/models.py", "import assessment"),
        (wrong_floors, "starbranch/urls.py", "from branches.models import User"),
        (wrong_floors, "starbranch/urls.py", "import assessment.urls"),
        (wrong_floors, "assessment/views/home.py", "from starbranch import settings"),
        (wrong_floors, "assessment/models/cycle.py", "from ..workflow import keep"),
        (wrong_floors, "assessment/models/cycle.py", "from .. import workflow"),
        (wrong_floors, "assessment/models/cycle.py", "from assessment import workflow"),
        (wrong_floors, "assessment/models/cycle.py", "import assessment.workflow"),
        (wrong_floors, "assessment/models/cycle.py", "def f():\n    from ..forms import F"),
        (wrong_floors, "assessment/permissions.py", "from .workflow import keep"),
        (wrong_floors, "assessment/workflow/items.py", "from ..ledger import workbook"),
        (wrong_floors, "assessment/views/home.py", "from ..admin import site"),
        (wrong_floors, "assessment/enums.py", "from .rules import stars"),
        (wrong_floors, "assessment/models/cycle.py", "from branches.views import x"),
        (wrong_floors, "assessment/models/cycle.py", "from ..utils import x"),
        (impure_rules, "assessment/rules/stars.py", "from django.db import models"),
        (impure_rules, "assessment/rules/stars.py", "from ..models import Star"),
        (impure_rules, "assessment/rules/stars.py", "from branches.models import Branch"),
        (wrong_libraries, "assessment/views/home.py", "import openpyxl"),
        (wrong_libraries, "assessment/views/home.py", "from openpyxl.styles import Font"),
        (wrong_libraries, "assessment/ledger/columns.py", "from docx import Document"),
        (wrong_libraries, "assessment/forms/evidence.py", "from PIL import Image"),
        (wrong_floors, "assessment/workflow/evidence.py", "from ..files import read"),
        (late_imports, "assessment/views/home.py", "x = 1\nimport os"),
        (late_imports, "assessment/views/home.py", "def f():\n    import os"),
        (late_imports, "assessment/views/home.py", "if x:\n    import os"),
        (late_imports, "starbranch/server.py", "if sys.platform:\n    x = 1\n    import os"),
        (late_imports, "assessment/views/home.py", "try:\n    import os\nexcept E:\n    os = 1"),
    ],
)
def test_a_bad_sample_is_caught(check, path, code):
    assert len(list(check(path, ast.parse(code)))) == 1


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (
            "assessment/models/cycle.py",
            '"""Doc."""\nfrom ..enums import Step\nfrom .event import E',
        ),
        ("assessment/models/cycle.py", "from branches.models import Branch"),
        ("assessment/views/home.py", "from .. import workflow\nfrom ..models import Cycle"),
        ("assessment/management/commands/demo.py", "from starbranch import server"),
        ("assessment/ledger/workbook.py", "import openpyxl\nfrom django.db import models"),
        ("assessment/rules/gaps.py", "import math\nfrom ..enums import Step\nfrom .stars import x"),
    ],
)
def test_a_good_sample_passes(path, code):
    assert not [wrong for check in CHECKS for wrong in check(path, ast.parse(code))]


def test_a_room_without_a_floor_is_noticed():
    assert no_floor("assessment/utils.py")
    assert no_floor("assessment/services/__init__.py")
    assert not no_floor("assessment/__init__.py")
