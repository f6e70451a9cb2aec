"""The targets that are kept, so that what needs a target need not import Qiskit.

A target is kept under `.qops/cache/targets/` by everything that it depends on: the entry of the manifest, and the
versions of the packages that make it. Of a device, which changes by itself, the one that was captured last is used
until it is captured anew; a generic backend without a seed is never kept. Beside each is a note of what is in it, so
that a target which is not needed itself is not read; what does not fit its note is made anew.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from importlib.util import find_spec
from pathlib import Path

import msgspec

from qops.backends import PACKAGES, Site, open_backend
from qops.errors import InputError
from qops.formats import target_json
from qops.formats.kept_target import KeptTarget
from qops.model.digest import to_hex
from qops.model.manifest import BackendEntry
from qops.model.ports import WorkTree
from qops.model.target import Target

DIRECTORY = ".qops/cache/targets"
VERSION = 1


class _Note(msgspec.Struct, frozen=True):
    """What is beside a target: the digest of its bytes, and the facts that are asked for most."""

    bytes: str
    identity: str
    qubits: int
    captured_at: str


class TargetShelf:
    """The shelf of the repository `tree`, for the backends that its manifest declares."""

    def __init__(
        self, tree: WorkTree, entries: Mapping[str, BackendEntry], say: Callable[[str], None] = lambda _: None
    ) -> None:
        self._tree = tree
        self._entries = entries
        self.site = Site(tree.read, lambda name: self.get(entries[name]).target(), say)

    def get(self, entry: BackendEntry, *, refresh: bool = False) -> KeptTarget:
        """The target of a backend, from the shelf if it is there; with `refresh`, as it is now.

        Raises:
            EnvironmentFault: the backend cannot be had.
            InputError: what the manifest says of it is wrong.
        """
        kept = None if refresh else self.peek(entry)
        return kept or self._keep(entry, self._made(entry))

    def peek(self, entry: BackendEntry) -> KeptTarget | None:
        """The target of a backend if it is there, no backend being opened."""
        if not entry.keeps:
            return None
        if entry.kind == "target":
            data = self._file(entry)
            return self._noted(entry, data) or self._keep(entry, target_json.read(data, entry.file), data)
        path = f"{DIRECTORY}/{self._key(entry)}.json"
        return self._noted(entry, self._tree.read(path)) if self._tree.exists(path) else None

    def _made(self, entry: BackendEntry) -> Target:
        if entry.kind == "target":
            return target_json.read(self._file(entry), entry.file)
        return open_backend(entry, self.site).target()

    def _file(self, entry: BackendEntry) -> bytes:
        if not self._tree.exists(entry.file):
            hint = f"`qops backend export NAME --to {entry.file}` writes one"
            raise InputError(f"there is no file {entry.file}", where=entry.where, hint=hint)
        return self._tree.read(entry.file)

    def _noted(self, entry: BackendEntry, data: bytes) -> KeptTarget | None:
        """The target that `data` are, if the note beside says so."""
        path = f"{DIRECTORY}/{self._key(entry)}.note"
        if not self._tree.exists(path):
            return None
        try:
            note = msgspec.json.decode(self._tree.read(path), type=_Note)
        except msgspec.MsgspecError:
            return None
        if note.bytes != to_hex(data):
            return None
        return KeptTarget(entry.name, data, note.identity, note.qubits, note.captured_at)

    def _keep(self, entry: BackendEntry, target: Target, written: bytes | None = None) -> KeptTarget:
        data = written or target_json.write(target)
        kept = KeptTarget(entry.name, data, target_json.identity(target), target.qubits, target.captured_at)
        if entry.keeps:
            path = f"{DIRECTORY}/{self._key(entry)}"
            note = _Note(to_hex(data), kept.identity, kept.qubits, kept.captured_at)
            if entry.kind != "target":
                self._tree.write(f"{path}.json", data)
            self._tree.write(f"{path}.note", msgspec.json.encode(note))
        return kept

    def _key(self, entry: BackendEntry) -> str:
        """The digest of what the target depends on; of a captured one, that alone by which it is called."""
        plain = {key: value for key, value in msgspec.structs.asdict(entry).items() if key != "where"}
        source = self._entries.get(entry.source)
        beneath = self._key(source) if source else ""
        versions = [version(package) for package in PACKAGES.get(entry.kind, ())] if entry.reproducible else []
        return to_hex(msgspec.json.encode([VERSION, plain, beneath, versions], order="sorted"))[:32]


def targets(entries: Iterable[BackendEntry], shelf: TargetShelf, *, refresh: bool = False) -> dict[str, KeptTarget]:
    """The targets of backends by name; `KeptTarget.target()` reads one, and its identity is known without."""
    return {entry.name: shelf.get(entry, refresh=refresh) for entry in entries}


def version(package: str) -> str:
    """The version of an installed package by the name that it is imported by, found without importing anything.

    From the file in which Qiskit's packages say it, else from the name of the package's `dist-info`; empty if unknown.
    """
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        return ""
    told = Path(spec.origin).with_name("VERSION.txt")
    if told.is_file():
        return told.read_text(encoding="utf-8").strip()
    named = re.compile(rf"{re.escape(package)}-(.+)\.dist-info", re.IGNORECASE)
    found = (named.fullmatch(each.name) for each in Path(spec.origin).parents[1].iterdir())
    return next((match[1] for match in found if match), "")
