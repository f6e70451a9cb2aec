"""The robust chart: bets on the share of successes itself, whatever its distribution.

A bet of λ against a rate of at least p pays 1 + λ(p - x) for the share x of an epoch; as x is at most 1, it cannot fall
below 0 for λ up to 1/(1 - p), and on average it pays at most 1 for *every* distribution of x whose mean, given the
past, is at least p [1]_. Nothing is assumed of the variance between epochs, nor that shots are independent. M ← (1 +
M)·pay over several λ, both ways, makes an e-detector of it, whose run length is at least its limit [2]_. The price:
where shots are independent, the default chart sees a change much sooner, as it knows how little chance moves a share.

References:
    [1] I. Waudby-Smith and A. Ramdas, Estimating means of bounded random variables by betting, Journal of the Royal
        Statistical Society B 86 (2024) 1-27.
    [2] J. Shin, A. Ramdas and A. Rinaldo, E-detectors: a nonparametric framework for sequential change detection, New
        England Journal of Statistics in Data Science 2 (2024) 229-260.
"""

import msgspec
import numpy as np

from qops.drift.charts.e_detector import CALM, STEPS
from qops.drift.charts.path import Limit, Numbers, Usual

_CUT, _LONGEST = 10.0, 1e200
_BOLDEST = 0.9
"""The share of the greatest bet that is still made, so that no epoch alone takes all."""

_EDGE = 1e-9


class Betting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """See above."""

    def statistic(self, usual: Usual, shots: Numbers, successes: Numbers, run_length: float, /) -> Numbers:
        """The evidence after each epoch; of a direction its part of the mean."""
        found = np.zeros((2, *shots.shape))
        evidence = np.zeros((2, len(STEPS), *shots.shape[:-1]))
        most = _CUT * 2 * len(STEPS) * min(run_length, _LONGEST)
        for epoch, pay in enumerate(np.moveaxis(_pays(usual, successes / shots), -1, 0)):
            evidence = np.minimum((1 + evidence) * pay, most)
            found[..., epoch] = evidence.sum(axis=1)
        return found / (2 * len(STEPS))

    def limit(self, usual: Usual, _: Numbers, run_length: float, /) -> Limit:
        """The run length itself; a tenth of it is calm."""
        held = (
            f"with confidence {usual.confidence:.0%} over baselines" if usual.confidence else "at the baseline's rate"
        )
        promise = f"at least {run_length:g} epochs on average to a false alarm, {held}; for any distribution of epochs"
        return Limit(run_length, run_length * CALM, promise)


def _pays(usual: Usual, shares: Numbers) -> Numbers:
    """Shape (directions, bets, ..., epochs)."""
    more = (1,) * shares.ndim
    sign, steps = np.array([-1.0, 1.0]).reshape(2, 1, *more), STEPS.reshape(1, -1, *more)
    null = np.stack([np.asarray(end, dtype=float).reshape(np.shape(end) or more) for end in (usual.low, usual.high)])
    nowhere = np.where(sign < 0, null[:, None] <= 0, null[:, None] >= 1)  # there is nothing that way
    null = np.clip(null[:, None], _EDGE, 1 - _EDGE)
    usually = np.sqrt(null * (1 - null) / np.asarray(usual.shots) + np.asarray(usual.between) ** 2)
    room = np.where(sign < 0, 1 - null, null)
    bets = np.minimum(steps / usually, _BOLDEST / room)
    pays: Numbers = np.where(nowhere, 0.0, 1 + bets * sign * (shares - null))
    return pays
