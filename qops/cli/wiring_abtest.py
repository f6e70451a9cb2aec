"""The real ports of A/B tests."""

from typing import TYPE_CHECKING

from qops import world
from qops.cli import streams, wiring

if TYPE_CHECKING:
    from qops.abtest.ports import AbTestPorts
    from qops.model.manifest import BackendEntry
    from qops.model.ports import Backend, Executor


def abtest_ports(command: str) -> "AbTestPorts":
    """The doors of the repository around, and of its backends, which are opened when something is run."""
    from qops.abtest.ports import AbTestPorts
    from qops.cli.progress import bar
    from qops.compilers.qiskit import QiskitCompiler
    from qops.recorded import repository

    base = wiring.ports(command)
    shelf = wiring.target_shelf(base, repository.declared(base.tree).backends)

    def open_backend(entry: "BackendEntry") -> "Backend":
        from qops.backends import open_backend as opened

        return opened(entry, shelf.site)

    return AbTestPorts(
        base=base,
        targets=shelf,
        open_backend=open_backend,
        compiler=QiskitCompiler(),
        executor=_executor,
        progress=bar,
        say=streams.say,
        pause=world.pause,
        now=world.now,
        seed=world.seed,
    )


def _executor() -> "Executor":
    """One worker, whose compilation can be ended."""
    return wiring.compiling("serial")
