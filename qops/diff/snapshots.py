"""Gather the circuits of a project: of two snapshots, or of a snapshot and the files as they are."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from qops.diff.versions import Gathered, Pair, Version
from qops.errors import DamageFault, EnvironmentFault, InconclusiveError, InputError
from qops.formats import manifest, parameters_csv
from qops.model.change import Change, between
from qops.model.circuit import Circuit
from qops.model.digest import to_hex
from qops.model.manifest import CircuitEntry, PythonSource
from qops.model.parameters import ParameterSet
from qops.model.ports import Ports
from qops.model.snapshot import CircuitRecord, Snapshot
from qops.model.spelling import did_you_mean
from qops.recorded import records, repository

FILES = "the files as they are"


def gather(ports: Ports, a: str | None, b: str | None, names: Sequence[str]) -> Gathered:
    """The pairs between snapshot `a`, the last one for None, and snapshot `b`, for None the files as they are.

    Circuits are read only where their digests say that they differ.

    Raises:
        InconclusiveError: there is no such snapshot.
        InputError: a revision or a name is unknown, or a circuit cannot be read.
        DamageFault: what the store holds of a circuit that differs is damaged.
    """
    old = _Recorded.at(ports, a)
    if b is None:
        entries = repository.declared(ports.tree).circuits
        chosen = _chosen(names, [*old.records, *entries])
        present = _present(ports, [entries[name] for name in chosen if name in entries], old.records)
        return Gathered(old.label, FILES, tuple(old.beside(name, present.get(name)) for name in chosen))
    new = _Recorded.at(ports, b)
    chosen = _chosen(names, [*old.records, *new.records])
    pairs = [old.beside(name, new.version(name, whole=new.differs(name, old.records.get(name)))) for name in chosen]
    return Gathered(old.label, new.label, tuple(pairs))


class _Recorded:
    """The circuits of one snapshot: their records, and themselves where they are asked for."""

    def __init__(self, ports: Ports, snapshot: Snapshot, commit: str | None, label: str) -> None:
        self._ports = ports
        self._snapshot = snapshot
        self._commit = commit
        self.records = snapshot.circuits
        self.label = label

    @classmethod
    def at(cls, ports: Ports, revision: str | None) -> "_Recorded":
        """The snapshot at a revision, or the last one."""
        if revision is None:
            snapshot = repository.must_have(repository.recorded(ports.tree))
            return cls(ports, snapshot, ports.history.head(), "the last snapshot")
        commit = ports.history.resolve(revision)
        found = repository.recorded_at(ports.history, commit)
        if found is None:
            raise InconclusiveError(
                f"there is no snapshot at {revision}", hint="`qops log` lists the revisions that have one"
            )
        return cls(ports, found, commit, revision if commit.startswith(revision) else f"{revision} ({commit[:12]})")

    def differs(self, name: str, other: CircuitRecord | None) -> bool:
        """Whether it takes the circuits themselves to say how a record differs from another."""
        mine = self.records.get(name)
        return mine is not None and other is not None and between(other, mine).rank >= Change.FRAME.rank

    def beside(self, name: str, new: Version | None) -> Pair:
        """The pair of a circuit here and its new version."""
        return Pair(name, self.version(name, whole=self.differs(name, new.record if new else None)), new)

    def version(self, name: str, *, whole: bool) -> Version | None:
        """A circuit's record, `whole` with the circuit; None where it was not recorded."""
        kept = self.records.get(name)
        if kept is None or not whole:
            return None if kept is None else Version(kept)
        try:
            return Version(kept, self._circuit(kept), self._parameters(kept))
        except DamageFault:
            raise
        except EnvironmentFault as fault:
            missing = f"{fault.cause}{f'; {fault.hint}' if fault.hint else ''}"
            return Version(kept, missing=missing, fetch=self._fetch(kept))

    def _fetch(self, kept: CircuitRecord) -> str:
        """The command that brings a circuit's artifacts: `dvc pull` knows no version but the one at hand."""
        present = self._at_hand.circuits.get(kept.name) if self._at_hand else None
        return "dvc pull" if present and present.files == kept.files else "dvc fetch --all-commits"

    def _circuit(self, kept: CircuitRecord) -> Circuit:
        """From the store, or where that does not have it, from the source that git has."""
        name, text = f"{kept.name}/{records.TEXT}", None
        try:
            text = self._artifact(kept, records.TEXT)
        except DamageFault:
            raise
        except EnvironmentFault:
            name, text = kept.source, self._in_git(kept.source, kept.digest.bytes)
            if text is None:
                raise
        if text is None:
            raise EnvironmentFault(f"the snapshot keeps no text of `{kept.name}`", hint="take a new snapshot")
        return self._ports.sources.read_text(name, text).circuit

    def _parameters(self, kept: CircuitRecord) -> ParameterSet | None:
        """From the store, or where that does not have them, from the file that git has."""
        name = f"{kept.name}/{records.PARAMETERS}"
        try:
            values = self._artifact(kept, records.PARAMETERS)
        except DamageFault:
            raise
        except EnvironmentFault:
            entry = self._declared.get(kept.name)
            values = self._in_git(entry.parameters, kept.parameters_bytes) if entry and entry.parameters else None
            if values is None:
                raise
        return None if values is None else parameters_csv.read(values, name)

    @cached_property
    def _at_hand(self) -> Snapshot | None:
        return repository.recorded(self._ports.tree)

    @cached_property
    def _declared(self) -> Mapping[str, CircuitEntry]:
        """What the manifest of that time says, as far as it can be read."""
        data = self._ports.history.read(self._commit, repository.MANIFEST) if self._commit else None
        try:
            return {} if data is None else manifest.read(data, repository.MANIFEST, self._ports.tree.glob).circuits
        except InputError:
            return {}

    def _in_git(self, path: str, digest: str) -> bytes | None:
        if self._commit is None or not path.lower().endswith((".qasm", ".csv")):  # a Python source is no path
            return None
        data = self._ports.history.read(self._commit, path)
        return data if data is not None and to_hex(data) == digest else None

    def _artifact(self, kept: CircuitRecord, file: str) -> bytes | None:
        md5 = kept.files.get(file)
        store = self._ports.store(self._snapshot.store)
        return None if md5 is None else store.read(f"{records.folder(kept.name)}/{file}", md5)


def _chosen(names: Sequence[str], known: Iterable[str]) -> list[str]:
    every = sorted(set(known))
    for name in names:
        if name not in every:
            raise InputError(f"no circuit is called `{name}`", hint=did_you_mean(name, every))
    return sorted(set(names)) or every


def _present(
    ports: Ports, entries: Sequence[CircuitEntry], recorded: Mapping[str, CircuitRecord]
) -> dict[str, Version]:
    """The circuits of the work tree; those whose files are byte for byte as recorded are not read."""
    same = {entry.name for entry in entries if _as_recorded(ports, entry, recorded.get(entry.name))}
    loaded = ports.sources.read([entry for entry in entries if entry.name not in same])
    fresh = {
        entry.name: Version(records.record(entry, read), read.circuit, read.parameters)
        for entry in entries
        if (read := loaded.get(entry.name)) is not None
    }
    return {name: Version(recorded[name]) for name in same} | fresh


def _as_recorded(ports: Ports, entry: CircuitEntry, kept: CircuitRecord | None) -> bool:
    if kept is None or isinstance(entry.source, PythonSource):
        return False
    if (kept.source, kept.tags) != (repository.source_text(entry.source), entry.tags):
        return False
    data, parameters = ports.sources.data(entry)
    values = to_hex(parameters) if entry.parameters else ""
    return (to_hex(data), values) == (kept.digest.bytes, kept.parameters_bytes)
