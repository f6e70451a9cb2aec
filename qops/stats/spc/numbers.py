"""What the integral equations of run lengths have in common."""

import math
from collections.abc import Callable
from functools import cache

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

_STEPS = 60
_CLOSE = 1e-12
_LONGEST = 1e12


@cache
def gauss_legendre(count: int) -> tuple[Numbers, Numbers]:
    """Nodes from -1 to 1, and their weights."""
    nodes, weights = np.polynomial.legendre.leggauss(count)
    return nodes.astype(float), weights.astype(float)


def density(z: Numbers) -> Numbers:
    """Of the standard normal distribution."""
    values: Numbers = np.exp(-(z**2) / 2) / math.sqrt(2 * math.pi)
    return values


def below(z: float) -> float:
    """The probability of a standard normal value below z."""
    return math.erfc(-z / math.sqrt(2)) / 2


def limit_with(run_length: float, length: Callable[[float], float], largest: float) -> float:
    """The limit, up to `largest`, whose run length is this one, by false position on the logarithm (Illinois)."""
    low, high = 0.01, 1.0
    while high < largest and _miss(length(high), run_length) < 0:
        low, high = high, min(largest, 1.5 * high)
    below_by, over_by = _miss(length(low), run_length), _miss(length(high), run_length)
    for _ in range(_STEPS):
        middle = high - over_by * (high - low) / (over_by - below_by)
        miss = _miss(length(middle), run_length)
        if abs(miss) < _CLOSE:
            return middle
        if miss * over_by < 0:
            low, below_by = high, over_by
        else:
            below_by /= 2
        high, over_by = middle, miss
    return high


def _miss(length: float, run_length: float) -> float:
    """How far the logarithm of a run length is off; a length that lost its digits is longer than any."""
    return math.log(length / run_length) if 0 < length < _LONGEST else math.log(_LONGEST / run_length)
