"""Boschloo's test [1]_: Fisher's one-sided p-value as the statistic, its probability the greatest over all rates.

With independent shots its level is never above the one asked for, and it rejects whatever Fisher's test rejects.
Two-sided, it is twice the smaller of both sides. For each number of hits of A, Fisher's p-value falls as B's hits
rise, and the number from which on it is small enough rises with A's: one walk along that edge finds the region.

References:
    [1] R. D. Boschloo, Raised conditional level of significance for the 2 x 2-table when testing the equality of two
        probabilities, Statistica Neerlandica 24 (1970) 1-9.
"""

import math

import numpy as np

from qops.stats import student
from qops.stats.blocks.flips import Floats
from qops.stats.proportions.barnard import Region, size
from qops.stats.proportions.table import Table

_ROUNDING = 1e-9


def p_value(table: Table) -> float:
    """Two-sided, at most 1.

    >>> round(p_value(Table(7, 15, 12, 15)), 4)
    0.0682
    """
    return max(min(1.0, 2 * min(greater(table), greater(table.exchanged))), student.SMALLEST)


def greater(table: Table) -> float:
    """One-sided, for a greater rate of B."""
    hypergeometric = _Hypergeometric(table.first_trials, table.second_trials)
    observed = hypergeometric.at_least(table.first, table.second) * (1 + _ROUNDING)
    high = np.empty(table.first_trials + 1, dtype=np.int64)
    second = 0
    for first in range(table.first_trials + 1):
        while second <= table.second_trials and hypergeometric.at_least(first, second) > observed:
            second += 1
        high[first] = second
    return size(Region(np.full(len(high), -1), high, table.second_trials))


class _Hypergeometric:
    """Fisher's one-sided p-value for tables of the same trials, with factorials made once."""

    def __init__(self, first_trials: int, second_trials: int) -> None:
        self._first, self._second = first_trials, second_trials
        self._factorials = np.concatenate([[0.0], np.cumsum(np.log(np.arange(1, first_trials + second_trials + 1)))])

    def at_least(self, first: int, second: int) -> float:
        """The chance of so many hits of B or more, given all hits."""
        hits = first + second
        spread = math.sqrt(hits * self._first * self._second) / (self._first + self._second) + 1
        expected = hits * self._second / (self._first + self._second)
        last = min(hits, self._second, second + 40 + math.ceil(9 * spread))
        if second <= expected - 9 * spread - 40:
            return 1.0
        counts = np.arange(max(second, 0), last + 1)
        logs = self._chosen(self._second, counts) + self._chosen(self._first, hits - counts)
        whole = self._factorials[-1] - self._factorials[hits] - self._factorials[self._first + self._second - hits]
        return min(1.0, float(np.exp(logs - whole).sum()))

    def _chosen(self, trials: int, hits: np.ndarray) -> Floats:
        inside = np.clip(hits, 0, trials)
        found = self._factorials[trials] - self._factorials[inside] - self._factorials[trials - inside]
        return np.where((hits < 0) | (hits > trials), -np.inf, found)
