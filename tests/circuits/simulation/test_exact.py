"""Exact distances against Qiskit's own numbers, Aer's, and what can be worked out by hand."""

import math
import random

import numpy as np
import pytest
from qiskit import QuantumCircuit, transpile
from qiskit.circuit.random import random_circuit
from qiskit.quantum_info import Statevector, hellinger_distance, state_fidelity
from qiskit_aer import AerSimulator

from qops.circuits.reader import read
from qops.circuits.simulation.exact import distances
from qops.interchange.from_qiskit import circuit_from_qiskit
from qops.model.circuit import Circuit
from qops.model.examination import Exact

HEAD = 'OPENQASM 3.0; include "stdgates.inc"; '


def circuit(text: str) -> Circuit:
    return read((HEAD + text).encode(), "test.qasm")


def found(old: str, new: str) -> Exact:
    return distances(circuit(old), circuit(new))


def layered(qubits: int, seed: int, moved: float) -> QuantumCircuit:
    chance = random.Random(seed)
    made = QuantumCircuit(qubits)
    for _ in range(2):
        for qubit in range(qubits):
            made.ry(chance.uniform(-3, 3) + moved, qubit)
            made.rz(chance.uniform(-3, 3), qubit)
        for qubit in range(qubits - 1):
            made.cx(qubit, qubit + 1)
    return made


def outcomes(state: Statevector) -> dict[str, float]:
    return {str(place): chance for place, chance in enumerate(state.probabilities())}


@pytest.mark.parametrize("seed", range(8))
def test_random_circuits_as_qiskit_has_them(seed: int) -> None:
    qubits = 2 + seed
    pair = [random_circuit(qubits, 6, 4, seed=chosen) for chosen in (seed, 100 + seed)]
    exact = distances(*(circuit_from_qiskit(each, "python") for each in pair))
    old, new = (Statevector(each) for each in pair)
    assert exact.fidelity == pytest.approx(state_fidelity(old, new), abs=1e-12)
    assert exact.hellinger == pytest.approx(hellinger_distance(outcomes(old), outcomes(new)), abs=1e-7)
    variation = np.abs(old.probabilities() - new.probabilities()).sum() / 2
    assert exact.total_variation == pytest.approx(variation, abs=1e-12)
    assert not exact.measured


@pytest.mark.parametrize("qubits", [3, 8, 13])
def test_a_moved_ansatz_as_aer_has_it(qubits: int) -> None:
    pair = [layered(qubits, qubits, moved) for moved in (0.0, 0.02)]
    states = []
    for each in pair:
        kept = each.copy()
        kept.save_statevector()
        simulator = AerSimulator(method="statevector")
        states.append(np.asarray(simulator.run(transpile(kept, simulator)).result().get_statevector()))
    exact = distances(*(circuit_from_qiskit(each, "python") for each in pair))
    assert exact.fidelity == pytest.approx(abs(np.vdot(*states)) ** 2, abs=1e-11)
    p, q = (np.abs(state) ** 2 for state in states)
    assert exact.total_variation == pytest.approx(np.abs(p - q).sum() / 2, abs=1e-11)
    assert exact.hellinger == pytest.approx(math.sqrt(((np.sqrt(p) - np.sqrt(q)) ** 2).sum() / 2), abs=1e-9)


@pytest.mark.parametrize("pattern", ["1111111", "0101100"])
def test_more_controls_than_a_matrix_holds(pattern: str) -> None:
    words = " ".join({"1": "ctrl @", "0": "negctrl @"}[each] for each in pattern)
    start = "".join(f"x q[{place}]; " for place, each in enumerate(pattern) if each == "1")
    wires = ", ".join(f"q[{place}]" for place in range(8))
    shifted = found(f"qubit[8] q; {start}", f"qubit[8] q; {start} {words} rx(0.4) {wires};")
    assert shifted.fidelity == pytest.approx(math.cos(0.2) ** 2)
    idle = found("qubit[8] q; x q[1];", f"qubit[8] q; x q[1]; {words} rx(0.4) {wires};")
    assert idle.fidelity == pytest.approx(1.0)


def test_users_gates_of_any_width() -> None:
    wide = "gate wide(t) a, b, c, d, e, f, g { h a; cx a, g; rz(t) g; cx b, c; gphase(t); } qubit[8] q; h q[7]; "
    body = "qubit[8] q; h q[7]; h q[0]; cx q[0], q[6]; rz(0.3) q[6]; cx q[1], q[2];"
    names = "q[0], q[1], q[2], q[3], q[4], q[5], q[6]"
    assert found(f"{wide} wide(0.3) {names};", body).fidelity == pytest.approx(1.0)
    assert found(
        f"{wide} wide(0.3) {names}; inv @ wide(0.3) {names};", "qubit[8] q; h q[7];"
    ).fidelity == pytest.approx(1)
    controlled = found(f"{wide} ctrl @ wide(0.3) q[7], {names};", f"{wide} wide(0.3) {names};")
    assert controlled.fidelity is not None
    assert controlled.fidelity < 0.99
    undone = f"{wide} ctrl @ wide(0.3) q[7], {names}; inv @ ctrl @ wide(0.3) q[7], {names};"
    assert found(undone, "qubit[8] q; h q[7];").fidelity == pytest.approx(1)
    assert found(f"{wide} pow(2) @ wide(0.3) {names};", f"{wide} wide(0.3) {names}; wide(0.3) {names};").fidelity == (
        pytest.approx(1)
    )


TELEPORT = (
    "qubit[3] q; bit[3] c; ry({}) q[0]; h q[1]; cx q[1], q[2]; cx q[0], q[1]; h q[0]; c[0] = measure q[0]; "
    "c[1] = measure q[1]; if (c[1] == 1) {{ x q[2]; }} if (c[0] == 1) {{ z q[2]; }} c[2] = measure q[2];"
)


def test_what_is_fed_forward_arrives() -> None:
    exact = found(TELEPORT.format(0.7), TELEPORT.format(0.75))
    assert exact.fidelity == pytest.approx(math.cos(0.025) ** 2)
    assert exact.total_variation == pytest.approx(math.sin(0.375) ** 2 - math.sin(0.35) ** 2)
    assert exact.measured


SWITCH = (
    "x q[0]; c[0] = measure q[0]; switch (c[0]) {{ case {} {{ x q[1]; }} default {{ h q[1]; }} }} c[1] = measure q[1];"
)
IF = "h q[0]; c[0] = measure q[0]; if (c[0] == 1) { x q[0]; } else { x q[1]; } c[1] = measure q[1];"
UNTIL = "h q[0]; c[0] = measure q[0]; while (c[0] == 0) { h q[0]; c[0] = measure q[0]; }"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (UNTIL, "x q[0]; c[0] = measure q[0];"),
        ("x q[0]; reset q[0]; ry(0.3) q[0];", "ry(0.3) q[0];"),
        ("for int i in {1, 2, 3} { rx(0.1 * i) q[0]; }", "rx(0.6) q[0];"),
        ("for int i in {1, 2, 3} { rx(0.1) q[0]; if (c[1] == 0) { break; } }", "rx(0.1) q[0];"),
        ("for int i in {1, 2} { if (c[1] == 0) { continue; } x q[0]; }", ""),
        (SWITCH.format(1), "x q; c = measure q;"),
        (SWITCH.format(0), "x q[0]; h q[1]; c = measure q;"),
        (IF, "h q[0]; cx q[0], q[1]; x q[1]; c = measure q;"),
        ("h q[0]; measure q[0]; h q[0]; c[0] = measure q[0];", "h q[0]; c[0] = measure q[0];"),
    ],
)
def test_other_ways_to_the_same_outcomes(old: str, new: str) -> None:
    exact = found("qubit[2] q; bit[2] c; " + old, "qubit[2] q; bit[2] c; " + new)
    assert exact.unexamined == ""
    assert exact.total_variation == pytest.approx(0.0, abs=1e-9)


def test_a_mixture_is_told_from_a_superposition() -> None:
    """A qubit that was measured without a record is half zero, half one: its fidelity with |+⟩ is 1/2."""
    exact = found("qubit[1] q; h q[0]; measure q[0]; h q[0]; h q[0];", "qubit[1] q; h q[0];")
    assert exact.fidelity == pytest.approx(0.5)


def test_uhlmann_of_two_mixtures() -> None:
    """Diagonal mixtures have the fidelity of their distributions, (Σ √(pq))²."""
    exact = found(
        "qubit[2] q; ry(0.6) q[0]; reset q[1]; cx q[0], q[1]; reset q[1];",
        "qubit[2] q; h q[0]; cx q[0], q[1]; reset q[1];",
    )
    p = math.cos(0.3) ** 2
    assert exact.fidelity == pytest.approx((math.sqrt(p / 2) + math.sqrt((1 - p) / 2)) ** 2)


def test_different_registers_have_outcomes_alone() -> None:
    exact = found("qubit[1] q; bit[1] c; h q[0]; c = measure q;", "qubit[2] q; bit[1] c; h q[1]; c[0] = measure q[1];")
    assert exact.fidelity is None
    assert exact.total_variation == pytest.approx(0.0)
    nothing = found("qubit[1] q;", "qubit[2] q;")
    assert (nothing.fidelity, nothing.total_variation) == (None, None)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("input float t; qubit[1] q; rx(t) q[0];", "`rx` has an angle without a value"),
        ("gate f a { x a; } qubit[1] q; bit[1] c; h q[0]; c = measure q; while (c == 1) { f q[0]; }", "1,000 turns"),
        ("qubit[1] q; bit[1] c; " + "h q[0]; measure q[0];" * 12, "courses"),
    ],
)
def test_what_cannot_be_run_is_told(text: str, reason: str) -> None:
    exact = found(text, text)
    assert reason in exact.unexamined
    assert exact.fidelity is None
