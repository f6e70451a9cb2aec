"""The bound against exact states, and where there is none."""

import math
import random

import numpy as np
import pytest
from qiskit import qasm3
from qiskit.quantum_info import Statevector

from qops.circuits.distance import Unbounded, between, of_differences
from qops.circuits.reader import read
from qops.circuits.writer import write
from qops.stats.bures import largest_total_variation, least_fidelity

HEAD = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n'
GATES = [("rx", 1, 1), ("ry", 1, 1), ("rz", 1, 1), ("p", 1, 1), ("U", 3, 1), ("u2", 2, 1), ("crx", 1, 2), ("cp", 1, 2)]
GATES += [
    ("cry", 1, 2),
    ("crz", 1, 2),
    ("cu", 4, 2),
    ("rzz", 1, 2),
    ("rxx", 1, 2),
    ("r", 2, 1),
    ("h", 0, 1),
    ("cx", 0, 2),
]


def circuit(body: str, declared: str = "qubit[3] q; bit[2] c;"):  # noqa: ANN201
    return read((HEAD + declared + "\n" + body).encode(), "test.qasm")


def pair(chance: random.Random) -> tuple[str, str]:
    """Two circuits of the same gates; the angles differ by a little, or by anything."""
    scale = chance.choice([1e-3, 0.05, 1.0])
    lines = []
    for _ in range(12):
        name, angles, qubits = chance.choice(GATES)
        old = [chance.uniform(-7, 7) for _ in range(angles)]
        new = [angle + chance.choice([0, 0, scale * chance.uniform(-1, 1), 2 * math.pi]) for angle in old]
        wires = ", ".join(f"q[{wire}]" for wire in chance.sample(range(3), qubits))
        lines.append([f"{name}({', '.join(map(repr, side))}) {wires};".replace("()", "") for side in (old, new)])
    return "".join(line[0] for line in lines), "".join(line[1] for line in lines)


def test_no_exact_distance_exceeds_the_bound() -> None:
    chance = random.Random(7)
    for _ in range(120):
        old, new = (circuit(body) for body in pair(chance))
        bound = between(old, new, {}, {})
        states = [Statevector(qasm3.loads(write(side)).remove_final_measurements(inplace=False)) for side in (old, new)]
        fidelity = abs(states[0].inner(states[1])) ** 2
        variation = np.abs(states[0].probabilities() - states[1].probabilities()).sum() / 2
        assert fidelity >= least_fidelity(bound.angle) - 1e-9
        assert variation <= largest_total_variation(bound.angle) + 1e-9


def test_a_coherent_shift_meets_the_bound() -> None:
    old, new = circuit("ry(0.3) q[0];" * 5), circuit("ry(0.31) q[0];" * 5)
    bound = between(old, new, {}, {})
    states = [Statevector(qasm3.loads(write(side)).remove_final_measurements(inplace=False)) for side in (old, new)]
    assert abs(states[0].inner(states[1])) ** 2 == pytest.approx(least_fidelity(bound.angle), abs=1e-12)
    assert bound.changed == 5


def test_named_parameters_count_once_for_each_gate_they_feed() -> None:
    made = circuit("rx(a) q[0]; rz(2*a + b) q[1];", "input float a; input float b; qubit[2] q;")
    bound = between(made, made, {"a": 0.1, "b": 0.0}, {"a": 0.2, "b": 0.0})
    assert bound.angle == pytest.approx((0.1 + 0.2) / 2)
    assert bound.estimate == pytest.approx((0.01 + 0.04) / 4)


def test_calls_loops_and_branches() -> None:
    text = "gate f(t) a { rx(t) a; rz(2*t) a; } f(%s) q[0]; for int i in [0:2] { ry(%s) q[1]; } "
    text += "if (c[0]) { rx(%s) q[0]; } else { rx(%s) q[0]; rx(0) q[1]; }"
    bound = between(circuit(text % (1, 1, 1, 1)), circuit(text % (1.1, 1.1, 1.1, 1.4)), {}, {})
    assert bound.angle == pytest.approx((0.1 + 0.2 + 3 * 0.1 + 0.4) / 2)


def test_under_a_control_a_rotation_by_two_pi_is_a_change() -> None:
    text = "gate f(t) a { rx(t) a; } ctrl @ f(%s) q[0], q[1];"
    assert between(circuit(text % 0), circuit(text % "2*pi"), {}, {}).angle == pytest.approx(math.pi / 2)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("while (c[0]) { rx(%s) q[0]; c[0] = measure q[0]; }", "any number of times"),
        ("pow(0.5) @ cu(%s, 0, 0, 0) q[0], q[1];", "a power of `cu`"),
        ("u0(%s) q[0];", "its period is not known"),
    ],
)
def test_where_there_is_no_bound_the_reason_is_given(text: str, why: str) -> None:
    with pytest.raises(Unbounded, match=why):
        between(circuit(text % 1), circuit(text % 2), {}, {})
    assert between(circuit(text % 1), circuit(text % 1), {}, {}).angle == 0


def test_differences_alone_give_the_same_bound() -> None:
    assert of_differences([0.1, -0.2]).angle == pytest.approx(0.15)
