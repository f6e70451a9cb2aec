"""A whole circuit of ours as one of Qiskit's."""

from collections.abc import Iterator

from qiskit import QuantumCircuit
from qiskit.circuit import ClassicalRegister, QuantumRegister
from qiskit.circuit import Delay as QiskitDelay

from qops.errors import InputError
from qops.interchange.to_qiskit.angles import Parameters
from qops.interchange.to_qiskit.conditions import Questions
from qops.interchange.to_qiskit.gates import Gates
from qops.model.circuit import (
    Branch,
    Circuit,
    Condition,
    Delay,
    For,
    Operation,
    Register,
    Switch,
    While,
    every_operation,
)


def circuit_to_qiskit(circuit: Circuit) -> QuantumCircuit:
    """The circuit, exactly: wires in their order, registers by their names, parameters by theirs.

    Raises:
        InputError: it has content that only its QPY file carries, or gates whose bodies are too long, or a delay of
            part of a `dt`.
    """
    if circuit.sealed:
        raise InputError(f"the circuit's text does not carry all of it: {', '.join(circuit.sealed)}")
    return _Construction(circuit).circuit


class _Construction:
    """A circuit on its way; nested blocks are made by Qiskit's own builder, which finds out what they touch."""

    def __init__(self, source: Circuit) -> None:
        self._parameters = Parameters()
        self._gates = Gates(source.gates, self._parameters)
        self.circuit = QuantumCircuit(
            *(QuantumRegister(register.size, name) for register, name in _names(source.qubits, "q")),
            *(ClassicalRegister(register.size, name) for register, name in _names(source.bits, "c")),
            global_phase=self._parameters.angle(source.phase),
        )
        self._questions = Questions(self.circuit)
        for bits in _integers(source.operations):
            self._questions.name(bits)
        self._append(source.operations)

    def _append(self, operations: tuple[Operation, ...]) -> None:
        for operation in operations:
            self._one(operation)

    def _one(self, operation: Operation) -> None:
        circuit, qubits = self.circuit, list(operation.qubits)
        match operation.gate:
            case "measure":
                circuit.measure(qubits, list(operation.bits))
            case "reset":
                circuit.reset(qubits)
            case "barrier":
                circuit.barrier(qubits)
            case "delay":
                circuit.append(_delay(operation), qubits)
            case "if" | "while" | "for" | "switch":
                self._flow(operation)
            case "break":
                circuit.break_loop()
            case "continue":
                circuit.continue_loop()
            case _:
                circuit.append(self._gates.gate(operation), qubits)

    def _flow(self, operation: Operation) -> None:
        circuit = self.circuit
        match operation.detail:
            case Branch(condition=condition, then=then, otherwise=otherwise):
                with circuit.if_test(self._questions.ask(condition)) as alternative:
                    self._append(then)
                if otherwise:
                    with alternative:
                        self._append(otherwise)
            case While(condition=condition, body=body):
                with circuit.while_loop(self._questions.ask(condition)):
                    self._append(body)
            case For(values=values, variable=variable, body=body):
                with circuit.for_loop(values, self._parameters.named(variable) if variable else None):
                    self._append(body)
            case Switch(bits=bits, cases=cases):
                with circuit.switch(self._questions.integer(bits)) as case:
                    for arm in cases:
                        with case(*(arm.values or (case.DEFAULT,))):
                            self._append(arm.body)


def _names(registers: tuple[Register, ...], physical: str) -> Iterator[tuple[Register, str]]:
    """Qiskit's names of registers: physical qubits have none of their own, so theirs is chosen apart from the rest."""
    taken = {register.name for register in registers}
    while physical in taken:
        physical += "_"
    return ((register, physical if register.name == "$" else register.name) for register in registers)


def _delay(operation: Operation) -> QiskitDelay:
    delay = operation.detail
    if not isinstance(delay, Delay):
        raise TypeError("a delay without a duration")
    if delay.unit != "dt":
        return QiskitDelay(delay.duration, delay.unit)
    if not delay.duration.is_integer():
        raise InputError(f"Qiskit has no delay of {delay.duration} dt", hint="write a whole number of dt")
    return QiskitDelay(int(delay.duration), "dt")


def _integers(operations: tuple[Operation, ...]) -> Iterator[tuple[int, ...]]:
    """The bits that are read together as an integer, anywhere in control flow."""
    for operation in every_operation(operations):
        match operation.detail:
            case Branch(condition=condition) | While(condition=condition):
                yield from _read(condition)
            case Switch(bits=bits):
                yield bits


def _read(condition: Condition) -> Iterator[tuple[int, ...]]:
    if condition.bits:
        yield condition.bits
    for part in condition.parts:
        yield from _read(part)
