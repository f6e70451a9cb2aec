"""Two calibrations of one device side by side: what moved by more than usual, what failed, what came and went. Pure."""

from collections.abc import Iterable, Iterator
from enum import Enum

import msgspec

from qops.calibration.usual import Usual, change
from qops.calibration.values import Parameter, durations, values
from qops.model.calibration import Calibration


class Fate(Enum):
    """What became of a parameter; the order is that of the report, worst first."""

    FAULTY = "became faulty"
    GONE = "is gone"
    MOVED = "moved"
    LENGTH = "takes another time"
    REPAIRED = "is no longer faulty"
    NEW = "is new"


class Move(msgspec.Struct, frozen=True):
    """A parameter that is not as usual: its values, and the change in multiples of the usual one where there is one."""

    parameter: Parameter
    fate: Fate
    before: float | None
    after: float | None
    times: float | None = None

    @property
    def worse(self) -> bool:
        """Whether the device is worse for it."""
        if self.before is None or self.after is None:
            return self.after is None
        shorter_is_worse = self.parameter.kind in {"T1", "T2"}
        return (self.after < self.before) if shorter_is_worse else (self.after > self.before)


class Comparison(msgspec.Struct, frozen=True):
    """The moves, worst first, of so many parameters that both calibrations know."""

    moves: tuple[Move, ...]
    compared: int


def compare(before: Calibration, after: Calibration, usual: Usual, threshold: float) -> Comparison:
    """What moved by more than `threshold` times the usual change, and what came, went, failed or was repaired."""
    old, new = values(before), values(after)
    moves = [move for parameter in sorted({*old, *new}) if (move := _move(parameter, old, new, usual, threshold))]
    lengths = durations(before), durations(after)
    moves += _lengths(*lengths)
    order = list(Fate)
    moves.sort(key=lambda move: (order.index(move.fate), -(move.times or 0.0), move.parameter))
    return Comparison(tuple(moves), len(old.keys() & new.keys()) + len(lengths[0].keys() & lengths[1].keys()))


def _move(
    parameter: Parameter, old: dict[Parameter, float], new: dict[Parameter, float], usual: Usual, threshold: float
) -> Move | None:
    before, after = old.get(parameter), new.get(parameter)
    if before is None or after is None:
        return Move(parameter, Fate.NEW if before is None else Fate.GONE, before, after)
    faulty = (_faulty(parameter, before), _faulty(parameter, after))
    if faulty[0] != faulty[1]:
        return Move(parameter, Fate.FAULTY if faulty[1] else Fate.REPAIRED, before, after)
    size, scale = change(before, after), usual.of(parameter.kind)
    if size is None:
        return Move(parameter, Fate.MOVED, before, after) if before != after else None
    if scale is None or abs(size) <= threshold * scale:
        return None
    return Move(parameter, Fate.MOVED, before, after, abs(size) / scale)


def _faulty(parameter: Parameter, value: float) -> bool:
    return value >= 1.0 and parameter.kind.endswith("error")


def _lengths(old: dict[Parameter, float], new: dict[Parameter, float]) -> Iterator[Move]:
    """Gates are rarely given another length: so any is told."""
    for parameter in sorted(old.keys() & new.keys()):
        if old[parameter] != new[parameter]:
            yield Move(parameter, Fate.LENGTH, old[parameter], new[parameter])


def qubits_of(moves: Iterable[Move]) -> tuple[int, ...]:
    """The qubits that moves are about, most moves first."""
    times: dict[int, int] = {}
    for move in moves:
        for qubit in move.parameter.qubits:
            times[qubit] = times.get(qubit, 0) + 1
    return tuple(sorted(times, key=lambda qubit: (-times[qubit], qubit)))
