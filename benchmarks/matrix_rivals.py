"""Programs that compile the circuits in `circuits/` as one does without qops; run as whole processes.

`python matrix_rivals.py serial|parallel CIRCUITS DEVICES LEVELS SEEDS` does each combination, one after another or in
lists that Qiskit shares out between processes; `qiskit` and `pytket CIRCUITS` print what each makes of a circuit.
"""

import json
import sys
import time
from itertools import product
from pathlib import Path
from statistics import median

from qiskit import QuantumCircuit, qasm2, transpile
from qiskit_ibm_runtime.fake_provider import FakeSherbrooke, FakeTorino


def circuits(count: int) -> list[QuantumCircuit]:
    """The first so many circuits, by name."""
    files = sorted(Path("circuits").glob("*.qasm"))[:count]
    return [qasm2.load(file, custom_instructions=qasm2.LEGACY_CUSTOM_INSTRUCTIONS) for file in files]


def compile_all(count: int, devices: int, levels: int, seeds: int, *, in_lists: bool) -> None:
    """Every circuit, on the first so many devices, at the first so many levels, with so many seeds."""
    sources = circuits(count)
    work = [sources] if in_lists else sources
    targets = [device().target for device in (FakeTorino, FakeSherbrooke)[:devices]]
    for target, source, level, seed in product(targets, work, range(levels), range(seeds)):
        transpile(source, target=target, optimization_level=level, seed_transpiler=seed)


def by_qiskit(count: int) -> list[tuple[float, float]]:
    """Two-qubit gates and CPU seconds for each circuit at level 2, the medians of five seeds."""
    target = FakeTorino().target
    transpile(QuantumCircuit(2), target=target)  # what is imported and looked up once
    found = []
    for source in circuits(count):
        each = []
        for seed in range(5):
            began = time.process_time()
            compiled = transpile(source, target=target, optimization_level=2, seed_transpiler=seed)
            pairs = sum(len(instruction.qubits) == 2 for instruction in compiled.data)
            each.append((pairs, time.process_time() - began))
        found.append((median(pairs for pairs, _ in each), median(seconds for _, seconds in each)))
    return found


if __name__ == "__main__":
    how, *numbers = sys.argv[1], *map(int, sys.argv[2:])
    if how == "qiskit":
        print(json.dumps(by_qiskit(*numbers)))
    else:
        compile_all(*numbers, in_lists=how == "parallel")
