"""The run length of the CUSUM chart for normal values, by its integral equation.

The chart is S ← max(0, S + Z - k), in alarm where S > h, for standard normal Z shifted by μ standard deviations. Its
mean run length from S = s solves L(s) = 1 + L(0)·Φ(k - μ - s) + ∫₀ʰ L(x)·φ(x + k - μ - s) dx [1]_. With
Gauss-Legendre nodes (Nyström's method) forty of them give more than six digits. A chart that looks both ways, each
side with its own S, has 1/L = 1/L₊ + 1/L₋ where it begins at 0 [2]_. In the steady state, S has the law that it has
after a long time without an alarm [3]_.

References:
    [1] E. S. Page, Continuous inspection schemes, Biometrika 41 (1954) 100-115.
    [2] J. M. Lucas and R. B. Crosier, Fast initial response for CUSUM quality-control schemes, Technometrics 24 (1982)
        199-205; table 1 is in the tests.
    [3] R. B. Crosier, A new two-sided cumulative sum quality control scheme, Technometrics 28 (1986) 187-194; table 5
        is in the tests.
"""

import math
from functools import cache
from typing import NamedTuple

import numpy as np

from qops.stats.spc.numbers import Numbers, below, density, gauss_legendre, limit_with

_NODES = 40
_LARGEST_LIMIT = 40.0
_SAME = 1e-14
_MOST_STEPS = 100_000


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
        return _solve(self.k - shift, self.h).at(self.head)

    def two_sided(self, shift: float = 0.0) -> float:
        """The mean run length of the chart that looks both ways, each side beginning at `head`.

        >>> round(Cusum(0.5, 5.0).two_sided(), 3)
        465.444
        """
        up, down = _solve(self.k - shift, self.h), _solve(self.k + shift, self.h)
        return _both(up.at(0.0), down.at(0.0), up.at(self.head), down.at(self.head))

    def steady_state(self, shift: float = 0.0) -> float:
        """The mean number of epochs from a shift to the alarm of the chart that looks both ways, long after its start.

        Each side is given the law that it has by itself, which leaves the figure within a thousandth of that for the
        law of both together.

        >>> round(Cusum(0.5, 4.0).steady_state(1.0), 2)
        7.72
        """
        up, down = _solve(self.k - shift, self.h), _solve(self.k + shift, self.h)
        law = _steady(self.k, self.h)
        return _both(up.at(0.0), down.at(0.0), float(law @ up.everywhere), float(law @ down.everywhere))

    def quantile(self, share: float, shift: float = 0.0) -> int:
        """The number of epochs within which the chart that looks for greater values has been in alarm with this chance.

        >>> [Cusum(0.5, 5.0).quantile(share) for share in (0.1, 0.5, 0.9)]
        [104, 647, 2135]
        """
        silent, moves = np.ones(_NODES + 1), _moves(self.k - shift, self.h)
        start = _moves(self.k - shift, self.h, np.array([self.head]))[0]
        for epoch in range(1, _MOST_STEPS):
            after = float(start @ silent)
            silent = moves @ silent
            if after <= 1 - share:
                return epoch
            ratio = float(start @ silent) / after
            if abs(ratio - float(start @ (moves @ silent)) / float(start @ silent)) < _SAME:
                return epoch + math.ceil(math.log((1 - share) / after) / math.log(ratio))
        return _MOST_STEPS


@cache
def limit_for(run_length: float, k: float = 0.5, head: float = 0.0, *, both: bool = True) -> float:
    """The limit h with which the chart has this mean run length while nothing has changed.

    `head` is the share of h at which it begins; `both` whether it looks both ways, or one.

    >>> round(limit_for(500.0), 4)
    5.0707
    """

    def length(h: float) -> float:
        chart = Cusum(k, h, head * h)
        return chart.two_sided() if both else chart.one_sided()

    return limit_with(run_length, length, _LARGEST_LIMIT)


def _both(up: float, down: float, up_from: float, down_from: float) -> float:
    """The mean run length of two sides, from those of each from 0 and from where it is [2]_."""
    return (up_from * down + down_from * up - up * down) / (up + down)


class _Solution(NamedTuple):
    """L at 0 and at the nodes."""

    reference: float
    limit: float
    everywhere: Numbers

    def at(self, start: float) -> float:
        """L from any start."""
        return 1 + float(_moves(self.reference, self.limit, np.array([start]))[0] @ self.everywhere)


@cache
def _solve(reference: float, limit: float) -> _Solution:
    kernel = _moves(reference, limit)
    solved = np.linalg.solve(np.eye(_NODES + 1) - kernel, np.ones(_NODES + 1))
    return _Solution(reference, limit, np.asarray(solved, dtype=np.float64))


def _moves(reference: float, limit: float, starts: Numbers | None = None) -> Numbers:
    """How S moves without an alarm, from `starts` (0 and the nodes if left out) to 0 and the nodes, with weights."""
    points, weights = gauss_legendre(_NODES)
    nodes = (points + 1) * limit / 2
    starts = np.concatenate([[0.0], nodes]) if starts is None else starts
    kernel = np.empty((len(starts), _NODES + 1))
    kernel[:, 0] = [below(reference - start) for start in starts]
    kernel[:, 1:] = weights * limit / 2 * density(nodes[None, :] + reference - starts[:, None])
    return kernel


@cache
def _steady(k: float, limit: float) -> Numbers:
    """The law of S after a long time without an alarm, at 0 and the nodes: the left eigenvector of its moves."""
    moves, law = _moves(k, limit), np.full(_NODES + 1, 1 / (_NODES + 1))
    for _ in range(_MOST_STEPS):
        after = law @ moves
        after /= after.sum()
        if np.abs(after - law).max() < _SAME:
            break
        law = after
    return law
