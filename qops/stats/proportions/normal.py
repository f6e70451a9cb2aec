"""The pooled two-proportion z-test: what is usually done, and wrong as soon as jobs drift.

With independent shots it keeps its level approximately, for rates not close to 0 or 1. It takes every shot for
independent: jobs whose rates vary by σ make its variance too small by 1 + nσ²/(p(1-p)) [1]_.

References:
    [1] L. Kish, Survey Sampling (1965), section 5.4.
"""

import math

from qops.stats import student
from qops.stats.proportions.table import Table


def p_value(table: Table) -> float:
    """Two-sided; 1 where every trial had the same outcome.

    >>> round(p_value(Table(40, 100, 55, 100)), 4)
    0.0337
    """
    return max(math.erfc(abs(table.z) / math.sqrt(2)), student.SMALLEST)
