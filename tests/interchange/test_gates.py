"""User's gates, library composites, and instructions that are more than gates."""

from collections.abc import Callable

import pytest
from qiskit import QuantumCircuit
from qiskit.circuit import Barrier, CircuitInstruction, Gate, Parameter
from qiskit.circuit import library as lib

from qops.errors import InputError
from qops.interchange.from_qiskit import circuit_from_qiskit
from qops.model.angle import Expression, Symbol
from qops.model.circuit import GateDefinition, Operation

T, U = Parameter("t"), Parameter("u")


def gate(name: str | None, write: Callable[[QuantumCircuit], object], qubits: int = 1) -> Gate:
    body = QuantumCircuit(qubits, name=name)
    write(body)
    return body.to_gate()


def test_free_symbols_become_formal_parameters() -> None:
    circuit = QuantumCircuit(1)
    circuit.append(gate("foo", lambda body: body.rx(2 * T, 0)), [0])
    circuit.append(gate("foo", lambda body: body.rx(2 * U, 0)), [0])
    converted = circuit_from_qiskit(circuit)
    body = (Operation("rx", (0,), (Expression("*", (2.0, Symbol("p0"))),)),)
    assert converted.gates == {"foo": GateDefinition("foo", ("p0",), ("q0",), body)}
    assert converted.operations == (Operation("foo", (0,), (Symbol("t"),)), Operation("foo", (0,), (Symbol("u"),)))


def test_one_name_with_two_bodies_has_two_keys() -> None:
    circuit = QuantumCircuit(1)
    for angle in (0.1, 0.2, 0.1):
        circuit.append(gate("foo", lambda body, angle=angle: body.rx(angle, 0)), [0])
    converted = circuit_from_qiskit(circuit)
    assert [operation.gate for operation in converted.operations] == ["foo", "foo*", "foo"]
    assert {definition.name for definition in converted.gates.values()} == {"foo"}


def test_a_users_gate_is_never_taken_for_the_standard_one() -> None:
    circuit = QuantumCircuit(1)
    circuit.append(gate("h", lambda body: body.x(0)), [0])
    circuit.h(0)
    assert [operation.gate for operation in circuit_from_qiskit(circuit).operations] == ["h*", "h"]


def test_nested_gates_come_before_those_that_call_them() -> None:
    inner = gate("inner", lambda body: body.rx(T, 0))
    outer = gate("outer", lambda body: (body.append(inner, [1]), body.h(0)), 2)
    circuit = QuantumCircuit(2)
    circuit.append(outer, [1, 0])
    converted = circuit_from_qiskit(circuit)
    assert list(converted.gates) == ["inner", "outer"]
    assert converted.gates["outer"].body == (Operation("inner", (1,), (Symbol("p0"),)), Operation("h", (0,)))


def test_phase_of_a_definition_stays_in_it() -> None:
    body = QuantumCircuit(1, name="foo", global_phase=0.5)
    circuit = QuantumCircuit(1)
    circuit.append(body.to_gate(), [0])
    converted = circuit_from_qiskit(circuit)
    assert converted.gates["foo"].body == (Operation("gphase", (), (0.5,)),)
    assert converted.phase == 0.0


def test_running_numbers_are_left_out_of_names() -> None:
    def build() -> QuantumCircuit:
        circuit = QuantumCircuit(1)
        circuit.append(gate(None, lambda body: body.x(0)), [0])
        return circuit

    first, second = circuit_from_qiskit(build()), circuit_from_qiskit(build())
    assert first == second
    assert list(first.gates) == ["circuit"]


def test_empty_and_opaque_are_different() -> None:
    circuit = QuantumCircuit(2)
    circuit.append(gate("empty", lambda _: None), [0])
    circuit.append(Gate("opaque", 2, [0.5, T]), [1, 0])
    converted = circuit_from_qiskit(circuit)
    assert converted.gates["empty"].body == ()
    assert converted.gates["opaque"] == GateDefinition("opaque", ("p0", "p1"), ("q0", "q1"), None)
    assert converted.operations[1] == Operation("opaque", (1, 0), (0.5, Symbol("t")))


def test_users_class_with_a_definition() -> None:
    class Own(Gate):
        def __init__(self, angle: object) -> None:
            super().__init__("own", 1, [angle, "a word"])

        def validate_parameter(self, parameter: object) -> object:
            return parameter

        def _define(self) -> None:
            self.definition = QuantumCircuit(1)
            self.definition.rx(self.params[0], 0)

    circuit = QuantumCircuit(2)
    circuit.append(Own(T), [1])
    converted = circuit_from_qiskit(circuit)
    assert converted.operations == (Operation("own", (1,), (Symbol("t"),)),)
    assert converted.sealed == ()


def test_library_composites_keep_their_definitions() -> None:
    circuit = QuantumCircuit(2)
    circuit.append(lib.QFTGate(2), [0, 1])
    circuit.append(lib.real_amplitudes(2, reps=1).to_gate(), [0, 1])
    circuit.append(lib.PauliGate("XY"), [0, 1])
    converted = circuit_from_qiskit(circuit)
    assert [operation.gate for operation in converted.operations] == ["qft", "RealAmplitudes", "pauli"]
    assert converted.operations[1].angles == tuple(Symbol(f"θ[{place}]") for place in range(4))
    assert converted.gates["pauli"].body == (Operation("y", (0,)), Operation("x", (1,)))
    assert converted.sealed == ()


def test_an_instruction_that_is_a_gate_in_all_but_name() -> None:
    body = QuantumCircuit(1, name="foo")
    body.x(0)
    circuit = QuantumCircuit(1)
    circuit.append(body.to_instruction(), [0])
    converted = circuit_from_qiskit(circuit)
    assert (converted.operations, converted.sealed) == ((Operation("foo", (0,)),), ())


def test_an_instruction_that_measures_is_written_out() -> None:
    inner = QuantumCircuit(1, 1, name="inner")
    inner.measure(0, 0)
    outer = QuantumCircuit(2, 1, name="outer", global_phase=0.25)
    outer.append(inner.to_instruction(), [1], [0])
    circuit = QuantumCircuit(3, 2, global_phase=0.5)
    circuit.append(outer.to_instruction(), [0, 2], [1])
    converted = circuit_from_qiskit(circuit)
    assert converted.operations == (Operation("measure", (2,), bits=(1,)),)
    assert converted.phase == 0.75
    assert converted.sealed == ("that `inner` is one instruction", "that `outer` is one instruction")


def test_a_definition_that_does_not_fit_its_gate_is_refused() -> None:
    wrong = Gate("wrong", 1, [])
    wrong.definition = QuantumCircuit(2)
    circuit = QuantumCircuit(1)
    circuit.append(wrong, [0])
    with pytest.raises(InputError, match="the definition of `wrong` is on other qubits"):
        circuit_from_qiskit(circuit)


def test_a_gate_that_does_not_fit_where_it_is_put_is_refused() -> None:
    circuit = QuantumCircuit(2)
    circuit._append(CircuitInstruction(Gate("small", 1, []), circuit.qubits))
    with pytest.raises(InputError, match="`small` does not fit on the 2 qubits and 0 bits it is on"):
        circuit_from_qiskit(circuit)


def test_a_barrier_on_one_qubit_twice_is_refused() -> None:
    circuit = QuantumCircuit(1)
    circuit._append(CircuitInstruction(Barrier(2), [circuit.qubits[0]] * 2))
    with pytest.raises(InputError, match="`barrier` is on one qubit or bit twice"):
        circuit_from_qiskit(circuit)
