"""The demonstration: the 2022 cycle played through the verbs, with branches in every state.

What is played and said is data, in fixtures/demonstration/.
"""

from .play import play
from .script import password, people

__all__ = ["password", "people", "play"]
