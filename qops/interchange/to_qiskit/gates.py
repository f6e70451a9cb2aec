"""Gates of ours as Qiskit's: standard ones, the user's own, and modified ones."""

import math
from collections.abc import Mapping
from functools import lru_cache

from qiskit.circuit import (
    AnnotatedOperation,
    ControlModifier,
    Gate,
    InverseModifier,
    PowerModifier,
    QuantumCircuit,
)
from qiskit.circuit import Operation as QiskitOperation
from qiskit.circuit.library import (
    GlobalPhaseGate,
    MCXGate,
    RXGate,
    RYGate,
    get_standard_gate_name_mapping,
)

from qops.circuits.binding import substitute
from qops.errors import InputError
from qops.interchange.to_qiskit.angles import Parameters
from qops.model.angle import Angle
from qops.model.circuit import GateDefinition, Operation

_LONGEST_EXPANSION = 200_000
_CLASSES = {
    name: gate.base_class for name, gate in get_standard_gate_name_mapping().items() if isinstance(gate, Gate)
} | {"gphase": GlobalPhaseGate}
_QUARTER_TURNS = {"rx1": RXGate, "ry1": RYGate}


class Gates:
    """Makes the gates that a circuit calls; those it defines are made once for each choice of angles."""

    def __init__(self, definitions: Mapping[str, GateDefinition], parameters: Parameters) -> None:
        self._definitions = definitions
        self._parameters = parameters
        self._made: dict[tuple[str, tuple[Angle, ...]], Gate] = {}
        self._expanded = 0

    def gate(self, operation: Operation) -> QiskitOperation:
        """The gate that an operation applies.

        Raises:
            InputError: the bodies of the circuit's gates, with the gates in them, are too long.
        """
        if not operation.modifiers:
            return self._plain(operation)
        controls = sum(len(modifier) - 5 for modifier in operation.modifiers if modifier.startswith("ctrl:"))
        inner = Operation(operation.gate, operation.qubits[controls:], operation.angles)
        return _modified(self._plain(inner), operation.modifiers)

    def _plain(self, operation: Operation) -> Gate:
        if operation.gate in self._definitions:
            return self._users(operation.gate, operation.angles)
        if not operation.angles:
            return _fixed(operation.gate, len(operation.qubits))
        angles = [self._parameters.angle(angle) for angle in operation.angles]
        return _named(operation.gate, len(operation.qubits), angles)

    def _users(self, key: str, angles: tuple[Angle, ...]) -> Gate:
        made = self._made.get((key, angles))
        if made is None:
            made = self._made[key, angles] = self._defined(self._definitions[key], angles)
        return made

    def _defined(self, definition: GateDefinition, angles: tuple[Angle, ...]) -> Gate:
        numbers = [self._parameters.angle(angle) for angle in angles]
        gate = Gate(definition.name, len(definition.qubits), numbers)
        if definition.body is not None:
            gate.definition = self._body(definition.body, len(definition.qubits), _values(definition, angles))
        return gate

    def _body(self, body: tuple[Operation, ...], width: int, values: Mapping[str, Angle]) -> QuantumCircuit:
        self._expanded += len(body)
        if self._expanded > _LONGEST_EXPANSION:
            raise InputError(f"the bodies of its gates come to more than {_LONGEST_EXPANSION:,} operations")
        circuit = QuantumCircuit(width)
        for operation in body:
            if operation.gate == "barrier":
                circuit.barrier(operation.qubits)
            else:
                circuit.append(self.gate(_called(operation, values)), operation.qubits)
        return circuit


@lru_cache(maxsize=1000)
def _fixed(name: str, width: int) -> Gate:
    return _named(name, width, [])


def _named(name: str, width: int, angles: list[object]) -> Gate:
    if name == "mcx":
        return MCXGate(width - 1)
    if name in _QUARTER_TURNS:
        return _QUARTER_TURNS[name](math.pi / 2)
    if name == "u0":
        idle = Gate("u0", 1, angles)
        idle.definition = QuantumCircuit(1)
        return idle
    return _CLASSES[name](*angles)


def _modified(base: Gate, modifiers: tuple[str, ...]) -> AnnotatedOperation:
    """Modifiers put around a gate; ours are outermost first, Qiskit's innermost first."""
    return AnnotatedOperation(base, [_modifier(modifier) for modifier in reversed(modifiers)])


def _modifier(modifier: str) -> ControlModifier | InverseModifier | PowerModifier:
    if modifier == "inv":
        return InverseModifier()
    kind, _, value = modifier.partition(":")
    return ControlModifier(len(value), _state(value)) if kind == "ctrl" else PowerModifier(float(value))


def _state(pattern: str) -> int:
    """Qiskit's number for a pattern of controls, the first control being its lowest bit.

    >>> _state("011")
    6
    """
    return int(pattern[::-1], 2)


def _values(definition: GateDefinition, angles: tuple[Angle, ...]) -> dict[str, Angle]:
    return dict(zip(definition.parameters, angles, strict=True))


def _called(operation: Operation, values: Mapping[str, Angle]) -> Operation:
    """An operation of a body, with what the gate was called with in the place of its parameters."""
    angles = tuple([substitute(angle, values) for angle in operation.angles])
    return Operation(operation.gate, operation.qubits, angles, modifiers=operation.modifiers)
