"""The rows of a matrix as a table, the worst first. Pure."""

import math
from collections.abc import Callable, Sequence
from statistics import median

from qops.model.matrix import Matrix, Metrics, Row
from qops.model.report import Cell, Table
from qops.transpile.pairing import Pair, pairs

_COLUMNS = ("circuit", "backend", "level", "two-qubit", "Δ", "2q depth", "Δ ", "ln success", "Δ  ", "duration", "seeds")
_Number = float | int | None
_SHOWN: Sequence[tuple[Callable[[Metrics], _Number], bool]] = (
    (lambda metrics: metrics.two_qubit, True),
    (lambda metrics: metrics.two_qubit_depth, True),
    (lambda metrics: metrics.log_success, False),
)


def table(old: Matrix | None, new: Matrix, limit: int) -> tuple[Table, int]:
    """The table of at most `limit` rows, and how many are left out.

    Numbers are medians over the seeds that were compiled; changes are of counts in per cent, and of the logarithm of
    the success probability as it is; `=` stands beside rows that are circuit for circuit as they were.
    """
    beside = pairs(old, new) if old else tuple(Pair(row, None) for row in new.rows)
    ordered = sorted(beside, key=lambda pair: (-_worst(pair), pair.key))
    rows = tuple(_row(pair) for pair in ordered[:limit])
    return Table("", _COLUMNS, rows, numeric=_COLUMNS[2:]), max(0, len(ordered) - limit)


def _row(pair: Pair) -> tuple[Cell, ...]:
    cells: list[Cell] = [pair.new.circuit, pair.new.backend, pair.new.level]
    for value, counted in _SHOWN:
        now = _median(pair.new, value)
        cells += [
            _number(now, counted=counted),
            "=" if pair.unchanged else _change(_median(pair.old, value), now, counted),
        ]
    compiled, asked = len(pair.new.compiled), len(pair.new.outcomes)
    duration = _median(pair.new, lambda metrics: metrics.duration_s)
    return (*cells, _duration(duration), str(compiled) if compiled == asked else f"{compiled} of {asked}")


def _worst(pair: Pair) -> float:
    """How much worse the row became by its worst metric; infinite for what was lost, least for what is unchanged."""
    if len(pair.new.compiled) < len(pair.new.outcomes):
        return math.inf
    if pair.unchanged or pair.old is None:
        return -math.inf
    return max(_loss(_median(pair.old, value), _median(pair.new, value), counted) for value, counted in _SHOWN)


def _loss(old: _Number, new: _Number, counted: bool) -> float:  # noqa: FBT001 - a column of a table
    if old is None or new is None:
        return 0.0
    return math.log((new + 0.5) / (old + 0.5)) if counted else old - new


def _median(row: Row | None, value: Callable[[Metrics], _Number]) -> _Number:
    if row is None or not row.compiled:
        return None
    values = [value(compiled.metrics) for compiled in row.compiled]
    known = [each for each in values if each is not None]
    return median(known) if len(known) == len(values) else None


def _number(value: _Number, *, counted: bool) -> Cell:
    if value is None:
        return None
    return f"{value:,.0f}" if counted else f"{value:.3f}"


def _change(old: _Number, new: _Number, counted: bool) -> Cell:  # noqa: FBT001 - a column of a table
    if old is None or new is None:
        return None
    if not counted:
        return f"{new - old:+.3f}"
    return f"{(new / old - 1) * 100:+.1f} %" if old else f"{new:+.0f}"


def _duration(seconds: _Number) -> Cell:
    if seconds is None:
        return None
    for unit, size in (("ns", 1e-9), ("µs", 1e-6), ("ms", 1e-3)):
        if seconds < 1000 * size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds:.3g} s"
