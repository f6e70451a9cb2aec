"""A whole project in memory: the ports that the product ships, around a few files."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from qops.model.ports import Ports
from qops.readers.sources import LocalSources
from qops.vault.memory import MemoryHistory, MemorySeries, MemoryStore, MemoryTree

BELL = """\
OPENQASM 3.0;
include "stdgates.inc";
input float theta;
qubit[2] q;
h q[0];
cx q[0], q[1];
rz(theta) q[1];
"""
GHZ = """\
OPENQASM 2.0;
include "qelib1.inc";
qreg q[3];
creg c[3];
h q[0];
cx q[0],q[1];
cx q[1],q[2];
measure q -> c;
"""
MANIFEST = """\
version: 1
circuits:
  bell:
    source: bell.qasm
    parameters: bell.csv
    tags: [small]
  ghz:
    source: ghz.qasm
"""
FILES = {"qops.yaml": MANIFEST, "bell.qasm": BELL, "bell.csv": "parameter,value\ntheta,0.5\n", "ghz.qasm": GHZ}


class MemoryFiles:
    """The `AnyFile` port over a tree in memory: files under its root, and others in a dictionary."""

    def __init__(self, tree: MemoryTree) -> None:
        self.tree = tree
        self.outside: dict[Path, bytes] = {}

    def read(self, path: Path) -> bytes | None:
        inside = self.inside(path)
        return self.outside.get(path) if inside is None else self.tree.files.get(inside)

    def inside(self, path: Path) -> str | None:
        return path.relative_to(self.tree.root).as_posix() if path.is_relative_to(self.tree.root) else None

    def write(self, path: Path, data: bytes) -> None:
        inside = self.inside(path)
        if inside is None:
            self.outside[path] = data
        else:
            self.tree.write(inside, data)


class Project:
    """A project whose parts a test may look at and change."""

    def __init__(self, files: dict[str, str] | None = None) -> None:
        contents = FILES if files is None else files
        self.tree = MemoryTree({path: text.encode() for path, text in contents.items()})
        self.history = MemoryHistory(self.tree)
        self.store = MemoryStore(self.tree)
        self.series = MemorySeries(self.tree, MemoryStore(self.tree, "series"))
        self.files = MemoryFiles(self.tree)
        self.ports = Ports(
            tree=self.tree,
            history=self.history,
            store=lambda _directory: self.store,
            series=lambda: self.series,
            sources=LocalSources(self.tree),
            exclusive=_no_lock,
            versions=lambda: {"python": "3.11.7", "qops": "0.1.0"},
            platform="Test-x86_64",
            anywhere=self.files,
        )

    def write(self, path: str, text: str) -> None:
        """Edit a file of the work tree."""
        self.tree.files[path] = text.encode()

    def commit(self, message: str, *paths: str) -> str:
        """Commit files as a user would."""
        self.history.stage(paths)
        return self.history.commit(paths, message)


@contextmanager
def _no_lock() -> Iterator[None]:
    yield
