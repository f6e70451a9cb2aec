"""How likely a circuit succeeds on a device, and how long it takes, from the device's numbers alone.

The estimate is the product of 1 - error over all operations [1]_: errors are taken to be independent, and any one of
them to spoil the result; idling costs nothing. Blocks of control flow are counted once each, whichever will be taken.

References:
    [1] S. S. Tannu and M. K. Qureshi, Not All Qubits Are Created Equal, ASPLOS (2019), the "estimated success
        probability"; as in Qiskit's `QuantumCircuit.estimate_fidelity`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from math import inf, log1p
from typing import NamedTuple

import msgspec

from qops.circuits.order import wires
from qops.circuits.prelude import STANDARD
from qops.errors import InputError
from qops.model.angle import Symbol
from qops.model.calibration import Calibration
from qops.model.circuit import Circuit, Delay, For, Operation
from qops.model.target import Instruction, Target

Spot = tuple[str, tuple[int, ...]]

SECONDS = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9}
"""The units of time."""

_FREE = {"barrier", "gphase", "break", "continue"}
_FLOW = {"if", "while", "for", "switch"}
_APART = _FREE | _FLOW


class NotPlacedError(InputError):
    """A device cannot do an operation where the circuit has it."""


class Cost(NamedTuple):
    """Error as a probability and duration in seconds; None where not known."""

    error: float | None
    duration_s: float | None


class Costs(msgspec.Struct, frozen=True):
    """What operations cost, by gate and qubits; made once for many circuits.

    `everywhere` are gates that are possible on all qubits without error; `fixed` are gates that are only possible, or
    are better, with some angles: the costs by gate, qubits and angles. `ready` has the
    logarithms of 1 - error of the gates that no angle decides about, `times` the durations that are known of those,
    delays aside.
    """

    spots: Mapping[Spot, Cost]
    everywhere: frozenset[str] = frozenset()
    fixed: Mapping[tuple[str, tuple[int, ...], tuple[float, ...]], Cost] = {}
    dt_s: float | None = None
    ready: Mapping[Spot, float] = {}
    times: Mapping[Spot, float] = {}

    @property
    def knows_errors(self) -> bool:
        """Whether there is any error rate."""
        return any(cost.error is not None for cost in chain(self.spots.values(), self.fixed.values()))

    def of(self, operation: Operation) -> Cost:
        """What an operation costs.

        Raises:
            NotPlacedError: it is not possible there.
        """
        if operation.modifiers:
            raise _not_placed(" ".join((*operation.modifiers, operation.gate)), operation.qubits)
        return self.at((operation.gate, operation.qubits), self.key(operation))

    def key(self, operation: Operation) -> tuple[float, ...]:
        """The angles of an operation, where they decide about its cost."""
        if not self.fixed:
            return ()
        angles = tuple(angle for angle in operation.angles if isinstance(angle, float))
        return angles if (operation.gate, operation.qubits, angles) in self.fixed else ()

    def at(self, spot: Spot, angles: tuple[float, ...] = ()) -> Cost:
        """What a gate costs at a place; `angles` as `key` gives them.

        Raises:
            NotPlacedError: it is not possible there.
        """
        if angles and (cost := self.fixed.get((*spot, angles))):
            return cost
        cost = self.spots.get(spot) or self._turned(*spot)
        if cost is not None:
            return cost
        if spot[0] in self.everywhere:
            return Cost(None, None)
        raise _not_placed(*spot)

    def _turned(self, gate: str, qubits: tuple[int, ...]) -> Cost | None:
        """The cost in the other direction, of a gate that has none."""
        known = STANDARD.get(gate)
        return self.spots.get((gate, qubits[::-1])) if known and known.exchangeable == (0, 1) else None


def _not_placed(gate: str, qubits: tuple[int, ...]) -> NotPlacedError:
    return NotPlacedError(f"`{gate}` is not possible at {list(qubits)}")


def costs(target: Target) -> Costs:
    """What operations cost on a target."""
    free = [each for each in target.instructions if all(isinstance(angle, Symbol) for angle in each.angles)]
    fixed = [each for each in target.instructions if each.angles and each not in free]
    spots = {(each.gate, place): cost for each in reversed(free) for place, cost in _rows(each)}
    decided = {each.gate for each in fixed}
    return Costs(
        spots=spots,
        everywhere=frozenset(each.gate for each in target.instructions if each.places is None),
        fixed={
            (each.gate, place, tuple(angle for angle in each.angles if isinstance(angle, float))): cost
            for each in fixed
            for place, cost in _rows(each)
        },
        dt_s=target.dt_s,
        ready={spot: _logarithm(cost) for spot, cost in spots.items() if spot[0] not in decided},
        times={
            spot: cost.duration_s
            for spot, cost in spots.items()
            if cost.duration_s is not None and spot[0] not in decided | {"delay"}
        },
    )


def _rows(instruction: Instruction) -> Iterable[tuple[tuple[int, ...], Cost]]:
    return ((place.qubits, Cost(place.error, place.duration_s)) for place in instruction.places or ())


def costs_of(calibration: Calibration) -> Costs:
    """What operations cost by a calibration, which knows of measurements only how wrong they are."""
    spots = {(gate.gate, gate.qubits): Cost(gate.error, gate.duration_s) for gate in calibration.gates}
    for qubit, quality in enumerate(calibration.qubits):
        spots["measure", (qubit,)] = Cost(quality.readout_error, None)
        spots.setdefault(("reset", (qubit,)), Cost(None, None))
        spots.setdefault(("delay", (qubit,)), Cost(None, None))
    return Costs(spots, ready={spot: _logarithm(cost) for spot, cost in spots.items()})


def log_success(circuit: Circuit, known: Costs) -> tuple[float, int]:
    """The natural logarithm of the estimated success probability, and how many operations are at faulty places.

    Those have an error of 1; they are left out of the logarithm, which is therefore finite. Wires are physical qubits.

    Raises:
        NotPlacedError: an operation is not possible where it is.

    >>> from qops.model.circuit import Operation, Register
    >>> once = Circuit((Register("$", 1),), (), (), (Operation("x", (0,)),))
    >>> log_success(once, Costs({("x", (0,)): Cost(0.5, None)}))
    (-0.6931471805599453, 0)
    """
    total, faulty = 0.0, 0
    for operation in steps(circuit):
        logarithm = _logarithm_at(operation, known)
        if logarithm == -inf:
            faulty += 1
        else:
            total += logarithm
    return total, faulty


def alone(operation: Operation, known: Costs) -> tuple[float, float | None]:
    """What `log_success` adds for one operation, minus infinity at a faulty place, and how long it takes, if known.

    Raises:
        NotPlacedError: it is not possible where it is.
    """
    spot = operation.gate, operation.qubits
    if not operation.modifiers and spot in known.ready and spot in known.times:
        return known.ready[spot], known.times[spot]
    logarithm = 0.0 if operation.gate in _APART else _logarithm_at(operation, known)
    return logarithm, _seconds(operation, known)


def _logarithm_at(operation: Operation, known: Costs) -> float:
    logarithm = known.ready.get((operation.gate, operation.qubits)) if not operation.modifiers else None
    return _logarithm(known.of(operation)) if logarithm is None else logarithm


def _logarithm(cost: Cost) -> float:
    """The logarithm of 1 - error, infinite at a faulty place."""
    error = cost.error or 0.0
    return log1p(-error) if error < 1 else -inf


def steps(circuit: Circuit) -> Iterator[Operation]:
    """The operations that cost something, those inside control flow once each."""
    waiting = [circuit.operations]
    while waiting:
        for operation in waiting.pop():
            if operation.gate not in _APART:
                yield operation
            elif operation.gate in _FLOW:
                waiting.extend(operation.blocks())


def duration(circuit: Circuit, known: Costs) -> float | None:
    """Seconds from start to end, every operation as soon as its wires are free; None where a duration is not known.

    Both branches of a choice are given the time of the longer one; loops over numbers run, other loops run once.

    Raises:
        NotPlacedError: an operation is not possible where it is.
    """
    return _span(circuit.operations, known)


def _span(operations: Iterable[Operation], known: Costs) -> float | None:
    free: defaultdict[int, float] = defaultdict(float)
    for operation in operations:
        took = _seconds(operation, known)
        if took is None:
            return None
        touched = wires(operation) if operation.bits else operation.qubits
        if len(touched) == 1:
            free[touched[0]] += took
            continue
        done = max([free[wire] for wire in touched], default=0.0) + took
        for wire in touched:
            free[wire] = done
    return max(free.values(), default=0.0)


def _seconds(operation: Operation, known: Costs) -> float | None:
    took = known.times.get((operation.gate, operation.qubits)) if not operation.modifiers else None
    return _took(operation, known) if took is None else took


def _took(operation: Operation, known: Costs) -> float | None:
    if operation.gate in _FREE:
        return 0.0
    if operation.gate in _FLOW:
        spans = [_span(block, known) for block in operation.blocks()]
        longest = None if None in spans else max((span for span in spans if span is not None), default=0.0)
        times = len(operation.detail.values) if isinstance(operation.detail, For) else 1
        return None if longest is None else longest * times
    cost = known.of(operation)
    if isinstance(operation.detail, Delay):
        unit = known.dt_s if operation.detail.unit == "dt" else SECONDS[operation.detail.unit]
        return None if unit is None else operation.detail.duration * unit
    return cost.duration_s
