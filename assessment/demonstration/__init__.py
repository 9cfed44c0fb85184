"""The demonstration, played through the verbs: 2022 closed, 2023 with branches in every state.

What is played and said is data, in fixtures/demonstration/.
"""

from .play import play
from .script import password, people

__all__ = ["password", "people", "play"]
