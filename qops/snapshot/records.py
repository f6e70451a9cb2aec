"""From a circuit that was read to what is kept of it: its record and its artifacts. Pure."""

import msgspec

from qops.circuits import identity, sizes, writer
from qops.formats import parameters_csv
from qops.formats.repository import source_text
from qops.model.digest import to_hex
from qops.model.loaded import LoadedCircuit
from qops.model.manifest import CircuitEntry
from qops.model.snapshot import CircuitRecord

TEXT = "circuit.qasm"
PARAMETERS = "parameters.csv"
QPY = "circuit.qpy"


def folder(name: str) -> str:
    """Where a circuit's artifacts are, inside the store."""
    return f"circuits/{name}"


def artifacts(name: str, loaded: LoadedCircuit) -> dict[str, bytes]:
    """The files to keep of a circuit, by their paths inside the store."""
    files = {TEXT: writer.write(loaded.circuit).encode()}
    if loaded.parameters is not None:
        files[PARAMETERS] = parameters_csv.write(loaded.parameters)
    if loaded.qpy is not None:
        files[QPY] = loaded.qpy
    return {f"{folder(name)}/{file}": data for file, data in files.items()}


def record(entry: CircuitEntry, loaded: LoadedCircuit) -> CircuitRecord:
    """What the lock remembers, but for the files, which the store names."""
    return CircuitRecord(
        name=entry.name,
        source=source_text(entry.source),
        format=loaded.circuit.source_format,
        digest=identity.digests(loaded.circuit, loaded.data, loaded.parameters),
        sizes=sizes.measure(loaded.circuit),
        parameter_count=len(loaded.circuit.parameters),
        bindings=len(loaded.parameters.bindings) if loaded.parameters else 0,
        parameters_bytes=to_hex(loaded.parameters_data) if loaded.parameters else "",
        tags=entry.tags,
        files={},
    )


def with_files(record: CircuitRecord, files: dict[str, str]) -> CircuitRecord:
    """The record with those of `files` (artifact path → MD5) that are its own."""
    own = folder(record.name) + "/"
    mine = {
        path[len(own) :]: md5 for path, md5 in files.items() if path.startswith(own) and "/" not in path[len(own) :]
    }
    return msgspec.structs.replace(record, files=dict(sorted(mine.items())))


def faithful(kept: CircuitRecord, loaded: LoadedCircuit) -> bool:
    """Whether a circuit read back has the identity that was recorded, whatever its source's bytes."""
    now, then = identity.digests(loaded.circuit, b"", loaded.parameters), kept.digest
    return (now.skeleton, now.parameters, now.frame) == (then.skeleton, then.parameters, then.frame)
