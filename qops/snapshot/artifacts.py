"""The artifacts of a circuit: from what was read, to what the store names, and whether it came back the same. Pure."""

import msgspec

from qops.circuits import identity, writer
from qops.formats import parameters_csv
from qops.model.loaded import LoadedCircuit
from qops.model.snapshot import CircuitRecord
from qops.recorded.records import PARAMETERS, QPY, TEXT, folder


def contents(name: str, loaded: LoadedCircuit) -> dict[str, bytes]:
    """The files to keep of a circuit, by their paths inside the store."""
    files = {TEXT: writer.write(loaded.circuit).encode()}
    if loaded.parameters is not None:
        files[PARAMETERS] = parameters_csv.write(loaded.parameters)
    if loaded.qpy is not None:
        files[QPY] = loaded.qpy
    return {f"{folder(name)}/{file}": data for file, data in files.items()}


def with_files(record: CircuitRecord, files: dict[str, str]) -> CircuitRecord:
    """The record with those of `files` (artifact path → MD5) that are its own."""
    places = {file: f"{folder(record.name)}/{file}" for file in sorted((TEXT, PARAMETERS, QPY))}
    own = {file: files[place] for file, place in places.items() if place in files}
    return msgspec.structs.replace(record, files=own)


def faithful(kept: CircuitRecord, loaded: LoadedCircuit) -> bool:
    """Whether a circuit read back has the identity that was recorded, whatever its source's bytes."""
    now, then = identity.digests(loaded.circuit, b"", loaded.parameters), kept.digest
    return (now.skeleton, now.parameters, now.frame) == (then.skeleton, then.parameters, then.frame)
