"""The real ports of drift."""

from typing import TYPE_CHECKING

from qops import world
from qops.cli import wiring

if TYPE_CHECKING:
    from qops.backends import Site
    from qops.drift.ports import Ageing, DriftPorts
    from qops.model.manifest import BackendEntry
    from qops.model.ports import Backend
    from qops.recorded.compilation import Workbench


def drift_ports(command: str) -> "DriftPorts":
    """The doors of the repository around; its backends are opened when something is run."""
    from qops.drift.ports import DriftPorts

    base = wiring.ports(command)

    def site() -> "Site":
        from qops.recorded import repository

        return wiring.target_shelf(base, repository.declared(base.tree).backends).site

    def open_backend(entry: "BackendEntry") -> "Backend":
        from qops.backends import open_backend as opened

        return opened(entry, site())

    def aged(entry: "BackendEntry") -> "Ageing":
        from qops.backends import drifting

        return drifting.open_backend(entry, site())

    def bench() -> "Workbench":
        from qops.compilers.qiskit import QiskitCompiler
        from qops.recorded.compilation import Workbench
        from qops.recorded.repository import declared

        shelf = wiring.target_shelf(base, declared(base.tree).backends)
        return Workbench(shelf, QiskitCompiler(), lambda: wiring.compiling("serial"))

    return DriftPorts(base=base, open_backend=open_backend, now=world.now, aged=aged, bench=bench)
