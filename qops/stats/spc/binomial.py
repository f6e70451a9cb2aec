"""The run length of the binomial CUSUM, exactly: a Markov chain on whole numbers.

The chart looks for successes that became fewer: S ← max(0, S + K - X) with X ~ Bin(n, p), in alarm where S > H, from
S = 0. K is a multiple of 1/d, so S·d is a whole number and has finitely many values without an alarm [1]_. (Others call
S ≥ H an alarm; their H is greater by 1/d.) For successes that became more, count failures.

References:
    [1] S. H. Steiner, R. J. Cook and V. T. Farewell, Monitoring surgical performance using risk-adjusted cumulative sum
        charts, Biostatistics 1 (2000) 441-452, for the chain.
"""

import math
from fractions import Fraction
from functools import cache
from typing import NamedTuple

import numpy as np

from qops.stats.spc.numbers import Numbers

STEP = Fraction(1, 4)
"""Of the lattice that designs are on."""

_DENOMINATORS = STEP.denominator
_MOST_STATES = 4000


class BinomialCusum(NamedTuple):
    """The chart for epochs of `shots`, with reference value `k` and limit `h` in counts."""

    shots: int
    k: Fraction
    h: Fraction

    def run_length(self, rate: float) -> float:
        """The mean number of epochs to an alarm where a shot succeeds with this probability.

        >>> round(BinomialCusum(1000, Fraction(940), Fraction(13)).run_length(0.95), 4)
        960.0327
        """
        return _run_length(self.shots, self.k, self.h, rate)


@cache
def design(shots: int, rate: float, other: float, run_length: float) -> BinomialCusum:
    """The chart that tells `rate` from a lower `other` and has at least this mean run length at `rate`.

    K is where both are as likely [1]_, to the next quarter; H the least with the run length.

    >>> design(1000, 0.95, 0.93, 900.0)
    BinomialCusum(shots=1000, k=Fraction(1881, 2), h=Fraction(14, 1))
    """
    odds = math.log((1 - other) / (1 - rate))
    k = Fraction(round(_DENOMINATORS * shots * odds / (odds + math.log(rate / other))), _DENOMINATORS)
    low, high = 0, _DENOMINATORS
    while _chart(shots, k, high).run_length(rate) < run_length and high < _MOST_STATES:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if _chart(shots, k, middle).run_length(rate) >= run_length else (middle, high)
    return _chart(shots, k, high)


def _chart(shots: int, k: Fraction, steps: int) -> BinomialCusum:
    return BinomialCusum(shots, k, Fraction(steps, _DENOMINATORS))


@cache
def _run_length(shots: int, k: Fraction, h: Fraction, rate: float) -> float:
    scale = math.lcm(k.denominator, h.denominator)
    states, reference = int(h * scale) + 1, int(k * scale)
    chances = probabilities(shots, rate)
    start = np.arange(states)
    moves = np.zeros((states, states))
    for count, chance in enumerate(chances):
        if chance > 0:
            end = np.maximum(0, start + reference - scale * count)
            np.add.at(moves, (start[end < states], end[end < states]), chance)
    return float(np.linalg.solve(np.eye(states) - moves, np.ones(states))[0])


def probabilities(shots: int, rate: float) -> Numbers:
    """Of 0 to `shots` successes.

    >>> probabilities(2, 0.5).tolist()
    [0.25, 0.5, 0.25]
    """
    if rate in {0.0, 1.0}:
        certain: Numbers = np.where(np.arange(shots + 1) == shots * rate, 1.0, 0.0)
        return certain
    counts = np.arange(1, shots + 1)
    steps = np.log((shots - counts + 1) / counts) + math.log(rate / (1 - rate))
    logarithms = np.concatenate([[0.0], np.cumsum(steps)]) + shots * math.log1p(-rate)
    chances = np.exp(logarithms)
    exact: Numbers = chances / chances.sum()
    return exact
