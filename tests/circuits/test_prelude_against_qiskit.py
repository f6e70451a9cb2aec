"""The standard gates are Qiskit's: names, sizes, symmetries, inverses, controls and bodies, by their matrices."""

from itertools import permutations

import numpy as np
import pytest
from qiskit import QuantumCircuit, qasm3
from qiskit.circuit import Gate
from qiskit.circuit.library import MCXGate, get_standard_gate_name_mapping, standard_gates
from qiskit.quantum_info import Operator

from qops.circuits.prelude import STANDARD, STDGATES, UNLIMITED

ANGLES = (0.3, 0.7, 1.1, 1.9)
OWN = {"rx1", "ry1"}
CLASSES = {
    "u0": None,
    "mcx": lambda: MCXGate(4),
    "c3sx": standard_gates.C3SXGate,
    "rcccx": standard_gates.RC3XGate,
    "ccz": standard_gates.CCZGate,
    "u1": standard_gates.U1Gate,
    "u2": standard_gates.U2Gate,
    "u3": standard_gates.U3Gate,
    "cu1": standard_gates.CU1Gate,
    "cu3": standard_gates.CU3Gate,
    "csdg": standard_gates.CSdgGate,
}


def make(name: str) -> Gate:
    maker = CLASSES.get(name) or get_standard_gate_name_mapping()[name].__class__
    return maker(*ANGLES[: STANDARD[name].parameters])


KNOWN = sorted(set(STANDARD) - OWN - {"u0"})


@pytest.mark.parametrize("name", KNOWN)
def test_name_and_size(name: str) -> None:
    gate = make(name)
    assert gate.name == name
    assert len(gate.params) == STANDARD[name].parameters
    assert STANDARD[name].qubits in (gate.num_qubits, UNLIMITED)


@pytest.mark.parametrize("name", [name for name in KNOWN if STANDARD[name].exchangeable])
def test_exchangeable_operands_are_exactly_those(name: str) -> None:
    gate = make(name)
    matrix = Operator(gate)
    places = range(STANDARD[name].qubits)
    free = set(STANDARD[name].exchangeable)
    for order in permutations(places):
        moved = {place for place in places if order[place] != place}
        circuit = QuantumCircuit(len(places))
        circuit.append(gate, order)
        same = np.allclose(Operator(circuit).data, matrix.data)
        assert same == (moved <= free)


@pytest.mark.parametrize("name", [name for name in KNOWN if STANDARD[name].inverse])
def test_inverse(name: str) -> None:
    gate, inverse = make(name), STANDARD[name].inverse
    other = gate.__class__(*[-angle for angle in gate.params]) if inverse == "-" else make(inverse)
    product = Operator(gate).compose(Operator(other)).data
    assert np.allclose(product, np.eye(len(product)))


@pytest.mark.parametrize("name", [name for name in KNOWN if STANDARD[name].base and STANDARD[name].controls > 0])
def test_base_and_controls(name: str) -> None:
    known = STANDARD[name]
    controlled = make(known.base).control(known.controls, annotated=False)
    assert np.allclose(Operator(make(name)).data, Operator(controlled).data)


@pytest.mark.parametrize("name", [name for name in STANDARD if STANDARD[name].body is not None and name not in OWN])
def test_body_is_the_published_definition(name: str) -> None:
    known = STANDARD[name]
    if name == "u0":
        return
    parameters = ", ".join(f"p{i}" for i in range(known.parameters))
    qubits = ", ".join(f"q{i}" for i in range(known.qubits))
    call = f"({', '.join(map(str, ANGLES[: known.parameters]))})" if parameters else ""
    text = f'OPENQASM 3.0; include "stdgates.inc"; gate g({parameters}) {qubits} {{ {known.body} }} '
    text = (
        text.replace("g()", "g")
        + f"qubit[{known.qubits}] r; g{call} {', '.join(f'r[{i}]' for i in range(known.qubits))};"
    )
    written, published = Operator(qasm3.loads(text)), Operator(make(name))
    assert np.allclose(written.data, published.data)


def test_what_stdgates_defines_is_known() -> None:
    assert set(STANDARD) > STDGATES
