"""Registers, names, parameters, phase, layout, metadata."""

import json

import pytest
from qiskit import ClassicalRegister, QuantumCircuit, QuantumRegister, transpile
from qiskit.circuit import Clbit, Parameter, ParameterVector, Qubit
from qiskit.circuit import library as lib

from qops.errors import InputError
from qops.interchange.from_qiskit import circuit_from_qiskit
from qops.model.angle import Expression, Symbol
from qops.model.circuit import Operation, Register


def test_registers_in_their_order() -> None:
    circuit = QuantumCircuit(QuantumRegister(2, "a"), QuantumRegister(1, "b"), ClassicalRegister(3, "c"))
    converted = circuit_from_qiskit(circuit)
    assert converted.qubits == (Register("a", 2), Register("b", 1))
    assert converted.bits == (Register("c", 3),)


def test_loose_bits_get_registers_of_their_own() -> None:
    circuit = QuantumCircuit([Qubit()], QuantumRegister(2, "q"), [Qubit(), Qubit()], [Clbit()])
    converted = circuit_from_qiskit(circuit)
    assert converted.qubits == (Register("q_1", 1), Register("q", 2), Register("q_2", 2))
    assert converted.bits == (Register("c", 1),)
    assert (converted.sealed, converted.annotations) == ((), ())


@pytest.mark.parametrize("members", [([0, 1], [1, 2]), ([1, 0], [2]), ([0, 2], [1])])
def test_registers_that_are_no_runs(members: tuple[list[int], list[int]]) -> None:
    bits = [Qubit() for _ in range(3)]
    registers = [
        QuantumRegister(bits=[bits[place] for place in places], name=name)
        for name, places in zip("ab", members, strict=True)
    ]
    converted = circuit_from_qiskit(QuantumCircuit(bits, *registers))
    assert converted.qubits == (Register("q", 3),)
    assert json.loads(dict(converted.annotations)["registers"]) == {
        "bits": {},
        "qubits": dict(zip("ab", members, strict=True)),
    }
    assert converted.sealed == ("registers that share bits or are not consecutive",)


def test_parameters_keep_names_and_order() -> None:
    vector = ParameterVector("w", 12)
    circuit = QuantumCircuit(1)
    for symbol in (*vector, Parameter("é"), Parameter("pi")):
        circuit.rx(symbol, 0)
    converted = circuit_from_qiskit(circuit)
    assert converted.parameters == ("pi", *(f"w[{place}]" for place in range(12)), "é")
    assert converted.operations[10].angles == (Symbol("w[10]"),)


def test_global_phases_add_up() -> None:
    circuit = QuantumCircuit(1, global_phase=Parameter("t"))
    circuit.append(lib.GlobalPhaseGate(0.5))
    circuit.x(0)
    circuit.append(lib.GlobalPhaseGate(0.25))
    converted = circuit_from_qiskit(circuit)
    assert converted.phase == Expression("+", (Expression("+", (Symbol("t"), 0.5)), 0.25))
    assert converted.operations == (Operation("x", (0,)),)


def test_name_and_metadata() -> None:
    circuit = QuantumCircuit(1, name="ansatz", metadata={"b": [1, None], "a": "é"})
    converted = circuit_from_qiskit(circuit)
    assert converted.annotations == (("metadata", '{"a":"é","b":[1,null]}'), ("name", '"ansatz"'))


def test_made_up_names_are_no_names() -> None:
    assert circuit_from_qiskit(QuantumCircuit(1)).annotations == ()
    bound = lib.real_amplitudes(2, reps=1).assign_parameters([0.1, 0.2, 0.3, 0.4])
    assert circuit_from_qiskit(bound).annotations == (("name", '"RealAmplitudes"'),)
    assert circuit_from_qiskit(QuantumCircuit(1, name="try-3")).annotations == (("name", '"try-3"'),)


def test_layout() -> None:
    circuit = QuantumCircuit(3)
    circuit.cx(0, 1)
    circuit.cx(0, 2)
    circuit.cx(1, 2)
    placed = transpile(circuit, coupling_map=[[0, 1], [1, 2], [2, 3]], initial_layout=[2, 0, 1], seed_transpiler=1)
    layout = json.loads(dict(circuit_from_qiskit(placed).annotations)["layout"])
    assert layout["initial"][:3] == [2, 0, 1]
    assert layout["input_qubits"] == 3
    assert sorted(layout["final"]) == [0, 1, 2, 3]


def test_no_layout_without_one() -> None:
    assert circuit_from_qiskit(QuantumCircuit(2)).annotations == ()


def test_size_is_bounded() -> None:
    with pytest.raises(InputError, match="more than 100,000 qubits or bits"):
        circuit_from_qiskit(QuantumCircuit([Clbit() for _ in range(100_001)]))


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_angles_that_are_not_finite_are_placed(value: float) -> None:
    circuit = QuantumCircuit(3)
    circuit.rzz(value, 2, 1)
    with pytest.raises(InputError, match="`rzz` on qubit 2, 1: the angle is not a finite number"):
        circuit_from_qiskit(circuit)
