"""After an alarm: since when, how much, and of which kind.

Distances from the baseline's rate are weighted by the variances of their epochs. The onset is the split whose
likelihood ratio is greatest, and the splits whose logarithm is at most 1.92 less make its confidence set, at about 95 %
[1]_. The size is the weighted mean since then. Step, ramp and oscillation are compared by BIC [2]_.

References:
    [1] D. V. Hinkley, Inference about the change-point in a sequence of random variables, Biometrika 57 (1970) 1-17.
    [2] G. Schwarz, Estimating the dimension of a model, Annals of Statistics 6 (1978) 461-464.
"""

import math
from typing import NamedTuple

import numpy as np

from qops.drift.charts.path import Numbers
from qops.model.drift import Frozen

_DROP = 1.92
_Z = 1.959964
_MOST_EPOCHS, _MOST_FREQUENCIES = 2000, 400
_SMALLEST_VARIANCE = 1e-12


class Change(NamedTuple):
    """When and how a rate changed.

    `onset` is the first epoch after the change, which lies from `earliest` to `latest`; the rate since then is `rate`,
    from `low` to `high`. `kind` is step, ramp or oscillation.
    """

    onset: int
    earliest: int
    latest: int
    rate: float
    low: float
    high: float
    kind: str


def change(baseline: Frozen, times_s: Numbers, shots: Numbers, successes: Numbers) -> Change:
    """What became of a series of at least one epoch since its baseline; the last `_MOST_EPOCHS` are looked at."""
    left_out = max(0, len(shots) - _MOST_EPOCHS)
    times_s, shots, successes = times_s[left_out:], shots[left_out:], successes[left_out:]
    distances = successes / shots - baseline.rate
    variances = baseline.rate * (1 - baseline.rate) / shots + baseline.between**2
    weights = 1 / np.maximum(variances, _SMALLEST_VARIANCE)
    sums, masses = _since(weights * distances), _since(weights)
    gains = sums**2 / (2 * masses)
    onset = int(np.argmax(gains))
    within = np.flatnonzero(gains >= gains[onset] - _DROP)
    size, reach = float(sums[onset] / masses[onset]), _Z / math.sqrt(float(masses[onset]))
    rate = baseline.rate + size
    return Change(
        onset + left_out,
        int(within[0]) + left_out,
        int(within[-1]) + left_out,
        rate,
        max(0.0, rate - reach),
        min(1.0, rate + reach),
        _kind(times_s, distances, weights, 2 * float(gains[onset])),
    )


def _since(values: Numbers) -> Numbers:
    """The sum from each place to the end."""
    sums: Numbers = np.cumsum(values[::-1])[::-1]
    return sums


def _kind(times_s: Numbers, distances: Numbers, weights: Numbers, step: float) -> str:
    """The model with the least BIC: what it explains, less what its parameters would explain by chance."""
    price = math.log(max(len(distances), 2))
    explained = {
        "step": step - 2 * price,
        "ramp": _ramp(times_s, distances, weights) - 2 * price,
        "oscillation": _oscillation(times_s, distances, weights) - 3 * price,
    }
    return max(explained, key=lambda kind: explained[kind])


def _ramp(times_s: Numbers, distances: Numbers, weights: Numbers) -> float:
    """What a straight line from 0 explains, at its best beginning."""
    times = times_s - times_s[0]
    products = _since(weights * distances * times) - times * _since(weights * distances)
    squares = _since(weights * times**2) - 2 * times * _since(weights * times) + times**2 * _since(weights)
    found = products[squares > 0] ** 2 / squares[squares > 0]
    return float(found.max()) if len(found) else 0.0


def _oscillation(times_s: Numbers, distances: Numbers, weights: Numbers) -> float:
    """What a wave around 0 explains, at its best frequency, from one turn in all to two epochs a turn."""
    span = float(times_s[-1] - times_s[0])
    number = min(len(times_s) // 2, _MOST_FREQUENCIES)
    if span <= 0 or number < 2:
        return 0.0
    turn = np.exp(2j * math.pi * (times_s - times_s[0]) / span)
    waves = np.cumprod(np.broadcast_to(turn, (number, len(turn))), axis=0)
    found, squares, whole = waves @ (weights * distances), waves**2 @ weights, float(weights.sum())
    of_cosine, of_sine = found.real, found.imag
    cc, ss, cs = (whole + squares.real) / 2, (whole - squares.real) / 2, squares.imag / 2
    determinant = np.maximum(cc * ss - cs**2, _SMALLEST_VARIANCE)
    explained = (of_cosine**2 * ss - 2 * of_cosine * of_sine * cs + of_sine**2 * cc) / determinant
    return float(explained.max())
