"""Cochran, Mantel and Haenszel's test [1]_: two rates in several strata, without a correction for continuity.

What a stratum has in common drops out. Shots within a stratum are taken for independent: jobs that drift on their own
break it as they break z.

References:
    [1] N. Mantel and W. Haenszel, Statistical aspects of the analysis of data from retrospective studies of disease,
        Journal of the National Cancer Institute 22 (1959) 719-748.
"""

import math
from collections.abc import Sequence

from qops.stats import student
from qops.stats.proportions.table import Table


def p_value(strata: Sequence[Table]) -> float:
    """Two-sided; 1 where no stratum has both outcomes.

    >>> round(p_value([Table(40, 100, 55, 100)]), 4)
    0.0341
    """
    parts = [_part(table) for table in strata if table.first_trials + table.second_trials > 1]
    variance = math.fsum(spread for _, spread in parts)
    if variance <= 0:
        return 1.0
    z = math.fsum(excess for excess, _ in parts) / math.sqrt(variance)
    return max(math.erfc(abs(z) / math.sqrt(2)), student.SMALLEST)


def _part(table: Table) -> tuple[float, float]:
    """By how much B has more hits than expected given all of the stratum, and the variance of that."""
    trials, hits = table.first_trials + table.second_trials, table.first + table.second
    expected = hits * table.second_trials / trials
    spread = expected * table.first_trials / trials * (trials - hits) / (trials - 1)
    return table.second - expected, spread
