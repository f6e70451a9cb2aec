"""What an estimator of an amplitude gives, and what plain sampling would have cost."""

from collections.abc import Callable
from typing import NamedTuple

from qops.stats import binomial

Oracle = Callable[[int, int], int]
"""From k and a number of shots to how many of these passed after k Grover iterations."""

_MOST_SHOTS = 1 << 50


class Estimate(NamedTuple):
    """A probability with its interval; how often the circuit was called for it, and the most iterations in a shot."""

    value: float
    low: float
    high: float
    calls: int
    most_iterations: int

    @property
    def half_width(self) -> float:
        """Half the interval."""
        return (self.high - self.low) / 2


def plain_shots(probability: float, half_width: float, confidence: float = 0.95) -> int:
    """The shots with which plain sampling has so narrow an interval, by Clopper and Pearson, if as many pass as should.

    Raises:
        ValueError: the half width is not above 0.

    >>> plain_shots(0.5, 0.05)
    402
    """
    if half_width <= 0:
        raise ValueError("an interval has a width above 0")
    few, many = 0, 1
    while _half_width(probability, many, confidence) > half_width and many < _MOST_SHOTS:
        few, many = many, 2 * many
    while many - few > 1:
        middle = (few + many) // 2
        if _half_width(probability, middle, confidence) > half_width:
            few = middle
        else:
            many = middle
    return many


def _half_width(probability: float, shots: int, confidence: float) -> float:
    low, high = binomial.interval(round(probability * shots), shots, confidence)
    return (high - low) / 2
