"""Ten circuits of 10 to 20 qubits, as texts in gates that every reader of OpenQASM 2 knows."""

import math

from qiskit import QuantumCircuit, qasm2, transpile
from qiskit.circuit import library
from qiskit.circuit.random import random_circuit

from benchmarks.seed_record import circuits

GATES = ["h", "x", "rx", "ry", "rz", "p", "u", "cx", "cp", "rzz", "swap"]
_OTHERWISE = {"phase_estimation_12", "random_12"}


def texts() -> dict[str, str]:
    """Those of the seeds' record; but phase estimation with powers that are one gate each, and a larger random one."""
    built = {name: build() for name, build in circuits().items() if name not in _OTHERWISE}
    built |= {"phase_estimation_16": _phase_estimation(16), "random_20": random_circuit(20, 20, max_operands=2, seed=2)}
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
