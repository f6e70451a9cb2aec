"""Values put in the place of symbols."""

from collections.abc import Mapping

import msgspec

from qops.circuits.arithmetic import combine, to_angle
from qops.circuits.rewriting import rewrite
from qops.model.angle import Angle, Expression, Symbol
from qops.model.circuit import Circuit, Operation


def substitute(angle: Angle, values: Mapping[str, Angle]) -> Angle:
    """An angle with symbols replaced; those without a value stay.

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


def with_values(operation: Operation, values: Mapping[str, Angle]) -> Operation:
    """An operation, symbols in its angles replaced; what is inside control flow is left as it is."""
    if all(isinstance(angle, float) for angle in operation.angles):
        return operation
    angles = tuple([substitute(angle, values) for angle in operation.angles])
    return msgspec.structs.replace(operation, angles=angles)


def bound(circuit: Circuit, values: Mapping[str, Angle]) -> Circuit:
    """A circuit with values for its parameters; those without a value stay parameters."""
    return msgspec.structs.replace(
        circuit,
        parameters=tuple([name for name in circuit.parameters if name not in values]),
        operations=rewrite(circuit.operations, lambda operation: with_values(operation, values)),
        phase=substitute(circuit.phase, values),
    )
