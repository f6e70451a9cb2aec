"""An incident: an alarm, and what was done about it."""

import hashlib
import json
from typing import Literal

import msgspec

from qops.model.response import Argv

State = Literal["open", "fired", "acked", "resolved"]
Result = Literal["done", "failed", "timed out", "not started", "interrupted"]


class Alarm(msgspec.Struct, frozen=True, omit_defaults=True):
    """A chart's alarm: `epoch` is the first in alarm, by its time, and `baseline` the digest of what it left.

    `onset` and `estimate` say since when and to what, as far as that is known; `direction` is a word of the chart.
    """

    baseline: str
    series: str
    direction: str
    epoch: str
    onset: str = ""
    estimate: float | None = None

    @property
    def incident(self) -> str:
        """The name of the incident that this alarm is: the same alarm, found anew, is the same incident.

        >>> Alarm("b", "ghz", "down", "2026-01-01T00:00:00Z").incident
        '5e1e87586bd9'
        """
        words = json.dumps([self.baseline, self.series, self.direction, self.epoch])
        return hashlib.sha256(words.encode()).hexdigest()[:12]


class Run(msgspec.Struct, frozen=True):
    """An action that was begun.

    `result` is empty while nothing was written about its end: it is under way, or whoever ran it was killed.
    `released` says that the user has settled what is to come of it: that it is to be run again.
    """

    argv: Argv
    attempt: int
    at: str
    by: str
    result: Result | Literal[""] = ""
    code: int | None = None
    said: str = ""
    released: bool = False


class Incident(msgspec.Struct, frozen=True):
    """An alarm with all that was done about it, in order. `acked` and `resolved` say why, where it was."""

    alarm: Alarm
    at: str
    runs: tuple[Run, ...] = ()
    acked: str | None = None
    resolved: str | None = None

    @property
    def name(self) -> str:
        """Its name."""
        return self.alarm.incident

    @property
    def state(self) -> State:
        """How far it is: open, fired once an action was begun, acked by the user, resolved."""
        if self.resolved is not None:
            return "resolved"
        if self.acked is not None:
            return "acked"
        return "fired" if self.runs else "open"
