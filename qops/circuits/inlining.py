"""Users' gates replaced by what is in them, with numbers for all angles."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from qops.circuits.binding import Values, number
from qops.circuits.equivalence.gates import standard_body
from qops.circuits.prelude import STANDARD, formals
from qops.model.circuit import GateDefinition, Operation

_MOST_REPEATS = 1000


class NotElementary(Exception):
    """An operation that is no run of known gates; the message says why."""


def inlined(
    operations: Sequence[Operation], gates: Mapping[str, GateDefinition], values: Values
) -> Iterator[Operation]:
    """The gates of a run, barriers, delays and the like left out, those in `gates` by their bodies.

    Measurements, resets and control flow pass as they are.

    Raises:
        NotElementary: a gate is opaque or sealed, or an angle has no value.
    """
    for operation in operations:
        if operation.gate in ("barrier", "delay", "id"):
            continue
        if operation.gate == "sealed":
            raise NotElementary("it holds content that OpenQASM cannot carry")
        angles = _numbers(operation, values)
        if operation.gate in gates:
            yield from _call(operation, angles, gates)
        else:
            yield operation if angles == operation.angles else msgspec.structs.replace(operation, angles=angles)


def standard_definitions() -> dict[str, GateDefinition]:
    """The standard gates that have a body, as if a user had defined them."""
    found = {}
    for name, gate in STANDARD.items():
        if gate.body is not None:
            parameters, qubits = formals(gate)
            found[name] = GateDefinition(name, parameters, qubits, standard_body(name))
    return found


def _numbers(operation: Operation, values: Values) -> tuple[float, ...]:
    found = [number(angle, values) for angle in operation.angles]
    numbers = tuple([angle for angle in found if angle is not None])
    if len(numbers) < len(found):
        raise NotElementary(f"`{operation.gate}` has an angle without a value")
    return numbers


def _call(call: Operation, angles: tuple[float, ...], gates: Mapping[str, GateDefinition]) -> Iterator[Operation]:
    definition = gates[call.gate]
    if definition.body is None:
        raise NotElementary(f"`{definition.name}` is opaque")
    values = dict(zip(definition.parameters, angles, strict=True))
    controls = len(call.qubits) - len(definition.qubits)
    wires = call.qubits[controls:]
    body = [
        msgspec.structs.replace(inner, qubits=tuple([wires[qubit] for qubit in inner.qubits]))
        for inner in inlined(definition.body, gates, values)
    ]
    for modifier in reversed(call.modifiers):
        width = len(modifier) - 5 if modifier.startswith("ctrl:") else 0
        controls -= width
        body = _modified(body, modifier, call.qubits[controls : controls + width])
    yield from body


def _modified(body: list[Operation], modifier: str, controls: tuple[int, ...]) -> list[Operation]:
    kind, _, power = modifier.partition(":")
    if kind == "pow":
        times = float(power)
        if not times.is_integer() or abs(times) > _MOST_REPEATS:
            raise NotElementary("it holds a power of a user's gate")
        body = body if times >= 0 else _modified(body, "inv", ())
        return body * int(abs(times))
    return [
        msgspec.structs.replace(inner, qubits=controls + inner.qubits, modifiers=(modifier, *inner.modifiers))
        for inner in (reversed(body) if kind == "inv" else body)
    ]
