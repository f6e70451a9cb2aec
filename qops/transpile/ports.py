"""The doors that this slice needs besides those that every slice has."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from qops.model.manifest import BackendEntry
from qops.model.ports import CellCache, Compiler, Executor, KeptTarget, Ports, Task


@dataclass(frozen=True)
class MatrixPorts:
    """All the doors of the slice.

    `targets` are those of backends of the manifest, by their names. `executor` makes what does some tasks; `progress`
    is entered with the number of cells to compile, and what it gives is called as each of them ends.
    """

    base: Ports
    targets: Callable[[Sequence[BackendEntry]], Mapping[str, KeptTarget]]
    compiler: Compiler
    cache: CellCache
    executor: Callable[[Sequence[Task]], Executor]
    progress: Callable[[int], AbstractContextManager[Callable[[], None]]]
