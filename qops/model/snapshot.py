"""A snapshot: what `qops.lock` remembers of each circuit, and of the place where it was taken."""

import msgspec

from qops.model.digest import CircuitDigest


class Sizes(msgspec.Struct, frozen=True):
    """The size of a circuit: counts of operations as written, gate by gate in alphabetical order."""

    qubits: int
    bits: int
    operations: int
    depth: int
    two_qubit: int
    t_count: int
    gates: dict[str, int]


class CircuitRecord(msgspec.Struct, frozen=True):
    """What the lock remembers of one circuit: enough to answer most questions without the store.

    `source` is the manifest's source as one line of text; `parameter_count` the number of named parameters;
    `bindings` the number of rows of values; `files` the artifact files with the MD5 by which DVC names them.
    `parameters_bytes` is the digest of the parameter file as it stands, empty where there is none.
    """

    name: str
    source: str
    format: str
    digest: CircuitDigest
    sizes: Sizes
    parameter_count: int
    bindings: int
    parameters_bytes: str
    tags: tuple[str, ...]
    files: dict[str, str]


class CalibrationRecord(msgspec.Struct, frozen=True):
    """What the lock remembers of a backend's calibration: its identity, when it was measured, its artifact's MD5."""

    name: str
    identity: str
    captured_at: str
    qubits: int
    file: str


class Environment(msgspec.Struct, frozen=True):
    """Where a snapshot was taken: versions by package, platform, and the git revision it stood on."""

    versions: dict[str, str]
    platform: str
    revision: str
    dirty: bool
    seeds: dict[str, int] = {}


class Snapshot(msgspec.Struct, frozen=True):
    """The content of `qops.lock`; `compiled` are the MD5s of compiled circuits by their paths inside the store."""

    circuits: dict[str, CircuitRecord]
    environment: Environment
    store: str
    calibrations: dict[str, CalibrationRecord] = {}
    compiled: dict[str, str] = {}
