"""Stars, hand-drawn: each state has its own shape, and a word beside or behind it."""

from functools import lru_cache

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..enums import Step
from ..models.assessment import level_label

register = template.Library()

OUTLINE = "M12 1.8l3 7.1 7.7.6-5.9 5 1.8 7.5-6.6-4-6.6 4 1.8-7.5-5.9-5 7.7-.6z"
LEFT_HALF = "M12 1.8v16.2l-6.6 4 1.8-7.5-5.9-5 7.7-.6z"
INNER = "M12 7.2l1.4 3.4 3.6.3-2.8 2.4.9 3.5-3.1-1.9-3.1 1.9.9-3.5-2.8-2.4 3.6-.3z"
EMPTY = f'<path d="{OUTLINE}"/>'
NOTHING = '<path d="M8 12h8"/>'
SOLID = f'<path class="solid" d="{OUTLINE}"/>'

# State → its drawing and its word, from nothing to won.
STATES = {
    "none": (NOTHING, _("无")),
    "not_awarded": (f'{EMPTY}<path d="M4.5 21.5l15-19"/>', _("未得星")),
    "held_before": (
        f'<circle cx="12" cy="12.4" r="11"/><path class="solid" d="{INNER}"/>',
        _("现有星"),
    ),
    "targeted": (EMPTY, pgettext_lazy("one star", "拟创星")),
    "self_rated": (f'{EMPTY}<path class="solid" d="{LEFT_HALF}"/>', _("村组标星")),
    "reviewed": (f'{EMPTY}<circle class="solid" cx="12" cy="12.6" r="3.2"/>', _("部门瞄星")),
    "proposed": (f'<path stroke-dasharray="3.4 2.2" d="{OUTLINE}"/>', _("提议得星")),
    "awarded": (SOLID, _("得星")),
}
LEVELS = 5


def _drawing(inside, kind=""):
    return mark_safe(
        f'<svg{kind} width="22" height="22" viewBox="0 0 24 24" aria-hidden="true"'
        f' focusable="false">{inside}</svg>'
    )


DRAWINGS = {state: _drawing(inside) for state, (inside, _word) in STATES.items()}
NOT_WON = _drawing(EMPTY)


def _rows(drawing):
    """Level → that many of `drawing`, and plain outlines up to five."""
    return [mark_safe(drawing * n + NOT_WON * (LEVELS - n)) for n in range(LEVELS + 1)]


WON_ROWS = _rows(_drawing(SOLID, ' class="won"'))
TARGETED_ROWS = _rows(_drawing(EMPTY, ' class="wanted"'))


@register.simple_tag
def star_mark(state, label="", word=False):
    """One star in one of STATES; `label` names its category, `word` writes the state out."""
    return format_html(
        '<span class="star star-{}">{}<span{}>{}{}</span></span>',
        state,
        DRAWINGS[state],
        "" if word else mark_safe(' class="visually-hidden"'),
        f"{label} " if label else "",
        STATES[state][1],
    )


def _story(star, step):
    """State → whether it holds, for the four places of a star on the wall, in their order."""
    final = {None: "", True: "awarded", False: "not_awarded"}[star.star.awarded]
    if not final and step == Step.SUPERVISION and star.proposed:
        final = "proposed"
    return (
        "targeted" if star.star.targeted else "",
        "self_rated" if star.self_rated else "",
        "reviewed" if star.reviewed else "",
        final,
    )


@lru_cache
def _places(states):
    """Each state in its own place; a place that is empty keeps its room."""
    marks = (
        f'<span class="star star-{state or "none"}">{DRAWINGS[state or "none"]}</span>'
        for state in states
    )
    return mark_safe("".join(marks))


@register.simple_tag
def star_story(star, step):
    """One star of a sheet at `step`: targeted, self-rated, reviewed, decided, side by side."""
    states = _story(star, step)
    words = [str(STATES[state][1]) for state in states if state] or [str(STATES["none"][1])]
    return format_html(
        '<span class="star-story">{}<span class="visually-hidden">{}: {}</span></span>',
        _places(states),
        star.name,
        gettext("、").join(words),
    )


@register.simple_tag
def stars(level, word=True, targeted=False):
    """A level as stars of five, with its name: won, or set out for. None is not yet decided."""
    rows = TARGETED_ROWS if targeted else WON_ROWS
    return format_html(
        '<span class="stars">{}<span class="{}">{}</span></span>',
        "" if level is None else rows[level],
        "stars-word" if word else "visually-hidden",
        _("未定星") if level is None else level_label(level),
    )


@register.simple_tag
def star_legend(*states):
    """What the stars of a page mean: of the states it uses, or of all."""
    marks = ((star_mark(state, word=True),) for state in states or STATES)
    return format_html('<ul class="legend">{}</ul>', format_html_join("", "<li>{}</li>", marks))
