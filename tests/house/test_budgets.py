"""How long things may grow (design §9), and that the linter is content."""

import ast
import re
import subprocess
import sys
from statistics import median

import pytest

from . import source

FUNCTION, MEDIAN, VIEW, MODULE, TEST_MODULE, TEMPLATE = 40, 8, 25, 300, 500, 120
SETTINGS = 200
# An excuse names its rule and says why, as "DJ001 - null until returned".
EXCUSED = re.compile(r"# noqa: [A-Z]+\d+(, [A-Z]+\d+)* - \S")


def functions(tree):
    """(name, line, number of lines, decorators counted) of every function."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            start = min([node.lineno, *(mark.lineno for mark in node.decorator_list)])
            yield node.name, start, node.end_lineno - start + 1


def long_functions(path, text):
    limit = VIEW if "/views/" in path and not path.startswith("tests/") else FUNCTION
    for name, line, length in functions(ast.parse(text)):
        if length > limit:
            yield f"{path}:{line} {name} has {length} lines, {limit} at most"


def long_file(path, text):
    limit = TEMPLATE if path.endswith(".html") else MODULE
    if path.startswith("tests/"):
        limit = TEST_MODULE
    elif path == "starbranch/settings.py":
        limit = SETTINGS
    length = len(text.splitlines())
    if length > limit:
        yield f"{path} has {length} lines, {limit} at most"


def bare_noqa(path, text):
    for number, line in enumerate(text.splitlines(), 1):
        if re.search(r"#\s*noqa", line, re.IGNORECASE) and not EXCUSED.search(line):
            yield f"{path}:{number} a noqa without a reason"


def written():
    """Everything with a budget: Python, tests too, and templates."""
    return [*source.python(tests=True), *source.under("templates/", ".html")]


@pytest.mark.parametrize("check", [long_functions, bare_noqa])
def test_python(check):
    paths = source.python(tests=True)
    # This file speaks of noqa in its samples.
    paths = [path for path in paths if path != "tests/house/test_budgets.py"]
    source.none(wrong for path in paths for wrong in check(path, source.text(path)))


def test_files():
    source.none(wrong for path in written() for wrong in long_file(path, source.text(path)))


def test_most_functions_are_short():
    lengths = [length for path in source.python() for *_, length in functions(source.tree(path))]
    assert median(lengths) <= MEDIAN


def test_the_tests_are_at_least_as_long_as_the_code():
    code = {path: len(source.text(path).splitlines()) for path in source.python(tests=True)}
    tests = sum(length for path, length in code.items() if path.startswith("tests/"))
    assert tests >= sum(code.values()) - tests


@pytest.mark.parametrize("command", [["check"], ["format", "--check"]])
def test_ruff(command):
    """Among its rules: complexity at most 8, no unused noqa, imports in order."""
    ruff = [sys.executable, "-m", "ruff", *command, "--no-cache", "--quiet", "."]
    found = subprocess.run(ruff, cwd=source.ROOT, capture_output=True, text=True, check=False)
    assert found.returncode == 0, found.stdout + found.stderr


def lines(number):
    return "def f():\n" + "    x = 1\n" * (number - 1)


@pytest.mark.parametrize(
    ("check", "path", "text"),
    [
        (long_functions, "assessment/workflow/items.py", lines(41)),
        (long_functions, "assessment/workflow/items.py", "@a\n" + lines(40)),
        (long_functions, "tests/assessment/views/test_home.py", lines(41)),
        (long_functions, "assessment/views/home.py", lines(26)),
        (long_file, "assessment/workflow/items.py", "x\n" * 301),
        (long_file, "tests/test_home.py", "x\n" * 501),
        (long_file, "starbranch/settings.py", "x\n" * 201),
        (long_file, "templates/home.html", "x\n" * 121),
        (bare_noqa, "assessment/enums.py", "import x  # noqa"),
        (bare_noqa, "assessment/enums.py", "import x  # noqa: F401"),
        (bare_noqa, "assessment/enums.py", "import x  # NOQA: F401 - "),
        (bare_noqa, "assessment/enums.py", "import x  #noqa:F401 because"),
    ],
)
def test_a_bad_sample_is_caught(check, path, text):
    assert len(list(check(path, text))) == 1


@pytest.mark.parametrize(
    ("check", "path", "text"),
    [
        (long_functions, "assessment/workflow/items.py", lines(40)),
        (long_functions, "tests/assessment/views/test_home.py", lines(40)),
        (long_functions, "assessment/views/home.py", lines(25)),
        (long_file, "assessment/workflow/items.py", "x\n" * 300),
        (long_file, "tests/test_home.py", "x\n" * 500),
        (long_file, "templates/home.html", "x\n" * 120),
        (bare_noqa, "assessment/enums.py", "import x  # noqa: E402, F401 - registers itself"),
    ],
)
def test_a_good_sample_passes(check, path, text):
    assert list(check(path, text)) == []
