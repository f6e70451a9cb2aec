"""Experiments in which there is nothing to find, and how many of them found something all the same."""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from qops.abtest.prior import Prior
from qops.abtest.values import Value
from qops.model.abtest import AbTestEntry, Pass
from qops.stats.blocks import flips as flipping
from qops.stats.blocks.flips import Flips, Floats, Side

_AT_ONCE = 250
_ROUNDING = 1e-12


class Rejections(NamedTuple):
    """So many rejections in so many null experiments."""

    hits: int
    trials: int


class Nulls(NamedTuple):
    """The test of an entry on its own boundary: B differs from A by `shift`, which the test on `side` may not reject.

    `level` is its level.
    """

    shift: float
    side: Side
    level: float


def boundary(entry: AbTestEntry) -> Nulls:
    """Where the goal of an entry begins to be wrong: no difference, or one of just the margin."""
    shifts = {"different": 0.0, "superior": entry.margin, "non-inferior": -entry.margin, "equivalent": -entry.margin}
    side: Side = "two-sided" if entry.goal == "different" else "greater"
    return Nulls(shifts[entry.goal], side, entry.alpha)


def simulated(entry: AbTestEntry, known: Prior, trials: int, seed: int, effect: float = 0.0) -> Rejections:
    """How often blocks of drawn counts are rejected, B differing from the boundary by `effect`.

    Shares of passes are binomial, with rates that vary from job to job by σ; other metrics are normal.
    """
    chance = np.random.default_rng(seed)
    shape = (trials, entry.blocks)
    null = boundary(entry)
    first = _drawn(chance, entry, known, shape, known.expected)
    second = _drawn(chance, entry, known, shape, known.expected + null.shift + effect)
    return rejected(second - first - null.shift, flipping.flips(entry.blocks, seed), null)


def _drawn(
    chance: np.random.Generator, entry: AbTestEntry, known: Prior, shape: tuple[int, int], mean: float
) -> Floats:
    rates = mean + known.sigma * chance.standard_normal(shape)
    if isinstance(entry.metric, Pass):
        return np.asarray(chance.binomial(entry.shots, np.clip(rates, 0.0, 1.0)) / entry.shots)
    return np.asarray(rates + math.sqrt(known.spread / entry.shots) * chance.standard_normal(shape))


def rejected(differences: Floats, among: Flips, null: Nulls) -> Rejections:
    """How many rows of differences, one experiment a row and one block a column, are rejected around 0."""
    hits = 0
    for begin in range(0, len(differences), _AT_ONCE):
        some = differences[begin : begin + _AT_ONCE].T
        seen = flipping.sided(among.weights @ some, null.side)
        sums = flipping.sided(among.signs @ some, null.side)
        extreme = np.count_nonzero(sums >= seen - _ROUNDING * np.abs(some).sum(axis=0), axis=0)
        hits += int(np.count_nonzero(extreme <= among.allowed(null.level)))
    return Rejections(hits, len(differences))


def replayed(jobs: Sequence[Sequence[Value]], blocks: int, trials: int, level: float, seed: int) -> Rejections | None:
    """How often jobs of one circuit, each beside the next in time, are taken for two; None for too few of them.

    Args:
        jobs: runs of jobs of one circuit, each in the order of time.
        blocks: of an experiment.
        trials: how often to draw.
        level: of the test.
        seed: of the draws.
    """
    pairs = [(after.mean, before.mean) for run in jobs for before, after in zip(run[::2], run[1::2], strict=False)]
    number = min(blocks, len(pairs))
    if number < flipping.FEWEST:
        return None
    chance = np.random.default_rng(seed)
    seen = np.array([b - a for a, b in pairs])
    rows = np.array([chance.permutation(seen)[:number] for _ in range(trials)])
    signs = 1.0 - 2.0 * chance.integers(0, 2, rows.shape)
    return rejected(rows * signs, flipping.flips(number, seed), Nulls(0.0, "two-sided", level))
