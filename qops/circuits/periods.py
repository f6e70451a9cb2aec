"""Periods of angles: after how many radians a gate, or a circuit, is the same again up to its global phase.

A rotation by 2π is minus the identity: a global phase, and so the same. Under a control that phase is no longer
global, and the period is 4π. Periods are held as whole or broken numbers of π, so that those of several gates have an
exact least common multiple; None is for an angle that has no known period.
"""

import math
from collections.abc import Iterable, Mapping
from fractions import Fraction

from qops.model.angle import Angle, Expression, Symbol, symbols
from qops.model.circuit import Circuit, GateDefinition, Operation, every_operation

Turns = Fraction | None
_LARGEST = 4096

_ROTATION, _PHASE, _CONTROLLED = (2, 4), (2, 2), (4, 4)
_PERIODS: Mapping[str, tuple[tuple[int, int], ...]] = {
    **dict.fromkeys(("rx", "ry", "rz", "rxx", "ryy", "rzz", "rzx"), (_ROTATION,)),
    **dict.fromkeys(("p", "u1", "cp", "cu1", "gphase"), (_PHASE,)),
    **dict.fromkeys(("crx", "cry", "crz"), (_CONTROLLED,)),
    **dict.fromkeys(("u", "u3"), (_ROTATION, _PHASE, _PHASE)),
    **dict.fromkeys(("xx_plus_yy", "xx_minus_yy"), (_CONTROLLED, _PHASE)),
    "u2": (_PHASE, _PHASE),
    "r": (_ROTATION, _PHASE),
    "cu3": (_CONTROLLED, _PHASE, _PHASE),
    "cu": (_CONTROLLED, _PHASE, _PHASE, _PHASE),
}
"""For each angle of a gate its period in units of π: as it stands, and under a control."""


def wrapped(difference: float, period: float | None) -> float:
    """The difference of two angles, in radians, of least size among those that a period makes equal.

    >>> wrapped(6.0, 2 * math.pi), wrapped(0.5, 2 * math.pi), wrapped(6.0, None)
    (-0.28318530717958623, 0.5, 6.0)
    """
    if period is None or abs(difference) <= period / 2:
        return difference
    return math.remainder(difference, period)


class Periods:
    """The periods of a circuit's angles, in radians."""

    def __init__(self, gates: Mapping[str, GateDefinition]) -> None:
        self._gates = gates
        self._known: dict[tuple[str, bool], tuple[Turns, ...]] = {}

    def angle(self, operation: Operation, place: int) -> float | None:
        """The period of one angle of an operation."""
        return _radians(self._turns(operation)[place])

    def parameters(self, circuit: Circuit) -> dict[str, float | None]:
        """The period of each declared parameter: the least that all the gates it feeds have in common."""
        fed = self._fed(every_operation(circuit.operations), controlled=False)
        return {name: _radians(fed.get(name)) for name in circuit.parameters}

    def _fed(self, operations: Iterable[Operation], *, controlled: bool) -> dict[str, Turns]:
        fed: dict[str, Turns] = {}
        for operation in operations:
            for angle, turns in zip(operation.angles, self._turns(operation, controlled=controlled), strict=True):
                for name in () if isinstance(angle, float) else dict.fromkeys(symbols(angle)):
                    period = _through(angle, name, turns)
                    fed[name] = _common(fed[name], period) if name in fed else period
        return fed

    def _turns(self, operation: Operation, *, controlled: bool = False) -> tuple[Turns, ...]:
        under = controlled or any(modifier.startswith("ctrl:") for modifier in operation.modifiers)
        if any(modifier.startswith("pow:") for modifier in operation.modifiers):
            return (None,) * len(operation.angles)
        if operation.gate in self._gates:
            return self._formal(operation.gate, controlled=under)
        known = _PERIODS.get(operation.gate)
        return tuple(Fraction(each[under]) for each in known) if known else (None,) * len(operation.angles)

    def _formal(self, key: str, *, controlled: bool) -> tuple[Turns, ...]:
        """The periods of a user's gate's parameters; one that feeds nothing may take any value."""
        if (key, controlled) not in self._known:
            gate = self._gates[key]
            fed = self._fed(gate.body or (), controlled=controlled)
            idle = None if gate.body is None else Fraction(2)
            self._known[key, controlled] = tuple(fed.get(name, idle) for name in gate.parameters)
        return self._known[key, controlled]


def _through(angle: Angle, name: str, turns: Turns) -> Turns:
    """The period of a symbol in an angle that has a period of so many turns."""
    slope = _slope(angle, name)
    if slope is None or turns is None or slope.denominator > _LARGEST:
        return None
    return turns / abs(slope) if slope else Fraction(2)


def _slope(angle: Angle, name: str) -> Fraction | None:
    """How fast an angle grows with a symbol; None where it is not a straight line."""
    match angle:
        case Symbol(name=own):
            return Fraction(own == name)
        case Expression() if name not in symbols(angle):
            return Fraction(0)
        case Expression(operator="neg", operands=(inner,)):
            return _times(_slope(inner, name), -1.0)
        case Expression(operator="+" | "-" as sign, operands=(left, right)):
            rising, other = _slope(left, name), _times(_slope(right, name), 1.0 if sign == "+" else -1.0)
            return None if rising is None or other is None else rising + other
        case Expression(operator="*", operands=(float() as factor, inner) | (inner, float() as factor)):
            return _times(_slope(inner, name), factor)
        case Expression(operator="/", operands=(inner, float() as divisor)):
            slope = _slope(inner, name)
            return slope / Fraction(divisor) if slope is not None and divisor else None
        case float():
            return Fraction(0)
        case _:
            return None


def _times(slope: Fraction | None, factor: float) -> Fraction | None:
    return None if slope is None else slope * Fraction(factor)


def _common(one: Turns, other: Turns) -> Turns:
    if one is None or other is None:
        return None
    below = one.denominator * other.denominator
    common = Fraction(math.lcm(one.numerator * other.denominator, other.numerator * one.denominator), below)
    return common if common <= _LARGEST else None


def _radians(turns: Turns) -> float | None:
    return None if turns is None else float(turns) * math.pi
