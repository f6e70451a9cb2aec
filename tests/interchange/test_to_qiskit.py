"""Circuits of ours as Qiskit's, and back."""

import math
from pathlib import Path

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from qiskit.quantum_info import Operator
from support.data import circuit_files, needs_circuits
from support.random_circuits import operations

from qops.circuits import reader
from qops.circuits.binding import bind
from qops.circuits.identity import digests
from qops.circuits.rewriting import rewrite
from qops.circuits.writer import write
from qops.errors import InputError
from qops.interchange.from_qiskit import circuit_from_qiskit
from qops.interchange.to_qiskit import circuit_to_qiskit
from qops.model.circuit import Circuit, Delay, Operation, Register, every_operation

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")

HEAD = 'OPENQASM 3.0;\ninclude "stdgates.inc";\n'


def circuit(body: str) -> Circuit:
    return reader.read((HEAD + body).encode(), "a.qasm")


def identical(one: Circuit, other: Circuit) -> bool:
    first, second = digests(one, b""), digests(other, b"")
    return (first.skeleton, first.parameters) == (second.skeleton, second.parameters)


def there_and_back(one: Circuit) -> Circuit:
    return circuit_from_qiskit(circuit_to_qiskit(one))


def plain(one: Operation) -> Operation:
    """Nothing that Qiskit does not have, and no symbols, which it may write in another way."""
    if one.gate == "sealed":
        return Operation("barrier", tuple(sorted(one.qubits)))
    angles = tuple(angle if isinstance(angle, float) else 0.5 for angle in one.angles)
    gate = {"rx1": "x", "ry1": "y", "u0": "rz"}.get(one.gate, one.gate)
    detail = Delay(8.0, "dt") if isinstance(one.detail, Delay) else one.detail
    return msgspec.structs.replace(one, gate=gate, angles=angles, detail=detail)


@settings(max_examples=100, deadline=None)
@given(operations(5, 3, (), {}))
def test_constants_control_flow_and_modifiers_come_back(drawn: tuple[Operation, ...]) -> None:
    one = Circuit((Register("q", 5),), (Register("c", 3),), (), rewrite(drawn, plain))
    assert identical(there_and_back(one), one)


@needs_circuits
@pytest.mark.parametrize(
    "path", [path for path in circuit_files(30_000)[::4] if path.parent.name != "openqasm"], ids=lambda path: path.name
)
def test_real_circuits_come_back(path: Path) -> None:
    one = reader.read(path.read_bytes(), path.name)
    if any(gate.parameters for gate in one.gates.values()):  # Qiskit keeps the values inside the bodies
        assert len(list(every_operation(there_and_back(one).operations))) == len(list(every_operation(one.operations)))
    else:
        assert identical(there_and_back(one), one)


def test_parameters_keep_their_names_and_expressions_their_values() -> None:
    one = circuit("input float a;\ninput float b;\nqubit[2] q;\nrx(2*a - b/3) q[0];\nrz(sin(a)**2) q[1];\n")
    made = circuit_to_qiskit(one)
    assert sorted(parameter.name for parameter in made.parameters) == ["a", "b"]
    values = {"a": 0.3, "b": -1.1}
    by_qiskit = made.assign_parameters(values)
    assert Operator(by_qiskit).equiv(Operator(circuit_to_qiskit(bind(one, values))))


def test_users_gates_are_called_with_their_angles() -> None:
    one = circuit(
        "gate twist(t, u) x, y { rx(t/2) x; crz(u) x, y; ctrl @ ry(t - u) y, x; }\n"
        "qubit[3] q;\ntwist(0.3, pi/7) q[2], q[0];\ninv @ twist(1.5, -0.2) q[1], q[2];\n"
    )
    plain = circuit(
        "qubit[3] q;\nrx(0.15) q[2];\ncrz(pi/7) q[2], q[0];\ncry(0.3 - pi/7) q[0], q[2];\n"
        "cry(-1.7) q[2], q[1];\ncrz(0.2) q[1], q[2];\nrx(-0.75) q[1];\n"
    )
    assert np.allclose(Operator(circuit_to_qiskit(one)).data, Operator(circuit_to_qiskit(plain)).data)


def test_bits_that_are_no_register_can_be_read_together() -> None:
    one = circuit("qubit[2] q;\nbit[2] c;\nbit d;\nif (c[1] == 1 && d == 0) { x q[0]; } else { h q[1]; }\n")
    assert identical(there_and_back(one), one)


def test_the_global_phase_and_unnamed_physical_qubits_are_kept() -> None:
    one = circuit("gphase(0.25);\nh $0;\ncx $0, $3;\n")
    made = circuit_to_qiskit(one)
    assert math.isclose(made.global_phase, 0.25)
    assert made.num_qubits == one.qubit_count == 4
    assert identical(circuit_from_qiskit(made), one)


def test_what_the_text_does_not_carry_is_refused() -> None:
    one = Circuit((), (), (), (), sealed=("`unitary`: a matrix",))
    with pytest.raises(InputError, match="does not carry"):
        circuit_to_qiskit(one)


def test_a_part_of_a_time_step_is_refused() -> None:
    with pytest.raises(InputError, match=r"1.5 dt"):
        circuit_to_qiskit(circuit("qubit q;\ndelay[1.5dt] q;\n"))


def test_gates_that_grow_without_end_are_refused() -> None:
    gates = ["gate g0 a { x a; x a; }"] + [f"gate g{n} a {{ g{n - 1} a; g{n - 1} a; }}" for n in range(1, 40)]
    assert circuit_to_qiskit(circuit("\n".join(gates) + "\nqubit q;\ng39 q;\n")).num_qubits == 1
    chains = [f"gate f{n}(t) a {{ f{n - 1}(t/2) a; f{n - 1}(t + 1) a; }}" for n in range(1, 40)]
    with pytest.raises(InputError, match="more than"):
        circuit_to_qiskit(circuit("gate f0(t) a { rx(t) a; }\n" + "\n".join(chains) + "\nqubit q;\nf39(0.5) q;\n"))


def test_the_text_of_what_comes_back_is_canonical() -> None:
    one = circuit("qubit[3] q;\nbit[3] c;\nh q[2];\nccx q[0], q[1], q[2];\nc = measure q;\n")
    assert write(there_and_back(one)) == write(one)
