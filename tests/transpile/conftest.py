"""Matrices made of numbers: what a compiler would have to give, without a compiler."""

import math
import random
from collections.abc import Callable, Mapping, Sequence

import pytest

from qops.model.matrix import Comparable, Compiled, Lost, Matrix, Metrics, Outcome, Row

CIRCUITS = {"qft": 300, "qaoa": 120, "ansatz": 48}
LEVELS = (1, 2, 3)
SAME = Comparable({"torino": "t" * 64}, dict.fromkeys(CIRCUITS, "c" * 64), {"seeds": "5"}, {"qiskit": "2.6.2"})

Make = Callable[..., Matrix]


def compiled(
    count: float, depth: float = 0.0, success: float | None = -1.0, digest: str = "", **more: float
) -> Compiled:
    """A compiled cell; its digest tells cells apart that differ in any number, unless one is given."""
    metrics = Metrics(round(count), round(depth or count / 2), 0, 0, success, int(more.get("faulty", 0)), None)
    return Compiled(digest or repr((metrics, more)), metrics, (), (), more.get("cpu_s", 0.1), 0)


def noisy(count: float, chance: random.Random, width: float = 0.04) -> Compiled:
    """A cell with the noise that seeds make, an eighth of a percent up to some percent wide."""
    return compiled(
        count * math.exp(chance.gauss(0, width)),
        count / 2 * math.exp(chance.gauss(0, 2 * width)),
        -count / 200 * math.exp(chance.gauss(0, 2 * width)),
    )


def matrix(rows: Mapping[tuple[str, str, int], Sequence[Outcome]], comparable: Comparable = SAME) -> Matrix:
    """A matrix of outcomes by row, seeds from 0."""
    return Matrix(comparable, tuple(Row(*key, dict(enumerate(rows[key]))) for key in sorted(rows)))


@pytest.fixture
def make() -> Make:
    """A matrix of three circuits at three levels; `factor` makes every count greater, `only` those of one row."""

    def build(
        seed: int, *, seeds: int = 5, factor: float = 1.0, only: tuple[str, str, int] | None = None, **more: Comparable
    ) -> Matrix:
        chance = random.Random(seed)
        keys = [(circuit, "torino", level) for circuit in CIRCUITS for level in LEVELS]
        rows = {}
        for key in keys:
            grown = factor if only in (None, key) else 1.0
            rows[key] = [noisy(grown * CIRCUITS[key[0]] / key[2], chance) for _ in range(seeds)]
        return matrix(rows, more.get("comparable", SAME))

    return build


def loss(kind: str = "timed out") -> Lost:
    """A cell that came to nothing."""
    return Lost(kind, "no answer after 60 s")
