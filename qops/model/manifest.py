"""What the user declared in `qops.yaml`, already valid."""

import msgspec

from qops.model.where import Where


class QasmSource(msgspec.Struct, frozen=True):
    """An OpenQASM 2 or 3 file, by its path from the repository's root, with `/` between."""

    path: str


class QpySource(msgspec.Struct, frozen=True):
    """One circuit of a QPY file, counted from zero."""

    path: str
    index: int = 0


class PythonSource(msgspec.Struct, frozen=True):
    """A function that returns a circuit: `module:function`, called with keyword arguments in a contained child."""

    target: str
    arguments: dict[str, object] = {}


Source = QasmSource | QpySource | PythonSource


class CircuitEntry(msgspec.Struct, frozen=True):
    """One circuit of the manifest; globs are already spread into one entry a file."""

    name: str
    source: Source
    parameters: str | None
    tags: tuple[str, ...]
    where: Where


class Manifest(msgspec.Struct, frozen=True):
    """The whole manifest. `store` is the directory that DVC tracks, from the repository's root."""

    version: int
    store: str
    circuits: dict[str, CircuitEntry]
