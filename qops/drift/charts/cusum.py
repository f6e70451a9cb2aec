"""The CUSUM chart, for a step of about one standard deviation and a run length that is solved for exactly.

Residuals are standardised by the variance of shots and of epochs together, so that epochs of few shots count as what
they are; two sums collect what exceeds half a standard deviation either way [1]_. The run length is that of normal
residuals around a known rate: it is not held against the error of the baseline, as the default chart's is.

References:
    [1] E. S. Page, Continuous inspection schemes, Biometrika 41 (1954) 100-115.
"""

import numpy as np

from qops.drift.charts.path import Numbers, Path
from qops.drift.residuals import standardised
from qops.model.drift import Frozen
from qops.stats.spc.cusum import limit_for

REFERENCE = 0.5


class Cusum:
    """See above."""

    def follow(self, baseline: Frozen, shots: Numbers, successes: Numbers, run_length: float, /) -> Path:
        """The chart's way; a sum that is back at 0 is calm."""
        limit = limit_for(run_length, REFERENCE)
        residuals = standardised(baseline.rate, baseline.between, shots, successes)
        steps = np.array([-residuals, residuals]) - REFERENCE
        statistic, now = np.zeros_like(steps), np.zeros(2)
        for epoch in range(len(shots)):
            now = np.maximum(0.0, now + steps[:, epoch])
            statistic[:, epoch] = now
        promise = f"{run_length:g} epochs on average to a false alarm, for normal residuals around a rate that is known"
        return Path(statistic, limit, REFERENCE / 2, promise)
