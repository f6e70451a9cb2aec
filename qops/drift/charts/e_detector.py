"""The default chart: a mixture of Shiryaev-Roberts e-processes on likelihood ratios.

For each of 16 alternatives, from a tenth of a usual epoch's standard deviation to three, either way, M ← (1 + M)·L with
L the likelihood ratio of the epoch. Their mean minus the number of epochs is a supermartingale while nothing has
changed, so the mean run length to a false alarm is at least the limit A, without independence of the epochs, whatever
the shots [1]_. It needs no tuning: a step, a slope or a slow wave of any size meets one of the alternatives.

Where epochs differ by no more than shots explain, L is the binomial likelihood ratio, and the statement holds for every
true rate from `low` to `high` of the baseline: alternatives below are held against `low`, those above against `high`.
Where they do differ, L = exp(λz - λ²/2) with z the distance in standard deviations of n shots and of epochs together,
and the statement rests on that variance [2]_.

References:
    [1] J. Shin, A. Ramdas and A. Rinaldo, E-detectors: a nonparametric framework for sequential change detection, New
        England Journal of Statistics in Data Science 2 (2024) 229-260.
    [2] S. W. Roberts, A comparison of some control chart procedures, Technometrics 8 (1966) 411-430, for the
        recursion.
"""

import numpy as np

from qops.drift.charts.path import Numbers, Path
from qops.model.drift import Frozen

STEPS = np.geomspace(0.1, 3.0, 8)
"""The alternatives, in standard deviations of a usual epoch."""

_LARGEST = 575.0  # a logarithm; numbers beyond add nothing
_EDGE = 1e-9


class EDetector:
    """See above."""

    def follow(self, baseline: Frozen, shots: Numbers, successes: Numbers, run_length: float, /) -> Path:
        """The chart's way; the statistic of a direction is its part of the mean, so that either may be in alarm."""
        logarithms = _ratios(baseline, shots, successes)
        evidence = np.zeros((2, len(STEPS)))
        statistic = np.zeros((2, len(shots)))
        with np.errstate(over="ignore"):
            for epoch in range(len(shots)):
                evidence = np.exp(np.minimum(np.log1p(evidence) + logarithms[:, :, epoch], _LARGEST))
                statistic[:, epoch] = evidence.sum(axis=1) / (2 * len(STEPS))
        return Path(statistic, run_length, 1.0, _promise(baseline, run_length))


def _ratios(baseline: Frozen, shots: Numbers, successes: Numbers) -> Numbers:
    """The logarithm of L, shape (directions, alternatives, epochs)."""
    null = np.array([baseline.low, baseline.high])[:, None, None]
    sign = np.array([-1.0, 1.0])[:, None, None]
    steps = STEPS[None, :, None]
    if baseline.between > 0:
        deviation = np.sqrt(null * (1 - null) / shots + baseline.between**2)
        distance = sign * (successes / shots - null) / deviation
        gaussian: Numbers = steps * distance - steps**2 / 2
        return gaussian
    usual = np.sqrt(max(baseline.rate * (1 - baseline.rate), 1 / baseline.shots) / baseline.shots)
    null = np.clip(null, _EDGE, 1 - _EDGE)
    other = np.clip(null + sign * steps * usual, _EDGE, 1 - _EDGE)
    ratios = successes * np.log(other / null) + (shots - successes) * np.log((1 - other) / (1 - null))
    possible: Numbers = np.where(other == null, -np.inf, ratios)
    return possible


def _promise(baseline: Frozen, run_length: float) -> str:
    rests = "the variance between epochs" if baseline.between > 0 else "binomial counts"
    held = (
        f"with confidence {baseline.confidence:.0%} over baselines" if baseline.guarded else "as if its rate were known"
    )
    return f"at least {run_length:g} epochs on average to a false alarm, {held}; rests on {rests}"
