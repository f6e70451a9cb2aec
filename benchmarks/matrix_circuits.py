"""Circuits of 10 to 20 qubits, as texts in gates that every reader of OpenQASM 2 knows: ten, or fifty."""

import math
from collections.abc import Callable, Mapping

from qiskit import QuantumCircuit, qasm2, transpile
from qiskit.circuit import library
from qiskit.circuit.random import random_circuit

from benchmarks.seed_record import circuits, efficient_su2, qaoa, real_amplitudes, w_state

GATES = ["h", "x", "rx", "ry", "rz", "p", "u", "cx", "cp", "rzz", "swap"]
WIDTHS = (10, 12, 14, 16, 20)
_OTHERWISE = {"phase_estimation_12", "random_12"}


def ten() -> dict[str, str]:
    """Those of the seeds' record; but phase estimation with powers that are one gate each, and a larger random one."""
    built = {name: build() for name, build in circuits().items() if name not in _OTHERWISE}
    return _texts(built | {"phase_estimation_16": _phase_estimation(16), "random_20": _random(20)})


def fifty() -> dict[str, str]:
    """Ten kinds at five widths."""
    kinds: Mapping[str, Callable[[int], QuantumCircuit]] = {
        "bernstein_vazirani": _bernstein_vazirani,
        "efficient_su2": efficient_su2,
        "ising": _ising,
        "phase_estimation": _phase_estimation,
        "qaoa": qaoa,
        "qft": lambda qubits: library.QFTGate(qubits).definition,
        "quantum_volume": lambda qubits: library.quantum_volume(qubits, seed=1),
        "random": _random,
        "real_amplitudes": real_amplitudes,
        "w_state": w_state,
    }
    return _texts({f"{name}_{qubits}": build(qubits) for name, build in kinds.items() for qubits in WIDTHS})


def _texts(built: Mapping[str, QuantumCircuit]) -> dict[str, str]:
    return {
        name: qasm2.dumps(transpile(circuit, basis_gates=GATES, optimization_level=0))
        for name, circuit in sorted(built.items())
    }


def _phase_estimation(qubits: int) -> QuantumCircuit:
    circuit = QuantumCircuit(qubits)
    circuit.h(range(qubits - 1))
    circuit.x(qubits - 1)
    for place in range(qubits - 1):
        circuit.cp(2 * math.pi * 0.3141 * 2**place, place, qubits - 1)
    circuit.compose(library.QFTGate(qubits - 1).inverse().definition, range(qubits - 1), inplace=True)
    return circuit


def _random(qubits: int) -> QuantumCircuit:
    return random_circuit(qubits, qubits, max_operands=2, seed=2)


def _bernstein_vazirani(qubits: int) -> QuantumCircuit:
    circuit = QuantumCircuit(qubits)
    circuit.x(qubits - 1)
    circuit.h(range(qubits))
    for place in range(0, qubits - 1, 2):
        circuit.cx(place, qubits - 1)
    circuit.h(range(qubits - 1))
    return circuit


def _ising(qubits: int) -> QuantumCircuit:
    """Five steps of a chain in a field across it."""
    circuit = QuantumCircuit(qubits)
    for _ in range(5):
        for place in range(qubits - 1):
            circuit.rzz(0.3, place, place + 1)
        circuit.rx(0.2, range(qubits))
    return circuit
