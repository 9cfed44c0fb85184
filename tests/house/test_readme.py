"""The README's state diagram is the table's."""

import re

import pytest

from assessment.rules.transitions import diagram

from . import source

MERMAID = re.compile(r"^```mermaid\n(.*?)\n```$", re.DOTALL | re.MULTILINE)


def diagrams(text):
    return [found for found in MERMAID.findall(text) if found.startswith("stateDiagram")]


def test_the_state_diagram_is_made_from_the_table():
    assert diagrams(source.text("README.md")) == [diagram()]


@pytest.mark.parametrize(
    "text",
    [
        "",
        diagram(),
        f"```\n{diagram()}\n```",
        f"```mermaid\n{diagram()}\n    review --> concluded: conclude\n```",
        f"```mermaid\n{diagram()}\n```\n" * 2,
    ],
)
def test_a_readme_without_it_or_with_another_is_noticed(text):
    assert diagrams(text) != [diagram()]


def test_the_diagram_is_found_among_other_words():
    text = f"# 五星\n\n```mermaid\n{diagram()}\n```\n\n```mermaid\nflowchart LR\n```\n"
    assert diagrams(text) == [diagram()]
