"""The run length of the CUSUM chart for normal values, by its integral equation.

The chart is S ← max(0, S + Z - k), in alarm where S > h, for standard normal Z shifted by μ standard deviations. Its
mean run length from S = s solves L(s) = 1 + L(0)·Φ(k - μ - s) + ∫₀ʰ L(x)·φ(x + k - μ - s) dx [1]_. With
Gauss-Legendre nodes (Nyström's method) forty of them give more than six digits. A chart that looks both ways, each
side with its own S, has 1/L = 1/L₊ + 1/L₋ where it begins at 0 [2]_.

References:
    [1] E. S. Page, Continuous inspection schemes, Biometrika 41 (1954) 100-115.
    [2] J. M. Lucas and R. B. Crosier, Fast initial response for CUSUM quality-control schemes, Technometrics 24 (1982)
        199-205; table 1 is in the tests.
"""

import math
from functools import cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

_NODES = 40
_STEPS = 60
_LARGEST_LIMIT = 40.0


class Cusum(NamedTuple):
    """The chart of reference value `k` and limit `h`, in standard deviations; `head` is where S begins."""

    k: float
    h: float
    head: float = 0.0

    def one_sided(self, shift: float = 0.0) -> float:
        """The mean run length of the side that looks for values that are greater.

        >>> round(Cusum(0.5, 4.0).one_sided(), 3), round(Cusum(0.5, 5.0).one_sided(1.0), 4)
        (335.368, 10.376)
        """
        return self._solution(shift).at(self.head)

    def two_sided(self, shift: float = 0.0) -> float:
        """The mean run length of the chart that looks both ways, each side beginning at `head`.

        >>> round(Cusum(0.5, 5.0).two_sided(), 3)
        465.444
        """
        up, down = self._solution(shift), self._solution(-shift)
        first = 1 / (1 / up.at(0.0) + 1 / down.at(0.0))
        if not self.head:
            return first
        up_0, down_0 = up.at(0.0), down.at(0.0)
        return (up.at(self.head) * down_0 + down.at(self.head) * up_0 - up_0 * down_0) / (up_0 + down_0)

    def _solution(self, shift: float) -> "_Solution":
        return _solve(self.k - shift, self.h)


class _Solution(NamedTuple):
    """L at the nodes, and at 0."""

    reference: float
    nodes: Numbers
    weights: Numbers
    values: Numbers
    at_zero: float

    def at(self, start: float) -> float:
        """L from any start."""
        inner = float(np.sum(self.weights * self.values * _density(self.nodes + self.reference - start)))
        return 1 + self.at_zero * _below(self.reference - start) + inner


@cache
def _solve(reference: float, limit: float) -> _Solution:
    points, weights = np.polynomial.legendre.leggauss(_NODES)
    nodes, weights = (points + 1) * limit / 2, weights * limit / 2
    starts = np.concatenate([[0.0], nodes])
    kernel = np.empty((_NODES + 1, _NODES + 1))
    kernel[:, 0] = [_below(reference - start) for start in starts]
    kernel[:, 1:] = weights * _density(nodes[None, :] + reference - starts[:, None])
    values = np.asarray(np.linalg.solve(np.eye(_NODES + 1) - kernel, np.ones(_NODES + 1)), dtype=np.float64)
    return _Solution(reference, nodes.astype(float), weights.astype(float), values[1:], float(values[0]))


def limit_for(run_length: float, k: float = 0.5) -> float:
    """The limit h with which the chart that looks both ways has this mean run length while nothing has changed.

    >>> round(limit_for(500.0), 4)
    5.0707
    """
    low, high = 0.01, _LARGEST_LIMIT
    for _ in range(_STEPS):
        middle = (low + high) / 2
        length = Cusum(k, middle).two_sided()
        low, high = (middle, high) if 0 < length < run_length else (low, middle)
    return (low + high) / 2


def _density(z: Numbers) -> Numbers:
    values: Numbers = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    return values


def _below(z: float) -> float:
    return math.erfc(-z / math.sqrt(2)) / 2
