"""Badges: a state as a shape and a word, so that it reads without colour."""

from django import template
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..enums import DueState, ItemChange, Light, Rating, StarTurn, Step
from ..rules.deadlines import due_state
from ..rules.findings import light

register = template.Library()


def _shape(drawing):
    return mark_safe(
        '<svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" focusable="false">'
        f"{drawing}</svg>"
    )


def _pips(filled):
    """Three bars, as many of them solid as steps have begun."""
    return _shape(
        "".join(
            f'<rect x="{x}" y="2.5" width="3" height="9"{SOLID if n < filled else ""}/>'
            for n, x in enumerate((0.5, 5.5, 10.5))
        )
    )


SOLID = ' class="solid"'
CIRCLE = '<circle cx="7" cy="7" r="5.5" stroke-width="1.5"{}/>'
NO_MARK = gettext_lazy("未标")
RATING_SHAPES = {
    Rating.MET: _shape(CIRCLE.format(SOLID)),
    Rating.PARTLY_MET: _shape(CIRCLE.format("") + f'<path d="M7 1.5a5.5 5.5 0 0 0 0 11z"{SOLID}/>'),
    Rating.UNMET: _shape(CIRCLE.format("")),
    Rating.NOT_APPLICABLE: _shape('<path d="M2 7h10" stroke-width="1.5"/>'),
    "": _shape(CIRCLE.format(' stroke-dasharray="2 2.3"')),
}
STEP_SHAPES = {
    Step.SELF_RATING: _pips(1),
    Step.REVIEW: _pips(2),
    Step.SUPERVISION: _pips(3),
    Step.CONCLUDED: _shape('<path d="M1.5 7.5l4 4 7-9" stroke-width="2"/>'),
}
DUE_SHAPES = {
    DueState.NONE: _shape('<path d="M2 7h10" stroke-width="1.5"/>'),
    DueState.LATER: _shape(CIRCLE.format("") + '<path d="M7 4v3.5h3" stroke-width="1.5"/>'),
    DueState.SOON: _shape('<path d="M7 1.5l6 11H1z" stroke-width="1.5"/>'),
    DueState.OVERDUE: _shape(
        '<path d="M7 2v6.5" stroke-width="2.5"/><path d="M7 10.5v2" stroke-width="2.5"/>'
    ),
}


def _badge(kind, shape, word):
    return format_html('<span class="badge-mark {}">{}<span>{}</span></span>', kind, shape, word)


@register.simple_tag
def rating_badge(value):
    """A mark on an item; the empty string is no mark yet."""
    word = Rating(value).label if value else NO_MARK
    return _badge(f"rating-{value or 'blank'}", RATING_SHAPES[value], word)


@register.simple_tag
def step_badge(step):
    """Where a sheet stands."""
    return _badge(f"step-{step}", STEP_SHAPES[step], Step(step).label)


@register.simple_tag
def due_badge(due, today):
    """A due date, and how far it lies from `today`; both in the town's time zone."""
    state = due_state(due, today)
    words = _due_words(due, today, state) if due else state.label
    return _badge(f"due-{state}", DUE_SHAPES[state], words)


LIGHT_SHAPES = {
    Light.RED: _shape(f'<rect x="1.5" y="1.5" width="11" height="11"{SOLID}/>'),
    Light.YELLOW: _shape(f'<path d="M7 1.5l6 11H1z"{SOLID}/>'),
    Light.GREEN: _shape(CIRCLE.format(SOLID)),
}


@register.simple_tag
def light_badge(finding, today):
    """Red, yellow or green by shape and word, with how far its due date lies from `today`."""
    colour = light(finding.state, finding.due_date, today)
    words = _due_words(finding.due_date, today, due_state(finding.due_date, today))
    words = format_html("{} · {}", colour.label, words)
    return _badge(f"light-{colour}", LIGHT_SHAPES[colour], words)


TURN_SHAPES = {
    StarTurn.WON: _shape(f'<path d="M7 1.5l5.5 6H9.5v5h-5v-5h-3z"{SOLID}/>'),
    StarTurn.KEPT: _shape(CIRCLE.format(SOLID)),
    StarTurn.LOST: _shape('<path d="M7 12.5l5.5-6H9.5v-5h-5v5h-3z" stroke-width="1.5"/>'),
    StarTurn.NONE: _shape('<path d="M2 7h10" stroke-width="1.5"/>'),
    StarTurn.TO_KEEP: _shape(
        CIRCLE.format(' stroke-dasharray="2 2.3"') + f'<circle cx="7" cy="7" r="2.5"{SOLID}/>'
    ),
    StarTurn.UNDECIDED: _shape(CIRCLE.format(' stroke-dasharray="2 2.3"')),
    StarTurn.ENDED: _shape('<path d="M3 3l8 8M11 3l-8 8" stroke-width="1.5"/>'),
}


@register.simple_tag
def turn_badge(turn):
    """What has become of a star between two years."""
    return _badge(f"turn-{turn}", TURN_SHAPES[turn], StarTurn(turn).label)


@register.simple_tag
def turn_legend():
    """Everything that may have become of a star."""
    marks = ((turn_badge(turn),) for turn in TURN_SHAPES)
    return format_html('<ul class="legend">{}</ul>', format_html_join("", "<li>{}</li>", marks))


def _due_words(due, today, state):
    form = "MONTH_DAY_FORMAT" if due.year == today.year else "DATE_FORMAT"
    day = format_html('<time datetime="{}">{}</time>', due.isoformat(), date_format(due, form))
    return format_html("{} · {}", day, _distance((due - today).days))


def _distance(days):
    if days == 0:
        return _("今天到期")
    if days < 0:
        return ngettext("逾期 %(days)d 天", "逾期 %(days)d 天", -days) % {"days": -days}
    return ngettext("还剩 %(days)d 天", "还剩 %(days)d 天", days) % {"days": days}


@register.simple_tag
def progress_bar(done, total, label):
    """How many of how many; `label` says of what, for those who do not see the bar."""
    return format_html(
        '<span class="meter-line"><progress class="meter" value="{done}" max="{most}"'
        ' aria-label="{label}"></progress><span>{done} / {total}</span></span>',
        done=done,
        total=total,
        most=max(total, 1),
        label=label,
    )


ITEM_CHANGE_SHAPES = {
    ItemChange.ADDED: _shape('<path d="M7 2v10M2 7h10" stroke-width="2"/>'),
    ItemChange.DROPPED: _shape('<path d="M2.5 2.5l9 9M11.5 2.5l-9 9" stroke-width="2"/>'),
    ItemChange.REWORDED: _shape('<path d="M2 12l1-3.5L10 1.5l2.5 2.5-7 7z" stroke-width="1.5"/>'),
    ItemChange.WEIGHED: _shape('<path d="M7 2l5.5 10h-11z" stroke-width="1.5"/>'),
    ItemChange.REASSIGNED: _shape(
        '<path d="M2 5h10M9 2l3 3M12 9.5H2M5 12.5l-3-3" stroke-width="1.5"/>'
    ),
    ItemChange.MOVED: _shape(
        '<path d="M7 1.5v11M4 4.5l3-3 3 3M4 9.5l3 3 3-3" stroke-width="1.5"/>'
    ),
    ItemChange.SAME: _shape('<path d="M2 5h10M2 9h10" stroke-width="1.5"/>'),
}


@register.simple_tag
def item_change(change):
    """What became of an item from one catalogue to another."""
    return _badge(f"change-{change}", ITEM_CHANGE_SHAPES[change], change.label)
