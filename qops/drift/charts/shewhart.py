"""The Shewhart chart: each epoch by itself, by the exact probability of its count.

The statistic is -log₁₀ of the probability of so few, or so many, successes. Where it is at least log₁₀(2A), the chance
of an alarm is at most 1/A at each epoch, so that A epochs come before one on average, or more: exactly, whatever the
shots [1]_. Where epochs differ by more than shots explain, the probability is that of a normal residual.

References:
    [1] W. A. Shewhart, Economic Control of Quality of Manufactured Product (Van Nostrand 1931), for the chart; the
        bound is the definition of a tail probability.
"""

import math

import msgspec
import numpy as np

from qops.drift.charts.path import Limit, Numbers, Usual
from qops.drift.residuals import standardised
from qops.stats import binomial

_NO_NUMBER = 300.0


class Shewhart(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """See above."""

    def statistic(self, usual: Usual, shots: Numbers, successes: Numbers, _: float, /) -> Numbers:
        """-log₁₀ of the tail probability, down and up."""
        if np.any(usual.between):
            residuals = standardised(usual, shots, successes)
            tails = [_normal_tail(residuals), _normal_tail(-residuals)]
        else:
            rates = np.broadcast_to(usual.rate, shots.shape)
            tails = [
                binomial.at_most(successes, shots, rates),
                binomial.at_most(shots - successes, shots, 1 - rates),
            ]
        with np.errstate(divide="ignore"):
            found: Numbers = np.minimum(-np.log10(np.stack(tails)), _NO_NUMBER)
        return found

    def limit(self, usual: Usual, _: Numbers, run_length: float, /) -> Limit:
        """Half of the chance to each direction; an epoch that is no rarer than one in ten is calm."""
        rests = "the variance between epochs" if np.any(usual.between) else "binomial counts"
        promise = (
            f"at least {run_length:g} epochs on average to a false alarm, as if its rate were known; rests on {rests}"
        )
        return Limit(math.log10(2 * run_length), 1.0, promise)


def _normal_tail(z: Numbers) -> Numbers:
    return np.array([math.erfc(-value / math.sqrt(2)) / 2 for value in z.ravel()]).reshape(z.shape)
