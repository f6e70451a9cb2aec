"""Two-sample tests and kernel matrices as other packages do them; run as whole processes, with what they need alone.

`python kernel_rivals.py hyppo ROWS FEW MANY` tests two samples of so many rows with few and with more permutations,
`hyppo-whole ROWS DRAWS` with all; `circuits QUBITS ROWS` makes a kernel matrix circuit by circuit, `states QUBITS ROWS`
by Qiskit's state vectors. Printed are CPU seconds, imports aside, megabytes at the peak, and the matrix in a file.
"""

import json
import resource
import sys
import time
import warnings

import numpy as np


def samples(rows: int) -> tuple[np.ndarray, np.ndarray]:
    """Two samples of eight columns, of which one differs a little."""
    chance = np.random.default_rng(1)
    return chance.normal(size=(rows, 8)), chance.normal(size=(rows, 8)) + 0.1 * np.eye(8)[0]


def angles(rows: int, qubits: int) -> np.ndarray:
    """Data from 0 to π."""
    return np.random.default_rng(2).uniform(0, np.pi, (rows, qubits))


def hyppo(rows: int, draws: int) -> float:
    """CPU seconds of hyppo's MMD with so many permutations, once what it compiles is compiled."""
    from hyppo.ksample import MMD  # noqa: PLC0415 - a rival that is not installed here

    warnings.simplefilter("ignore")
    MMD().test(*samples(20), reps=2, auto=False, random_state=1)
    began = time.process_time()
    MMD().test(*samples(rows), reps=draws, auto=False, random_state=1)
    return time.process_time() - began


def kernel(qubits: int, rows: int, *, circuits: bool) -> float:
    """CPU seconds of a kernel matrix of qiskit-machine-learning; the matrix goes to `matrix.npy`."""
    from qiskit.circuit.library import zz_feature_map  # noqa: PLC0415 - the other rival runs without Qiskit
    from qiskit_machine_learning.kernels import (  # noqa: PLC0415 - a rival that is not installed here
        FidelityQuantumKernel,
        FidelityStatevectorKernel,
    )

    feature_map = zz_feature_map(qubits, reps=2, entanglement="linear")
    made = FidelityQuantumKernel if circuits else FidelityStatevectorKernel
    data = angles(rows, qubits)
    began = time.process_time()
    matrix = made(feature_map=feature_map).evaluate(data)
    seconds = time.process_time() - began
    np.save("matrix.npy", matrix)
    return seconds


if __name__ == "__main__":
    how, *numbers = sys.argv[1], *map(int, sys.argv[2:])
    if how == "hyppo":
        found = [hyppo(numbers[0], draws) for draws in numbers[1:]]
    elif how == "hyppo-whole":
        found = [hyppo(*numbers)]
    else:
        found = [kernel(*numbers, circuits=how == "circuits")]
    print(json.dumps([*found, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
