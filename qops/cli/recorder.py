"""The real `Recorder`, imported when a manifest turns out to have a matrix: other snapshots never need it."""

from typing import TYPE_CHECKING

from qops.model.ports import Ports, Recording
from qops.recorded import repository

if TYPE_CHECKING:
    from collections.abc import Callable

    from qops.transpile.ports import MatrixPorts


class LazyRecorder:
    """What a snapshot asks about the matrix of a repository."""

    def __init__(self, base: Ports, open_ports: "Callable[[], MatrixPorts]") -> None:
        self._base = base
        self._open = open_ports

    def recording(self) -> Recording | None:
        """The matrix as it is known; None where the manifest has none."""
        if repository.declared(self._base.tree).matrix is None:
            return None
        from qops.transpile.record import MatrixRecorder

        return MatrixRecorder(self._open()).recording()
