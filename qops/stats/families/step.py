"""Step-down and step-up corrections of p-values.

Holm [1]_: the probability of any false finding is at most the level, however the p-values depend on each other.
Hochberg [2]_: the same, never less powerful, for p-values that are independent or positively dependent.
Benjamini and Yekutieli [3]_: the expected share of false findings, however the p-values depend on each other.

References:
    [1] S. Holm, A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6 (1979)
        65-70.
    [2] Y. Hochberg, A sharper Bonferroni procedure for multiple tests of significance, Biometrika 75 (1988) 800-802.
    [3] Y. Benjamini and D. Yekutieli, The control of the false discovery rate in multiple testing under dependency,
        Annals of Statistics 29 (2001) 1165-1188.
"""

import math
from collections.abc import Sequence
from itertools import accumulate

from qops.stats import discoveries


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """The adjusted p-values, in the order given.

    >>> [round(p, 3) for p in holm([0.01, 0.04, 0.03])]
    [0.03, 0.06, 0.06]
    """
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    steps = [min(1.0, p_values[place] * (len(order) - rank)) for rank, place in enumerate(order)]
    return _placed(order, list(accumulate(steps, max)))


def hochberg(p_values: Sequence[float]) -> tuple[float, ...]:
    """The adjusted p-values, in the order given.

    >>> [round(p, 3) for p in hochberg([0.01, 0.04, 0.03])]
    [0.03, 0.04, 0.04]
    """
    order = sorted(range(len(p_values)), key=p_values.__getitem__, reverse=True)
    steps = [min(1.0, p_values[place] * (rank + 1)) for rank, place in enumerate(order)]
    return _placed(order, list(accumulate(steps, min)))


def benjamini_yekutieli(p_values: Sequence[float]) -> tuple[float, ...]:
    """The adjusted p-values, in the order given.

    >>> [round(p, 4) for p in benjamini_yekutieli([0.01, 0.04, 0.03])]
    [0.055, 0.0733, 0.0733]
    """
    penalty = math.fsum(1 / rank for rank in range(1, len(p_values) + 1))
    return tuple(min(1.0, penalty * p) for p in discoveries.adjusted(p_values))


def _placed(order: Sequence[int], values: Sequence[float]) -> tuple[float, ...]:
    back = dict(zip(order, values, strict=True))
    return tuple(back[place] for place in range(len(order)))
