"""By how much the mean over many groups moved, each group with noise of its own.

The mean of the differences of all groups, on the scale of the values: of logarithms, it is the logarithm of the
geometric mean of ratios. Its variance is the sum of the variances of all means over the square of the number of groups,
its degrees of freedom are Satterthwaite's [1]_. It assumes that values are independent within and between groups, and
makes no assumption about how large the differences are from group to group: they are what is averaged, not a sample.

References:
    [1] F. E. Satterthwaite, An approximate distribution of estimates of variance components, Biometrics Bulletin 2
        (1946) 110-114.
"""

import math
from collections.abc import Sequence

from qops.stats import student
from qops.stats.welch import Difference, Summary, satterthwaite, without_variance

Pair = tuple[Summary, Summary]


def compare(pairs: Sequence[Pair], groups: int) -> Difference | None:
    """The mean difference over `groups` groups, of which those that are not among `pairs` did not move at all.

    Returns:
        None where there is no pair, or a sample of fewer than two values. Where nothing varies, a mean that grew has
        the sum of the bounds of the groups that grew (see `welch.without_variance`), and one that did not has 1.

    >>> two = (Summary(5, 1.0, 0.04), Summary(5, 1.1, 0.04))
    >>> found = compare([two, two], groups=2)
    >>> round(found.size, 6), round(found.error, 6), round(found.freedom, 6)
    (0.1, 0.089443, 16.0)
    """
    if not pairs or min(side.number for pair in pairs for side in pair) < 2:
        return None
    size = math.fsum(new.mean - old.mean for old, new in pairs) / groups
    parts = [(side.of_mean, side.number - 1) for pair in pairs for side in pair]
    variance = math.fsum(estimate for estimate, _ in parts) / groups**2
    if variance <= 0:
        return Difference(size, 0.0, math.inf, _without_variance(pairs) if size > 0 else 1.0)
    error = math.sqrt(variance)
    freedom = satterthwaite(parts)
    return Difference(size, error, freedom, student.tail(size / error, freedom))


def _without_variance(pairs: Sequence[Pair]) -> float:
    grown = (pair for pair in pairs if pair[1].mean > pair[0].mean)
    return min(1.0, math.fsum(without_variance(old.number, new.number) for old, new in grown))
