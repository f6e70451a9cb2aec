"""The matrices are Qiskit's, global phase included."""

import numpy as np
import pytest
from qiskit.circuit import AnnotatedOperation, ControlModifier, Gate, InverseModifier
from qiskit.circuit.library import MCXGate, SXGate, XGate, get_standard_gate_name_mapping, standard_gates
from qiskit.quantum_info import Operator

from qops.circuits.equivalence.gates import Matrices
from qops.circuits.prelude import STANDARD
from qops.circuits.reader import read
from qops.model.angle import Symbol
from qops.model.circuit import Operation

ANGLES = (0.3, 0.7, 1.1, 1.9)
OTHERS = {
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
    maker = OTHERS.get(name) or get_standard_gate_name_mapping()[name].__class__
    return maker(*ANGLES[: STANDARD[name].parameters])


@pytest.mark.parametrize("name", sorted(set(STANDARD) - {"u0", "rx1", "ry1"}))
def test_a_standard_gate(name: str) -> None:
    gate = make(name)
    operation = Operation(name, tuple(range(gate.num_qubits)), ANGLES[: STANDARD[name].parameters])
    assert np.allclose(np.array(Matrices({}).of(operation)), Operator(gate).data, atol=1e-12)


@pytest.mark.parametrize("pattern", ["1", "0", "10", "011"])
def test_controls_open_and_closed(pattern: str) -> None:
    operation = Operation("ecr", tuple(range(2 + len(pattern))), modifiers=("ctrl:" + pattern, "inv"))
    control = ControlModifier(len(pattern), ctrl_state=int(pattern[::-1], 2))
    expected = Operator(AnnotatedOperation(make("ecr"), [InverseModifier(), control]))
    assert np.allclose(np.array(Matrices({}).of(operation)), expected.data, atol=1e-12)


@pytest.mark.parametrize("exponent", [0.5, -0.25, 3.0])
@pytest.mark.parametrize("gate", [XGate(), SXGate()])
def test_powers_are_principal(gate: Gate, exponent: float) -> None:
    operation = Operation(gate.name, (0,), modifiers=(f"pow:{exponent}",))
    expected = Operator(gate.power(exponent))
    assert np.allclose(np.array(Matrices({}).of(operation)), expected.data, atol=1e-12)


def test_a_users_gate_by_its_body() -> None:
    circuit = read(b"OPENQASM 3.0; gate f(t) a, b { rz(2*t) a; cx a, b; } qubit[2] q; f(0.2) q[0], q[1];", "f")
    plain = read(b"OPENQASM 3.0; qubit[2] q; rz(0.4) q[0]; cx q[0], q[1];", "f")
    found = Matrices(circuit.gates).of(circuit.operations[0])
    assert np.allclose(np.array(found), np.array(Matrices({}).product(plain.operations, 2)))


@pytest.mark.parametrize(
    "operation",
    [
        Operation("rz", (0,), (Symbol("theta"),)),
        Operation("mcx", tuple(range(6))),
        Operation("measure", (0,), bits=(0,)),
        Operation("reset", (0,)),
    ],
)
def test_what_has_no_matrix(operation: Operation) -> None:
    assert Matrices({}).of(operation) is None
