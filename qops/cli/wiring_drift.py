"""The real ports of drift."""

from typing import TYPE_CHECKING

from qops import world
from qops.cli import wiring

if TYPE_CHECKING:
    from qops.drift.ports import DriftPorts
    from qops.model.manifest import BackendEntry
    from qops.model.ports import Backend


def drift_ports(command: str) -> "DriftPorts":
    """The doors of the repository around; its backends are opened when something is run."""
    from qops.drift.ports import DriftPorts

    base = wiring.ports(command)

    def open_backend(entry: "BackendEntry") -> "Backend":
        from qops.backends import open_backend as opened
        from qops.recorded import repository

        return opened(entry, wiring.target_shelf(base, repository.declared(base.tree).backends).site)

    return DriftPorts(base=base, open_backend=open_backend, now=world.now)
