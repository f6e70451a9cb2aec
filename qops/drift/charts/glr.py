"""The GLR chart: for every recent epoch, how much likelier a change there is than none, whatever its size.

The statistic of a direction is the greatest |Σz|/√m over the last m residuals, m up to `window` [1]_; half its square
is the logarithm of the generalised likelihood ratio. Its limit is found by simulation.

References:
    [1] D. Siegmund and E. S. Venkatraman, Using the generalized likelihood ratio statistic for sequential detection of
        a change-point, Annals of Statistics 23 (1995) 255-271.
"""

from typing import Annotated

import msgspec
import numpy as np

from qops.drift.charts import simulated
from qops.drift.charts.path import Limit, Numbers, Usual
from qops.drift.residuals import standardised

_CALM = 2.0


class Glr(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """See above."""

    window: Annotated[int, msgspec.Meta(ge=2, le=2000)] = 200

    def statistic(self, usual: Usual, shots: Numbers, successes: Numbers, _: float, /) -> Numbers:
        """The greatest standardised sum, down and up."""
        residuals = standardised(usual, shots, successes)
        sums = np.concatenate([np.zeros((*shots.shape[:-1], 1)), np.cumsum(residuals, axis=-1)], axis=-1)
        greatest, least = np.zeros_like(residuals), np.zeros_like(residuals)
        for length in range(1, min(self.window, shots.shape[-1]) + 1):
            recent = (sums[..., length:] - sums[..., :-length]) / np.sqrt(length)
            np.maximum(greatest[..., length - 1 :], recent, out=greatest[..., length - 1 :])
            np.minimum(least[..., length - 1 :], recent, out=least[..., length - 1 :])
        return np.stack([-least, greatest])

    def limit(self, usual: Usual, shots: Numbers, run_length: float, /) -> Limit:
        """By simulation; two standard deviations are calm, as so many sums are looked at."""
        return simulated.limit(self, usual, shots, run_length, rest=_CALM)
