"""Barnard's test [1]_: the pooled z, with its p-value the greatest over all common rates.

With independent shots its level is never above the one asked for, and close to it. For each number of hits of A the
numbers of hits of B with so large a |z| lie below one end and above another, as z grows with them; so the probability
at one common rate is a sum over A of two tails of B, and only rates on a grid and counts within `_REACH` standard
deviations are looked at. The greatest of the grid is refined twice; what is beyond the reach is less than 1e-15.

References:
    [1] G. A. Barnard, Significance tests for 2 x 2 tables, Biometrika 34 (1947) 123-138.
    [2] S. Suissa and J. J. Shuster, Exact unconditional sample sizes for the 2 x 2 binomial trial, Journal of the Royal
        Statistical Society A 148 (1985) 317-327.
"""

import math
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from qops.stats import student
from qops.stats.blocks.flips import Floats
from qops.stats.proportions.fisher import chosen
from qops.stats.proportions.table import Table

Integers: TypeAlias = NDArray[np.int64]
_GRID = 128
_REACH = 9.0
_ROUNDING = 1e-9


class Region(NamedTuple):
    """For each number of hits of A: B rejects with `low` hits or fewer, and with `high` or more."""

    low: Integers
    high: Integers
    trials: int
    """Of B."""


def p_value(table: Table) -> float:
    """Two-sided; 1 where the arms have the same rate.

    >>> round(p_value(Table(20, 50, 31, 50)), 4)
    0.0352
    """
    if not table.z:
        return 1.0
    return max(min(1.0, size(region(table.first_trials, table.second_trials, abs(table.z)))), student.SMALLEST)


@lru_cache(maxsize=64)
def critical(first_trials: int, second_trials: int, alpha: float = 0.05) -> float:
    """The least |z|, to 1e-4, from which on the size is at most `alpha`: for many tables of the same trials.

    >>> round(critical(100, 100), 3)
    1.99
    """
    low, high = 1.0, 2 * math.sqrt(2 * math.log(2 / alpha)) + 2
    while high - low > 1e-4:
        middle = (low + high) / 2
        exceeded = size(region(first_trials, second_trials, middle)) > alpha
        low, high = (middle, high) if exceeded else (low, middle)
    return high


def region(first_trials: int, second_trials: int, z: float) -> Region:
    """The tables whose |z| is at least so large, z above 0."""
    hits = np.arange(first_trials + 1)
    low = _last(hits, first_trials, second_trials, -z)
    high = second_trials - _last(first_trials - hits, first_trials, second_trials, -z)
    return Region(low, high, second_trials)


def size(area: Region) -> float:
    """The greatest probability of the region over all common rates."""
    grid = _GRID + math.isqrt(16 * max(area.trials, len(area.low)))  # a peak is about 1/√n wide in the angle
    angles = np.linspace(0, math.pi, grid + 1)[1:-1]
    for _ in range(3):
        found = [_probability(area, math.sin(angle / 2) ** 2) for angle in angles]
        best, step = int(np.argmax(found)), angles[1] - angles[0]
        angles = np.linspace(max(angles[best] - step, 1e-9), min(angles[best] + step, math.pi - 1e-9), 17)
    return float(max(found))


def _last(hits: Integers, first_trials: int, second_trials: int, z: float) -> Integers:
    """For each number of hits of A the most hits of B with a z of at most `z`, below 0; -1 if none."""
    low, high = np.full(len(hits), -1), np.full(len(hits), second_trials)
    while (low < high).any():
        middle = (low + high + 1) // 2
        inside = _z(hits, first_trials, np.maximum(middle, 0), second_trials) <= z + _ROUNDING
        low, high = np.where(inside, middle, low), np.where(inside, high, np.maximum(low, middle - 1))
    return low


def _z(first: Integers, first_trials: int, second: Integers, second_trials: int) -> Floats:
    rate = (first + second) / (first_trials + second_trials)
    error = np.sqrt(rate * (1 - rate) * (1 / first_trials + 1 / second_trials))
    return np.asarray((second / second_trials - first / first_trials) / np.where(error > 0, error, 1.0))


def _probability(area: Region, rate: float) -> float:
    begin, mass = _binomial(len(area.low) - 1, rate)
    start, other = _binomial(area.trials, rate)
    below = np.concatenate([[0.0], np.cumsum(other)])
    above = np.concatenate([np.cumsum(other[::-1])[::-1], [0.0]])
    hits = slice(begin, begin + len(mass))
    tails = (
        below[np.clip(area.low[hits] - start + 1, 0, len(other))]
        + above[np.clip(area.high[hits] - start, 0, len(other))]
    )
    return float(mass @ tails)


def _binomial(trials: int, rate: float) -> tuple[int, Floats]:
    """The first count within reach, and the probabilities from there on."""
    width = _REACH * math.sqrt(trials * rate * (1 - rate)) + 40
    begin, end = max(0, math.floor(trials * rate - width)), min(trials, math.ceil(trials * rate + width))
    counts = np.arange(begin, end + 1)
    return begin, np.exp(chosen(trials, counts) + counts * math.log(rate) + (trials - counts) * math.log1p(-rate))
