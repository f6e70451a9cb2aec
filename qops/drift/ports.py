"""The doors that this slice needs."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from qops.model.manifest import BackendEntry
from qops.model.ports import Backend, Ports
from qops.model.target import Target
from qops.recorded.compilation import Workbench


class Ageing(Protocol):
    """A device in rehearsal."""

    def target(self) -> Target:
        """What is published of it."""

    def at(self, time_s: float, /) -> Backend:
        """The device as it is so many seconds after the start of its path."""


@dataclass(frozen=True)
class DriftPorts:
    """All of them: `open_backend` opens what the manifest declares, `now` is the time in UTC, ISO 8601.

    `aged` opens a backend of the kind `drifting`; `bench` makes what compiles.
    """

    base: Ports
    open_backend: Callable[[BackendEntry], Backend]
    now: Callable[[], str]
    aged: Callable[[BackendEntry], Ageing]
    bench: Callable[[], Workbench]
