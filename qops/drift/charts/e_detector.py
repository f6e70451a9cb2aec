"""The default chart: a mixture of Shiryaev-Roberts e-processes on likelihood ratios.

For each of 16 alternatives, from a tenth of a usual epoch's standard deviation to three, either way, M ← (1 + M)·L with
L the likelihood ratio of the epoch. Their mean minus the number of epochs is a supermartingale while nothing has
changed, so the mean run length to a false alarm is at least the limit A, without independence of the epochs, whatever
the shots [1]_. Each M is cut at ten times what makes an alarm by itself, which no first alarm can notice, so that an
alarm ends in finite time when the change is over. It needs no tuning: a step, a slope or a slow wave of any size meets
one of the alternatives.

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

import msgspec
import numpy as np

from qops.drift.charts.path import Limit, Numbers, Usual

STEPS = np.geomspace(0.1, 3.0, 8)
"""The alternatives, in standard deviations of a usual epoch."""

CALM = 0.1
"""The share of the limit that evidence has to fall below for an alarm to be over."""

_CUT, _LONGEST = 10.0, 1e200
_EDGE = 1e-9


class EDetector(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """See above."""

    def statistic(self, usual: Usual, shots: Numbers, successes: Numbers, run_length: float, /) -> Numbers:
        """The evidence after each epoch; of a direction its part of the mean, so that either may be in alarm."""
        found = np.zeros((2, *shots.shape))
        evidence = np.zeros((2, len(STEPS), *shots.shape[:-1]))
        most = _CUT * 2 * len(STEPS) * min(run_length, _LONGEST)
        with np.errstate(over="ignore"):
            ratios = np.moveaxis(np.exp(_ratios(usual, shots, successes)), -1, 0)
            for epoch, ratio in enumerate(ratios):
                evidence = np.minimum((1 + evidence) * ratio, most)
                found[..., epoch] = evidence.sum(axis=1)
        return found / (2 * len(STEPS))

    def limit(self, usual: Usual, _: Numbers, run_length: float, /) -> Limit:
        """The run length itself; a tenth of it is calm."""
        rests = "the variance between epochs" if np.any(usual.between) else "binomial counts"
        held = (
            f"with confidence {usual.confidence:.0%} over baselines"
            if usual.confidence
            else "as if its rate were known"
        )
        promise = f"at least {run_length:g} epochs on average to a false alarm, {held}; rests on {rests}"
        return Limit(run_length, run_length * CALM, promise)


def _ratios(usual: Usual, shots: Numbers, successes: Numbers) -> Numbers:
    """The logarithm of L, shape (directions, alternatives, ..., epochs)."""
    more = (1,) * shots.ndim
    sign, steps = np.array([-1.0, 1.0]).reshape(2, 1, *more), STEPS.reshape(1, -1, *more)
    null = np.stack([np.asarray(end, dtype=float).reshape(np.shape(end) or more) for end in (usual.low, usual.high)])
    between = np.asarray(usual.between)
    if not np.any(between > 0):
        return _binomial(usual, null[:, None], sign * steps, shots, successes)
    gaussian = _gaussian(between, null[:, None], sign * steps, shots, successes)
    if np.all(between > 0):
        return gaussian
    return np.where(between > 0, gaussian, _binomial(usual, null[:, None], sign * steps, shots, successes))


def _gaussian(between: Numbers, null: Numbers, steps: Numbers, shots: Numbers, successes: Numbers) -> Numbers:
    deviation = np.sqrt(null * (1 - null) / shots + between**2)
    ratios: Numbers = steps * (successes / shots - null) / deviation - steps**2 / 2
    return ratios


def _binomial(usual: Usual, null: Numbers, steps: Numbers, shots: Numbers, successes: Numbers) -> Numbers:
    rate, often = np.asarray(usual.rate), np.asarray(usual.shots)
    spread = np.sqrt(np.maximum(rate * (1 - rate), 1 / often) / often)
    null = np.clip(null, _EDGE, 1 - _EDGE)
    other = np.clip(null + steps * spread, _EDGE, 1 - _EDGE)
    by_success, by_failure = np.log(other / null), np.log((1 - other) / (1 - null))
    ratios = (by_success - by_failure) * successes + by_failure * shots
    none = other == null
    return np.where(none, -np.inf, ratios) if none.any() else ratios
