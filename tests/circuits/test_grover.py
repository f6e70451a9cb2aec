"""Grover iterations: how often they pass, against theory and against Qiskit's simulator."""

import math
import re

import numpy as np
import pytest
from qiskit.quantum_info import Statevector

from qops.circuits.grover import NotInvertibleError, powered
from qops.circuits.measurements import final_measurements
from qops.circuits.reader import read
from qops.circuits.simulation.evolution import run
from qops.circuits.simulation.overlap import distribution
from qops.circuits.simulation.state import State
from qops.interchange.to_qiskit import circuit_to_qiskit
from qops.model.circuit import Circuit

HEAD = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n'
CIRCUIT = read(
    f"{HEAD}qubit[3] q;\nbit[3] c;\nry(0.7) q[0];\nbarrier q;\nh q[1];\nctrl @ rx(0.9) q[0], q[2];\nt q[1];\n"
    "cx q[1], q[0];\nsx q[2];\nc[0] = measure q[1];\nc[1] = measure q[2];\nc[2] = measure q[0];\n".encode(),
    "a.qasm",
)


def passes(circuit: Circuit, patterns: tuple[str, ...]) -> float:
    ends = final_measurements(circuit)
    courses = run(circuit, State.of([np.array([1, 0], complex)] * circuit.qubit_count), set(ends))
    (weights,) = distribution(courses, [ends[bit] for bit in sorted(ends)]).values()
    outcomes = [format(number, f"0{len(ends)}b") for number in range(len(weights))]
    shapes = [each.replace("*", ".") for each in patterns]
    matched = [any(re.fullmatch(shape, outcome) for shape in shapes) for outcome in outcomes]
    return float(weights[np.array(matched)].sum())


@pytest.mark.parametrize("patterns", [("000",), ("1*0",), ("0**", "111"), ("***",), ()])
@pytest.mark.parametrize("iterations", [0, 1, 2, 5])
def test_it_passes_as_theory_says(patterns: tuple[str, ...], iterations: int) -> None:
    theta = math.asin(math.sqrt(min(1.0, passes(CIRCUIT, patterns))))
    found = passes(powered(CIRCUIT, patterns, iterations), patterns)
    assert found == pytest.approx(math.sin((2 * iterations + 1) * theta) ** 2, abs=1e-12)


def test_qiskit_agrees() -> None:
    theirs = circuit_to_qiskit(powered(CIRCUIT, ("1*0",), 2)).remove_final_measurements(inplace=False)
    chances = Statevector(theirs).probabilities([1, 2, 0])
    assert chances[0b100] + chances[0b110] == pytest.approx(passes(powered(CIRCUIT, ("1*0",), 2), ("1*0",)), abs=1e-12)


@pytest.mark.parametrize(
    ("body", "patterns", "told"),
    [
        ("h q[0]; reset q[0]; c = measure q;", ("11",), "resets or control flow"),
        ("if (c[0]) { x q[0]; } c = measure q;", ("11",), "resets or control flow"),
        ("c[0] = measure q[0]; x q[0]; c[1] = measure q[1];", ("11",), "before its end"),
        ("c[0] = measure q[0];", ("11",), "not all of its bits"),
        ("h q; c = measure q;", ("1*", "*0"), "overlap"),
    ],
)
def test_what_has_no_inverse_is_refused(body: str, patterns: tuple[str, ...], told: str) -> None:
    circuit = read(f"{HEAD}qubit[2] q;\nbit[2] c;\n{body}\n".encode(), "a.qasm")
    with pytest.raises(NotInvertibleError, match=told):
        powered(circuit, patterns, 1)
