"""The doors that this slice needs besides those that every slice has."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from qops.formats.kept_target import Targets
from qops.model.manifest import BackendEntry
from qops.model.ports import Backend, Compiler, Executor, Ports


@dataclass(frozen=True)
class AbTestPorts:
    """All the doors of the slice.

    `targets` are those of the manifest's backends, and `open_backend` makes one of them ready to run; `executor` makes
    what compiles. `progress` is entered with what is done and how often, and what it gives is called as each of them
    ends. `say` tells the user something at once, `pause` lets seconds go by, `now` is the time in UTC, and `seed` draws
    one that nobody has chosen.
    """

    base: Ports
    targets: Targets
    open_backend: Callable[[BackendEntry], Backend]
    compiler: Compiler
    executor: Callable[[], Executor]
    progress: Callable[[str, int], AbstractContextManager[Callable[[], None]]]
    say: Callable[[str], None]
    pause: Callable[[float], None]
    now: Callable[[], str]
    seed: Callable[[], int]
