"""Whether the arms have the shares of shots, or of jobs, that they were to have: sample ratio mismatch.

Pearson's chi-square [1]_ against the planned shares; near to exact for expected counts of five or more.

References:
    [1] A. Fabijan et al., Diagnosing sample ratio mismatch in online controlled experiments, KDD (2019) 2156-2164.
"""

import math
from collections.abc import Sequence

from qops.stats import chi_square
from qops.stats.guards.guard import Guard

LEVEL = 0.001


def check(counts: Sequence[int], shares: Sequence[float], level: float = LEVEL) -> Guard:
    """The guard of counts, two or more, against positive shares; counts that are all 0 pass.

    >>> check([1000, 1000], [1, 1]).passed, check([1000, 1200], [1, 1]).passed
    (True, False)
    """
    whole, parts = sum(counts), math.fsum(shares)
    if not whole:
        return Guard(0.0, 1.0, level)
    expected = [whole * share / parts for share in shares]
    statistic = math.fsum((count - mean) ** 2 / mean for count, mean in zip(counts, expected, strict=True))
    return Guard(statistic, chi_square.tail(statistic, len(counts) - 1), level)
