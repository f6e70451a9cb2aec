"""What is to be done about an alarm."""

from typing import Literal

import msgspec

Argv = tuple[str, ...]

STALE: Literal["stale"] = "stale"
"""The direction of the alarm that no epoch came."""


class Response(msgspec.Struct, frozen=True):
    """The actions of a watch, as lists of words that no shell reads, and how often they may be run.

    An action is known by its words: in one incident it is run once, however often it is listed. `on_stale` is run
    when no epoch came for too long, `on_drift` at every other alarm. Of each action that failed there are `retries`
    more; none is run within `cooldown_s` of the last incident's, and those of at most `max_per_day` incidents in any
    24 hours.
    """

    on_drift: tuple[Argv, ...] = ()
    on_stale: tuple[Argv, ...] = ()
    cooldown_s: float = 3600.0
    max_per_day: int = 5
    timeout_s: float = 600.0
    retries: int = 0

    def actions(self, direction: str) -> tuple[Argv, ...]:
        """What is to be run at an alarm in that direction, in this order."""
        return tuple(dict.fromkeys(self.on_stale if direction == STALE else self.on_drift))
