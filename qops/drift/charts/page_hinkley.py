"""Page and Hinkley's chart: CUSUM around the running mean of the series, the baseline's epochs counted in.

It follows what river and others offer under this name [1]_: S ← max(0, S + z - z̄ - δ), both ways, with z̄ the mean of
all residuals so far, so that a baseline that is a little off is forgiven in time, and a slow ramp with it. Residuals of
the baseline count as `memory` epochs at 0. Its limit is found by simulation.

References:
    [1] D. V. Hinkley, Inference about the change-point from cumulative sum tests, Biometrika 58 (1971) 509-523.
"""

from typing import Annotated

import msgspec
import numpy as np

from qops.drift.charts import simulated
from qops.drift.charts.path import Limit, Numbers, Usual
from qops.drift.residuals import standardised


class PageHinkley(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """See above."""

    delta: Annotated[float, msgspec.Meta(ge=0, le=5)] = 0.5
    memory: Annotated[int, msgspec.Meta(ge=1, le=100_000)] = 100

    def statistic(self, usual: Usual, shots: Numbers, successes: Numbers, _: float, /) -> Numbers:
        """Both sums after each epoch."""
        residuals = standardised(usual, shots, successes)
        mean = np.cumsum(residuals, axis=-1) / (self.memory + np.arange(1, shots.shape[-1] + 1))
        steps = np.stack([mean - residuals, residuals - mean]) - self.delta
        found, now = np.zeros_like(steps), np.zeros(steps.shape[:-1])
        for epoch in range(shots.shape[-1]):
            now = np.maximum(0.0, now + steps[..., epoch])
            found[..., epoch] = now
        return found

    def limit(self, usual: Usual, shots: Numbers, run_length: float, /) -> Limit:
        """By simulation; a sum that is back near 0 is calm."""
        return simulated.limit(self, usual, shots, run_length, rest=max(self.delta, 0.1) / 2)
