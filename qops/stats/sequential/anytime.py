"""From evidence to p-values that hold at whatever time one stops.

References:
    [1] A. Ramdas, P. Grünwald, V. Vovk and G. Shafer, Game-theoretic statistics and safe anytime-valid inference,
        Statistical Science 38 (2023) 576-601.
"""

import math
from collections.abc import Iterable

from qops.stats import student


def p_value(log_evidence: Iterable[float]) -> float:
    """min(1, 1/max E) over the evidence so far [1]_, given as logarithms; never 0, and 1 before there is any.

    >>> p_value([]), round(p_value([0.0, math.log(20), -1.0]), 12)
    (1.0, 0.05)
    """
    return max(math.exp(-max(0.0, max(log_evidence, default=0.0))), student.SMALLEST)
