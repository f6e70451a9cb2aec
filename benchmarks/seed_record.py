"""What Qiskit makes of ten circuits on two devices at three levels, seed by seed: the noise that a gate has to bear.

`python -m benchmarks.seed_record` compiles everything anew, some six minutes, and writes `seeds.json` beside this file.
The devices are the calibrations on record of `qiskit-ibm-runtime`. Times are left out: they are no property of a seed.
"""

import argparse
import json
import math
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path

from qiskit import QuantumCircuit
from qiskit.circuit import library
from qiskit.circuit.random import random_circuit
from qiskit.transpiler import Target, generate_preset_pass_manager
from qiskit_ibm_runtime import fake_provider

from benchmarks.seeds import DEVICES, FILE

LEVELS = (1, 2, 3)
SEEDS = 60
FIELDS = ("two_qubit", "two_qubit_depth", "log_success", "faulty")


def measure(seeds: int, count: int) -> Iterator[dict[str, object]]:
    """Compile the first so many circuits with so many seeds; one row at a time."""
    for device in DEVICES:
        target = getattr(fake_provider, device)().target
        for name, build in list(circuits().items())[:count]:
            circuit = build()
            for level in LEVELS:
                compiled = [
                    generate_preset_pass_manager(level, target=target, seed_transpiler=seed).run(circuit)
                    for seed in range(seeds)
                ]
                measured = [_metrics(one, target) for one in compiled]
                columns = {field: [row[place] for row in measured] for place, field in enumerate(FIELDS)}
                yield {"circuit": name, "backend": device, "level": level, **columns}


def circuits() -> dict[str, Callable[[], QuantumCircuit]]:
    """Builders by name: structured and random, 10 to 20 qubits."""
    return {
        "qft_10": lambda: library.QFTGate(10).definition,
        "qft_20": lambda: library.QFTGate(20).definition,
        "qaoa_10": lambda: qaoa(10),
        "qaoa_20": lambda: qaoa(20),
        "efficient_su2_12": lambda: efficient_su2(12),
        "real_amplitudes_16": lambda: real_amplitudes(16),
        "phase_estimation_12": lambda: _phase_estimation(12),
        "w_state_16": lambda: w_state(16),
        "quantum_volume_10": lambda: library.quantum_volume(10, seed=1),
        "random_12": lambda: random_circuit(12, 12, max_operands=2, seed=1),
    }


def qaoa(qubits: int) -> QuantumCircuit:
    """One layer on a ring with chords."""
    circuit = QuantumCircuit(qubits)
    circuit.h(range(qubits))
    for one in range(qubits):
        for step in (1, 3):
            circuit.rzz(0.7, one, (one + step) % qubits)
    circuit.rx(0.4, range(qubits))
    return circuit


def w_state(qubits: int) -> QuantumCircuit:
    """One excitation, shared by all."""
    circuit = QuantumCircuit(qubits)
    circuit.x(qubits - 1)
    for one in range(qubits - 1, 0, -1):
        circuit.cry(2 * math.acos(math.sqrt(1 / (one + 1))), one, one - 1)
        circuit.cx(one - 1, one)
    return circuit


def efficient_su2(qubits: int) -> QuantumCircuit:
    """Two layers, each pair entangled."""
    return _bound(library.efficient_su2(qubits, reps=2, entanglement="full"))


def real_amplitudes(qubits: int) -> QuantumCircuit:
    """Three layers, entangled in a circle."""
    return _bound(library.real_amplitudes(qubits, reps=3, entanglement="circular"))


def _phase_estimation(qubits: int) -> QuantumCircuit:
    unitary = QuantumCircuit(1)
    unitary.p(2 * math.pi * 0.3141, 0)
    return library.phase_estimation(qubits - 1, unitary).decompose()


def _bound(circuit: QuantumCircuit) -> QuantumCircuit:
    """The circuit with angles for its parameters."""
    return circuit.assign_parameters([0.1 + 0.37 * place for place in range(circuit.num_parameters)])


def _metrics(circuit: QuantumCircuit, target: Target) -> tuple[int, int, float, int]:
    """Two-qubit count and depth, the logarithm of the estimated success, operations at places with an error of 1."""
    errors = []
    for instruction in circuit.data:
        if instruction.operation.name != "barrier":
            place = tuple(circuit.find_bit(qubit).index for qubit in instruction.qubits)
            errors.append(target[instruction.operation.name][place].error or 0.0)
    pairs = sum(len(instruction.qubits) == 2 for instruction in circuit.data)
    depth = circuit.depth(lambda instruction: len(instruction.qubits) == 2)
    sound = math.fsum(math.log1p(-error) for error in errors if error < 1)
    return pairs, depth, round(sound, 9), sum(error >= 1 for error in errors)


def _written(rows: Iterator[dict[str, object]]) -> str:
    """The record as JSON, one row a line."""
    versions = {package: version(package) for package in ("qiskit", "qiskit-ibm-runtime")}
    lines = ",\n".join(json.dumps(row, separators=(",", ":")) for row in rows)
    return f'{{"versions": {json.dumps(versions)}, "rows": [\n{lines}\n]}}\n'


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.seed_record")
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--circuits", type=int, default=10)
    parser.add_argument("--output", type=Path, default=FILE)
    asked = parser.parse_args()
    asked.output.write_text(_written(measure(asked.seeds, asked.circuits)))
