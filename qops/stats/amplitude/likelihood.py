"""Amplitude estimation by maximum likelihood: shots at k = 0, 1, 2, 4, …, and the θ that explains all of them best.

The schedule is that of Suzuki and others [1]_. The interval is that of the likelihood ratio: all θ whose
log-likelihood is within χ²/2 of the best [2]_. It holds with probability 1 - α as shots grow, and not exactly for few;
shots have to be independent and without noise.

References:
    [1] Y. Suzuki, S. Uno, R. Raymond, T. Tanaka, T. Onodera and N. Yamamoto, Amplitude estimation without phase
        estimation, Quantum Information Processing 19 (2020) 75.
    [2] S. S. Wilks, The large-sample distribution of the likelihood ratio for testing composite hypotheses, Annals of
        Mathematical Statistics 9 (1938) 60-62.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import special

from qops.stats.amplitude.estimate import Estimate, Oracle

_POINTS_A_TURN = 200
_REFINED = 2001

Reals = npt.NDArray[np.floating[Any]]


def schedule(doublings: int) -> tuple[int, ...]:
    """The iterations 0, 1, 2, 4, … up to so many doublings.

    >>> schedule(3)
    (0, 1, 2, 4)
    """
    return (0, *(1 << power for power in range(doublings)))


def doublings(half_width: float, shots: int = 100, alpha: float = 0.05) -> int:
    """The fewest with which the interval is so narrow, as shots grow, whatever the probability.

    Shots at iterations k tell of θ as much as 4(2k + 1)² per shot of Fisher's information, equation (11) of [1]_, and
    the probability changes by θ at most.

    >>> doublings(0.01), doublings(0.001)
    (3, 7)
    """
    enough = (float(special.chdtri(1, alpha)) ** 0.5 / (2 * half_width)) ** 2 / shots
    count = 0
    while sum((2 * k + 1) ** 2 for k in schedule(count)) < enough:
        count += 1
    return count


def estimate(oracle: Oracle, iterations: Sequence[int], shots: int = 100, alpha: float = 0.05) -> Estimate:
    """The probability by `shots` shots at each number of iterations."""
    hits = np.array([oracle(k, shots) for k in iterations])
    factors = 2 * np.array(iterations) + 1
    grid = np.linspace(0, np.pi / 2, _POINTS_A_TURN * int(factors.max()) + 1)
    best, low, high = _refined(grid, hits, shots, factors, alpha)
    low, high, value = (float(np.sin(theta) ** 2) for theta in (low, high, best))
    return Estimate(value, low, high, shots * int(factors.sum()), max(iterations))


def _refined(
    grid: Reals, hits: npt.NDArray[np.intp], shots: int, factors: npt.NDArray[np.intp], alpha: float
) -> tuple[float, float, float]:
    """The best θ, and the ends of the interval, to a ten-thousandth of the grid's step."""
    step = grid[1] - grid[0]
    coarse = _log_likelihood(grid, hits, shots, factors)
    near = grid[int(coarse.argmax())] + step * np.linspace(-1, 1, _REFINED)
    fine = _log_likelihood(near, hits, shots, factors)
    best = float(np.clip(near[int(fine.argmax())], 0, np.pi / 2))
    least = float(fine.max()) - float(special.chdtri(1, alpha)) / 2
    inside = grid[coarse >= least]
    ends = (float(inside.min()), float(inside.max())) if len(inside) else (best, best)
    outer = near[fine >= least]
    return best, max(0.0, min(ends[0], float(outer.min()))), min(np.pi / 2, max(ends[1], float(outer.max())))


def _log_likelihood(theta: Reals, hits: npt.NDArray[np.intp], shots: int, factors: npt.NDArray[np.intp]) -> Reals:
    whole: Reals = np.zeros(len(theta))
    for hit, factor in zip(hits, factors, strict=True):
        passes = np.sin(factor * theta) ** 2
        whole += special.xlogy(hit, passes) + special.xlogy(shots - hit, 1 - passes)
    return whole
