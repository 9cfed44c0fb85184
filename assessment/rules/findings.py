"""How a finding stands to its due date: red, yellow or green, as towns mark it."""

from datetime import timedelta

from ..enums import DueState, FindingState, Light
from .deadlines import NEAR, due_state

LIGHTS = {DueState.OVERDUE: Light.RED, DueState.SOON: Light.YELLOW, DueState.LATER: Light.GREEN}


def light(state, due, today):
    """Red past its date, yellow near it, green before that and once nobody has to act."""
    if state not in FindingState.unresolved():
        return Light.GREEN
    return LIGHTS[due_state(due, today)]


def span(colour, today):
    """(first, last) due date of an unresolved finding that stands so; None where it has no end."""
    near = today + timedelta(days=NEAR)
    return {
        Light.RED: (None, today - timedelta(days=1)),
        Light.YELLOW: (today, near),
        Light.GREEN: (near + timedelta(days=1), None),
    }[colour]
