r"""Iterative amplitude estimation: the interval of θ is narrowed with ever more Grover iterations [1]_.

As long as (4k + 2)θ stays in one half of the circle for all θ of the interval, the share of passes after k iterations
tells where θ is, 2k + 1 times as finely as one call does. A look is a round of shots at one k, pooled with those
before at the same k; its interval is Clopper and Pearson's with error α/L, where L is the most looks that are ever
taken. So all looks hold with probability 1 - α by Bonferroni, whenever it is stopped. (In [1]_ the error is split over
values of k alone, though counts are looked at again and again within each.) If L looks do not reach the width, the
interval is what was reached.

It assumes shots that are independent, and that after k iterations pass with ½ + (sin²((2k + 1)θ) - ½)c, where the
contrast c is 1 without noise, and at least e^{-γ(2k + 1)} if a call loses at most the share γ (`loss`) of it: the
interval is that of all these c together. See `qops.stats.amplitude.noise`.

References:
    [1] D. Grinko, J. Gacon, C. Zoufal and S. Woerner, Iterative quantum amplitude estimation, npj Quantum Information 7
        (2021) 52.
"""

import math

from qops.stats import binomial
from qops.stats.amplitude.estimate import Estimate, Oracle

_LOOKS_A_DOUBLING = 4


def estimate(
    oracle: Oracle,
    half_width: float,
    alpha: float = 0.05,
    shots: int = 100,
    most_iterations: int | None = None,
    loss: float = 0.0,
) -> Estimate:
    """The probability, with an interval of at most twice `half_width` where that can be reached.

    Args:
        oracle: tells how many shots passed.
        half_width: what is asked for.
        alpha: the chance that the interval misses.
        shots: of one look.
        most_iterations: never more Grover iterations than so many; None for no limit.
        loss: the share of contrast that a call loses at most.
    """
    search = _Search(most_iterations, loss)
    doublings = max(1, math.ceil(math.log2(math.pi / (4 * half_width))))
    looks = _LOOKS_A_DOUBLING * doublings
    if most_iterations is not None:
        looks += math.ceil(1 / (half_width * (2 * most_iterations + 1)) ** 2 / shots)
    for _ in range(looks):
        if search.half_width <= half_width:
            break
        search.look(oracle, shots, alpha / looks)
    low, high = (math.sin(theta) ** 2 for theta in (search.low, search.high))
    return Estimate(search.value, low, high, search.calls, search.most)


class _Search:
    """The interval of θ in radians, from 0 to π/2, and what was seen at the current k."""

    def __init__(self, limit: int | None, loss: float) -> None:
        self.low, self.high = 0.0, math.pi / 2
        self.calls = self.most = 0
        self._limit = limit
        self._loss = loss
        self._k = self._hits = self._shots = 0

    @property
    def half_width(self) -> float:
        return (math.sin(self.high) ** 2 - math.sin(self.low) ** 2) / 2

    @property
    def value(self) -> float:
        """The share of passes at the last k, turned back into a probability; inside the interval."""
        if not self._shots:
            return math.sin((self.low + self.high) / 2) ** 2
        theta = self._theta(self._hits / self._shots)
        return math.sin(min(max(theta, self.low), self.high)) ** 2

    def look(self, oracle: Oracle, shots: int, error: float) -> None:
        """One round of shots at the largest k that tells θ without doubt."""
        k = self._next()
        if k != self._k:
            self._k, self._hits, self._shots = k, 0, 0
        self._hits += oracle(k, shots)
        self._shots += shots
        self.calls += shots * (2 * k + 1)
        self.most = max(self.most, k)
        ends = sorted(self._theta(share) for share in self._shares(1 - error))
        low, high = max(self.low, ends[0]), min(self.high, ends[1])
        if low <= high:
            self.low, self.high = low, high

    def _shares(self, confidence: float) -> tuple[float, float]:
        """The interval of the share that would pass with the whole contrast."""
        low, high = binomial.interval(self._hits, self._shots, confidence)
        gain = math.exp(self._loss * (2 * self._k + 1))
        return max(0.0, min(low, 0.5 + (low - 0.5) * gain)), min(1.0, max(high, 0.5 + (high - 0.5) * gain))

    def _next(self) -> int:
        """The largest k for which the interval lies in one half of the circle, if it is twice as fine or more."""
        width = self.high - self.low
        factor = int(math.pi / width) if width > 0 else 4 * self._k + 2
        if self._limit is not None:
            factor = min(factor, 4 * self._limit + 2)
        factor -= (factor - 2) % 4
        while factor >= 2 * (4 * self._k + 2):
            if int(factor * self.low / math.pi) == _last_half(factor * self.high):
                return (factor - 2) // 4
            factor -= 4
        return self._k

    def _theta(self, probability: float) -> float:
        """θ by the share of passes after k iterations, in the half of the circle where the interval is."""
        factor = 4 * self._k + 2
        half = int(factor * (self.low + self.high) / 2 / math.pi)
        angle = math.acos(1 - 2 * probability)
        return (math.pi * half + (angle if half % 2 == 0 else math.pi - angle)) / factor


def _last_half(angle: float) -> int:
    """The number of the half of the circle in which an interval ends, its end belonging to the half before."""
    return math.ceil(angle / math.pi) - 1
