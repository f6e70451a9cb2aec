"""The tail of the chi-square distribution for whole degrees of freedom: a finite sum [1]_, without SciPy.

References:
    [1] M. Abramowitz and I. A. Stegun (editors), Handbook of Mathematical Functions (1964), 26.4.4 and 26.4.5.
"""

import math

from qops.stats import student


def tail(statistic: float, freedom: int) -> float:
    """The probability of a value of at least `statistic`, never below the smallest that is told; freedom from 1 up.

    >>> round(tail(3.841, 1), 4), round(tail(18.307, 10), 4)
    (0.05, 0.05)
    """
    half = statistic / 2
    if half <= 0:
        return 1.0
    odd = freedom % 2
    powers = (step + odd / 2 for step in range(freedom // 2))
    terms = (math.exp(power * math.log(half) - half - math.lgamma(power + 1)) for power in powers)
    return max(min(1.0, odd * math.erfc(math.sqrt(half)) + math.fsum(terms)), student.SMALLEST)
