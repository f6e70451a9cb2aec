"""What a compiled circuit costs on its target: operations, time, and the chance that nothing goes wrong."""

import math
from collections import defaultdict
from collections.abc import Collection
from typing import TypeVar

from qops.circuits.normal import exchange
from qops.circuits.order import wires
from qops.circuits.prelude import ALIASES
from qops.circuits.sizes import NOT_GATES
from qops.model.circuit import Circuit, Delay, Operation, every_operation
from qops.model.matrix import Metrics
from qops.model.target import Target

_SECONDS = {"s": 1.0, "ms": 1e-3, "us": 1e-6, "ns": 1e-9}
Operations = tuple[Operation, ...]
N = TypeVar("N", int, float)


class Physical:
    """A target, ready to be asked about many circuits whose wires are its physical qubits."""

    def __init__(self, target: Target) -> None:
        self._errors: dict[tuple[str, tuple[int, ...]], float] = {}
        self._durations: dict[tuple[str, tuple[int, ...]], float] = {}
        self._everywhere: set[str] = set()
        self._dt_s = target.dt_s
        for instruction in target.instructions:
            gate = ALIASES.get(instruction.gate, instruction.gate)
            if instruction.places is None:
                self._everywhere.add(gate)
            for place in instruction.places or ():
                at = (gate, exchange(gate, place.qubits))
                if place.error is not None:
                    self._errors[at] = max(place.error, self._errors.get(at, 0.0))
                if place.duration_s is not None:
                    self._durations[at] = max(place.duration_s, self._durations.get(at, 0.0))

    def metrics(self, circuit: Circuit) -> Metrics:
        """All metrics of a circuit.

        The duration is of each operation as soon as its wires are free; None where one is not known, or depends on
        what is measured.
        """
        counted = [operation for operation in every_operation(circuit.operations) if operation.gate != "barrier"]
        log_success, faulty = self.log_success(circuit)
        depth, two_qubit_depth, seconds = self._longest(circuit.operations)
        return Metrics(
            two_qubit=sum(map(_is_two_qubit, counted)),
            two_qubit_depth=two_qubit_depth,
            depth=depth,
            size=len(counted),
            log_success=log_success,
            faulty=faulty,
            duration_s=None if math.isnan(seconds) or not self._durations else seconds,
        )

    def log_success(self, circuit: Circuit) -> tuple[float | None, int]:
        """The natural logarithm of the estimated success probability, and the operations at faulty places.

        The probability is the product of 1 - error over all operations, blocks of control flow counted once; it takes
        errors as independent and knows neither crosstalk nor idling. Operations at places with an error of 1 are
        counted and left out of the product. None where the target knows no errors.
        """
        if not self._errors:
            return None, 0
        errors = [self._errors.get((o.gate, o.qubits), 0.0) for o in every_operation(circuit.operations)]
        sound = [error for error in errors if error < 1.0]
        return math.fsum(map(math.log1p, map(float.__neg__, sound))), len(errors) - len(sound)

    def _longest(self, operations: Operations) -> tuple[int, int, float]:
        """The longest chains of operations that share a wire: in operations, in two-qubit ones, and in seconds.

        Control flow is as deep as its deepest block; how long it takes is not a number, for want of knowing.
        """
        depth: defaultdict[int, int] = defaultdict(int)
        two_qubit: defaultdict[int, int] = defaultdict(int)
        seconds: defaultdict[int, float] = defaultdict(float)
        for operation in operations:
            touched = wires(operation) if operation.bits else operation.qubits
            steps, pairs, takes = 1, int(_is_two_qubit(operation)), self._takes(operation)
            if operation.detail is not None and (blocks := operation.blocks()):
                inside = [self._longest(block) for block in blocks]
                steps, pairs = max(steps for steps, _, _ in inside), max(pairs for _, pairs, _ in inside)
            if len(touched) == 1:
                (wire,) = touched
                depth[wire] += steps
                seconds[wire] += takes
                continue
            _advance(seconds, touched, takes)
            if operation.gate != "barrier":
                _advance(depth, touched, steps)
                _advance(two_qubit, touched, pairs)
        return max(depth.values(), default=0), max(two_qubit.values(), default=0), _latest(seconds.values())

    def _takes(self, operation: Operation) -> float:
        """How long an operation takes in seconds; not a number where that is not known."""
        known = self._durations.get((operation.gate, operation.qubits))
        if known is not None:
            return known
        if isinstance(operation.detail, Delay):
            unit = self._dt_s if operation.detail.unit == "dt" else _SECONDS[operation.detail.unit]
            return math.nan if unit is None else operation.detail.duration * unit
        return 0.0 if operation.gate == "barrier" or operation.gate in self._everywhere else math.nan


def _is_two_qubit(operation: Operation) -> bool:
    return len(operation.qubits) == 2 and operation.gate not in NOT_GATES


def _advance(reached: defaultdict[int, N], touched: tuple[int, ...], step: N) -> None:
    """All wires to where the farthest of them is, and one step more."""
    level = step + max([reached[wire] for wire in touched], default=0)
    for wire in touched:
        reached[wire] = level


def _latest(times: Collection[float]) -> float:
    return math.nan if any(map(math.isnan, times)) else max(times, default=0.0)
