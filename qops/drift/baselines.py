"""Phase I: what the series was like while it was well.

The rate is that of all shots together. Epochs may differ by more than shots explain; the variance τ² between them is
estimated by moments from the weighted sum of squares [1]_, and added to p(1 - p)/n of each epoch: a factor in its place
would be unfair to epochs of many shots. The true rate is held to lie in Clopper and Pearson's interval of all shots,
widened by τ²/m for m epochs; so what is guaranteed is so for all but a share of baselines, not for the estimate alone.

References:
    [1] W. G. Cochran, The combination of estimates from different experiments, Biometrics 10 (1954) 101-129.
"""

import math
from collections.abc import Iterator
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from qops.drift.charts.path import Numbers, Usual
from qops.drift.residuals import standardised
from qops.stats import binomial, chi_square, student
from qops.stats.spectrum import thresholds
from qops.stats.spectrum.lomb_scargle import spectrum, usual_frequencies

FEWEST, FEW, GUARDED = 20, 100, 200
CONFIDENCE = 0.95
_LEVEL = 0.01
"""At which a baseline is found to drift, or its epochs to hang together."""


class Rate(NamedTuple):
    """`rate` of all shots; `between` the standard deviation of epochs beyond that of shots, 0 where it may be none."""

    rate: float
    between: float
    low: float
    high: float


def estimate(shots: Numbers, successes: Numbers) -> Rate:
    """The rate of at least two epochs, and how far it may be off."""
    total, hits = float(shots.sum()), float(successes.sum())
    rate = hits / total
    between = _between(rate, shots, successes)
    low, high = binomial.interval(int(hits), int(total), CONFIDENCE)
    alike = total**2 / float((shots**2).sum())  # so many epochs of equal shots would tell as much
    widened = student.quantile((1 + CONFIDENCE) / 2, len(shots) - 1) * between / math.sqrt(alike)
    return Rate(
        rate,
        between,
        max(0.0, rate - math.hypot(rate - low, widened)),
        min(1.0, rate + math.hypot(high - rate, widened)),
    )


def _between(rate: float, shots: Numbers, successes: Numbers) -> float:
    """τ, or 0 where a chi-square test finds no reason for any."""
    one_shot = rate * (1 - rate)
    if one_shot == 0:
        return 0.0
    squares = float((shots * (successes / shots - rate) ** 2).sum()) / one_shot
    freedom = len(shots) - 1
    if chi_square.tail(squares, freedom) > _LEVEL:
        return 0.0
    effective = shots.sum() - (shots**2).sum() / shots.sum()
    return math.sqrt(max(0.0, (squares - freedom) * one_shot / float(effective)))


def objections(rate: Rate, times_s: Numbers, shots: Numbers, successes: Numbers) -> Iterator[str]:
    """Why a series should not be a baseline: it moves already, or one epoch tells of the next."""
    residuals = standardised(Usual(*rate, float(np.median(shots))), shots, successes)
    if not np.isfinite(residuals).all() or residuals.std() == 0:
        return
    residuals = residuals - residuals.mean()
    limit = NormalDist().inv_cdf(1 - _LEVEL / 2)
    times = times_s - times_s.mean()
    slope = float((times * residuals).sum() / math.sqrt(float((times**2).sum())) / residuals.std())
    if abs(slope) > limit:
        yield f"it drifts: its rate {'rises' if slope > 0 else 'falls'}, by {abs(slope):.1f} standard errors"
    if wave := _wave(times_s, residuals):
        yield wave
    echo = float((residuals[1:] * residuals[:-1]).sum() / (residuals**2).sum())
    if abs(echo) * math.sqrt(len(residuals)) > limit:
        yield f"one epoch tells of the next: their correlation is {echo:.2f}"


def _wave(times_s: Numbers, residuals: Numbers) -> str:
    """That a wave stands out of the residuals, which are taken to have the variance that they show; empty if none."""
    frequencies = usual_frequencies(times_s)
    weights = np.full((1, len(residuals)), 1 / max(1.0, float(residuals.var())))
    found = spectrum(times_s, residuals[None, :], weights, frequencies)
    best = int(np.argmax(found.power[0]))
    if found.power[0, best] <= thresholds.of_one(1, len(frequencies), _LEVEL):
        return ""
    return f"a wave goes through it, of {1 / frequencies[best] / 3600:.3g} h"


def frozen_shots(shots: Numbers) -> int:
    """A usual number of shots."""
    return int(np.median(shots))
