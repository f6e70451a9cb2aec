"""The real `CircuitSources`, imported when the first circuit is read: `log` and `show` never need them."""

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from qops.cli.progress import announced
from qops.model.loaded import LoadedCircuit
from qops.model.manifest import CircuitEntry
from qops.model.ports import WorkTree

if TYPE_CHECKING:
    from qops.readers.sources import LocalSources


class LazySources:
    """The circuits of a work tree."""

    def __init__(self, tree: WorkTree) -> None:
        self._tree = tree

    def read(self, entries: Iterable[CircuitEntry]) -> dict[str, LoadedCircuit]:
        """Every entry by its name; who waits at a terminal sees which one is being read."""
        with announced(tuple(entries)) as one_by_one:
            return self._real.read(one_by_one)

    def read_text(self, name: str, data: bytes) -> LoadedCircuit:
        """A circuit from the bytes of a file called `name`."""
        return self._real.read_text(name, data)

    def data(self, entry: CircuitEntry) -> tuple[bytes, bytes]:
        """The bytes of the source and of the parameter file."""
        return self._real.data(entry)

    @cached_property
    def _real(self) -> "LocalSources":
        from qops.readers.sources import LocalSources

        return LocalSources(self._tree)
