"""The doors that this slice needs."""

from collections.abc import Callable
from dataclasses import dataclass

from qops.model.manifest import BackendEntry
from qops.model.ports import Backend, Ports


@dataclass(frozen=True)
class DriftPorts:
    """All of them: `open_backend` opens what the manifest declares, `now` is the time in UTC, ISO 8601."""

    base: Ports
    open_backend: Callable[[BackendEntry], Backend]
    now: Callable[[], str]
