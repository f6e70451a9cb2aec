"""A normal form of runs of operations: equal ones do the same up to a global phase, for all values of the symbols.

Rotations about one axis are added up, angles brought into one period, and neighbours that undo one another dropped,
where neighbours are operations that follow one another on all their wires. Only exact rules are used; sums of angles
are rounded once, from the exact sum.
"""

import math
from collections.abc import Mapping, Sequence

import msgspec

from qops.circuits.edit import lanes_of, settled
from qops.circuits.lanes import Lanes
from qops.circuits.prelude import STANDARD
from qops.model.circuit import Operation

_TURNS: Mapping[str, tuple[str, float]] = {
    "z": ("rz", 1.0),
    "s": ("rz", 0.5),
    "sdg": ("rz", -0.5),
    "t": ("rz", 0.25),
    "tdg": ("rz", -0.25),
    "x": ("rx", 1.0),
    "sx": ("rx", 0.5),
    "sxdg": ("rx", -0.5),
    "y": ("ry", 1.0),
    "rx1": ("rx", 0.5),
    "ry1": ("ry", 0.5),
}
"""Gates that are rotations by so many π, up to a global phase."""
_SAME: Mapping[str, str] = {"p": "rz", "u1": "rz", "cu1": "cp", "u3": "u"}
"""Other names: up to a global phase a phase gate is a rotation."""
_PERIODS: Mapping[str, float] = {
    **dict.fromkeys(("rx", "ry", "rz", "rxx", "ryy", "rzz", "rzx", "cp"), math.tau),
    **dict.fromkeys(("crx", "cry", "crz"), 2 * math.tau),
}
"""Gates whose angles add up, and after how many radians each is the same again up to a global phase."""


class _Entry(msgspec.Struct):
    """An operation that may grow or vanish; `angles` are what its angle is the sum of."""

    operation: Operation
    angles: list[float]
    alive: bool = True


def same_normal_form(a: Sequence[Operation], b: Sequence[Operation]) -> bool:
    """Whether two runs of operations have one normal form."""
    return _lanes(normal_form(a)) == _lanes(normal_form(b))


def normal_form(operations: Sequence[Operation]) -> list[Operation]:
    """What is left of a run of operations, without barriers.

    >>> normal_form([Operation("h", (0,)), Operation("s", (1,)), Operation("h", (0,)), Operation("z", (1,))])
    [Operation(gate='rz', qubits=(1,), angles=(-1.5707963267948966,), bits=(), modifiers=(), detail=None)]
    """
    entries: list[_Entry] = []
    lanes: dict[int, list[_Entry]] = {}
    for operation in operations:
        entry = _spelt(settled(operation))
        if operation.gate in ("barrier", "id") or (operation.gate == "gphase" and not operation.qubits):
            continue
        wires = lanes_of(operation)
        if _vanishes(entry):
            continue
        before = _before(lanes, wires)
        if before is None or not _met(before, entry):
            entries.append(entry)
            for wire in wires:
                lanes.setdefault(wire, []).append(entry)
        elif not before.alive:
            for wire in wires:
                lanes[wire].pop()
    return [_whole(entry) for entry in entries if entry.alive]


def _lanes(operations: Sequence[Operation]) -> dict[int, list[Operation]]:
    found = Lanes(operations)
    lanes = {qubit: [operations[place] for place in places] for qubit, places in found.qubits.items()}
    lanes |= {~bit: [operations[place] for place in places] for bit, places in found.bits.items()}
    return lanes | {1 << 50: [operations[place] for place in found.wireless]}


def _spelt(operation: Operation) -> _Entry:
    """An operation by its other name, if it has one."""
    if operation.modifiers or operation.bits or operation.detail is not None:
        return _Entry(operation, [])
    if operation.gate in _TURNS:
        gate, turn = _TURNS[operation.gate]
        return _Entry(Operation(gate, operation.qubits, (0.0,)), [turn * math.pi])
    if operation.gate in _SAME:
        operation = msgspec.structs.replace(operation, gate=_SAME[operation.gate])
    if operation.gate in _PERIODS and isinstance(operation.angles[0], float):
        return _Entry(msgspec.structs.replace(operation, angles=(0.0,)), [operation.angles[0]])
    return _Entry(operation, [])


def _before(lanes: Mapping[int, list[_Entry]], wires: Sequence[int]) -> _Entry | None:
    """The operation directly before, if it is the same one on all these wires and on no other."""
    lasts = [lanes[wire][-1] if lanes.get(wire) else None for wire in wires]
    first = lasts[0]
    if first is None or any(last is not first for last in lasts) or set(lanes_of(first.operation)) != set(wires):
        return None
    return first


def _met(before: _Entry, entry: _Entry) -> bool:
    """Let an operation meet the one before; whether that changed or undid that one."""
    if before.angles and entry.angles and before.operation == entry.operation:
        before.angles += entry.angles
        before.alive = not _vanishes(before)
        return True
    if _undoes(before.operation, entry.operation):
        before.alive = False
        return True
    return False


def _vanishes(entry: _Entry) -> bool:
    return bool(entry.angles) and _whole(entry).angles == (0.0,)


def _whole(entry: _Entry) -> Operation:
    """The operation with its angle in (-period/2, period/2]."""
    if not entry.angles:
        return entry.operation
    period = _PERIODS[entry.operation.gate]
    angle = math.remainder(math.fsum(entry.angles), period)
    return msgspec.structs.replace(entry.operation, angles=(angle if angle > -period / 2 else -angle,))


def _undoes(one: Operation, other: Operation) -> bool:
    """Whether two operations on the same wires are known to be inverse to one another."""
    if one.qubits != other.qubits or one.bits or other.bits or one.detail is not None or other.detail is not None:
        return False
    if any(modifier.startswith("pow:") for modifier in (*one.modifiers, *other.modifiers)):
        return False
    known = STANDARD.get(one.gate)
    if one.modifiers != other.modifiers:
        return one.gate == other.gate and one.angles == other.angles and _opposite(one.modifiers, other.modifiers)
    if known is None or known.inverse is None:
        return False
    if known.inverse == "-":
        return one.gate == other.gate and all(
            isinstance(a, float) and isinstance(b, float) and a == -b
            for a, b in zip(one.angles, other.angles, strict=True)
        )
    return known.inverse == other.gate


def _opposite(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one has an `inv` innermost that the other lacks, and all else alike."""
    return tuple(one) == (*other, "inv") or tuple(other) == (*one, "inv")
