"""The canonical writer: a gate's price beside `qasm3.dumps`, and which numbers survive being written and read."""

import math
import random
from collections.abc import Callable, Iterator

from qiskit import QuantumCircuit, qasm2, qasm3

from benchmarks import measure, outcome, random_circuits, rivals
from benchmarks.outcome import Row
from qops.circuits.reader import read
from qops.circuits.writer import write

RANDOM_ANGLES = 2000
EDGES = (1e-17, 1e-12, 1e-9, 1e-300, 5e-324, math.pi / 4 + 1e-10, math.pi / 2 + 1e-12, 1 / 3, 0.1, 1e22, 1e300)


def rows(*, small: bool) -> Iterator[Row]:
    """Microseconds a gate of both writers, then the share of doubles that come back as they were."""
    gates, runs = (100, 1) if small else (10_000, 5)
    data = random_circuits.text(gates, seed=1)
    circuit, qiskits = read(data, "circuit.qasm"), rivals.loads(data)
    ours, _ = measure.call(lambda: write(circuit), 3 * runs)
    theirs, _ = measure.call(lambda: qasm3.dumps(qiskits), runs)
    yield Row("ours", f"the canonical writer, {gates:,} gates", 1e6 * ours / gates, "µs/gate")
    yield Row("theirs", "`qasm3.dumps`, the same circuit", 1e6 * theirs / gates, "µs/gate")
    yield Row("ratio", "the canonical writer beside `qasm3.dumps`", ours / theirs, "x", bar=1)
    yield from _exactness(20 if small else RANDOM_ANGLES)


def _exactness(count: int) -> Iterator[Row]:
    chance = random.Random(1)
    angles = [*(chance.uniform(-math.pi, math.pi) for _ in range(count)), *EDGES]
    of = f"of {len(angles):,} angles, those exact after writing and reading"
    yield _survivors("exact", f"{of}: qops", angles, _ours, bar=100)
    yield _survivors("exact_qasm3", f"{of}: `qasm3.dumps`, `qasm3.loads`", angles, _through_qasm3)
    yield _survivors("exact_qasm2", f"{of}: `qasm2.dumps`, `qasm2.loads`", angles, _through_qasm2)


def _survivors(
    key: str, what: str, angles: list[float], through: Callable[[list[float]], list[float]], bar: float | None = None
) -> Row:
    exact = sum(before == after for before, after in zip(angles, through(angles), strict=True))
    return Row(key, what, 100 * exact / len(angles), "%", bar=bar, at_least=True)


def _ours(angles: list[float]) -> list[float]:
    text = "OPENQASM 3.0;\nqubit[1] q;\n" + "".join(f"rz({angle!r}) q[0];\n" for angle in angles)
    written = write(read(text.encode(), "angles.qasm"))
    return [float(str(operation.angles[0])) for operation in read(written.encode(), "written.qasm").operations]


def _through_qasm3(angles: list[float]) -> list[float]:
    return _angles(qasm3.loads(qasm3.dumps(_rotations(angles))))


def _through_qasm2(angles: list[float]) -> list[float]:
    return _angles(qasm2.loads(qasm2.dumps(_rotations(angles))))


def _rotations(angles: list[float]) -> QuantumCircuit:
    circuit = QuantumCircuit(1)
    for angle in angles:
        circuit.rz(angle, 0)
    return circuit


def _angles(circuit: QuantumCircuit) -> list[float]:
    return [float(instruction.operation.params[0]) for instruction in circuit.data]


if __name__ == "__main__":
    outcome.run("writer", rows)
