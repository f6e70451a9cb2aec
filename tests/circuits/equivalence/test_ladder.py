import random
from collections.abc import Sequence

import numpy as np
import pytest
from support.random_circuits import reordered

from qops.circuits.comparison import compare
from qops.circuits.equivalence.gates import Matrices
from qops.circuits.equivalence.ladder import Answer, Equivalence, decide
from qops.circuits.reader import read
from qops.model.circuit import Circuit, Operation, Register

HEAD = 'OPENQASM 3.0; include "stdgates.inc"; input float t; qubit[6] q; bit[2] c; '


def found(old: str, new: str) -> Equivalence:
    a, b = (read((HEAD + text).encode(), "test.qasm") for text in (old, new))
    return decide(compare(a, b), a, b)


@pytest.mark.parametrize(
    ("old", "new", "by"),
    [
        ("h q[0];", "h q[0]; gate unused a { x a; }", "digests"),
        ("x q[0];", "sx q[0]; sx q[0];", "normal form"),
        ("rx(t) q[0];", "h q[1]; h q[1]; rx(t) q[0]; id q[2];", "normal form"),
        ("s q[0]; rz(0.3) q[0];", "p(pi/2) q[0]; rz(0.3) q[0];", "normal form"),
        ("s q[0]; rz(0.3) q[0];", "p(pi/2) q[0]; rz(0.3 + 2*pi) q[0];", "local regions"),
        ("crz(0.5) q[0], q[1];", "crz(4*pi) q[0], q[1]; crz(0.5) q[0], q[1];", "normal form"),
        ("ctrl(5) @ x q[0], q[1], q[2], q[3], q[4], q[5];" * 2, "", "normal form"),
        ("cx q[0], q[1];", "h q[1]; cz q[0], q[1]; h q[1];", "local regions"),
        ("rz(0.3) q[0]; cx q[0], q[1];", "cx q[0], q[1]; rz(0.3) q[0];", "local regions"),
        ("swap q[0], q[1]; h q[0];", "cx q[0], q[1]; cx q[1], q[0]; cx q[0], q[1]; h q[0];", "local regions"),
        ("gate f a { h a; } f q[0]; f q[0];", "gate f a { y a; } f q[0]; f q[0];", "local regions"),
        ("x q[0]; c[0] = measure q[0];", "h q[0]; z q[0]; h q[0]; c[0] = measure q[0];", "local regions"),
    ],
)
def test_what_does_the_same_is_proven(old: str, new: str, by: str) -> None:
    equivalence = found(old, new)
    assert (equivalence.answer, equivalence.decided_by) == (Answer.EQUIVALENT, by)
    assert equivalence.distance == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(
    ("old", "new", "distance"),
    [
        ("h q[0]; x q[0];", "h q[0];", 2 * np.sin(np.pi / 4)),
        ("h q[0]; rz(0.5) q[0];", "h q[0]; id q[0]; rz(0.501) q[0];", 2 * np.sin(0.001 / 4)),
        ("cp(0.5) q[0], q[1];", "id q[0]; cp(0.6) q[0], q[1];", 2 * np.sin(0.1 / 4)),
        ("crz(0) q[0], q[1];", "id q[0]; crz(2*pi) q[0], q[1];", 2 * np.sin(np.pi / 4)),
        ("h q[0]; c[0] = measure q[0]; h q[0];", "c[0] = measure q[0];", 2 * np.sin(np.pi / 4) * 2),
        ("rz(0.1) q[0]; c[0] = measure q[0];", "c[0] = measure q[0]; rz(0.1) q[0];", 2 * 2 * np.sin(0.1 / 4)),
    ],
)
def test_what_does_not_is_at_most_so_far_apart(old: str, new: str, distance: float) -> None:
    equivalence = found(old, new)
    if distance >= 2:
        assert equivalence.answer is Answer.UNDECIDED
    else:
        assert (equivalence.answer, equivalence.distance) == (Answer.APART, pytest.approx(distance, abs=1e-9))


@pytest.mark.parametrize(
    ("old", "new", "because"),
    [
        ("h q[0];", "h q[0]; c[0] = measure q[0];", "`measure`, which is no unitary gate"),
        ("if (c[0]) { x q[0]; }", "if (c[0]) { sx q[0]; sx q[0]; }", "`if`, which is no unitary gate"),
        ("h q[0];", "h q[0]; rz(t) q[0];", "`rz` with an angle that has no value"),
        ("h q[0];", "h q[0]; ctrl(5) @ x q[0], q[1], q[2], q[3], q[4], q[5];", "on 6 qubits, more than 5"),
        ("qubit a; x a;", "x q[0];", "declared differently"),
        ("x q[0];", "y q[1]; z q[2]; h q[3];", "2 or more"),
    ],
)
def test_what_is_not_decided_says_why(old: str, new: str, because: str) -> None:
    equivalence = found(old, new)
    assert equivalence.answer is Answer.UNDECIDED
    assert because in equivalence.because


def test_one_angle_among_rewrites_is_found() -> None:
    old = "h q[0]; x q[1]; cx q[0], q[1]; rz(0.5) q[3]; cx q[2], q[3];"
    new = "h q[0]; sx q[1]; sx q[1]; h q[1]; cz q[0], q[1]; h q[1]; rz(0.501) q[3]; cx q[2], q[3];"
    equivalence = found(old, new)
    assert equivalence.distance == pytest.approx(2 * np.sin(0.001 / 4))
    assert [region.qubits for region in equivalence.regions if not region.same] == [(3,)]


def random_gates(width: int, length: int, draw: random.Random) -> list[Operation]:
    gates = []
    for _ in range(length):
        gate = draw.choice(["h", "x", "rz", "sx", "cx", "y", "t", "crx"])
        wires = draw.sample(range(width), 1 + (gate in ("cx", "crx")))
        gates.append(Operation(gate, tuple(wires), (draw.uniform(-3, 3),) if gate in ("rz", "crx") else ()))
    return gates


def rewritten(gates: Sequence[Operation], draw: random.Random) -> list[Operation]:
    """Some gates written otherwise, and perhaps one that is moved, deleted or inserted."""
    new: list[Operation] = []
    for gate in gates:
        if gate.gate == "x" and draw.random() < 0.3:
            new += [Operation("sx", gate.qubits)] * 2
        elif gate.gate == "cx" and draw.random() < 0.3:
            flip = Operation("h", gate.qubits[1:])
            new += [flip, Operation("cz", tuple(sorted(gate.qubits))), flip]
        else:
            new.append(gate)
    place = draw.randrange(len(new))
    match draw.randrange(5):
        case 0 if new[place].angles:
            shift = draw.choice([1e-9, 1e-6, 1e-3, 0.3])
            new[place] = Operation(new[place].gate, new[place].qubits, (float(new[place].angles[0]) + shift,))
        case 1:
            del new[place]
        case 2:
            new[place:place] = random_gates(3, 1, draw)
    return new


def exact(old: Sequence[Operation], new: Sequence[Operation], width: int) -> float:
    a, b = (np.array(Matrices({}).product(gates, width)) for gates in (old, new))
    phases = np.sort(np.angle(np.linalg.eigvals(b @ a.conj().T)))
    arc = 2 * np.pi - np.diff(np.append(phases, phases[0] + 2 * np.pi)).max()
    return float(2 * np.sin(arc / 4))


@pytest.mark.parametrize("seed", range(60))
def test_the_bound_holds_and_nothing_else_is_called_equivalent(seed: int) -> None:
    draw = random.Random(seed)
    width = draw.choice([3, 5])
    old = random_gates(width, draw.randrange(5, 30), draw)
    new = reordered(rewritten(old, draw), seed)
    a, b = (Circuit((Register("q", width),), (), (), tuple(gates)) for gates in (old, new))
    equivalence = decide(compare(a, b), a, b)
    apart = exact(old, new, width)
    if equivalence.answer is Answer.EQUIVALENT:
        assert apart <= 1e-10
    elif equivalence.answer is Answer.APART:
        assert 1e-12 < apart <= (equivalence.distance or 0.0) + 1e-12
