"""On what both can read, our own reader and Qiskit's give the same circuit, gate for gate and bit for bit.

A seeded part of the shared circuits is read; with `QOPS_ALL_CIRCUITS` in the environment, all of them.
"""

import os
import random
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

import msgspec
import pytest
from qiskit import qasm2, qasm3
from support.data import circuit_files, needs_circuits

from qops.circuits import reader
from qops.circuits.arithmetic import combine, to_angle
from qops.circuits.identity import Identity, identify
from qops.circuits.normal import operation as normal
from qops.circuits.rewriting import with_blocks
from qops.errors import InputError
from qops.interchange.from_qiskit import circuit_from_qiskit
from qops.model.angle import Angle, Expression, Symbol
from qops.model.circuit import Circuit, GateDefinition, Operation

LARGEST_BYTES = 100_000
LARGEST_BYTES_3 = 20_000  # Qiskit's reader of OpenQASM 3 takes a hundred times as long
SAMPLE = 150


def chosen() -> list[Path]:
    if os.environ.get("QOPS_ALL_CIRCUITS"):
        return circuit_files()
    files = circuit_files(LARGEST_BYTES)
    return random.Random(1).sample(files, min(SAMPLE, len(files)))


def spread(operations: tuple[Operation, ...], gates: Mapping[str, GateDefinition]) -> Iterator[Operation]:
    """The operations, every call of a user's gate replaced by its body: Qiskit keeps bodies, but no formal names."""
    for call in operations:
        definition = gates.get(call.gate)
        if call.blocks():
            yield msgspec.structs.replace(
                call, detail=with_blocks(call.detail, lambda block: tuple(spread(block, gates)))
            )
        elif definition is None or definition.body is None or call.modifiers:
            yield call
        else:
            yield from spread(tuple(placed(inner, call, definition, gates) for inner in definition.body), gates)


def placed(
    inner: Operation, call: Operation, definition: GateDefinition, gates: Mapping[str, GateDefinition]
) -> Operation:
    values = dict(zip(definition.parameters, call.angles, strict=True))
    angles = tuple(substituted(angle, values) for angle in inner.angles)
    qubits = tuple(call.qubits[place] for place in inner.qubits)
    if inner.gate == "barrier":
        return Operation("barrier", tuple(sorted(qubits)))
    return normal(inner.gate, qubits, angles, inner.modifiers, users=inner.gate in gates)


def substituted(angle: Angle, values: Mapping[str, Angle]) -> Angle:
    if isinstance(angle, Symbol):
        return values.get(angle.name, angle)
    if isinstance(angle, Expression):
        return to_angle(combine(angle.operator, tuple(substituted(part, values) for part in angle.operands), 0), 0)
    return angle


def seen(circuit: Circuit) -> Identity:
    return identify(
        msgspec.structs.replace(circuit, operations=tuple(spread(circuit.operations, circuit.gates)), gates={})
    )


def by_qiskit(text: str, version: int, users: Collection[str] = ()) -> Circuit | None:
    """The circuit that Qiskit reads, None where it reads none.

    `users` are gates that the text defines: Qiskit would take some of them by their names for the standard ones.
    """
    try:
        if version == 2:
            legacy = [known for known in qasm2.LEGACY_CUSTOM_INSTRUCTIONS if known.name not in users]
            loaded = qasm2.loads(text, include_path=(), custom_instructions=legacy)
        else:
            loaded = qasm3.loads(text)
    except Exception:  # noqa: BLE001 - each of its readers has its own ways to say no
        return None
    return circuit_from_qiskit(loaded)


@needs_circuits
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_readers_agree() -> None:
    compared, disagreements = 0, []
    for path in chosen():
        data = path.read_bytes()
        try:
            ours = reader.read(data, path.name)
        except reader.NotCovered:
            continue
        except InputError:
            if by_qiskit(data.decode(), 3) is not None:
                disagreements.append(f"{path}: only Qiskit reads it")
            continue
        version = int(ours.source_format[-1])
        if version == 3 and len(data) > LARGEST_BYTES_3:
            continue
        theirs = by_qiskit(data.decode(), version, {gate.name for gate in ours.gates.values()})
        if theirs is None:
            continue
        compared += 1
        if seen(ours) != seen(theirs):
            disagreements.append(f"{path}: different circuits")
    assert disagreements == []
    assert compared > SAMPLE * 0.8
