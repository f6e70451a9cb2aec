"""The shape of `qops.yaml`, version 1: what is read, what the reference says, and what editors check, in one place.

A new section of the manifest is a struct here and a field of `ManifestFile`. Patterns are for editors; the rules say
the same in words, and more.
"""

import json
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from qops.formats import manifest_rules as rules
from qops.formats.manifest_abtests_schema import AbTests
from qops.formats.manifest_drift_schema import Drift
from qops.formats.manifest_matrix_schema import MatrixSection
from qops.formats.manifest_noise_path_schema import MotionSection
from qops.model.manifest import COUPLINGS

SCHEMA_PATH = ".qops/qops.schema.json"
HEADER = f"# yaml-language-server: $schema={SCHEMA_PATH}\n"

_NAME = r"^(?=[^*]*\*?[^*]*$)[A-Za-z0-9_*][A-Za-z0-9._*-]*(/[A-Za-z0-9_*][A-Za-z0-9._*-]*)*$"

CircuitName = Annotated[str, Meta(pattern=_NAME, max_length=rules.LONGEST_NAME, extra={"rule": rules.circuit_name})]
SourcePath = Annotated[
    str,
    Meta(
        pattern=r"\.([qQ][aA][sS][mM]|[qQ][pP][yY])$",
        description=(
            "An OpenQASM 2 or 3 file (.qasm) or a QPY file (.qpy), from the repository's top directory. "
            "Where the name has a `*`, so has the path: `*` within one directory, `**` across directories."
        ),
        examples=["circuits/ansatz.qasm", "zoo/*.qasm"],
        extra={"rule": rules.source_path},
    ),
]
Index = Annotated[int, Meta(ge=0, description="Which circuit of a QPY file, from 0.", extra={"rule": rules.index})]
PythonTarget = Annotated[
    str,
    Meta(
        pattern=f"^{rules.TARGET}$",
        description="A function that returns the circuit, as `module:function`.",
        examples=["circuits.build:feature_map"],
        extra={"rule": rules.python_target},
    ),
]
ArgumentName = Annotated[str, Meta(pattern=f"^{rules.IDENTIFIER}$", extra={"rule": rules.argument_name})]
Argument = None | bool | int | Annotated[float, Meta(extra={"rule": rules.finite})] | str
Arguments = Annotated[
    dict[ArgumentName, Argument | list[Argument]],
    Meta(description="Keyword arguments of the function.", examples=[{"qubits": 4, "reps": 2}]),
]
ParametersPath = Annotated[
    str,
    Meta(
        pattern=r"\.[cC][sS][vV]$",
        description=(
            "A CSV file with the values of the circuit's parameters, in radians. "
            "Where the name has a `*`, the path may have one too, and it stands for the same."
        ),
        examples=["parameters/ansatz.csv"],
        extra={"rule": rules.parameters_path},
    ),
]
Tag = Annotated[str, Meta(pattern=f"^{rules.TAG}$", extra={"rule": rules.tag})]
Tags = Annotated[list[Tag], Meta(description="Words to choose circuits by.", examples=[["vqc", "production"]])]
Store = Annotated[
    str,
    Meta(
        pattern=f"^{rules.STORE_PART}(/{rules.STORE_PART})*$",
        description="The directory that qops writes and DVC tracks.",
        extra={"rule": rules.store},
    ),
]


class CircuitSection(Struct, frozen=True, forbid_unknown_fields=True):
    """One circuit, from a file (`source`) or from a Python function (`python`)."""

    source: SourcePath | UnsetType = UNSET
    index: Index | UnsetType = UNSET
    python: PythonTarget | UnsetType = UNSET
    arguments: Arguments | UnsetType = UNSET
    parameters: ParametersPath | UnsetType = UNSET
    tags: Tags = []


Circuits = Annotated[
    dict[CircuitName, SourcePath | CircuitSection] | None,
    Meta(
        description=(
            "The circuits by name; a name is a directory in the store. A name with a `*` stands for every file "
            "that its source matches; a circuit that is named in full goes before one that a `*` found."
        ),
    ),
]


KEYS = {
    "generic": ("qubits", "seed", "coupling", "basis"),
    "aer": ("qubits", "seed", "noise_from", "options"),
    "fake": ("device",),
    "ibm": ("device", "options"),
    "target": ("file",),
    "drifting": ("noise_from", "path", "start", "seed"),
    "replay": ("file", "of"),
}
"""The keys that each built-in kind takes, besides `kind`."""

OTHERS = ("python", "options")
"""The keys of a kind that another package offers."""

NEEDED = {
    "generic": ("qubits",),
    "fake": ("device",),
    "ibm": ("device",),
    "target": ("file",),
    "drifting": ("noise_from", "path", "start"),
    "replay": ("file", "of"),
}


BackendName = Annotated[
    str,
    Meta(pattern=f"^{rules.NAME_PART}$", max_length=rules.LONGEST_NAME, extra={"rule": rules.backend_name}),
]
Kind = Annotated[
    str,
    Meta(
        pattern=f"^{rules.KIND}$",
        description=(
            "`generic` (Qiskit's generic backend), `aer` (a simulator), `fake` (a device on record), `ibm` (a device), "
            "`target` (a file), `drifting` (a simulator that ages), `replay` (counts on record), or the name of an "
            "entry point of another package."
        ),
        examples=["fake"],
        extra={"rule": rules.backend_kind},
    ),
]
Device = Annotated[
    str,
    Meta(
        pattern="^[A-Za-z0-9][A-Za-z0-9._-]*$",
        description="The provider's name for the device.",
        examples=["torino"],
        extra={"rule": rules.device},
    ),
]
Qubits = Annotated[int, Meta(ge=1, le=rules.MOST_QUBITS, description="How many qubits.", extra={"rule": rules.qubits})]
Seed = Annotated[
    int,
    Meta(
        ge=0,
        lt=2**32,
        description="What the numbers of a generic backend are drawn from, or the results of a simulator.",
        extra={"rule": rules.seed},
    ),
]
Coupling = Annotated[
    str,
    Meta(
        description="How the qubits are connected.",
        extra={"rule": rules.coupling},
        extra_json_schema={"enum": list(COUPLINGS)},
    ),
]
GateName = Annotated[str, Meta(pattern=f"^{rules.IDENTIFIER}$", extra={"rule": rules.gate_name})]
Basis = Annotated[
    list[GateName],
    Meta(min_length=1, description="The gates that it has.", examples=[["cz", "sx", "rz", "x"]]),
]
NoiseFrom = Annotated[
    str,
    Meta(description="The backend of this manifest whose noise is simulated.", extra={"rule": rules.backend_name}),
]
BackendFile = Annotated[
    str,
    Meta(
        pattern=r"\.[jJ][sS][oO][nN][lL]?$",
        description=(
            "A target that `qops backend export` wrote (.json), or the counts to replay, one JSON object a line "
            "(.jsonl), from the repository's top directory."
        ),
        examples=["targets/torino.json"],
        extra={"rule": rules.backend_file},
    ),
]
Of = Annotated[
    str,
    Meta(description="The backend of this manifest whose counts are replayed.", extra={"rule": rules.backend_name}),
]
NoisePath = Annotated[
    list[MotionSection], Meta(min_length=1, description="How the noise moves; each motion is a mapping, see below.")
]
Start = Annotated[
    str,
    Meta(
        pattern=rules.MOMENT,
        description="When the noise path begins, in UTC.",
        examples=["2026-01-31T12:00:00Z"],
        extra={"rule": rules.start},
    ),
]
Interpreter = Annotated[
    str,
    Meta(
        min_length=1,
        description="The Python interpreter in which a backend of another package runs.",
        examples=["/opt/other/bin/python"],
        extra={"rule": rules.interpreter},
    ),
]
Options = Annotated[
    dict[ArgumentName, Argument | list[Argument]],
    Meta(description="What else the backend is asked for.", examples=[{"method": "statevector"}]),
]


class BackendSection(Struct, frozen=True, forbid_unknown_fields=True):
    """One backend. Which keys it takes depends on its kind."""

    kind: Kind
    device: Device | UnsetType = UNSET
    qubits: Qubits | UnsetType = UNSET
    seed: Seed | UnsetType = UNSET
    coupling: Coupling | UnsetType = UNSET
    basis: Basis | UnsetType = UNSET
    noise_from: NoiseFrom | UnsetType = UNSET
    file: BackendFile | UnsetType = UNSET
    python: Interpreter | UnsetType = UNSET
    options: Options | UnsetType = UNSET
    of: Of | UnsetType = UNSET
    path: NoisePath | UnsetType = UNSET
    start: Start | UnsetType = UNSET


Backends = Annotated[
    dict[BackendName, BackendSection] | None,
    Meta(description="The devices and simulators that circuits are compiled for, and run on, by name."),
]


class ManifestFile(Struct, frozen=True, forbid_unknown_fields=True):
    """What qops versions in this repository."""

    version: Annotated[
        int, Meta(description="The version of this format.", examples=[1], extra_json_schema={"const": 1})
    ]
    store: Store = "artifacts"
    circuits: Circuits = None
    backends: Backends = None
    matrix: Annotated[MatrixSection | None, Meta(description="What `qops transpile-matrix` compiles.")] = None
    abtests: AbTests = None
    drift: Drift = None


def schema_json() -> str:
    """The JSON Schema of the manifest, draft 7, as it is published in the reference."""
    _, definitions = msgspec.json.schema_components((ManifestFile,), ref_template="#/definitions/{name}")
    circuit = definitions["CircuitSection"]
    circuit["oneOf"] = [{"required": ["source"]}, {"required": ["python"]}]
    circuit["dependencies"] = {"index": ["source"], "arguments": ["python"]}
    definitions["BackendSection"]["allOf"] = [_keys_of(kind) for kind in KEYS]
    manifest = definitions.pop("ManifestFile")
    head = {"$schema": "http://json-schema.org/draft-07/schema#", **manifest, "title": "qops.yaml"}
    return json.dumps(_apart({**head, "definitions": definitions}), indent=2, ensure_ascii=False) + "\n"


def _apart(node: object) -> object:
    """A reference that something stands beside, in a list of its own: draft 7 would not see what is beside it."""
    if isinstance(node, list):
        return [_apart(part) for part in node]
    if not isinstance(node, dict):
        return node
    parts = {key: _apart(part) for key, part in node.items()}
    if "$ref" in parts and len(parts) > 1:
        return {"allOf": [{"$ref": parts.pop("$ref")}], **parts}
    return parts


def _keys_of(kind: str) -> dict[str, object]:
    """What a schema says of the keys of a built-in kind of backend."""
    others = set(BackendSection.__struct_fields__) - {"kind", *KEYS[kind]}
    then = {"required": ["kind", *NEEDED.get(kind, ())], "properties": dict.fromkeys(sorted(others), False)}
    return {"if": {"properties": {"kind": {"const": kind}}, "required": ["kind"]}, "then": then}
