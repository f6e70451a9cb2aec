"""Gates by name, with controls, and with modifiers."""

import pytest
from qiskit import QuantumCircuit
from qiskit.circuit import AnnotatedOperation, ControlModifier, Gate, InverseModifier, Parameter, PowerModifier
from qiskit.circuit import library as lib

from qops.interchange.from_qiskit import circuit_from_qiskit
from qops.model.angle import Symbol
from qops.model.circuit import Operation

T = Parameter("t")


def only(gate: Gate | AnnotatedOperation, qubits: list[int] | None = None) -> Operation:
    circuit = QuantumCircuit(max(qubits or range(gate.num_qubits), default=0) + 1)
    circuit.append(gate, qubits or range(gate.num_qubits))
    (operation,) = circuit_from_qiskit(circuit).operations
    return operation


@pytest.mark.parametrize(
    ("gate", "operation"),
    [
        (lib.UGate(1, 2, 3), Operation("u", (0,), (1.0, 2.0, 3.0))),
        (lib.RXGate(T), Operation("rx", (0,), (Symbol("t"),))),
        (lib.CXGate(), Operation("cx", (0, 1))),
        (lib.XGate().to_mutable(), Operation("x", (0,))),
        (lib.XGate(label="flip"), Operation("x", (0,))),
        (lib.CUGate(1, 2, 3, 4), Operation("cu", (0, 1), (1.0, 2.0, 3.0, 4.0))),
        (lib.C3XGate(), Operation("mcx", (0, 1, 2, 3))),
        (lib.C4XGate(), Operation("mcx", (0, 1, 2, 3, 4))),
        (lib.MCXGate(6), Operation("mcx", (0, 1, 2, 3, 4, 5, 6))),
        (lib.MCXGate(2), Operation("ccx", (0, 1, 2))),
        (lib.C3SXGate(), Operation("c3sx", (0, 1, 2, 3))),
        (lib.RC3XGate(), Operation("rcccx", (0, 1, 2, 3))),
        (lib.MCPhaseGate(0.5, 1), Operation("cp", (0, 1), (0.5,))),
        (lib.MCPhaseGate(0.5, 2), Operation("p", (0, 1, 2), (0.5,), modifiers=("ctrl:11",))),
        (lib.SwapGate().control(annotated=False), Operation("cswap", (0, 1, 2))),
        (lib.RYGate(T).control(2, annotated=False), Operation("ry", (0, 1, 2), (Symbol("t"),), modifiers=("ctrl:11",))),
        (lib.XGate().control(2, ctrl_state=0, annotated=False), Operation("x", (0, 1, 2), modifiers=("ctrl:00",))),
        (lib.GlobalPhaseGate(0.5).control(annotated=False), Operation("p", (0,), (0.5,))),
        (lib.HGate().inverse(annotated=True), Operation("h", (0,))),
        (lib.SGate().inverse(annotated=True), Operation("sdg", (0,))),
        (lib.XGate().control(2, annotated=True), Operation("ccx", (0, 1, 2))),
        (lib.SwapGate().power(0.5, annotated=True), Operation("swap", (0, 1), modifiers=("pow:0.5",))),
    ],
)
def test_standard_gates(gate: Gate, operation: Operation) -> None:
    assert only(gate) == operation


def test_symmetric_operands_ascend() -> None:
    assert only(lib.CZGate(), [2, 0]) == Operation("cz", (0, 2))
    assert only(lib.CCXGate(), [2, 0, 1]) == Operation("ccx", (0, 2, 1))


def test_the_lowest_bit_of_a_control_state_is_the_first_control() -> None:
    gate = lib.HGate().control(3, ctrl_state=0b001, annotated=False)
    assert only(gate) == Operation("h", (0, 1, 2, 3), modifiers=("ctrl:100",))
    assert only(gate, [3, 2, 1, 0]) == Operation("h", (3, 1, 2, 0), modifiers=("ctrl:100",))


def test_annotations_apply_in_their_order() -> None:
    modifiers = [InverseModifier(), ControlModifier(1, 0), PowerModifier(0.5), ControlModifier(2, 0b10)]
    operation = only(AnnotatedOperation(Gate("foo", 1, []), modifiers))
    assert operation.gate == "foo"
    assert operation.qubits[-1] == 3
    assert "inv" in operation.modifiers
    assert "pow:0.5" in operation.modifiers


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_gate_with_ancillas_is_its_definition() -> None:
    circuit = QuantumCircuit(7)
    circuit.append(lib.MCXVChain(4), range(7))
    converted = circuit_from_qiskit(circuit)
    assert [operation.gate for operation in converted.operations] == ["mcx_vchain"]
    assert converted.gates["mcx_vchain"].body


def test_an_open_control_that_has_an_angle_of_its_own_is_its_definition() -> None:
    converted = circuit_from_qiskit(_with(lib.CUGate(1, 2, 3, 4, ctrl_state=0)))
    assert converted.gates["cu_o0"].body == (
        Operation("x", (0,)),
        Operation("cu", (0, 1), (1.0, 2.0, 3.0, 4.0)),
        Operation("x", (0,)),
    )


def _with(gate: Gate) -> QuantumCircuit:
    circuit = QuantumCircuit(gate.num_qubits)
    circuit.append(gate, range(gate.num_qubits))
    return circuit


def test_plain_operations() -> None:
    circuit = QuantumCircuit(2, 1)
    circuit.reset(1)
    circuit.barrier(1, 0)
    circuit.delay(3, 0, "us")
    circuit.delay(10, 1)
    circuit.measure(1, 0)
    found = circuit_from_qiskit(circuit).operations
    assert [(operation.gate, operation.qubits, operation.bits) for operation in found] == [
        ("reset", (1,), ()),
        ("barrier", (0, 1), ()),
        ("delay", (0,), ()),
        ("delay", (1,), ()),
        ("measure", (1,), (0,)),
    ]
    assert str(found[2].detail) == "Delay(duration=3.0, unit='us')"
    assert str(found[3].detail) == "Delay(duration=10.0, unit='dt')"
