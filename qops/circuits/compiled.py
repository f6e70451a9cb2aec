"""The text and the metrics of a compiled circuit in one pass, as a matrix needs them of every cell.

They are what `writer.write` and `physical.metrics` give, to the last bit, in less time: compiled circuits say the same
few thousand things again and again, and what follows from each of them is found once; what gates on the same qubits
have in common, whatever their angles, once a device.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple, TypeVar

from qops.circuits import success, writer
from qops.circuits.lines import Lines
from qops.circuits.order import Trace, Wires, ranks
from qops.circuits.physical import is_two_qubit, metrics
from qops.circuits.success import Costs, NotPlacedError, Spot
from qops.model.circuit import Circuit, Operation
from qops.model.matrix import Metrics

Number = TypeVar("Number", int, float)


class Clerk:
    """Writes and measures the circuits that were compiled for one device, whose costs are `known`."""

    def __init__(self, known: Costs) -> None:
        self._known = known
        self._forms: dict[object, Forms] = {}

    def text_and_metrics(self, circuit: Circuit) -> tuple[str, Metrics]:
        """The canonical text and the metrics."""
        kinds = {id(operation): operation for operation in circuit.operations}
        details = [operation for operation in kinds.values() if operation.detail is not None]
        if any(operation.blocks() for operation in details):
            return writer.write(circuit), metrics(circuit, self._known)
        frame = writer.framed(circuit, kinds.values())
        named_alike = not (circuit.gates or circuit.parameters or details)
        forms = self._forms.setdefault((circuit.qubits, circuit.bits), {}) if named_alike else {}
        steps = _Steps(frame.lines, _Outlay(self._known), forms)
        known_steps = {key: steps.of(operation) for key, operation in kinds.items()}
        run = _Run()
        run.follow([known_steps[id(operation)] for operation in circuit.operations])
        return frame.around(run.trace.ordered()), run.metrics(len(circuit.operations), steps.outlay)


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

    def is_certain_of(self, operation: Operation) -> bool:
        """Whether it costs the same with any angles."""
        spot = operation.gate, operation.qubits
        return spot in self._known.ready and spot in self._known.times

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


class _Form(NamedTuple):
    """What all plain gates of one kind on the same qubits have in common: a step, its line in two pieces."""

    wire: int
    head: str
    tail: str
    logarithm: float
    took: float
    apart: _Apart | None


Forms = dict[Spot, _Form]


class _Steps:
    """The steps of one circuit's operations; `forms` are those that other circuits had, and that this one adds."""

    def __init__(self, lines: Lines, outlay: "_Outlay", forms: Forms) -> None:
        self.outlay = outlay
        self._lines = lines
        self._forms = forms

    def of(self, operation: Operation) -> _Step:
        """The step of an operation."""
        form = self._forms.get((operation.gate, operation.qubits))
        angles = operation.angles
        if form is None or operation.modifiers or (angles and type(angles[0]) is not float) or len(angles) > 1:
            return self._found(operation)
        wire, head, tail, logarithm, took, apart = form
        return wire, f"{head}({angles[0]!r}){tail}" if angles else head + tail, logarithm, took, apart

    def _found(self, operation: Operation) -> _Step:
        plain = operation.detail is None
        line = self._lines.plain(operation) if plain else next(self._lines.block([operation], ""))
        logarithm, took = self.outlay.of(operation)
        touched, faulty = ranks(operation), logarithm == -math.inf
        wire, apart = touched[0] if touched else -1, None
        if len(touched) != 1 or faulty or operation.gate == "barrier":
            wire = -1
            apart = _Apart(touched, int(operation.gate != "barrier"), int(is_two_qubit(operation)), faulty)
        logarithm = 0.0 if faulty else logarithm
        if plain and not operation.modifiers and not operation.bits and self.outlay.is_certain_of(operation):
            head, tail = self._lines.pieces(operation)
            self._forms[operation.gate, operation.qubits] = _Form(wire, head, tail, logarithm, took, apart)
        return wire, line, logarithm, took, apart


class _Run:
    """The wires, followed through a circuit: how deep each of them is by now, and at what time.

    As deep as it has items, and `_deeper`.
    """

    def __init__(self) -> None:
        self.trace = Trace[str]()
        self._deeper: defaultdict[int, int] = defaultdict(int)
        self._pairs: defaultdict[int, int] = defaultdict(int)
        self._time: defaultdict[int, float] = defaultdict(float)
        self._logarithm = 0.0
        self._faulty = self._barriers = self._two_qubit = 0

    def follow(self, steps: Iterable[_Step]) -> None:
        """All steps, one after another."""
        time, paths, total = self._time, self.trace.paths, 0.0
        for wire, line, logarithm, took, apart in steps:
            total += logarithm
            if apart is None:
                paths[wire].append(line)
                if took:
                    time[wire] += took
            elif len(apart.touched) == 2 and apart.level:
                self._pair(line, took, apart)
            else:
                self._apart(line, took, apart)
        self._logarithm = total

    def metrics(self, operations: int, outlay: _Outlay) -> Metrics:
        """The metrics, all having been followed."""
        deep = [len(path) + self._deeper[wire] for wire, path in self.trace.paths.items()]
        return Metrics(
            two_qubit=self._two_qubit,
            two_qubit_depth=max(self._pairs.values(), default=0),
            depth=max(deep, default=0),
            size=operations - self._barriers,
            log_success=self._logarithm if outlay.placed and outlay.with_errors else None,
            faulty=self._faulty if outlay.placed and outlay.with_errors else 0,
            duration_s=max(self._time.values(), default=0.0) if outlay.placed and outlay.timed else None,
        )

    def _pair(self, line: str, took: float, apart: _Apart) -> None:
        """What `_apart` does, on two wires, written out: it is a fifth of all steps."""
        (one, other), _, pair, faulty = apart
        self._faulty += faulty
        self._two_qubit += pair
        self.trace.join(apart.touched, line)
        deeper, pairs, time = self._deeper, self._pairs, self._time
        here, there = len(self.trace.paths[one]), len(self.trace.paths[other])
        first, second = here + deeper[one], there + deeper[other]
        level = max(first, second)
        deeper[one], deeper[other] = level - here, level - there
        first, second = pairs[one], pairs[other]
        pairs[one] = pairs[other] = pair + max(first, second)
        early, late = time[one], time[other]
        time[one] = time[other] = took + max(early, late)

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
        if not level:
            for wire in touched:
                self._deeper[wire] -= 1
            return
        _together(self._pairs, touched, pair)
        paths = self.trace.paths
        deepest = max([len(paths[wire]) + self._deeper[wire] for wire in touched], default=0)
        for wire in touched:
            self._deeper[wire] = deepest - len(paths[wire])


def _together(reached: defaultdict[int, Number], touched: Wires, step: Number) -> None:
    """All wires to where the farthest of them is, and one step more."""
    level = step + max([reached[wire] for wire in touched], default=step - step)
    for wire in touched:
        reached[wire] = level
