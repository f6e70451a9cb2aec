"""What the user declared in `qops.yaml`, already valid."""

import msgspec

from qops.model.abtest import AbTestEntry
from qops.model.drift import DriftEntry
from qops.model.gate import Rules
from qops.model.kernels import SimilarityEntry
from qops.model.matrix import Option
from qops.model.noise_path import Motion
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


COUPLINGS = ("line", "ring", "grid", "heavy-hex", "full")
"""How the qubits of a generic backend are connected."""


class BackendEntry(msgspec.Struct, frozen=True):
    """One backend of the manifest; what its kind does not take is None or empty.

    `kind` is built in (`generic`, `aer`, `fake`, `ibm`, `target`) or the name of an entry point. `device` is the
    provider's name for the device, `noise_from` the backend whose noise a simulator has, `file` the path of a target,
    or of counts, from the repository's root, `python` the interpreter in which a backend of another package runs.
    `path` is how the noise of a `drifting` backend moves from `start` on (ISO 8601, UTC), `of` the backend whose counts
    are replayed.
    """

    name: str
    kind: str
    where: Where
    device: str = ""
    qubits: int | None = None
    seed: int | None = None
    coupling: str = ""
    basis: tuple[str, ...] = ()
    noise_from: str = ""
    file: str = ""
    python: str = ""
    options: dict[str, object] = {}
    of: str = ""
    path: tuple[Motion, ...] = ()
    start: str = ""

    @property
    def source(self) -> str:
        """The backend whose target this one is made of; empty where there is none."""
        return self.noise_from or self.of

    @property
    def stands_in(self) -> bool:
        """Whether it stands for another backend, whose target and calibration are its own."""
        return self.kind in {"drifting", "replay"}

    @property
    def reproducible(self) -> bool:
        """Whether this entry alone gives the same target on every machine with the same versions.

        A device changes with every calibration, and a generic backend without a seed with every look at it.
        """
        return self.kind in {"aer", "fake", "target", "drifting", "replay"} or (
            self.kind == "generic" and self.seed is not None
        )

    @property
    def keeps(self) -> bool:
        """Whether the target that was captured last stands for the backend until it is captured anew.

        A generic backend without a seed is never the same twice, so nothing that was kept would say what it is.
        """
        return self.kind != "generic" or self.seed is not None


class MatrixEntry(msgspec.Struct, frozen=True):
    """What `qops transpile-matrix` compiles.

    Names of circuits and backends are those of the manifest; `options` are the compiler's; `layouts` the physical qubit
    of each qubit by circuit. `rules` say when compilation became worse; a cell is given up after `limit_s` seconds.
    """

    circuits: tuple[str, ...]
    backends: tuple[str, ...]
    levels: tuple[int, ...]
    seeds: tuple[int, ...]
    options: dict[str, Option]
    layouts: dict[str, tuple[int, ...]]
    rules: Rules
    limit_s: float
    where: Where


class Manifest(msgspec.Struct, frozen=True):
    """The whole manifest. `store` is the directory that DVC tracks, from the repository's root."""

    version: int
    store: str
    circuits: dict[str, CircuitEntry]
    backends: dict[str, BackendEntry] = {}
    matrix: MatrixEntry | None = None
    abtests: dict[str, AbTestEntry] = {}
    similarities: dict[str, SimilarityEntry] = {}
    watches: dict[str, DriftEntry] = {}
