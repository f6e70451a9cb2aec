"""The text and the metrics of a compiled circuit in one pass, as a matrix needs them of every cell.

They are what `writer.write` and `physical.metrics` give, to the last bit, in two thirds of the time: compiled circuits
say the same few thousand things again and again, and what follows from each of them is found once.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from qops.circuits import success, writer
from qops.circuits.lines import Lines
from qops.circuits.order import Trace, Wires, ranks
from qops.circuits.physical import is_two_qubit, metrics
from qops.circuits.success import Costs, NotPlacedError
from qops.model.circuit import Circuit, Operation
from qops.model.matrix import Metrics

Number = TypeVar("Number", int, float)


def text_and_metrics(circuit: Circuit, known: Costs) -> tuple[str, Metrics]:
    """The canonical text, and the metrics on the device whose costs are `known`."""
    kinds = {id(operation): operation for operation in circuit.operations}
    if any(operation.detail is not None and operation.blocks() for operation in kinds.values()):
        return writer.write(circuit), metrics(circuit, known)
    frame = writer.framed(circuit, kinds.values())
    outlay = _Outlay(known)
    known_steps = {key: _step(operation, frame.lines, outlay) for key, operation in kinds.items()}
    steps = [known_steps[id(operation)] for operation in circuit.operations]
    run = _Run()
    run.follow(steps)
    return frame.around(run.trace.ordered()), run.metrics(len(steps), outlay)


class _Apart(NamedTuple):
    """What there is to be said of an operation that is more than one step on one wire.

    `level` is how much deeper it makes the circuit: 1, and 0 for a barrier; `pairs` is that for two-qubit gates.
    """

    touched: Wires
    level: int
    pairs: int
    faulty: bool


_Step = tuple[int, str, float, float, _Apart | None]
"""One operation: the wire that it is alone on, its line, its share of the logarithm of success, and its time."""


class _Outlay:
    """What operations cost, and whether that is known of all that were asked about."""

    def __init__(self, known: Costs) -> None:
        self._known = known
        self.with_errors = known.knows_errors
        self.placed = self.timed = True

    def of(self, operation: Operation) -> tuple[float, float]:
        """Logarithm and seconds; what is not known is nothing here, and noted."""
        try:
            logarithm, took = success.alone(operation, self._known)
        except NotPlacedError:
            self.placed = False
            return 0.0, 0.0
        if took is None:
            self.timed = False
        return logarithm, took or 0.0


def _step(operation: Operation, lines: Lines, outlay: _Outlay) -> _Step:
    line = lines.plain(operation) if operation.detail is None else next(lines.block([operation], ""))
    logarithm, took = outlay.of(operation)
    touched, faulty = ranks(operation), logarithm == -math.inf
    if len(touched) == 1 and not faulty and operation.gate != "barrier":
        return touched[0], line, logarithm, took, None
    apart = _Apart(touched, int(operation.gate != "barrier"), int(is_two_qubit(operation)), faulty)
    return -1, line, 0.0 if faulty else logarithm, took, apart


class _Run:
    """The wires, followed through a circuit: how deep each of them is by now, and at what time."""

    def __init__(self) -> None:
        self.trace = Trace[str]()
        self._depth: defaultdict[int, int] = defaultdict(int)
        self._pairs: defaultdict[int, int] = defaultdict(int)
        self._time: defaultdict[int, float] = defaultdict(float)
        self._logarithm = 0.0
        self._faulty = self._barriers = self._two_qubit = 0

    def follow(self, steps: Iterable[_Step]) -> None:
        """All steps, one after another."""
        depth, time, paths, total = self._depth, self._time, self.trace.paths, 0.0
        for wire, line, logarithm, took, apart in steps:
            total += logarithm
            if apart is not None:
                self._apart(line, took, apart)
                continue
            paths[wire].append(line)
            depth[wire] += 1
            time[wire] += took
        self._logarithm = total

    def metrics(self, operations: int, outlay: _Outlay) -> Metrics:
        """The metrics, all having been followed."""
        return Metrics(
            two_qubit=self._two_qubit,
            two_qubit_depth=max(self._pairs.values(), default=0),
            depth=max(self._depth.values(), default=0),
            size=operations - self._barriers,
            log_success=self._logarithm if outlay.placed and outlay.with_errors else None,
            faulty=self._faulty if outlay.placed and outlay.with_errors else 0,
            duration_s=max(self._time.values(), default=0.0) if outlay.placed and outlay.timed else None,
        )

    def _apart(self, line: str, took: float, apart: _Apart) -> None:
        touched, level, pair, faulty = apart
        self._faulty += faulty
        self._barriers += 1 - level
        self._two_qubit += pair
        if len(touched) == 1:
            self.trace.paths[touched[0]].append(line)
        else:
            self.trace.join(touched, line)
        _together(self._time, touched, took)
        if level:
            _together(self._depth, touched, level)
            _together(self._pairs, touched, pair)


def _together(reached: defaultdict[int, Number], touched: Wires, step: Number) -> None:
    """All wires to where the farthest of them is, and one step more."""
    if len(touched) == 2:
        one, other = touched
        reached[one] = reached[other] = step + max(reached[one], reached[other])
        return
    level = step + max([reached[wire] for wire in touched], default=step - step)
    for wire in touched:
        reached[wire] = level
