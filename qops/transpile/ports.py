"""The doors that this slice needs besides those that every slice has."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from qops.formats.kept_target import Targets
from qops.model.examination import Examiner
from qops.model.ports import CellCache, Compiler, Executor, Ports, Task


@dataclass(frozen=True)
class MatrixPorts:
    """All the doors of the slice.

    `executor` makes what does some tasks; `progress` is entered with what is done and how often, and what it gives
    is called as each of them ends. `prepare` is called as soon as it is certain that something will be compiled.
    `examiner` has a prover, None where none is installed.
    """

    base: Ports
    targets: Targets
    compiler: Compiler
    cache: CellCache
    executor: Callable[[Sequence[Task]], Executor]
    progress: Callable[[str, int], AbstractContextManager[Callable[[], None]]]
    examiner: Examiner | None = None
    prepare: Callable[[], None] = lambda: None
