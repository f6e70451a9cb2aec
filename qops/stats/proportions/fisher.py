"""Fisher's exact test [1]_: given the number of hits in all, which arm they fell into.

Its level is never above the one asked for with independent shots, and well below it with few: it is never the default.
Two-sided, it is twice the smaller of both sides [2]_.

References:
    [1] R. A. Fisher, The logic of inductive inference, Journal of the Royal Statistical Society 98 (1935) 39-82.
    [2] F. Yates, Tests of significance for 2 x 2 contingency tables, Journal of the Royal Statistical Society A 147
        (1984) 426-463.
"""

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from qops.stats import student
from qops.stats.blocks.flips import Floats
from qops.stats.proportions.table import Table


def p_value(table: Table) -> float:
    """Two-sided, at most 1.

    >>> round(p_value(Table(1, 4, 3, 4)), 4)  # the lady tasting tea, three of four right
    0.4857
    """
    return max(min(1.0, 2 * min(greater(table), greater(table.exchanged))), student.SMALLEST)


def greater(table: Table) -> float:
    """The probability that B has at least so many of all hits.

    >>> round(greater(Table(1, 4, 3, 4)), 4)
    0.2429
    """
    hits = table.first + table.second
    second = np.arange(table.second, min(hits, table.second_trials) + 1)
    logs = chosen(table.second_trials, second) + chosen(table.first_trials, hits - second)
    every = chosen(table.first_trials + table.second_trials, np.asarray(hits))
    return min(1.0, float(np.exp(logs - every).sum()))


def chosen(trials: int, hits: ArrayLike) -> Floats:
    """The logarithm of how many ways there are to choose so many trials as hits."""
    count = np.asarray(hits, float)
    return np.asarray(special.gammaln(trials + 1) - special.gammaln(count + 1) - special.gammaln(trials - count + 1))
