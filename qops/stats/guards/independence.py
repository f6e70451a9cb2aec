"""Whether differences of blocks depend on those before them.

Ljung and Box's statistic [1]_: approximately chi-square with as many degrees of freedom as lags.

References:
    [1] G. M. Ljung and G. E. P. Box, On a measure of lack of fit in time series models, Biometrika 65 (1978) 297-303.
"""

import math
from collections.abc import Sequence

from qops.stats import chi_square
from qops.stats.guards.guard import Guard

LEVEL = 0.01
MOST_LAGS = 10


def check(values: Sequence[float], lags: int | None = None, level: float = LEVEL) -> Guard | None:
    """The guard of values in the order of time, with min(10, n // 5) lags but at least one.

    Returns:
        None with fewer than three values, or where they do not vary.

    >>> check([1.0, -1.0, 0.5, -0.5, 1.0, 0.4, -0.9]).passed, check([float(n) for n in range(20)]).passed
    (True, False)
    """
    number = len(values)
    mean = math.fsum(values) / number if number else 0.0
    centred = [value - mean for value in values]
    spread = math.fsum(value**2 for value in centred)
    if number < 3 or spread <= 0:
        return None
    lags = min(lags or max(1, min(MOST_LAGS, number // 5)), number - 1)
    terms = (
        (math.fsum(a * b for a, b in zip(centred, centred[lag:], strict=False)) / spread) ** 2 / (number - lag)
        for lag in range(1, lags + 1)
    )
    statistic = number * (number + 2) * math.fsum(terms)
    return Guard(statistic, chi_square.tail(statistic, lags), level)
