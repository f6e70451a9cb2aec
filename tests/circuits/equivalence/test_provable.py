"""The text that a prover gets says what the circuits do."""

import pytest
from qiskit.circuit.random import random_circuit

from qops.circuits.equivalence.provable import statement
from qops.circuits.equivalence.stimuli import verify
from qops.circuits.equivalence.wires import in_use
from qops.circuits.prelude import STANDARD
from qops.circuits.reader import read
from qops.interchange.from_qiskit import circuit_from_qiskit
from qops.model.circuit import Circuit
from qops.model.examination import Sameness
from qops.model.layout import Layout

WORDS = {"swap", "h", "x", "y", "z", "s", "sdg", "t", "tdg", "sx", "sxdg", "rx", "ry", "rz", "p", "u", "u1", "u2", "u3"}
HEAD = 'OPENQASM 3.0; include "stdgates.inc"; '


def same(circuit: Circuit, text: str) -> bool:
    spelt = read(text.replace("sxdg", "inv @ sx").encode(), "spelt.qasm")
    return verify(circuit, spelt, Layout.trivial(circuit.qubit_count), 3).sameness is Sameness.SAME


@pytest.mark.parametrize("name", sorted(set(STANDARD) - {"mcx"}))
def test_a_standard_gate_is_spelt_in_few_words(name: str) -> None:
    gate = STANDARD[name]
    angles = f"({', '.join(['0.3', '0.7', '1.1', '1.9'][: gate.parameters])})" if gate.parameters else ""
    wires = ", ".join(f"q[{qubit}]" for qubit in range(gate.qubits))
    circuit = read(f'OPENQASM 2.0; include "qelib1.inc"; qreg q[{gate.qubits}]; {name}{angles} {wires};'.encode(), "f")
    text = statement(in_use(circuit, circuit, Layout.trivial(gate.qubits))).source
    assert same(circuit, text)
    called = {line.replace("ctrl @ ", "").replace("inv @ ", "").split("(")[0].split()[0] for line in _calls(text)}
    assert called <= WORDS | {"gphase", "cu", "id"}


def _calls(text: str) -> list[str]:
    return [line for line in text.splitlines()[3:] if line]


@pytest.mark.parametrize("seed", range(10))
def test_random_circuits(seed: int) -> None:
    circuit = circuit_from_qiskit(random_circuit(4, 6, 4, seed=seed), "python")
    stated = statement(in_use(circuit, circuit, Layout.trivial(4)))
    assert same(circuit, stated.source)
    assert stated.source == stated.compiled


@pytest.mark.parametrize("final", [(0, 1, 2), (2, 0, 1), (1, 0, 2), (4, 1, 0), (3, 4, 0)])
def test_swaps_undo_the_routing(final: tuple[int, ...]) -> None:
    source = read((HEAD + "qubit[3] q; ry(0.3) q[0]; ry(0.7) q[1]; cx q[0], q[2];").encode(), "f")
    routed = "qubit[5] q; ry(0.3) q[0]; ry(0.7) q[1]; cx q[0], q[2]; "
    places = [0, 1, 2, 3, 4]
    for qubit, end in enumerate(final):
        here = places[qubit]
        if here != end:
            routed += f"swap q[{here}], q[{end}]; "
            places = [{here: end, end: here}.get(place, place) for place in places]
    layout = Layout((0, 1, 2), final)
    stated = statement(in_use(source, read((HEAD + routed).encode(), "f"), layout))
    assert stated.whole == (max(final) < 3)
    back = read(stated.compiled.encode(), "back.qasm")
    assert verify(source, back, Layout.trivial(3), 1).sameness is Sameness.SAME


def test_controls_and_users_gates() -> None:
    text = "gate f(t) a, b { rz(t) a; cx a, b; gphase(t); } qubit[4] q; h q; negctrl @ inv @ f(0.3) q[3], q[0], q[2]; "
    circuit = read((HEAD + text + "ctrl(3) @ x q[0], q[1], q[2], q[3];").encode(), "f")
    assert same(circuit, statement(in_use(circuit, circuit, Layout.trivial(4))).source)
