"""Evidence that the order of values tells something, from their ranks alone.

While values are exchangeable (any order of them is as likely as any other), the rank of each among those so far is
uniform and independent of the past, whatever their distribution [1]_. A bet that pays r^(κ - 1) for rank r, by its mean
over all ranks, is then fair; M ← (1 + M)·pay collects such bets from every beginning, and less the number of values
does not rise on average [2]_. So the mean over several κ and both directions, by that number, is an e-value: its mean
is at most 1. Values that are equal are given the rank that pays least.

References:
    [1] V. Vovk, I. Nouretdinov and A. Gammerman, Testing exchangeability on-line, Proceedings of the 20th International
        Conference on Machine Learning (2003) 768-775.
    [2] J. Shin, A. Ramdas and A. Rinaldo, E-detectors: a nonparametric framework for sequential change detection, New
        England Journal of Statistics in Data Science 2 (2024) 229-260.
"""

import math
from bisect import bisect_left, bisect_right, insort
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

_POWERS = (0.1, 0.5)


class Evidence(NamedTuple):
    """`e_value` that the order tells something, of which `falling` and `rising` are the parts of each direction."""

    falling: float
    rising: float

    @property
    def e_value(self) -> float:
        """Of both directions together."""
        return self.falling + self.rising


def evidence(values: Sequence[float]) -> Evidence:
    """The evidence after the last of at least one value, none of them NaN.

    >>> evidence([5.0, 5.0, 5.0]).e_value <= 1 < evidence([5.0, 4.0, 3.0, 2.0, 1.0]).falling
    True
    """
    seen: list[float] = []
    falling, rising = [0.0] * len(_POWERS), [0.0] * len(_POWERS)
    for number, value in enumerate(values, 1):
        insort(seen, value)
        from_below, from_above = bisect_right(seen, value), number - bisect_left(seen, value)
        for place, power in enumerate(_POWERS):
            falling[place] = (1 + falling[place]) * _pay(from_below, number, power)
            rising[place] = (1 + rising[place]) * _pay(from_above, number, power)
    whole = 2 * len(_POWERS) * len(values)
    return Evidence(sum(falling) / whole, sum(rising) / whole)


def _pay(rank: int, number: int, power: float) -> float:
    return math.pow(rank, power - 1) / _mean(number, power)


@cache
def _mean(number: int, power: float) -> float:
    return math.fsum(math.pow(rank, power - 1) for rank in range(1, number + 1)) / number
