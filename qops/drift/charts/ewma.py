"""The EWMA chart: a moving average in which an epoch loses the share `weight` of what it counts at each later one.

Of standardised residuals, with limits that are fixed or, `varying`, as wide as the average may be by then: run lengths
are solved for exactly [1]_, for normal residuals around a known rate. With `by_shots`, an epoch counts by its shots:
A ← (1 - λ)A + k - np and I ← (1 - λ)²I + n²·(p(1 - p)/n + τ²), and A/√I is held against a limit that is found by
simulation with the shots of the series.

References:
    [1] J. M. Lucas and M. S. Saccucci, Exponentially weighted moving average control schemes: properties and
        enhancements, Technometrics 32 (1990) 1-12.
"""

from typing import Annotated

import msgspec
import numpy as np

from qops.drift.charts import simulated
from qops.drift.charts.cusum import PROMISE
from qops.drift.charts.path import Limit, Numbers, Usual
from qops.drift.residuals import standardised
from qops.stats.spc.ewma import limit_for

_CALM = 0.5


class Ewma(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """See above."""

    weight: Annotated[float, msgspec.Meta(ge=0.01, le=1)] = 0.1
    varying: bool = False
    by_shots: bool = False

    def statistic(self, usual: Usual, shots: Numbers, successes: Numbers, _: float, /) -> Numbers:
        """The average in its own standard deviations, both ways."""
        rising = self._by_shots(usual, shots, successes) if self.by_shots else self._plain(usual, shots, successes)
        return np.stack([-rising, rising])

    def limit(self, usual: Usual, shots: Numbers, run_length: float, /) -> Limit:
        """By the integral equation, or by simulation; half of a standard deviation is calm."""
        if self.by_shots:
            return simulated.limit(self, usual, shots, run_length, rest=_CALM)
        limit = limit_for(run_length, self.weight, varying=self.varying)
        return Limit(limit, _CALM, f"{run_length:g} {PROMISE}")

    def _plain(self, usual: Usual, shots: Numbers, successes: Numbers) -> Numbers:
        residuals = standardised(usual, shots, successes)
        found, now = np.zeros_like(residuals), np.zeros(residuals.shape[:-1])
        for epoch in range(residuals.shape[-1]):
            now = (1 - self.weight) * now + self.weight * residuals[..., epoch]
            found[..., epoch] = now
        begun = 1 - (1 - self.weight) ** (2 * np.arange(1, residuals.shape[-1] + 1)) if self.varying else 1.0
        scaled: Numbers = found / np.sqrt(self.weight / (2 - self.weight) * begun)
        return scaled

    def _by_shots(self, usual: Usual, shots: Numbers, successes: Numbers) -> Numbers:
        keep = 1 - self.weight
        excess = successes - shots * usual.rate
        spread = shots * usual.rate * (1 - usual.rate) + (shots * usual.between) ** 2
        found = np.zeros_like(excess)
        total, variance = np.zeros(excess.shape[:-1]), np.zeros(excess.shape[:-1])
        for epoch in range(excess.shape[-1]):
            total = keep * total + excess[..., epoch]
            variance = keep**2 * variance + spread[..., epoch]
            found[..., epoch] = total / np.sqrt(np.maximum(variance, 1e-300))
        return found
