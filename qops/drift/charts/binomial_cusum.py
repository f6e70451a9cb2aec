"""The binomial CUSUM: counts themselves, tuned to one drop and one rise, with a run length that is exact.

It looks for a rate that is `change` standard deviations of an epoch away, either way [1]_. All epochs must have the
same shots, as their counts are one lattice; where they have not, or where epochs differ by more than shots explain, the
chart says so and decides nothing. The run length is that of a known rate.

References:
    [1] E. S. Page, Continuous inspection schemes, Biometrika 41 (1954) 100-115; the likelihood ratio makes K and H.
"""

from typing import Annotated

import msgspec
import numpy as np

from qops.drift.charts.path import Limit, Numbers, Usual
from qops.errors import InconclusiveError
from qops.stats.spc.binomial import STEP, design
from qops.stats.spc.binomial import BinomialCusum as Design


class BinomialCusum(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """See above."""

    change: Annotated[float, msgspec.Meta(gt=0, le=20)] = 2.0

    def statistic(self, usual: Usual, shots: Numbers, successes: Numbers, run_length: float, /) -> Numbers:
        """Both sums, as shares of the least sum that is an alarm."""
        found = np.zeros((2, *shots.shape))
        for place, made in enumerate(self._designs(usual, shots, run_length)):
            if made is None:
                continue
            counts = shots - successes if place else successes
            now = np.zeros(shots.shape[:-1])
            for epoch in range(shots.shape[-1]):
                now = np.maximum(0.0, now + float(made.k) - counts[..., epoch])
                found[place, ..., epoch] = now / float(made.h + STEP)
        return found

    def limit(self, _: Usual, __: Numbers, run_length: float, /) -> Limit:
        """By the Markov chain, each direction at twice the run length; a tenth of the way is calm."""
        promise = f"at least {run_length:g} epochs on average to a false alarm, exactly, as if its rate were known"
        return Limit(1.0, 0.1, promise)

    def _designs(self, usual: Usual, shots: Numbers, run_length: float) -> list[Design | None]:
        """Down and up, the second by failures; None where the change would lead beyond 0 or 1."""
        numbers = np.unique(shots)
        if not len(numbers):
            return [None, None]
        if len(numbers) > 1 or np.any(usual.between):
            because = "differ by more than shots explain" if np.any(usual.between) else "have different shots"
            raise InconclusiveError(
                f"the chart binomial-cusum cannot be used: epochs {because}", hint="the default chart can"
            )
        number, rate = int(numbers[0]), float(np.mean(usual.rate))
        size = self.change * (rate * (1 - rate) / number) ** 0.5
        return [
            design(number, each, each - size, 2 * run_length) if 0 < each - size < each < 1 else None
            for each in (rate, 1 - rate)
        ]
