"""From a circuit that was read to what the lock remembers of it, and where its artifacts are in the store."""

from qops.circuits import identity, sizes
from qops.model.digest import to_hex
from qops.model.loaded import LoadedCircuit
from qops.model.manifest import CircuitEntry
from qops.model.snapshot import CircuitRecord
from qops.recorded.repository import source_text

TEXT = "circuit.qasm"
PARAMETERS = "parameters.csv"
QPY = "circuit.qpy"
FOLDERS = ("circuits/", "calibration/", "transpiled/")
"""Where artifacts are, inside the store."""


def calibration(name: str) -> str:
    """Where the calibration of a backend is, inside the store."""
    return f"calibration/{name}.json"


def folder(name: str) -> str:
    """Where a circuit's artifacts are, inside the store."""
    return f"circuits/{name}"


def record(entry: CircuitEntry, loaded: LoadedCircuit) -> CircuitRecord:
    """What the lock remembers, but for the files, which the store names."""
    return describe(entry.name, source_text(entry.source), entry.tags, loaded)


def describe(name: str, source: str, tags: tuple[str, ...], loaded: LoadedCircuit) -> CircuitRecord:
    """The record of a circuit that is in no manifest."""
    return CircuitRecord(
        name=name,
        source=source,
        format=loaded.circuit.source_format,
        digest=identity.digests(loaded.circuit, loaded.data, loaded.parameters),
        sizes=sizes.measure(loaded.circuit),
        parameter_count=len(loaded.circuit.parameters),
        bindings=len(loaded.parameters.bindings) if loaded.parameters else 0,
        parameters_bytes=to_hex(loaded.parameters_data) if loaded.parameters else "",
        tags=tags,
        files={},
    )
