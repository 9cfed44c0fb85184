"""The README's state diagrams are the tables'."""

import re

import pytest

from assessment.rules.transitions import TABLES, diagram

from . import source

MERMAID = re.compile(r"^```mermaid\n(.*?)\n```$", re.DOTALL | re.MULTILINE)


def diagrams(text):
    return [found for found in MERMAID.findall(text) if found.startswith("stateDiagram")]


def drawn():
    return [diagram(*table) for table in TABLES]


def test_the_state_diagrams_are_made_from_the_tables():
    assert diagrams(source.text("README.md")) == drawn()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n".join(drawn()),
        "\n\n".join(f"```\n{one}\n```" for one in drawn()),
        "\n\n".join(f"```mermaid\n{one}\n```" for one in drawn()[:2]),
        "\n\n".join(f"```mermaid\n{one}\n    a --> b: c\n```" for one in drawn()),
    ],
)
def test_a_readme_without_them_or_with_others_is_noticed(text):
    assert diagrams(text) != drawn()


def test_they_are_found_among_other_words():
    text = "# 五星\n\n```mermaid\nflowchart LR\n```\n"
    text += "".join(f"\n```mermaid\n{one}\n```\n" for one in drawn())
    assert diagrams(text) == drawn()
