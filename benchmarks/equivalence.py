"""Whether and where two large circuits differ: rewrites that do the same and one angle that moved, beside MQT QCEC."""

import json
import math
import random
import subprocess
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks import aside, measure, outcome
from benchmarks.edited_circuits import reordered
from benchmarks.outcome import Row
from qops.circuits.comparison import compare
from qops.circuits.equivalence.ladder import Answer, Equivalence, decide
from qops.model.circuit import Circuit, Operation, Register

WIDTH, GATES, REWRITES, MOVE = 65, 30_000, 10, 1e-3
TIMEOUT = 60
_PROGRAM = """
import json, resource, sys
from mqt.qcec import verify
result = verify(sys.argv[1], sys.argv[2], timeout=float(sys.argv[3]))
used = resource.getrusage(resource.RUSAGE_SELF)
print(json.dumps([result.equivalence.name, used.ru_utime + used.ru_stime]))
"""


class Pair(NamedTuple):
    """Two circuits."""

    old: Circuit
    new: Circuit


def rows(*, small: bool) -> Iterator[Row]:
    """Rewrites alone, then one angle moved too, by qops and by QCEC."""
    gates = 300 if small else GATES
    for key, moved in (("rewritten", False), ("moved", True)):
        pair = _pair(gates, moved=moved)
        what = f"{WIDTH} qubits, {gates:,} gates, {REWRITES} rewrites{', one angle moved by 1e-3' if moved else ''}"
        seconds, found = measure.call(partial(_decide, pair), 1 if small else 3)
        if moved:
            assert found.answer is Answer.APART
            bar = 2 * math.sin(MOVE / 4) + 1e-5
            yield Row(
                f"{key}_distance", f"{what}: norm distance, at most", 1e4 * (found.distance or 0), "e-4", 1e4 * bar
            )
            places = sum(not region.same for region in found.regions)
            yield Row(f"{key}_places", "places where it says they may differ", places, bar=1)
        else:
            assert found.answer is Answer.EQUIVALENT
        yield Row(f"{key}_seconds", f"{what}: time", seconds, "s", bar=1)
        yield _by_qcec(key, pair, small=small)


def _decide(pair: Pair) -> Equivalence:
    return decide(compare(pair.old, pair.new), pair.old, pair.new)


def _by_qcec(key: str, pair: Pair, *, small: bool) -> Row:
    name, what = f"{key}_qcec", "the same pair by MQT QCEC"
    if small:
        return Row(name, what, None, skipped="not in a trial")
    try:
        answer, seconds = _verified(pair)
    except aside.NotInstalledError as reason:
        return Row(name, what, None, skipped=str(reason))
    return Row(name, f"{what}, which answers `{answer}`", seconds, "s")


def _verified(pair: Pair) -> tuple[str, float]:
    """QCEC's verdict, and its CPU seconds; it is given a minute, and then ended."""
    python = aside.interpreter("qcec", "mqt.qcec==3.11.0")
    with TemporaryDirectory() as directory:
        files = [Path(directory) / "old.qasm", Path(directory) / "new.qasm"]
        for file, circuit in zip(files, pair, strict=True):
            file.write_text(_qasm(circuit.operations))
        words = [str(python), "-c", _PROGRAM, *map(str, files), str(TIMEOUT)]
        before = measure.children()
        try:
            done = subprocess.run(words, capture_output=True, text=True, check=True, timeout=2 * TIMEOUT)
        except subprocess.TimeoutExpired:
            return "nothing in two minutes", measure.children() - before
    answer, seconds = json.loads(done.stdout)
    return answer, seconds


def _pair(gates: int, *, moved: bool) -> Pair:
    chance = random.Random(5)
    old = [_gate(chance) for _ in range(gates)]
    new = list(old)
    turns = [place for place, operation in enumerate(old) if operation.angles]
    if moved:
        place = chance.choice(turns)
        new[place] = _turn(old[place], _angle(old[place]) + MOVE)
    for place in sorted(chance.sample([p for p in range(gates) if old[p] == new[p]], REWRITES), reverse=True):
        new[place : place + 1] = _rewritten(new[place])
    return Pair(_circuit(old), _circuit(reordered(new, chance)))


def _gate(chance: random.Random) -> Operation:
    first, second = chance.sample(range(WIDTH), 2)
    match chance.choice(("rz", "sx", "x", "cx")):
        case "rz":
            return Operation("rz", (first,), (chance.uniform(-math.pi, math.pi),))
        case "cx":
            return Operation("cx", (first, second))
        case gate:
            return Operation(gate, (first,))


def _rewritten(operation: Operation) -> Sequence[Operation]:
    """Other gates that do the same, up to a global phase."""
    qubits = operation.qubits
    match operation.gate:
        case "x":
            return [Operation("sx", qubits)] * 2
        case "cx":
            h = Operation("h", qubits[1:])
            return [h, Operation("cz", (min(qubits), max(qubits))), h]
        case "rz":
            return [_turn(operation, part) for part in (0.25, _angle(operation) - 0.25)]
        case _:
            y = Operation("y", qubits)
            return [y, y, operation]


def _turn(operation: Operation, angle: float) -> Operation:
    return Operation(operation.gate, operation.qubits, (angle,))


def _angle(operation: Operation) -> float:
    (angle,) = operation.angles
    assert isinstance(angle, float)
    return angle


def _circuit(operations: Sequence[Operation]) -> Circuit:
    return Circuit((Register("q", WIDTH),), (), (), tuple(operations))


def _qasm(operations: Sequence[Operation]) -> str:
    lines = ["OPENQASM 2.0;", 'include "qelib1.inc";', f"qreg q[{WIDTH}];"]
    for operation in operations:
        angles = f"({operation.angles[0]!r})" if operation.angles else ""
        lines.append(f"{operation.gate}{angles} {','.join(f'q[{qubit}]' for qubit in operation.qubits)};")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    outcome.run("equivalence", rows)
