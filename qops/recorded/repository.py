"""What a repository declares and what it recorded: its manifest and its lock, at hand or at a revision."""

import msgspec

from qops.errors import InconclusiveError, InputError
from qops.formats import lock, manifest
from qops.model.manifest import (
    BackendEntry,
    CircuitEntry,
    Manifest,
    MatrixEntry,
    PythonSource,
    QpySource,
    Source,
)
from qops.model.ports import History, WorkTree
from qops.model.snapshot import CircuitRecord, Snapshot
from qops.model.spelling import did_you_mean
from qops.model.where import Where

MANIFEST = "qops.yaml"
LOCK = "qops.lock"
MATRIX = "qops.matrix"


def declared(tree: WorkTree) -> Manifest:
    """The manifest in the work tree."""
    if not tree.exists(MANIFEST):
        raise InputError(f"there is no {MANIFEST} here", where=Where(MANIFEST), hint="run `qops init` to begin one")
    return manifest.read(tree.read(MANIFEST), MANIFEST, tree.glob)


def with_matrix(tree: WorkTree) -> tuple[Manifest, MatrixEntry]:
    """The manifest, and the matrix that it declares."""
    manifest = declared(tree)
    if manifest.matrix is None:
        hint = "`matrix: {}` is every circuit on every backend; docs/how-to/compilation.md says more"
        raise InputError(f"{MANIFEST} has no `matrix`", where=Where(MANIFEST), hint=hint)
    return manifest, manifest.matrix


def recorded(tree: WorkTree) -> Snapshot | None:
    """The lock in the work tree, or None before the first snapshot."""
    return lock.read(tree.read(LOCK), LOCK) if tree.exists(LOCK) else None


def recorded_at(history: History, revision: str) -> Snapshot | None:
    """The lock at a revision, or None where there was none."""
    data = history.read(revision, LOCK)
    return None if data is None else lock.read(data, f"{revision[:12]}:{LOCK}")


def must_have(snapshot: Snapshot | None) -> Snapshot:
    """The snapshot; without one there is nothing to compare with."""
    if snapshot is None:
        raise InconclusiveError("nothing has been recorded yet", hint="run `qops snapshot` first")
    return snapshot


def record_of(snapshot: Snapshot, name: str, when: str) -> CircuitRecord:
    """The record of one circuit; `when` says of which snapshot, for the error."""
    record = snapshot.circuits.get(name)
    if record is None:
        raise InputError(
            f"no circuit is called `{name}` in the snapshot {when}", hint=did_you_mean(name, snapshot.circuits)
        )
    return record


def entries(declaration: Manifest, names: list[str]) -> list[CircuitEntry]:
    """The entries of the manifest by name, all of them for an empty list."""
    for name in names:
        if name not in declaration.circuits:
            hint = did_you_mean(name, declaration.circuits)
            raise InputError(f"no circuit is called `{name}` in {MANIFEST}", where=Where(MANIFEST), hint=hint)
    return [declaration.circuits[name] for name in dict.fromkeys(names or declaration.circuits)]


def backend(declaration: Manifest, name: str) -> BackendEntry:
    """The backend of the manifest called `name`."""
    if name not in declaration.backends:
        hint = did_you_mean(name, declaration.backends)
        if not declaration.backends:
            hint = "declare one, as in `backends: {torino: {kind: fake, device: torino}}`"
        raise InputError(f"no backend is called `{name}` in {MANIFEST}", where=Where(MANIFEST), hint=hint)
    return declaration.backends[name]


def source_text(source: Source) -> str:
    """A source as one line of text, as the lock keeps it.

    >>> source_text(QpySource("library.qpy", 2))
    'library.qpy#2'
    """
    if isinstance(source, PythonSource):
        arguments = f" {msgspec.json.encode(source.arguments).decode()}" if source.arguments else ""
        return f"python:{source.target}{arguments}"
    return f"{source.path}#{source.index}" if isinstance(source, QpySource) else source.path
