"""One test of several kernels, and what a test's statistics say.

Every kernel's statistics are brought to mean 0 and variance 1 over the permutations, the observed labels among them,
and the greatest of all kernels is the statistic of the whole [1]_. Since all kernels share the permutations, and since
the scaling does not know which of them was observed, the test is as exact as that of one kernel; nothing is split, and
no correction is due.

References:
    [1] F. Biggs, A. Schrab and A. Gretton, MMD-FUSE: learning and combining kernels for two-sample testing without data
        splitting, Advances in Neural Information Processing Systems 36 (2023); here with a maximum for the soft one.
"""

from collections.abc import Sequence

import numpy as np

from qops.stats.kernels.gram import Reals

_ROUNDING = 1e-9


def fuse(statistics: Sequence[Reals]) -> Reals:
    """The greatest normalised statistic, as observed and for each permutation.

    >>> fuse([np.array([2.0, 0.0, 1.0, 1.0]), np.array([1.0, 3.0, 2.0, 2.0])]).round(3).tolist()
    [1.414, 1.414, 0.0, 0.0]
    """
    if len(statistics) == 1:
        return statistics[0]
    whole: Reals = np.max([_normalised(each) for each in statistics], axis=0)
    return whole


def p_value(statistics: Reals) -> float:
    """(1 + k)/(1 + B), k of the B permutations as great as what was observed, in position 0.

    What differs by rounding alone counts as equal.

    >>> p_value(np.array([3.0, 1.0, 3.0, 2.0]))
    0.5
    """
    observed, rest = statistics[0], statistics[1:]
    slack = _ROUNDING * float(np.abs(statistics).max())
    return (1 + int((rest >= observed - slack).sum())) / (1 + len(rest))


def _normalised(statistics: Reals) -> Reals:
    spread = statistics.std()
    whole: Reals = (statistics - statistics.mean()) / spread if spread > 0 else np.zeros(len(statistics))
    return whole
