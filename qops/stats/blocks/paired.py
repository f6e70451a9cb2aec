"""Student's t on differences of blocks: beside the flips, not instead of them.

Exact where differences are normal, of equal variance and independent [1]_; near to it for sums of many shots. It has
a little more power than flips have with few blocks.

References:
    [1] Student, The probable error of a mean, Biometrika 6 (1908) 1-25.
"""

import math
from collections.abc import Sequence

from qops.stats import student
from qops.stats.welch import Difference, summary


def compare(differences: Sequence[float], centre: float = 0.0) -> Difference | None:
    """How far the mean is from `centre`, with a two-sided p-value; `size` is the mean itself.

    Returns:
        None with fewer than two blocks, or where they do not vary at all: then t is without meaning.

    >>> found = compare([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0])
    >>> round((found.size / found.error), 2), round(found.p_value, 2)  # Student's soporific
    (1.33, 0.22)
    """
    found = summary(differences) if len(differences) > 1 else None
    if found is None or found.variance <= 0:
        return None
    error = math.sqrt(found.of_mean)
    freedom = found.number - 1
    return Difference(found.mean, error, freedom, two_sided((found.mean - centre) / error, freedom))


def two_sided(t: float, freedom: float) -> float:
    """The probability of a `t` as far from 0, on either side.

    >>> round(two_sided(2.571, 5), 4)
    0.05
    """
    return min(1.0, 2 * student.tail(abs(t), freedom))
