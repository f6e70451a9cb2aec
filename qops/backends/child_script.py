"""Asks a backend of another package for its target. Runs under any Python from 3.8 on, and imports nothing of qops.

One JSON document comes in on standard input, `{"kind": NAME, "options": {...}}`; one goes out on standard output, a
target as qops reads it. What the backend itself prints goes to standard error, and so does the reason of a failure.
"""

from __future__ import annotations

import json
import os
import sys
from importlib.metadata import entry_points
from typing import Any

CONTROL_FLOW = {
    "IfElseOp": "if_else",
    "WhileLoopOp": "while_loop",
    "ForLoopOp": "for_loop",
    "SwitchCaseOp": "switch_case",
    "BreakLoopOp": "break_loop",
    "ContinueLoopOp": "continue_loop",
    "BoxOp": "box",
}
GROUP = "qops.backends"


def main() -> None:
    """Read what is asked, and answer."""
    answer = os.dup(1)
    os.dup2(2, 1)
    asked = json.load(sys.stdin)
    target = target_of(load(asked["kind"])(**asked["options"]))
    with os.fdopen(answer, "w", encoding="utf-8") as stream:
        json.dump(target, stream)


def load(kind: str) -> Any:  # noqa: ANN401 - whatever the package offers
    """What an installed package offers as `kind`: a function that makes the backend."""
    every: Any = entry_points()
    found = list(every.get(GROUP, ()) if isinstance(every, dict) else every.select(group=GROUP))
    for entry_point in found:
        if entry_point.name == kind:
            return entry_point.load()
    names = ", ".join(sorted({entry_point.name for entry_point in found})) or "none"
    sys.exit("no package there offers a backend of the kind `%s`; on offer: %s" % (kind, names))  # noqa: UP031 - old Python


def target_of(backend: Any) -> Any:  # noqa: ANN401 - a backend of ours or of Qiskit's
    """The target of a backend: our JSON as text or as a mapping, or Qiskit's target, described."""
    target = backend.target() if callable(backend.target) else backend.target
    if isinstance(target, (str, bytes)):
        return json.loads(target)
    return target if isinstance(target, dict) else described(target, str(getattr(backend, "name", "") or ""))


def described(target: Any, name: str) -> dict[str, Any]:  # noqa: ANN401 - Qiskit's, of any version
    """Qiskit's target as a mapping in our form."""
    groups = getattr(target, "concurrent_measurements", None) or []
    return {
        "schema_version": 1,
        "kind": "target",
        "backend": name,
        "qubits": target.num_qubits,
        "dt_s": target.dt,
        "timing": {
            "granularity": target.granularity,
            "min_length": target.min_length,
            "pulse_alignment": target.pulse_alignment,
            "acquire_alignment": target.acquire_alignment,
        },
        "measured_together": [sorted(group) for group in groups],
        "instructions": [instruction(target, each) for each in sorted(target.operation_names)],
        "qualities": [
            [getattr(quality, "t1", None), getattr(quality, "t2", None), getattr(quality, "frequency", None)]
            for quality in target.qubit_properties or []
        ],
    }


def instruction(target: Any, name: str) -> dict[str, Any]:  # noqa: ANN401 - as above
    """One instruction of Qiskit's target as a mapping in our form."""
    operation = target.operation_from_name(name)
    if isinstance(operation, type):
        if operation.__name__ not in CONTROL_FLOW:
            sys.exit("the instruction `%s` is of no fixed size, and no control flow" % name)  # noqa: UP031 - as above
        return {"name": name, "gate": CONTROL_FLOW[operation.__name__], "qubit_count": 0, "places": None}
    found = target[name]
    everywhere = found is None or None in found
    return {
        "name": name,
        "gate": "measure" if operation.name.startswith("measure_") else operation.name,
        "qubit_count": operation.num_qubits,
        "angles": [angle if isinstance(angle, (int, float)) else str(angle) for angle in operation.params],
        "bounds": bounds(target, name),
        "places": None if everywhere else [place(qubits, found[qubits]) for qubits in sorted(found)],
    }


def bounds(target: Any, name: str) -> list[Any]:  # noqa: ANN401 - as above
    """The bounds of an instruction's angles, where Qiskit is new enough to have them."""
    if not hasattr(target, "gate_has_angle_bounds") or not target.gate_has_angle_bounds(name):
        return []
    return list(target.__getstate__()["base"]["gate_map"][name]["angle_bounds"])


def place(qubits: tuple[int, ...], properties: Any) -> list[Any]:  # noqa: ANN401 - as above
    """A row of our form."""
    return [list(qubits), getattr(properties, "error", None), getattr(properties, "duration", None)]


if __name__ == "__main__":
    main()
