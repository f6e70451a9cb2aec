"""Values in the place of symbols."""

from collections.abc import Mapping

import msgspec

from qops.circuits.arithmetic import combine, to_angle
from qops.circuits.rewriting import with_blocks
from qops.circuits.scanner import Fault
from qops.model.angle import Angle, Expression, Symbol, symbols
from qops.model.circuit import Circuit, For, Operation, every_operation

Values = Mapping[str, float]


def number(angle: Angle, values: Values) -> float | None:
    """The angle in radians, or None where a symbol has no value, or the whole has none that is finite.

    >>> number(Symbol("theta"), {"theta": 0.5})
    0.5
    """
    if isinstance(angle, float):
        return angle
    if isinstance(angle, Symbol):
        return values.get(angle.name)
    parts = [number(operand, values) for operand in angle.operands]
    numbers = [part for part in parts if part is not None]
    if len(numbers) < len(parts):
        return None
    try:
        result = combine(angle.operator, tuple(numbers), 0)
    except Fault:
        return None
    return float(result) if isinstance(result, int | float) else None


def substitute(angle: Angle, values: Mapping[str, Angle]) -> Angle:
    """An angle with other angles in the place of its symbols; those without one stay.

    Raises:
        qops.circuits.scanner.Fault: what comes out is not a finite number.

    >>> substitute(Expression("*", (2.0, Symbol("theta"))), {"theta": 0.25})
    0.5
    """
    if isinstance(angle, Symbol):
        return values.get(angle.name, angle)
    if isinstance(angle, Expression):
        operands = tuple([substitute(operand, values) for operand in angle.operands])
        return to_angle(combine(angle.operator, operands, 0), 0)
    return angle


def bind(circuit: Circuit, values: Values) -> Circuit:
    """The circuit with numbers for all angles that these values settle; the other angles stay as they are."""
    if not values:
        return circuit
    operations, phase = _block(circuit.operations, values), _settled(circuit.phase, values)
    left = {name for operation in every_operation(operations) for angle in operation.angles for name in symbols(angle)}
    left.update(symbols(phase))
    parameters = tuple(name for name in circuit.parameters if name not in values or name in left)
    return msgspec.structs.replace(circuit, parameters=parameters, operations=operations, phase=phase)


def _block(operations: tuple[Operation, ...], values: Values) -> tuple[Operation, ...]:
    return tuple([_operation(operation, values) for operation in operations])


def _operation(operation: Operation, values: Values) -> Operation:
    if all(isinstance(angle, float) for angle in operation.angles) and operation.detail is None:
        return operation
    inside = values
    if isinstance(operation.detail, For):
        inside = {name: value for name, value in values.items() if name != operation.detail.variable}
    return msgspec.structs.replace(
        operation,
        angles=tuple(_settled(angle, values) for angle in operation.angles),
        detail=with_blocks(operation.detail, lambda block: _block(block, inside)),
    )


def _settled(angle: Angle, values: Values) -> Angle:
    found = number(angle, values)
    return angle if found is None else found + 0.0
