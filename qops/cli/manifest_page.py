"""The reference page of `qops.yaml`, from the schema that the manifest is read by."""

import json
from collections.abc import Iterator
from typing import Any, cast

from qops.formats.manifest_rules import LONGEST_NAME
from qops.formats.manifest_schema import HEADER, KEYS, NEEDED, OTHERS, schema_json

EXAMPLE = f"""\
{HEADER}version: 1
store: artifacts

circuits:
  ansatz:
    source: circuits/ansatz.qasm
    parameters: parameters/ansatz.csv
    tags: [vqc, production]
  bell: circuits/bell.qasm            # the short form, where there is only a source
  zoo/*: zoo/*.qasm                   # one circuit for each file
  third: {{source: library.qpy, index: 2}}
  feature-map:
    python: circuits.build:feature_map
    arguments: {{qubits: 4, reps: 2}}

backends:
  torino: {{kind: fake, device: torino}}                          # a device, as it was on record
  line: {{kind: generic, qubits: 20, coupling: line, seed: 7}}
  noisy: {{kind: aer, noise_from: torino}}
  tired:                                                          # a rehearsal: T1 falls to a quarter after an hour
    kind: drifting
    noise_from: torino
    start: "2026-01-31T12:00:00Z"
    path: [{{quantity: t1, shape: step, size: 0.25, at: 3600}}]
  again: {{kind: replay, of: torino, file: counts/torino.jsonl}}    # what was recorded

matrix:
  circuits: [ansatz, feature-map]
  backends: [torino, line]
  levels: [1, 2, 3]
  seeds: 5

abtests:
  new-ansatz:
    a: ansatz@v1.0                    # as a snapshot recorded it
    b: ansatz
    backend: noisy
    metric: {{pass: ["0000", "1**1"]}}
    goal: non-inferior
    margin: 0.01

drift:
  bell-success:
    circuit: bell
    success: ["00", "11"]
    backend: noisy
    stale_after: 2h
    on_drift: [[make, recalibrate]]
"""

_HEAD = f"""\
# Manifest

`qops.yaml`, in the repository's top directory, says what qops versions. `qops init` writes the first one.

```yaml
{EXAMPLE}```

The first line tells an editor with the YAML language server where the schema is; `qops init` puts it there, and it is
published as [qops.schema.json](qops.schema.json). It completes keys and marks mistakes while you type.
"""

_RULES = f"""\
## Names

A name becomes a directory in the store. So it is made of letters, digits and `._-`, with `/` between parts; it has at
most {LONGEST_NAME} characters, does not end a part with a point, holds no name that Windows reserves (`con`, `nul`, …),
and differs from every other name by more than case.

## Paths and patterns

A path begins at the repository's top directory and stays inside the repository, symbolic links included. `*` stands for
anything within one directory, `**` for anything across directories. A path has at most one of them, and a name one `*`,
which stands for the same: with `zoo/*: zoo/*.qasm` the file `zoo/ghz.qasm` is the circuit `zoo/ghz`. Files in the
store are left out. A pattern that matches no file is an error.

## What YAML means here

Unquoted words mean what YAML 1.1 and YAML 1.2 agree on. Where the two differ (`on`, `012`, `1e-3`, `1:30`, a date) the
word is an error that says what to write instead. So are duplicate keys, unknown keys, anchors, aliases, tags and a
second document. Every problem of the file is reported in one run, each with line and column.
"""

Schema = dict[str, Any]
_WORDS = {
    "string": "text",
    "integer": "whole number",
    "number": "number",
    "boolean": "true or false",
    "object": "mapping",
}


def page() -> str:
    """The page."""
    schema = cast("Schema", json.loads(schema_json()))
    circuit = schema["definitions"]["CircuitSection"]
    backend = schema["definitions"]["BackendSection"]
    keys = ("## Keys\n", *_table(schema), "## Keys of a circuit\n", f"{circuit['description']}\n", *_table(circuit))
    backends = (
        "## Keys of a backend\n",
        f"{backend['description']}\n",
        *_table(backend),
        *_kinds(),
        *_motion(schema["definitions"]),
    )
    return "\n".join((_HEAD, *keys, *backends, *_sections(schema["definitions"]), _RULES))


_TITLES = (
    ("the matrix", "Matrix"),
    ("the gate", "Gate"),
    ("a limit", "Limit"),
    ("an abtest", "AbTest"),
    ("an arm", "Arm"),
    ("a metric", "Metric"),
    ("a guardrail", "Guardrail"),
    ("the price", "Price"),
    ("compilation in an abtest", "Compile"),
    ("a kernel", "Kernel"),
    ("the metric `two-sample`", "TwoSample"),
    ("a watch", "Watch"),
)


def _sections(definitions: Schema) -> Iterator[str]:
    for title, name in _TITLES:
        section = definitions[f"{name}Section"]
        yield f"## Keys of {title}\n"
        yield f"{section['description']}\n"
        yield from _table(section)


def _kinds() -> Iterator[str]:
    yield "| kind | needs | may have |\n| :--- | :--- | :--- |"
    for kind, keys in {**KEYS, "any other": OTHERS}.items():
        needed = NEEDED.get(kind, ())
        others = ", ".join(f"`{key}`" for key in keys if key not in needed)
        name = f"`{kind}`" if kind in KEYS else kind
        yield f"| {name} | {', '.join(f'`{key}`' for key in needed)} | {others} |"
    yield ""


def _motion(definitions: Schema) -> Iterator[str]:
    motion = definitions["MotionSection"]
    yield "## Keys of a motion\n"
    yield f"{motion['description']} A quantity follows the product of its motions, a detuning their sum.\n"
    yield from _table(motion)


def _table(section: Schema) -> Iterator[str]:
    yield "| key | value | default | meaning |\n| :--- | :--- | :--- | :--- |"
    for key, value in section["properties"].items():
        default = "required" if key in section.get("required", ()) else _default(value)
        yield f"| `{key}` | {_kind(value)} | {default} | {_meaning(value)} |"
    yield ""


def _default(value: Schema) -> str:
    default = value.get("default")
    whole = isinstance(default, dict) and any(isinstance(part, dict) for part in default.values())
    return _yaml(default) if default and not whole else ""


def _kind(value: Schema) -> str:
    """What a key takes, in words."""
    if "const" in value:
        return f"`{value['const']}`"
    if "anyOf" in value:
        kinds = (_kind(choice) for choice in value["anyOf"] if choice.get("type") != "null")
        return " or ".join(dict.fromkeys(kinds))
    if "$ref" in value or "allOf" in value:
        return "mapping"
    if value["type"] == "array":
        return f"list of {_kind(value['items'])}"
    return _WORDS[value["type"]]


def _meaning(value: Schema) -> str:
    examples = [] if "const" in value else [_yaml(example) for example in value.get("examples", ())]
    return f"{value['description']} For example {', '.join(examples)}." if examples else str(value["description"])


def _yaml(value: object) -> str:
    return f"`{json.dumps(value)}`".replace('"', "")
