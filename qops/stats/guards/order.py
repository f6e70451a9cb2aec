"""Whether it matters which arm ran first: blocks in the order AB against those in the order BA.

Student's t with pooled variance, two-sided [1]_. An effect of order cancels in the mean of a balanced design, but it
says that a job changes the device for the next, or that the queue is not what it seems.

References:
    [1] S. Senn, Cross-over Trials in Clinical Research, 2nd edition (2002), chapter 3.
"""

import math
from collections.abc import Sequence

from qops.stats.blocks.paired import two_sided
from qops.stats.guards.guard import Guard
from qops.stats.welch import summary

LEVEL = 0.01


def check(first: Sequence[float], second: Sequence[float], level: float = LEVEL) -> Guard | None:
    """The guard of differences B - A from blocks AB and from blocks BA.

    Returns:
        None with fewer than two blocks of an order, or where none of them varies: there is nothing to compare.

    >>> check([1.0, 2.0, 1.5], [1.2, 1.9, 1.4]).passed, check([1.0, 1.1, 1.2], [-1.0, -1.1, -1.2]).passed
    (True, False)
    """
    if min(len(first), len(second)) < 2:
        return None
    one, two = summary(first), summary(second)
    freedom = one.number + two.number - 2
    pooled = ((one.number - 1) * one.variance + (two.number - 1) * two.variance) / freedom
    if pooled <= 0:
        return None
    t = (one.mean - two.mean) / math.sqrt(pooled * (1 / one.number + 1 / two.number))
    return Guard(abs(t), two_sided(t, freedom), level)
