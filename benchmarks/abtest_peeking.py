"""Looking at an A/B test after every block: false alarms, power, and how many blocks it takes, by five rules.

The evidence of signs is what `--peek` goes by. Beside it stand pooled z at every look, O'Brien and Fleming's and
Pocock's schedules at ten looks, and the evidence of two binomial rates: the last three hold where jobs do not drift on
their own.
"""

import math
from collections.abc import Callable, Iterator, Mapping

import numpy as np

from benchmarks import outcome
from benchmarks.abtest_errors import DRIFTS, Cell, Floats, effect, hits
from benchmarks.outcome import Row
from qops.stats.sequential import looks, mixture, symmetry

RUNS, BLOCKS, SHOTS, RATE, LOOKS = 4000, 100, 400, 0.5, 10
EVIDENCE = math.log(20)
Rule = Callable[[Floats, Floats], Floats]
"""From hits of A and of B, one row an experiment, to the block at which each ended, or infinity."""


def rows(*, small: bool) -> Iterator[Row]:
    """Every rule under every drift, under the null and with a difference that pooled z finds 80 times in 100."""
    runs = 60 if small else RUNS
    for drift in DRIFTS:
        cell = Cell(RATE, BLOCKS * SHOTS, drift)
        calm = hits(cell, runs, BLOCKS, np.random.default_rng(99))
        moved = hits(cell._replace(effect=effect(cell)), runs, BLOCKS, np.random.default_rng(98))
        for name, rule in RULES.items():
            what, key = f"{drift} drift: {name}", f"{drift}_{name}"
            bar = 5.0 if name == "evidence of signs" else None
            yield Row(f"{key}_null", f"{what}, false alarms", 100 * float(np.isfinite(rule(*calm)).mean()), "%", bar)
            ended = rule(*moved)
            yield Row(f"{key}_power", f"{what}, found", 100 * float(np.isfinite(ended).mean()), "%")
            yield Row(
                f"{key}_blocks", f"{what}, blocks of {BLOCKS} on average", float(np.minimum(ended, BLOCKS).mean())
            )


def _signs(a: Floats, b: Floats) -> Floats:
    scale = symmetry.planned_scale(RATE, SHOTS) * SHOTS
    return _first(np.array([symmetry.path(row, scale) for row in b - a]) >= EVIDENCE)


def _mixture(a: Floats, b: Floats) -> Floats:
    least = effect(Cell(RATE, BLOCKS * SHOTS, "no"))
    paths = [
        mixture.path(first.astype(int).tolist(), second.astype(int).tolist(), SHOTS, least, RATE)
        for first, second in zip(a, b, strict=True)
    ]
    return _first(np.array(paths) >= EVIDENCE)


def _z(a: Floats, b: Floats) -> Floats:
    """Pooled z after each block."""
    seen = 2 * SHOTS * np.arange(1, BLOCKS + 1)
    rate = np.cumsum(a + b, axis=1) / seen
    return np.asarray(np.cumsum(b - a, axis=1) / np.sqrt(rate * (1 - rate) * seen))


def _at_looks(bounds: tuple[float, ...]) -> Rule:
    every = BLOCKS // LOOKS

    def rule(a: Floats, b: Floats) -> Floats:
        return _first(np.abs(_z(a, b))[:, every - 1 :: every] >= np.array(bounds)) * every

    return rule


def _first(over: np.ndarray) -> Floats:
    """The number of the first look that is over, from 1."""
    return np.where(over.any(axis=1), over.argmax(axis=1) + 1.0, np.inf)


RULES: Mapping[str, Rule] = {
    "evidence of signs": _signs,
    "evidence of two rates": _mixture,
    "O'Brien and Fleming, ten looks": _at_looks(looks.obrien_fleming(LOOKS)),
    "Pocock, ten looks": _at_looks(looks.pocock(LOOKS)),
    "pooled z at every look": lambda a, b: _first(np.abs(_z(a, b)) >= 1.959964),
}

if __name__ == "__main__":
    outcome.run("abtest_peeking", rows)
