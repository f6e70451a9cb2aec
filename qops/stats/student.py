"""Student's t distribution: its tail and its quantiles, for any degrees of freedom above zero.

By the regularised incomplete beta function [1]_, through `scipy.special`, so that fractional degrees of freedom, as
Welch's test has them, need no rounding. SciPy is imported for the first value that is asked for: what is unchanged
needs none.

References:
    [1] M. Abramowitz and I. A. Stegun (editors), Handbook of Mathematical Functions (1964), 26.7.1 and table 26.10.
"""

import sys
from functools import cache
from importlib import import_module
from types import ModuleType

SMALLEST = sys.float_info.min
"""The smallest p-value that is ever told: no finite sample makes anything impossible."""


def tail(t: float, freedom: float) -> float:
    """The probability of a value of at least `t`, never below `SMALLEST`.

    >>> round(tail(2.571, 5), 4)
    0.025
    """
    return max(float(_special().stdtr(freedom, -t)), SMALLEST)


def quantile(probability: float, freedom: float) -> float:
    """The value below which the distribution has so much probability, between 0 and 1.

    >>> round(quantile(0.99, 8), 3)
    2.896
    """
    return float(_special().stdtrit(freedom, probability))


@cache
def _special() -> ModuleType:
    return import_module("scipy.special")
