"""How far a change of parameters reaches: what the bound costs, and whether an exact distance ever exceeds it."""

import math
import random
from collections.abc import Iterator

import numpy as np
from qiskit.quantum_info import Statevector

from benchmarks import measure, outcome, rivals
from benchmarks.outcome import Row
from qops.circuits.distance import Distance, between, of_differences
from qops.circuits.reader import read
from qops.stats.bures import fewest_shots, largest_total_variation, least_fidelity

ERROR = 0.05
HEAD = 'OPENQASM 2.0;\ninclude "qelib1.inc";\nqreg q[3];\n'
GATES = (("rx", 1, 1), ("ry", 1, 1), ("rz", 1, 1), ("u1", 1, 1), ("u3", 3, 1), ("h", 0, 1), ("cx", 0, 2))
CONTROLLED = (("crx", 1, 2), ("cry", 1, 2), ("crz", 1, 2), ("cu1", 1, 2), ("rzz", 1, 2))
_ROUNDING = 1e-9


def rows(*, small: bool) -> Iterator[Row]:
    """The time for many parameters; then exact states of random pairs of circuits, held against the bound."""
    count = 1_000 if small else 100_000
    chance = random.Random(1)
    differences = [chance.uniform(-1e-5, 1e-5) for _ in range(count)]
    seconds, _ = measure.call(lambda: _reach(differences), 9)
    what = f"bound, estimate and shot threshold of {count:,} parameters"
    yield Row("seconds", what, 1000 * seconds, "ms", bar=20)
    checks = 20 if small else 10_000
    yield Row("violations", f"exact distances above the bound, of {checks:,} random pairs", violations(checks), bar=0)


def violations(checks: int, seed: int = 7) -> int:
    """In how many of so many random pairs the fidelity or the total variation is not as the bound promises."""
    chance = random.Random(seed)
    return sum(not _holds(*_pair(chance)) for _ in range(checks))


def _reach(differences: list[float]) -> tuple[Distance, int | None]:
    distance = of_differences(differences)
    return distance, fewest_shots(distance.angle, ERROR)


def _pair(chance: random.Random) -> tuple[bytes, bytes]:
    """Two circuits of the same gates on three qubits; the angles differ by a little, by anything, or by a turn."""
    scale = chance.choice((1e-3, 0.05, 1.0))
    sides: tuple[list[str], list[str]] = ([], [])
    for _ in range(12):
        name, angles, qubits = chance.choice(GATES + CONTROLLED)
        old = [chance.uniform(-7, 7) for _ in range(angles)]
        new = [angle + chance.choice((0, 0, scale * chance.uniform(-1, 1), math.tau)) for angle in old]
        operands = ",".join(f"q[{wire}]" for wire in chance.sample(range(3), qubits))
        for side, values in zip(sides, (old, new), strict=True):
            listed = f"({','.join(map(repr, values))})" if values else ""
            side.append(f"{name}{listed} {operands};\n")
    return (HEAD + "".join(sides[0])).encode(), (HEAD + "".join(sides[1])).encode()


def _holds(old: bytes, new: bytes) -> bool:
    bound = between(read(old, "old.qasm"), read(new, "new.qasm"), {}, {})
    left, right = (Statevector(rivals.loads(side)) for side in (old, new))
    fidelity = abs(left.inner(right)) ** 2
    variation = np.abs(left.probabilities() - right.probabilities()).sum() / 2
    faithful = fidelity >= least_fidelity(bound.angle) - _ROUNDING
    return bool(faithful and variation <= largest_total_variation(bound.angle) + _ROUNDING)


if __name__ == "__main__":
    outcome.run("bounds", rows)
