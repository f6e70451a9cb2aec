"""e-BH: which of many e-values are findings [1]_, however they depend on each other.

The expected share of false findings is at most the level.

References:
    [1] R. Wang and A. Ramdas, False discovery rate control with e-values, Journal of the Royal Statistical Society B 84
        (2022) 822-852.
"""

from collections.abc import Sequence

from qops.stats import discoveries, student


def adjusted(e_values: Sequence[float]) -> tuple[float, ...]:
    """For each e-value, not below 0, the least level at which it is a finding, in the order given.

    >>> [round(each, 3) for each in adjusted([100.0, 10.0, 0.0])]
    [0.03, 0.15, 1.0]
    """
    return discoveries.adjusted([p_value(each) for each in e_values])


def p_value(e_value: float) -> float:
    """min(1, 1/e): as a p-value it is valid by Markov's inequality; never 0.

    >>> p_value(20.0), p_value(0.5)
    (0.05, 1.0)
    """
    return max(min(1.0, 1 / e_value), student.SMALLEST) if e_value > 0 else 1.0
