"""The stored circuits, read again, and held against the identity and the sizes that the lock records."""

from collections.abc import Iterable, Iterator

import msgspec

from qops.circuits.reader import read
from qops.errors import InputError
from qops.formats import parameters_csv
from qops.fsck.contents import Inspect
from qops.fsck.findings import Finding, Subject, Version
from qops.model.loaded import LoadedCircuit
from qops.model.snapshot import CircuitRecord
from qops.model.wording import counted
from qops.recorded import records
from qops.recorded.repository import LOCK


class Readings:
    """The circuits of versions, each distinct record read once."""

    def __init__(self, versions: Iterable[Version], inspect: Inspect) -> None:
        self._inspect = inspect
        self._distinct: dict[bytes, tuple[Version, CircuitRecord]] = {}
        for version in versions:
            for record in version.snapshot.circuits.values():
                self._distinct.setdefault(_key(version, record), (version, record))

    def __len__(self) -> int:
        return len(self._distinct)

    def findings(self) -> Iterator[Finding]:
        """A finding for each that is not what was recorded, and one for all that could not be read."""
        unread: dict[str, Version] = {}
        for version, record in self._distinct.values():
            files = self._files(version, record)
            if files is None:
                unread.setdefault(record.name, version)
            elif cause := _cause(record, *files):
                yield _finding(version, record, cause)
        if unread:
            cause = f"{counted(len(unread), 'circuit')} not read: what is stored of them is missing or damaged"
            store = next(iter(unread.values())).store
            yield Finding(Subject.CIRCUITS, store, cause, proven=False, circuits=tuple(sorted(unread)))

    def _files(self, version: Version, record: CircuitRecord) -> tuple[bytes, bytes | None] | None:
        """The stored text and values; None where one that there should be cannot be had."""
        inspection = self._inspect(version.store)
        digest, values = record.files.get(records.TEXT), record.files.get(records.PARAMETERS)
        text = inspection.read(digest) if digest else None
        data = inspection.read(values) if values else None
        return None if text is None or (values and data is None) else (text, data)


def _key(version: Version, record: CircuitRecord) -> bytes:
    """What a record says of its circuit, less the source that it came from."""
    digest = msgspec.structs.replace(record.digest, bytes="")
    plain = msgspec.structs.replace(record, digest=digest, source="", format="", parameters_bytes="", tags=())
    return msgspec.json.encode((version.store, plain))


def _cause(record: CircuitRecord, text: bytes, data: bytes | None) -> str | None:
    try:
        values = None if data is None else parameters_csv.read(data, records.PARAMETERS)
        loaded = LoadedCircuit(read(text, records.TEXT), text, values)
    except InputError as problem:
        return f"it cannot be read: {problem}"
    now = records.describe(record.name, "", (), loaded)
    wrong = [name for name, (recorded, found) in _facts(record, now).items() if recorded != found]
    return f"{', '.join(wrong)}: not as {LOCK} records" if wrong else None


def _facts(recorded: CircuitRecord, now: CircuitRecord) -> dict[str, tuple[object, object]]:
    then, found = recorded.digest, now.digest
    return {
        "skeleton": (then.skeleton, found.skeleton),
        "parameters": (then.parameters, found.parameters),
        "frame": (then.frame, found.frame),
        "sizes": (recorded.sizes, now.sizes),
        "parameter count": (recorded.parameter_count, now.parameter_count),
        "bindings": (recorded.bindings, now.bindings),
    }


def _finding(version: Version, record: CircuitRecord, cause: str) -> Finding:
    place = f"{version.store}/{records.folder(record.name)}/{records.TEXT}"
    hint = f"the lock and the store do not belong together: `qops snapshot {record.name}` records the circuit anew"
    return Finding(Subject.CIRCUITS, place, cause, circuits=(record.name,), labels=tuple(version.labels), hint=hint)
