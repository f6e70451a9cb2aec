"""How often A/B tests reject identical arms while jobs drift, and how often they find a difference that is there."""

import math
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy import special

from benchmarks import outcome
from benchmarks.outcome import Row
from qops.stats.blocks.flips import Flips, flips

RUNS, BLOCKS, SIGMA, DRAWN, CHUNK = 10_000, 20, 0.01, 1999, 1_000
DRIFTS = ("no", "shared", "independent", "trend")
Floats: TypeAlias = NDArray[np.float64]


class Cell(NamedTuple):
    """The rate, shots an arm in all, the drift, and how much better B is."""

    rate: float
    shots: int
    drift: str
    effect: float = 0.0


def rows(*, small: bool) -> Iterator[Row]:
    """Every cell under the null and with an effect, by default and by pooled z."""
    runs = 200 if small else RUNS
    among = flips(BLOCKS, 1, DRAWN)
    for number, (rate, shots, drift) in enumerate(
        (p, n, d) for p in (0.5, 0.99) for n in (100, 1000, 8192) for d in DRIFTS
    ):
        yield from _cell(Cell(rate, shots, drift), runs, among, number)


def _cell(cell: Cell, runs: int, among: Flips, seed: int) -> Iterator[Row]:
    key = f"{cell.rate}_{cell.shots}_{cell.drift}"
    what = f"p = {cell.rate}, {cell.shots:,} shots, {cell.drift} drift"
    blocked = cell.shots == 8192
    chance = np.random.default_rng(seed)
    null = 100 * _rejected(lambda size: _blocks(cell, size, chance), among, runs)
    yield Row(f"{key}_null", f"{what}: false alarms in 20 blocks, flips", null, "%", 6 if blocked else None)
    if blocked:
        yield Row(f"{key}_null_least", f"{what}: the same, at least", null, "%", 4, at_least=True)
    yield Row(f"{key}_z", f"{what}: false alarms of one job an arm, pooled z", 100 * _by_z(cell, runs, chance), "%")
    there = cell._replace(effect=effect(cell))
    found = 100 * _rejected(lambda size: _blocks(there, size, chance), among, runs)
    yield Row(f"{key}_power", f"{what}: found, where pooled z without drift has 80 %", found, "%")


def _rejected(draw: Callable[[int], Floats], among: Flips, runs: int) -> float:
    """The share of experiments, one row each, whose two-sided p-value is at most 5 %."""
    rejected = 0
    for begin in range(0, runs, CHUNK):
        differences = draw(min(CHUNK, runs - begin))
        sums = np.abs(among.signs @ differences.T)
        counts = np.count_nonzero(sums >= np.abs(differences @ among.weights) - 1e-9, axis=0)
        rejected += int(np.count_nonzero(counts <= among.allowed(0.05)))
    return rejected / runs


def _blocks(cell: Cell, runs: int, chance: np.random.Generator) -> Floats:
    """Differences of hits, one row an experiment."""
    a, b = hits(cell, runs, BLOCKS, chance)
    return b - a


def hits(cell: Cell, runs: int, blocks: int, chance: np.random.Generator) -> tuple[Floats, Floats]:
    """Hits of A and of B, one row an experiment; which arm is first is a coin's in every block."""
    shots = cell.shots // blocks
    first, second = _rates(cell, (runs, blocks), chance)
    swap = chance.random((runs, blocks)) < 0.5
    a, b = np.where(swap, second, first), np.where(swap, first, second)
    better = chance.binomial(shots, np.clip(b + cell.effect, 0, 1))
    return chance.binomial(shots, a).astype(float), better.astype(float)


def _rates(cell: Cell, shape: tuple[int, int], chance: np.random.Generator) -> tuple[Floats, Floats]:
    """The true rates of the first and of the second job of every block."""
    match cell.drift:
        case "shared":
            both = _jobs(cell.rate, shape, chance)
            return both, both
        case "independent":
            return _jobs(cell.rate, shape, chance), _jobs(cell.rate, shape, chance)
        case "trend":
            path = np.linspace(-SIGMA, SIGMA, 2 * shape[1]) + min(cell.rate, 0.98)
            return np.broadcast_to(path[::2], shape), np.broadcast_to(path[1::2], shape)
        case _:
            return np.full(shape, cell.rate), np.full(shape, cell.rate)


def _jobs(rate: float, shape: tuple[int, ...], chance: np.random.Generator) -> Floats:
    """Beta with this mean and the standard deviation of 1 %."""
    weight = rate * (1 - rate) / SIGMA**2 - 1
    return chance.beta(rate * weight, (1 - rate) * weight, shape)


def _by_z(cell: Cell, runs: int, chance: np.random.Generator) -> float:
    """One job an arm, A before B: what is usually done."""
    if cell.drift == "trend":
        path = np.linspace(-SIGMA, SIGMA, 2 * BLOCKS) + min(cell.rate, 0.98)
        first, second = (np.full(runs, half.mean()) for half in (path[:BLOCKS], path[BLOCKS:]))
    else:
        first, second = (side[:, 0] for side in _rates(cell, (runs, 1), chance))
    a, b = (chance.binomial(cell.shots, rates).astype(float) for rates in (first, second))
    return float((np.abs(_z(a, b, cell.shots)) >= 1.959964).mean())


def _z(a: Floats, b: Floats, shots: int) -> Floats:
    rate = (a + b) / (2 * shots)
    error = np.sqrt(2 * rate * (1 - rate) * shots)
    return np.asarray((b - a) / np.where(error > 0, error, 1))


def effect(cell: Cell) -> float:
    """The difference that pooled z finds with 80 % power without drift; away from the nearer end."""
    size = float(special.ndtri(0.975) + special.ndtri(0.8)) * math.sqrt(2 * cell.rate * (1 - cell.rate) / cell.shots)
    return size if cell.rate <= 0.5 else -size


if __name__ == "__main__":
    outcome.run("abtest_errors", rows)
