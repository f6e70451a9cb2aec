"""A whole circuit of Qiskit's as one of ours."""

import json
from collections.abc import Iterator

from qiskit import QuantumCircuit

from qops.circuits.scanner import Fault
from qops.errors import InputError
from qops.interchange.from_qiskit.carrying import NotCarriedError
from qops.interchange.from_qiskit.names import circuit_name
from qops.interchange.from_qiskit.registers import Registers, registers_from_qiskit
from qops.interchange.from_qiskit.translation import Translation
from qops.model.circuit import Circuit

_LARGEST_REGISTER_TOTAL = 100_000


def circuit_from_qiskit(circuit: QuantumCircuit, source_format: str = "python") -> Circuit:
    """The circuit, exactly.

    Wires are numbered as in `circuit.qubits` and `circuit.clbits`; parameters come in the order of
    `circuit.parameters`. Gates with a definition become definitions; instructions that hold measurements are written
    out in their place; matrices, states and classical variables are sealed: named by a digest of their content, and
    said in `sealed`, so that the caller keeps QPY beside the text. Labels are not read.

    Raises:
        InputError: an angle is not finite, or some content cannot be identified.
    """
    if circuit.num_qubits > _LARGEST_REGISTER_TOTAL or circuit.num_clbits > _LARGEST_REGISTER_TOTAL:
        raise InputError(f"more than {_LARGEST_REGISTER_TOTAL:,} qubits or bits are not read")
    translation = Translation(circuit)
    try:
        operations, phase = translation.whole(circuit)
    except Fault as fault:
        raise InputError(fault.message, hint=fault.hint) from None
    except NotCarriedError as problem:
        raise InputError(f"the global phase is {problem}") from None
    qubits, bits = registers_from_qiskit(circuit)
    return Circuit(
        qubits=qubits.runs,
        bits=bits.runs,
        parameters=tuple([parameter.name for parameter in circuit.parameters]),
        operations=operations,
        gates=translation.gates.definitions,
        phase=phase,
        annotations=tuple(sorted(_annotations(circuit, qubits, bits))),
        sealed=(*translation.reasons, *_reasons(circuit, qubits, bits)),
        source_format=source_format,
    )


def _annotations(circuit: QuantumCircuit, qubits: Registers, bits: Registers) -> Iterator[tuple[str, str]]:
    if (name := circuit_name(circuit)) not in ("", "circuit"):
        yield "name", _json(name)
    if circuit.metadata:
        yield "metadata", _json(circuit.metadata)
    if circuit.layout is not None:
        yield "layout", _json(_layout(circuit))
    if qubits.scattered or bits.scattered:
        yield "registers", _json({"qubits": qubits.scattered, "bits": bits.scattered})
    if variables := _variables(circuit):
        yield "variables", _json(variables)


def _layout(circuit: QuantumCircuit) -> dict[str, object]:
    """Where virtual qubits start and, if routing moved them, end."""
    layout = circuit.layout
    return {
        "initial": layout.initial_index_layout(),
        "final": None if layout.final_layout is None else layout.final_index_layout(filter_ancillas=False),
        "input_qubits": layout._input_qubit_count,  # noqa: SLF001
    }


def _variables(circuit: QuantumCircuit) -> list[list[str]]:
    kinds = {
        "input": circuit.iter_input_vars(),
        "captured": circuit.iter_captured_vars(),
        "declared": circuit.iter_declared_vars(),
        "stretch": circuit.iter_stretches(),
    }
    return [[kind, variable.name, repr(variable.type)] for kind, found in kinds.items() for variable in found]


def _reasons(circuit: QuantumCircuit, qubits: Registers, bits: Registers) -> Iterator[str]:
    if qubits.scattered or bits.scattered:
        yield "registers that share bits or are not consecutive"
    if _variables(circuit):
        yield "classical variables"


def _json(value: object) -> str:
    """Canonical JSON; what JSON does not know is written as text."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=repr)
