"""`qops restore`: a circuit back, exactly, from git where it holds the source, from the store otherwise."""

from contextlib import nullcontext
from pathlib import Path

import msgspec

from qops.circuits.reader import read
from qops.errors import EnvironmentFault, InputError
from qops.formats import parameters_csv
from qops.model.digest import to_hex
from qops.model.loaded import LoadedCircuit
from qops.model.ports import Ports
from qops.model.report import Report
from qops.model.snapshot import CircuitRecord, Snapshot
from qops.model.where import Where
from qops.recorded import records, repository
from qops.snapshot import artifacts
from qops.snapshot.naming import snapshot_at, split


class Restored(msgspec.Struct, frozen=True):
    """A file to write: its content and where that came from."""

    data: bytes
    origin: str


def run(ports: Ports, circuit: str, *, to: Path | None = None, force: bool = False) -> Report:
    """Bring back `NAME@REV`, to its source file or to `to`, its parameters beside.

    Raises:
        EnvironmentFault: what the store holds is not what was recorded.
        InputError: the target cannot be a circuit's file, or holds something that git does not have, and `force` is not
            given.
    """
    if to is not None:
        _refuse_name(to)
    name, revision = split(circuit)
    snapshot, when = snapshot_at(ports, revision)
    kept = repository.record_of(snapshot, name, when)
    commit = ports.history.resolve(revision) if revision else ports.history.head()
    shelf = _Shelf(ports, snapshot, kept, commit)
    files = shelf.beside(to) if to else shelf.in_place()
    if not force:
        for target, restored in files.items():
            _refuse_loss(ports, target, restored)
    within = any(ports.anywhere.inside(target) is not None for target in files)
    with ports.exclusive() if within else nullcontext():
        for target, restored in files.items():
            ports.anywhere.write(target, restored.data)
    return Report(
        command="restore",
        title=f"Restored {circuit}",
        facts=tuple((str(target), f"{len(r.data):,} bytes, {r.origin}") for target, r in files.items()),
        summary=f"{name} is back as it was {when if revision else 'recorded'}; its digests are verified",
        data={"files": {str(target): restored.origin for target, restored in files.items()}},
    )


class _Shelf:
    """Finds the files of one recorded circuit and verifies them."""

    def __init__(self, ports: Ports, snapshot: Snapshot, kept: CircuitRecord, commit: str | None) -> None:
        self._ports = ports
        self._store = ports.store(snapshot.store)
        self._kept = kept
        self._commit = commit

    def beside(self, target: Path) -> dict[Path, Restored]:
        """The circuit to `target`, QPY if it is called so, and its parameters beside."""
        files = {target: self._packed() if target.suffix.lower() == ".qpy" else self._circuit()}
        values = self._artifact(records.PARAMETERS)
        if values is not None:
            files[target.with_suffix(".csv")] = Restored(values, "from the store")
        return files

    def in_place(self) -> dict[Path, Restored]:
        """The circuit to its source, its parameters to where the manifest keeps them."""
        kept, root = self._kept, self._ports.tree.root
        if not kept.source.lower().endswith(".qasm"):
            raise InputError(f"`{kept.name}` comes from {kept.source}, not from a text", hint="name a file with --to")
        files = {root / kept.source: self._circuit()}
        declared = repository.declared(self._ports.tree).circuits.get(kept.name)
        values = self._artifact(records.PARAMETERS)
        if values is not None and declared is not None and declared.parameters:
            original = self._in_git(declared.parameters, kept.parameters_bytes)
            files[root / declared.parameters] = original or Restored(values, "from the store")
        return files

    def _circuit(self) -> Restored:
        text = self._artifact(records.TEXT)
        if text is None:
            raise EnvironmentFault(f"the snapshot keeps no text of `{self._kept.name}`", hint="take a new snapshot")
        values = self._artifact(records.PARAMETERS)
        parameters = None if values is None else parameters_csv.read(values, records.PARAMETERS)
        circuit = read(text, f"{self._kept.name}/{records.TEXT}")
        if not artifacts.faithful(self._kept, LoadedCircuit(circuit, text, parameters)):
            raise EnvironmentFault(
                f"the stored text of `{self._kept.name}` is not the circuit that was recorded",
                hint="the lock and the store do not belong together; check out both at one revision",
            )
        return self._in_git(self._kept.source, self._kept.digest.bytes) or Restored(text, "canonical, from the store")

    def _packed(self) -> Restored:
        packed = self._artifact(records.QPY)
        if packed is None:
            hint = "restore it to a .qasm file"
            raise InputError(f"no QPY was kept of `{self._kept.name}`: its text carries all of it", hint=hint)
        return Restored(packed, "QPY from the store")

    def _artifact(self, file: str) -> bytes | None:
        md5 = self._kept.files.get(file)
        return None if md5 is None else self._store.read(f"{records.folder(self._kept.name)}/{file}", md5)

    def _in_git(self, path: str, digest: str) -> Restored | None:
        if self._commit is None or not path.lower().endswith((".qasm", ".csv")):  # a Python source is no path
            return None
        data = self._ports.history.read(self._commit, path)
        return Restored(data, "as git has it") if data is not None and to_hex(data) == digest else None


def _refuse_name(target: Path) -> None:
    """Refuse a target beside which the parameters, in a `.csv` of the same name, have no place."""
    if target.suffix.lower() == ".csv":
        raise InputError(
            "a .csv file is for parameters, not for a circuit",
            where=Where(str(target)),
            hint=f"name `{target.with_suffix('.qasm')}`: the parameters go beside it",
        )
    if not target.name:
        raise InputError("this is a directory", where=Where(str(target)), hint="name a file in it")


def _refuse_loss(ports: Ports, target: Path, restored: Restored) -> None:
    """Refuse to overwrite what only the file holds."""
    present = ports.anywhere.read(target)
    if present is None or present == restored.data:
        return
    path, head = ports.anywhere.inside(target), ports.history.head()
    if path is not None and head is not None and ports.history.read(head, path) == present:
        return
    raise InputError(
        "the file holds something that git does not",
        where=Where(str(target)),
        hint="commit it first, or overwrite it with --force, or restore to another file with --to",
    )
