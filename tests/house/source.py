"""The project's files, as git lists them."""

import ast
import subprocess
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CODE = ("starbranch/", "branches/", "assessment/")


@cache
def files(*, only_tracked=False):
    """Paths from the top, as in a fresh clone; what is ignored is left out."""
    others = [] if only_tracked else ["--others", "--exclude-standard"]
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", *others],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    return sorted(path for path in listed.split("\0") if path and (ROOT / path).is_file())


def python(*, tests=False):
    """Python files that are the project's own writing: no migrations, and no tests unless asked."""
    folders = (*CODE, "tests/") if tests else CODE
    return [
        path
        for path in files()
        if path.endswith(".py")
        and (path.startswith(folders) or path == "manage.py")
        and "/migrations/" not in path
    ]


def under(folder, *suffixes):
    return [path for path in files() if path.startswith(folder) and path.endswith(suffixes)]


@cache
def text(path):
    return (ROOT / path).read_text(encoding="utf-8")


@cache
def tree(path):
    return ast.parse(text(path), path)


def none(complaints):
    """Fail with all of them, a line each."""
    found = list(complaints)
    assert not found, "\n" + "\n".join(found)
