"""How far two settings of one circuit's parameters can be apart.

Both circuits have one skeleton, so that their gates correspond. Replacing them one at a time gives an upper bound of
the Bures angle between the output states, for any input: S = Σ_g Θ_g / 2, Θ_g the arc of `qops.circuits.arcs`. It
holds with measurements, resets and feed-forward between the gates, because they never increase the angle; of the arms
of a branch only one runs, so the larger counts. A loop without a known number of turns has no bound.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from operator import mul

import msgspec

from qops.circuits import arcs
from qops.circuits.arithmetic import combine
from qops.circuits.lanes import Lanes
from qops.circuits.scanner import Fault
from qops.model.angle import Angle, Symbol
from qops.model.circuit import Branch, Circuit, For, GateDefinition, Operation, Sealed, Switch, While

Bindings = Mapping[str, float]
Gates = Mapping[str, GateDefinition]


class Distance(msgspec.Struct, frozen=True):
    """An upper bound of the Bures angle, in radians, and an estimate of the infidelity.

    `estimate` is Σ Θ²/4: what independent small changes add up to on average; it is no bound. `changed` counts the
    gates whose setting differs.
    """

    angle: float
    estimate: float
    changed: int


class Unbounded(Exception):
    """There is no bound; the message says why."""


def of_differences(differences: Sequence[float]) -> Distance:
    """The distance of circuits that differ in rotations and phase gates by these angles, in radians.

    >>> of_differences([0.25, -0.25, 2 * math.pi])
    Distance(angle=0.25, estimate=0.03125, changed=2)
    """
    wrapped = list(map(math.remainder, differences, repeat(math.tau)))
    return Distance(
        angle=math.fsum(map(abs, wrapped)) / 2,
        estimate=math.fsum(map(mul, wrapped, wrapped)) / 4,
        changed=len(wrapped) - wrapped.count(0.0),
    )


def between(old: Circuit, new: Circuit, before: Bindings, after: Bindings) -> Distance:
    """The distance of two circuits of one skeleton, with values for their parameters.

    Args:
        old: a circuit.
        new: another with the same skeleton digest.
        before: values of the old circuit's symbols, in radians; those without a value must stand alike in both.
        after: values of the new circuit's symbols.

    Raises:
        Unbounded: a changed gate, or a loop, has no known bound.
    """
    found = list(_block(_Side(old.operations, before, old.gates), _Side(new.operations, after, new.gates)))
    return Distance(math.fsum(found) / 2, math.fsum(arc * arc for arc in found) / 4, sum(arc > 0 for arc in found))


class _Side(msgspec.Struct, frozen=True):
    operations: tuple[Operation, ...]
    values: Bindings
    gates: Gates
    controlled: bool = False


def _block(old: _Side, new: _Side) -> Iterator[float]:
    places = zip(Lanes(old.operations).canonical(), Lanes(new.operations).canonical(), strict=True)
    for here, there in places:
        left, right = old.operations[here], new.operations[there]
        if left.detail is None:
            yield from _gate(left, right, old, new)
        else:
            yield from _detailed(left, right, old, new)


def _gate(left: Operation, right: Operation, old: _Side, new: _Side) -> Iterator[float]:
    if left.gate in old.gates:
        yield from _call(left, right, old, new)
        return
    before, after = _angles(left, old.values), _angles(right, new.values)
    if before == after:
        return
    if any(isinstance(angle, str) for angle in (*before, *after)):
        raise Unbounded(f"`{left.gate}` has an angle without a value")
    yield _arc(left, [float(a) for a in before], [float(a) for a in after], controlled=old.controlled)


def _arc(operation: Operation, old: Sequence[float], new: Sequence[float], *, controlled: bool) -> float:
    gate = operation.gate
    controlled = controlled or any(modifier.startswith("ctrl:") for modifier in operation.modifiers)
    if any(modifier.startswith("pow:") for modifier in operation.modifiers):
        raise Unbounded(f"a power of `{gate}` changed its angles")
    if gate in arcs.ROTATIONS or gate == "gphase":
        plain = not controlled or gate in ("p", "u1", "cp", "cu1", "gphase")
        if gate == "gphase" and not controlled:
            return 0.0
        return arcs.rotation_arc(new[0] - old[0]) if plain else arcs.controlled_arc(new[0] - old[0])
    if gate in arcs.CONTROLLED_ROTATIONS:
        return arcs.controlled_arc(new[0] - old[0])
    before, after = arcs.one_qubit(gate, old), arcs.one_qubit(gate, new)
    if before is None or after is None:
        raise Unbounded(f"`{gate}` changed its angles, and its period is not known")
    return arcs.matrix_arc(before, after, controlled=controlled or gate not in ("u", "u2", "u3", "r"))


def _call(left: Operation, right: Operation, old: _Side, new: _Side) -> Iterator[float]:
    inner = [_inside(operation, side) for operation, side in ((left, old), (right, new))]
    if any(modifier.startswith("pow:") for modifier in left.modifiers):
        if _angles(left, old.values) != _angles(right, new.values):
            raise Unbounded(f"a power of `{left.gate}` changed its angles")
        return
    yield from _block(*inner)


def _inside(operation: Operation, side: _Side) -> _Side:
    definition = side.gates[operation.gate]
    values = {
        name: value
        for name, value in zip(definition.parameters, _angles(operation, side.values), strict=True)
        if isinstance(value, float)
    }
    controlled = side.controlled or any(modifier.startswith("ctrl:") for modifier in operation.modifiers)
    return _Side(definition.body or (), values, side.gates, controlled)


def _detailed(left: Operation, right: Operation, old: _Side, new: _Side) -> Iterator[float]:
    def inner(block: tuple[Operation, ...], side: _Side, **more: float) -> _Side:
        return _Side(block, {**side.values, **more}, side.gates, side.controlled)

    match left.detail:
        case Branch() | Switch():
            pairs = zip(left.blocks(), right.blocks(), strict=True)
            yield from max((list(_block(inner(a, old), inner(b, new))) for a, b in pairs), key=math.fsum, default=[])
        case For(values=turns, variable=variable, body=body):
            for turn in turns:
                more = {variable: float(turn)} if variable else {}
                yield from _block(inner(body, old, **more), inner(right.blocks()[0], new, **more))
        case While(body=body):
            if any(_block(inner(body, old), inner(right.blocks()[0], new))):
                raise Unbounded("a gate inside a `while` loop changed, and it may run any number of times")
        case Sealed() if _angles(left, old.values) != _angles(right, new.values):
            raise Unbounded("sealed content changed its angles")
        case _:
            return


def _angles(operation: Operation, values: Bindings) -> list[float | str]:
    return [_value(angle, values) for angle in operation.angles]


def _value(angle: Angle, values: Bindings) -> float | str:
    """The angle's number, or for one that has none its text, which is equal where it stands alike."""
    if isinstance(angle, float):
        return angle
    if isinstance(angle, Symbol):
        return values.get(angle.name, repr(angle))
    parts = [_value(operand, values) for operand in angle.operands]
    numbers = [part for part in parts if isinstance(part, float)]
    if len(numbers) < len(parts):
        return repr((angle.operator, parts))
    try:
        result = combine(angle.operator, tuple(numbers), 0)
    except Fault as fault:
        raise Unbounded(f"an angle has no finite value: {fault.message}") from None
    return float(result) if isinstance(result, int | float) else repr(result)
