"""Student's t distribution: its tail and its quantiles, for any degrees of freedom above zero.

By the continued fraction of the incomplete beta function [1]_ in Lentz's way [2]_, so that fractional degrees of
freedom, as Welch's test has them, need no rounding, and no command waits for SciPy. To about 1e-11 of the value.

References:
    [1] M. Abramowitz and I. A. Stegun (editors), Handbook of Mathematical Functions (1964), 26.5.8, 26.7.1 and table
        26.10.
    [2] W. J. Lentz, Generating Bessel functions in Mie scattering calculations using continued fractions, Applied
        Optics 15 (1976) 668-671.
"""

import math
import sys
from functools import lru_cache

SMALLEST = sys.float_info.min
"""The smallest p-value that is ever told: no finite sample makes anything impossible."""
_STEPS = 10_000
_EXACT = 1e-16
_CLOSE = 1e-9  # steps are squared from one to the next
_TINY = 1e-300


def tail(t: float, freedom: float) -> float:
    """The probability of a value of at least `t`, never below `SMALLEST`.

    >>> round(tail(2.571, 5), 4)
    0.025
    """
    if t < 0:
        return 1 - tail(-t, freedom)
    if math.isinf(freedom):
        return max(math.erfc(t / math.sqrt(2)) / 2, SMALLEST)
    ratio = t / math.sqrt(freedom)
    beyond = 1 / (1 + ratio * ratio)
    return max(_incomplete_beta(freedom / 2, 0.5, beyond, ratio * ratio * beyond if beyond else 1.0) / 2, SMALLEST)


@lru_cache(maxsize=1024)
def quantile(probability: float, freedom: float) -> float:
    """The value below which the distribution has so much probability, between 0 and 1.

    >>> round(quantile(0.99, 8), 3)
    2.896
    """
    return -_above(probability, freedom) if probability < 0.5 else _above(1 - probability, freedom)


def _above(probability: float, freedom: float) -> float:
    """The value, from 0 up, above which the distribution has so much probability, up to a half.

    Newton's steps, kept between what is known to be too low and too high, from Cornish and Fisher's expansion (26.7.5).
    """
    z = _solved(probability, math.inf, math.sqrt(-2 * math.log(2 * probability)))
    if math.isinf(freedom):
        return z
    return _solved(
        probability, freedom, z + (z**3 + z) / (4 * freedom) + (5 * z**5 + 16 * z**3 + 3 * z) / 96 / freedom**2
    )


def _solved(probability: float, freedom: float, start: float) -> float:
    low, high, t = 0.0, math.inf, start
    for _ in range(_STEPS):
        found = tail(t, freedom)
        low, high = (t, high) if found > probability else (low, t)
        density = _density(t, freedom)
        following = t + (found - probability) / density if density else math.inf
        if not low <= following <= high:
            following = (low + high) / 2 if high < math.inf else 2 * max(t, 1.0)
        step, t = abs(following - t), following
        if step <= _CLOSE * t:
            break
    return t


def _density(t: float, freedom: float) -> float:
    if math.isinf(freedom):
        return math.exp(-t * t / 2) / math.sqrt(2 * math.pi)
    front = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - math.log(freedom * math.pi) / 2
    return math.exp(front - (freedom + 1) / 2 * math.log1p(t / freedom * t))


def _incomplete_beta(a: float, b: float, x: float, rest: float) -> float:
    """The regularised incomplete beta function at `x`; `rest` is 1 - x, given apart so that neither is rounded away."""
    if x <= 0 or rest <= 0:
        return 0.0 if x <= 0 else 1.0
    log_front = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(rest)
    if x < (a + 1) / (a + b + 2):
        return math.exp(log_front) * _fraction(a, b, x) / a
    return 1 - math.exp(log_front) * _fraction(b, a, rest) / b


def _fraction(a: float, b: float, x: float) -> float:
    """The continued fraction, which converges quickly for x below (a + 1) / (a + b + 2)."""
    upper, lower = 1.0, 1 / _not_zero(1 - (a + b) * x / (a + 1))
    found = lower
    for m in range(1, _STEPS):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            lower = 1 / _not_zero(1 + term * lower)
            upper = _not_zero(1 + term / upper)
            found *= lower * upper
        if abs(lower * upper - 1) < _EXACT:
            break
    return found


def _not_zero(value: float) -> float:
    return value if abs(value) > _TINY else _TINY
