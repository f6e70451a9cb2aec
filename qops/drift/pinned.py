"""The circuit of a watch as it is run: compiled once, kept beside its epochs, the same at every epoch.

A circuit that is compiled anew at each epoch would move with the compiler's luck, and with what the calibration of the
day makes of it; the watch would be of both. So what was compiled stays until the source changes, whatever is
calibrated.
"""

import msgspec

from qops.circuits import reader, writer
from qops.drift.ports import DriftPorts
from qops.errors import InputError
from qops.model.circuit import Circuit
from qops.model.digest import to_hex
from qops.model.drift import DriftEntry
from qops.model.manifest import Manifest
from qops.model.where import Where
from qops.recorded.compilation import Wanted, compiled

_VERSION = 1


class Pinned(msgspec.Struct, frozen=True):
    """What is kept: the digest of the source, how it was compiled, and the text of what came out."""

    source: str
    backend: str
    level: int
    seed: int
    text: str


class _File(msgspec.Struct, frozen=True, omit_defaults=False):
    schema_version: int
    compiled: Pinned


def pinned(ports: DriftPorts, manifest: Manifest, entry: DriftEntry, circuit: Circuit) -> tuple[Circuit, bool]:
    """The circuit to run, and whether it was compiled just now; one on physical qubits is run as it is.

    Raises:
        InputError: it cannot be compiled, or what is kept is damaged.
    """
    if circuit.is_placed:
        return circuit, False
    path, series = f"drift/{entry.name}/compiled.json", ports.base.series()
    source = to_hex(writer.write(circuit).encode())
    kept = _kept(series.read(path), f"{series.directory}/{path}")
    if kept and (kept.source, kept.backend, kept.level) == (source, entry.backend, entry.level):
        return reader.read(kept.text.encode(), f"{series.directory}/{path}"), False
    wanted = Wanted(manifest.backends[entry.backend], entry.level, entry.seed, entry.where)
    made = compiled(ports.bench(), wanted, {entry.name: circuit})[entry.name]
    fresh = _File(_VERSION, Pinned(source, entry.backend, entry.level, entry.seed, writer.write(made)))
    with ports.base.exclusive():
        series.write(path, msgspec.json.format(msgspec.json.encode(fresh), indent=2) + b"\n")
    return made, True


def _kept(data: bytes | None, place: str) -> Pinned | None:
    if data is None:
        return None
    try:
        found = msgspec.json.decode(data, type=_File)
    except (msgspec.MsgspecError, UnicodeDecodeError) as problem:
        hint = "`dvc checkout series.dvc` brings it back; without the file it is compiled anew"
        raise InputError(f"the compiled circuit is damaged: {problem}", where=Where(place), hint=hint) from None
    return found.compiled if found.schema_version == _VERSION else None
