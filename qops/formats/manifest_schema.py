"""The shape of `qops.yaml`, version 1: what is read, what the reference says, and what editors check, in one place.

A new section of the manifest is a struct here and a field of `ManifestFile`. Patterns are for editors; the rules say
the same in words, and more.
"""

import json
from typing import Annotated

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from qops.formats import manifest_rules as rules

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


class ManifestFile(Struct, frozen=True, forbid_unknown_fields=True):
    """What qops versions in this repository."""

    version: Annotated[
        int, Meta(description="The version of this format.", examples=[1], extra_json_schema={"const": 1})
    ]
    store: Store = "artifacts"
    circuits: Circuits = None


def schema_json() -> str:
    """The JSON Schema of the manifest, draft 7, as it is published in the reference."""
    _, definitions = msgspec.json.schema_components((ManifestFile,), ref_template="#/definitions/{name}")
    circuit = definitions["CircuitSection"]
    circuit["oneOf"] = [{"required": ["source"]}, {"required": ["python"]}]
    circuit["dependencies"] = {"index": ["source"], "arguments": ["python"]}
    manifest = definitions.pop("ManifestFile")
    head = {"$schema": "http://json-schema.org/draft-07/schema#", **manifest, "title": "qops.yaml"}
    return json.dumps({**head, "definitions": definitions}, indent=2, ensure_ascii=False) + "\n"
