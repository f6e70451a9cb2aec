"""Evidence on simulators after every batch of shots: two rates, against differences of about the planned size.

For counts of both arms, the likelihood under two rates is divided by that under the one rate between them, weighted by
shots: on every batch its mean is at most 1 whenever both arms have one rate [1]_. The two rates are chosen before the
batch, from the counts seen before it, at each of several differences; the mean over these is the evidence. Shots are
assumed independent with one rate an arm: without drift, as simulators are.

References:
    [1] R. J. Turner, A. Ly and P. D. Grünwald, Generic e-variables for exact sequential k-sample tests that allow for
        optional stopping, Journal of Statistical Planning and Inference 230 (2024) 106116.
"""

import math
from collections.abc import Sequence

import numpy as np

from qops.stats.blocks.flips import Floats

SIZES = (-1.6, -1.0, -0.6, 0.6, 1.0, 1.6)
"""Differences, in units of the least one that the plan can find."""
_EDGE = 1e-9


def path(first: Sequence[int], second: Sequence[int], shots: int, detectable: float, rate: float) -> Floats:
    """The logarithm of the evidence after each batch of `shots` an arm, of which so many were hits.

    `detectable` is the plan's least difference, above 0, and `rate` what is thought of the common rate beforehand.

    >>> bool(path([50] * 20, [70] * 20, 100, 0.1, 0.5)[-1] > math.log(20))
    True
    """
    a, b = np.asarray(first, float), np.asarray(second, float)
    seen = np.concatenate([[0.0], np.cumsum(a + b)[:-1]])
    before = 2.0 * shots * np.arange(len(a))
    centre = (seen + rate) / (before + 1)
    steps = np.array([_steps(a, b, shots, centre, size * detectable) for size in SIZES])
    return np.asarray(np.logaddexp.reduce(np.cumsum(steps, axis=1), axis=0) - math.log(len(SIZES)))


def _steps(a: Floats, b: Floats, shots: int, centre: Floats, difference: float) -> Floats:
    low = np.clip(centre - difference / 2, _EDGE, 1 - _EDGE)
    high = np.clip(centre + difference / 2, _EDGE, 1 - _EDGE)
    common = (low + high) / 2
    return _log_likelihood(a, shots, low) + _log_likelihood(b, shots, high) - _log_likelihood(a + b, 2 * shots, common)


def _log_likelihood(hits: Floats, shots: int, rate: Floats) -> Floats:
    return np.asarray(hits * np.log(rate) + (shots - hits) * np.log1p(-rate))
