"""The CUSUM chart, for a step of about `2k` standard deviations and a run length that is solved for exactly.

Residuals are standardised by the variance of shots and of epochs together, so that epochs of few shots count as what
they are; two sums collect what exceeds `k` standard deviations either way [1]_. With `head` they begin at that share
of the limit, so that a series that is off from the beginning is seen sooner. The run length is that of normal residuals
around a known rate: it is not held against the error of the baseline, as the default chart's is.

References:
    [1] E. S. Page, Continuous inspection schemes, Biometrika 41 (1954) 100-115.
"""

from typing import Annotated

import msgspec
import numpy as np

from qops.drift.charts.path import DIRECTIONS, Limit, Numbers, Usual
from qops.drift.residuals import standardised
from qops.stats.spc.cusum import Cusum as Design
from qops.stats.spc.cusum import limit_for

PROMISE = "epochs on average to a false alarm, for normal residuals around a rate that is known"


class Cusum(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """See above; `side` is `down`, `up` or `both`."""

    k: Annotated[float, msgspec.Meta(gt=0, le=5)] = 0.5
    head: Annotated[float, msgspec.Meta(ge=0, le=0.9)] = 0.0
    side: Annotated[str, msgspec.Meta(pattern="^(down|up|both)$")] = "both"

    def statistic(self, usual: Usual, shots: Numbers, successes: Numbers, run_length: float, /) -> Numbers:
        """Both sums after each epoch."""
        residuals = standardised(usual, shots, successes)
        steps = np.stack([-residuals, residuals]) - self.k
        found = np.zeros_like(steps)
        now = np.full(steps.shape[:-1], self.head and self.head * self._limit(run_length))
        for epoch in range(shots.shape[-1]):
            now = np.maximum(0.0, now + steps[..., epoch])
            found[..., epoch] = now
        return self._sided(found)

    def limit(self, _: Usual, __: Numbers, run_length: float, /) -> Limit:
        """The limit by the integral equation; a sum that is back near 0 is calm."""
        return Limit(self._limit(run_length), self.k / 2, f"{run_length:g} {PROMISE}")

    def delay(self, run_length: float, shift: float, /) -> float | None:
        """The exact mean delay of the alarm at a shift, long after the start; None where it is not solved."""
        if self.side != "both" or self.head:
            return None
        return Design(self.k, self._limit(run_length)).steady_state(shift)

    def _limit(self, run_length: float) -> float:
        return limit_for(run_length, self.k, self.head, both=self.side == "both")

    def _sided(self, found: Numbers) -> Numbers:
        for place, direction in enumerate(DIRECTIONS):
            if self.side not in {direction, "both"}:
                found[place] = 0.0
        return found
