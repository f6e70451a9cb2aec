"""The run length of the EWMA chart for normal values, with limits that are fixed or vary with time.

The chart is Z ← (1 - λ)Z + λX from 0, in alarm where |Z| > c(t), with c = L·√(λ/(2 - λ)) once it has settled. With
*fixed* limits c holds from the beginning. With *varying* ones c(t) = L·√(λ/(2 - λ)·(1 - (1 - λ)²ᵗ)), the standard
deviation that Z has by then. A fast initial response lets one chart begin above 0 and one below, at `head` of c, and
takes the first alarm of either: that is one chart with c(t) = c·(1 - head·(1 - λ)ᵗ), as the two differ by what remains
of their beginnings.

Where limits have settled, the run length solves a Fredholm equation of the second kind [1]_, by Nyström's method on
Gauss-Legendre nodes [2]_; before, the density of Z among those without an alarm is carried from epoch to epoch.

References:
    [1] S. V. Crowder, A simple method for studying run-length distributions of exponentially weighted moving average
        charts, Technometrics 29 (1987) 401-407.
    [2] J. M. Lucas and M. S. Saccucci, Exponentially weighted moving average control schemes: properties and
        enhancements, Technometrics 32 (1990) 1-12; tables 3 and 5 are in the tests.
"""

import math
from functools import cache
from typing import NamedTuple

import numpy as np

from qops.stats.spc.numbers import Numbers, density, gauss_legendre, limit_with

_SETTLED = 1e-11
_LARGEST_LIMIT = 12.0


class Ewma(NamedTuple):
    """The chart of the weight λ of a new value and the limit L, in settled standard deviations of Z."""

    weight: float
    limit: float
    head: float = 0.0
    varying: bool = False

    def run_length(self, shift: float = 0.0) -> float:
        """The mean run length from 0, where values are shifted by so many standard deviations.

        >>> round(Ewma(0.1, 2.814).run_length(), 3), round(Ewma(0.1, 2.814).run_length(1.0), 4)
        (499.58, 10.3307)
        """
        end = self._bound(math.inf)
        nodes, weights = gauss_legendre(_nodes(self.weight, self.limit))
        settled = _settled(self.weight, end, shift, len(nodes))
        if not self.head and not self.varying:
            return 1 + float(end * (weights * self._step(np.zeros(1), end * nodes, shift)[0]) @ settled)
        return self._early(shift, settled)

    def _early(self, shift: float, settled: Numbers) -> float:
        """1, and the chance of no alarm after each epoch, until the limits have settled."""
        nodes, weights = gauss_legendre(_nodes(self.weight, self.limit))
        bound = self._bound(1)
        alive = self._step(np.zeros(1), bound * nodes, shift)[0]
        length = 1.0
        for epoch in range(2, int(math.log(_SETTLED) / math.log1p(-self.weight)) + 2):
            mass = bound * weights * alive
            length += float(mass.sum())
            new = self._bound(epoch)
            alive = mass @ self._step(bound * nodes, new * nodes, shift)
            bound = new
        return length + float((bound * weights * alive) @ settled)

    def _bound(self, epoch: float) -> float:
        left = math.pow(1 - self.weight, epoch)
        spread = self.limit * math.sqrt(self.weight / (2 - self.weight) * (1 - left**2 if self.varying else 1))
        return spread * (1 - self.head * left)

    def _step(self, before: Numbers, after: Numbers, shift: float) -> Numbers:
        """The density of Z after an epoch, given Z before; shape (before, after)."""
        return _step(self.weight, before, after, shift)


def limit_for(run_length: float, weight: float, *, varying: bool = False) -> float:
    """The limit L with which the chart has this mean run length while nothing has changed.

    >>> round(limit_for(500.0, 0.1), 3)
    2.814
    """
    return limit_with(run_length, lambda limit: Ewma(weight, limit, 0.0, varying).run_length(), _LARGEST_LIMIT)


@cache
def _settled(weight: float, bound: float, shift: float, count: int) -> Numbers:
    """The run length from each of `count` nodes, with limits that stay."""
    nodes, weights = gauss_legendre(count)
    kernel = bound * weights * _step(weight, bound * nodes, bound * nodes, shift)
    return np.asarray(np.linalg.solve(np.eye(count) - kernel, np.ones(count)), dtype=np.float64)


def _step(weight: float, before: Numbers, after: Numbers, shift: float) -> Numbers:
    return density((after[None, :] - (1 - weight) * before[:, None]) / weight - shift) / weight


def _nodes(weight: float, limit: float) -> int:
    """So many that the kernel, whose width is λ, is resolved."""
    return min(400, max(40, int(9 * limit / math.sqrt(weight * (2 - weight)))))
