"""What lies where: the top level, templates, static files, dependencies, migrations."""

import re
import tomllib
from pathlib import PurePosixPath

import pytest
from django.apps import apps
from django.core.management import call_command

from . import source

TOP = {
    "manage.py",
    "starbranch",
    "branches",
    "assessment",
    "templates",
    "static",
    "fixtures",
    "tests",
    "pyproject.toml",
    "README.md",
    "LICENSE",
    "CHANGELOG.md",
}
LOCK_FILES = {"uv.lock", "pylock.toml", "requirements.lock", "poetry.lock", "pdm.lock"}
# Names that Django looks up by itself.
FOUND_BY_NAME = re.compile(
    r"(400|403|403_csrf|404|500)\.html|registration/.+\.html"
    r"|admin/\w+/(\w+/)?(change_form|change_list|delete_confirmation|object_history)\.html"
)

# Comments, and the template language's own tags: what is left is what a browser may see.
UNSEEN = re.compile(r"\{#.*?#\}|<!--.*?-->|\{% comment\b.*?\{% endcomment %\}|\{%.*?%\}", re.DOTALL)
INLINE = {
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "a script of its own": re.compile(r"<script\b(?![^>]*\ssrc=)", re.IGNORECASE),
    "a style attribute": re.compile(r"(?<=\s)style\s*=", re.IGNORECASE),
    "an event attribute": re.compile(r"(?<=[\s\"'])(hx-)?on[a-z:-]+\s*=\s*[\"'{]", re.IGNORECASE),
    "a javascript address": re.compile(r"[\"']\s*javascript:", re.IGNORECASE),
    "a source outside the town hall": re.compile(
        r"(\bsrc\s*=|<link\b[^>]*\bhref\s*=|\baction\s*=|@import\s+(url\()?|\burl\()"
        r"\s*[\"']?\s*(https?:)?//",
        re.IGNORECASE,
    ),
}


def not_prescribed(paths):
    """Names at the top that design §1 does not know; dotfiles may stand beside them."""
    names = {PurePosixPath(path).parts[0] for path in paths}
    return sorted(name for name in names - TOP - LOCK_FILES if not name.startswith("."))


def inline(path, text):
    for name, pattern in INLINE.items():
        for _ in pattern.finditer(UNSEEN.sub("", text)):
            yield f"{path} holds {name}"


def unused(names, texts):
    """The names that stand in none of the texts, whole and in quotes or brackets."""
    everything = "\n".join(texts)
    for name in names:
        if not re.search(rf"[\"'(/]{re.escape(name)}[\"')?#]", everything):
            yield name


def overrides(name):
    """Whether an installed library has a template of this name, so that ours takes its place."""
    folders = [PurePosixPath(config.path) / "templates" for config in apps.get_app_configs()]
    return any((source.ROOT / folder / name).is_file() for folder in folders)


def uncommented(text):
    """Dependencies in pyproject.toml without a comment on their line."""
    project = tomllib.loads(text)["project"]
    wanted = [*project.get("dependencies", ())]
    for extra in project.get("optional-dependencies", {}).values():
        wanted += extra
    for dependency in wanted:
        if not re.search(rf'"{re.escape(dependency)}",?[ \t]+#[ \t]+\S', text):
            yield dependency


def templates():
    return source.under("templates/", ".html", ".txt")


def test_top_level():
    source.none(not_prescribed(source.files(only_tracked=True)))


def test_nothing_inline_in_templates():
    source.none(wrong for path in templates() for wrong in inline(path, source.text(path)))


def test_nothing_from_elsewhere_in_static_files():
    paths = source.under("static/", ".css", ".js", ".svg")
    outside = INLINE["a source outside the town hall"]
    source.none(path for path in paths if outside.search(source.text(path)))


def test_every_template_is_used():
    names = [path.removeprefix("templates/") for path in templates()]
    names = [name for name in names if not FOUND_BY_NAME.fullmatch(name) and not overrides(name)]
    texts = [source.text(path) for path in [*source.python(), *templates()]]
    source.none(unused(names, texts))


def test_every_static_file_is_used():
    paths = source.under("static/", "")
    named = [source.text(path) for path in [*source.python(), *templates()]]
    named += [source.text(path) for path in paths if path.endswith((".css", ".js"))]
    names = {path.removeprefix("static/"): path.rsplit("/", 1)[-1] for path in paths}
    # A style sheet or a script names its neighbour by the last part alone.
    source.none(whole for whole in unused(names, named) if [*unused([names[whole]], named)])


def test_every_dependency_says_what_for():
    source.none(uncommented(source.text("pyproject.toml")))


def test_no_migration_is_missing(db):
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize(
    "path", ["utils.py", "docs/notes.md", "Makefile", "requirements.txt", "templates.zip"]
)
def test_a_stray_name_at_the_top_is_noticed(path):
    assert not_prescribed([path, "manage.py", ".gitignore", "uv.lock", "tests/x.py"])


@pytest.mark.parametrize(
    "text",
    [
        "<style>a{}</style>",
        '<p class="a" style="color: red">',
        "<p\n  STYLE = 'x'>",
        "<script>alert(1)</script>",
        '<script type="module">import x</script>',
        '<a href="#" onclick="go()">',
        "<body onload='x'>",
        '<a class="b"onclick="go()">',
        '<button hx-on:click="x()">',
        '<a href="javascript:void(0)">',
        '<script src="https://cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="//cdn.example/x.css">',
        '<img src="http://example/x.png">',
    ],
)
def test_inline_code_is_noticed(text):
    assert len(list(inline("x.html", text))) == 1


@pytest.mark.parametrize(
    "text",
    [
        '<script type="module" src="{% static \'js/menu.js\' %}"></script>',
        '<p class="style" data-on="x" data-once>online = yes</p>',
        "{# <style> #}<!-- style= -->{% comment %}<script>{% endcomment %}",
        '<a href="https://www.example.org/">x</a>',
        '{% include "a.html" with one="x" onward=y style="b" %}',
        '<img src="/static/img/favicon.svg" alt="">',
    ],
)
def test_what_is_hooked_from_outside_passes(text):
    assert list(inline("x.html", text)) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{% include "includes/a.html" %}', []),
        ('{% extends "includes/a.html" %}', []),
        ('render(request, "includes/a.html#part")', []),
        ("includes/a.html", ["includes/a.html"]),
        ('"my/includes/a.html.bak"', ["includes/a.html"]),
        ('"includes/b.html"', ["includes/a.html"]),
    ],
)
def test_a_name_that_nobody_uses_is_noticed(text, expected):
    assert list(unused(["includes/a.html"], [text])) == expected


def test_a_dependency_without_a_comment_is_noticed():
    text = """[project]
dependencies = [
    "a>=1",  # the framework
    "b~=2.0",
    "c[x]>=3", #
]
[project.optional-dependencies]
test = [
    "d",  # the runner
    "e"
]
"""
    assert list(uncommented(text)) == ["b~=2.0", "c[x]>=3", "e"]


def test_a_template_that_takes_a_librarys_place_is_known():
    assert overrides("admin/base.html")
    assert not overrides("admin/no_such_thing.html")
