"""Converted, written as canonical text and read by Qiskit, a circuit is the same operator."""

import numpy as np
import pytest
from qiskit import QuantumCircuit, qasm3
from qiskit.circuit import Gate
from qiskit.circuit.library import XGate, efficient_su2, get_standard_gate_name_mapping, quantum_volume
from qiskit.circuit.random import random_circuit
from qiskit.quantum_info import Operator

from qops.circuits.identity import digests
from qops.circuits.reader import read
from qops.circuits.writer import write
from qops.interchange.from_qiskit import circuit_from_qiskit

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

STANDARD = sorted(name for name, gate in get_standard_gate_name_mapping().items() if isinstance(gate, Gate))


def same(circuit: QuantumCircuit) -> bool:
    converted = circuit_from_qiskit(circuit)
    text = write(converted)
    assert digests(read(text.encode(), "a.qasm"), b"") == digests(converted, b"")
    return bool(np.allclose(Operator(qasm3.loads(text)).data, Operator(circuit).data))


def standard(name: str) -> Gate:
    kind = get_standard_gate_name_mapping()[name]
    gate = kind.base_class(*[0.3 * (place + 1) for place in range(len(kind.params))])
    assert isinstance(gate, Gate)
    return gate


@pytest.mark.parametrize("name", STANDARD)
def test_standard_gate_alone_inverted_and_under_an_open_control(name: str) -> None:
    gate = standard(name)
    circuit = QuantumCircuit(gate.num_qubits + 1)
    circuit.append(gate, range(gate.num_qubits))
    circuit.append(gate.control(1, ctrl_state=0, annotated=True), range(gate.num_qubits + 1))
    circuit.append(gate.inverse(annotated=True), range(gate.num_qubits))
    assert same(circuit)


@pytest.mark.parametrize("seed", range(12))
def test_random_circuit(seed: int) -> None:
    assert same(random_circuit(4, 4, max_operands=4, seed=seed))


def test_users_gates_nested_and_controlled() -> None:
    inner = efficient_su2(2, reps=1).assign_parameters(np.linspace(0.1, 0.8, 8)).to_gate()
    outer = QuantumCircuit(3, global_phase=0.3, name="outer")
    outer.append(inner, [2, 0])
    outer.append(inner.control(1, ctrl_state=0, annotated=False), [1, 2, 0])
    circuit = QuantumCircuit(4)
    circuit.append(outer.to_gate().control(1, annotated=False), [3, 1, 0, 2])
    circuit.append(outer.to_gate().inverse(), [0, 1, 2])
    circuit.append(XGate().control(3, ctrl_state=0b011, annotated=False), [3, 2, 1, 0])
    assert same(circuit)


def test_quantum_volume_is_sealed_and_says_so() -> None:
    converted = circuit_from_qiskit(quantum_volume(2, seed=1))
    assert {operation.gate for operation in converted.operations} == {"sealed"}
