"""The doors through which something is done about drift."""

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol

import msgspec

from qops.model.incident import Result
from qops.model.ports import SeriesStore, WorkTree
from qops.model.response import Argv


class Ending(msgspec.Struct, frozen=True):
    """How an action ended: its exit code where it had one, and the last that it said."""

    result: Result
    code: int | None = None
    said: str = ""


class ActionRunner(Protocol):
    """Runs what the user wants to be run."""

    def run(self, argv: Argv, variables: Mapping[str, str], limit_s: float, log: str) -> Ending:
        """Run a program from the repository's root, without a shell, to its end.

        `variables` are added to the environment; what it prints goes into the file `log`, a path from the root. After
        `limit_s` seconds it is ended with all that it started. An interrupt ends it, and is raised again.
        """


class Turns(Protocol):
    """Who acts for a watch: one at a time."""

    def take(self, watch: str) -> AbstractContextManager[str | None]:
        """None while it is our turn; otherwise, at once, the sentence that says whose it is."""


@dataclass(frozen=True)
class ActionPorts:
    """The doors of a trigger, in one hand.

    `exclusive` is the lock that writers hold; `by` says who acts, for the ledger; `now` is the time in UTC.
    """

    tree: WorkTree
    series: SeriesStore
    exclusive: Callable[[], AbstractContextManager[None]]
    turns: Turns
    runner: ActionRunner
    by: str
    now: Callable[[], str]
