"""What a diff promises without looking is kept by what is there."""

import math
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qops.circuits.comparison import compare
from qops.circuits.distance import between
from qops.circuits.equivalence.ladder import Answer, decide
from qops.circuits.reader import read
from qops.circuits.simulation.exact import distances
from qops.model.circuit import Circuit
from qops.stats.bures import largest_total_variation, least_fidelity

HEAD = 'OPENQASM 3.0; include "stdgates.inc"; qubit[5] q; bit[5] c; '
ONE = ("rx", "ry", "rz", "p")
TWO = ("cp", "crx", "cry", "crz", "rzz", "rxx")
SLACK = 1e-9
MOVES = st.floats(-0.4, 0.4, allow_nan=False)


def text(seed: int, moves: list[float], ending: str, extra: str = "") -> str:
    """A circuit of random gates, the first of whose angles are moved."""
    chance = random.Random(seed)
    lines = [f"h q[{qubit}];" for qubit in range(5)]
    for place in range(24):
        angle = chance.uniform(-3, 3) + (moves[place] if place < len(moves) else 0.0)
        a, b = chance.sample(range(5), 2)
        wires, name = (
            (f"q[{a}]", chance.choice(ONE)) if chance.random() < 0.5 else (f"q[{a}], q[{b}]", chance.choice(TWO))
        )
        lines.append(f"{name}({angle!r}) {wires};")
        if place == 12:
            lines.append(extra)
    return HEAD + " ".join(lines) + ending


def circuit(source: str) -> Circuit:
    return read(source.encode(), "test.qasm")


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 10**6),
    st.lists(MOVES, min_size=1, max_size=24),
    st.sampled_from(
        [
            "",
            " c = measure q;",
            " c[0] = measure q[0]; if (c[0] == 1) { ry(0.7) q[1]; } reset q[2]; c[1] = measure q[1];",
        ]
    ),
)
def test_a_change_of_angles_is_never_further_than_its_bound(seed: int, moves: list[float], ending: str) -> None:
    old, new = circuit(text(seed, [], ending)), circuit(text(seed, moves, ending))
    angle = between(old, new, {}, {}).angle
    exact = distances(old, new)
    assert exact.fidelity is not None
    assert exact.total_variation is not None
    assert exact.hellinger is not None
    assert exact.fidelity >= least_fidelity(angle) - SLACK
    assert exact.total_variation <= largest_total_variation(angle) + SLACK
    assert exact.hellinger <= math.sqrt(1 - math.cos(min(angle, math.pi / 2))) + SLACK


@settings(max_examples=60, deadline=None)
@given(
    st.integers(0, 10**6),
    st.lists(MOVES, max_size=2),
    st.sampled_from(["rz(0.2) q[1];", "cx q[0], q[1];", "x q[2]; x q[2];"]),
)
def test_a_change_of_structure_is_never_further_than_its_bound(seed: int, moves: list[float], extra: str) -> None:
    old, new = circuit(text(seed, [], "")), circuit(text(seed, moves, "", extra))
    told = decide(compare(old, new), old, new)
    if told.answer is Answer.UNDECIDED:
        return
    distance = told.distance or 0.0
    exact = distances(old, new)
    assert exact.fidelity is not None
    assert exact.total_variation is not None
    assert exact.fidelity >= max(0.0, 1 - distance**2 / 2) ** 2 - SLACK
    assert exact.total_variation <= distance + SLACK


def test_the_tests_above_would_see_a_bound_that_is_too_small() -> None:
    """One coherent rotation meets its bound, so half of the bound is violated."""
    old, new = (circuit(HEAD + f"rx({angle}) q[0];") for angle in (0.0, 0.4))
    angle = between(old, new, {}, {}).angle
    exact = distances(old, new)
    assert exact.fidelity == pytest.approx(least_fidelity(angle))
    assert exact.fidelity < least_fidelity(angle / 2) - SLACK
