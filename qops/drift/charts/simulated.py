"""A limit that is found by seeded simulation: of counts around the baseline's rate, with the shots of the series.

Every chart's false alarms come, after its start, at a constant rate. That rate is estimated as alarms by epochs at
risk, from streams that end at their first alarm [1]_, and the limit is where it is one in the run length.

References:
    [1] D. Siegmund, Sequential Analysis: Tests and Confidence Intervals (Springer 1985), chapter 2, for the exponential
        law of the run length.
"""

import zlib
from typing import Protocol

import numpy as np

from qops.drift.charts.path import Limit, Numbers, Usual

_BUDGET = 600_000
_LONGEST = 6000
_STEPS = 40


class Statistic(Protocol):
    """The part of a chart that is simulated."""

    def statistic(self, usual: Usual, shots: Numbers, successes: Numbers, run_length: float, /) -> Numbers:
        """As a chart's."""


def limit(chart: Statistic, usual: Usual, shots: Numbers, run_length: float, *, rest: float) -> Limit:
    """The limit of a chart, the same every time for the same series."""
    highest = np.maximum.accumulate(_streams(chart, usual, shots, run_length), axis=1)
    low, high = 0.0, float(highest.max()) + 1e-9
    for _ in range(_STEPS):
        middle = (low + high) / 2
        low, high = (middle, high) if length(highest, middle) < run_length else (low, middle)
    alarms = int((highest[:, -1] >= high).sum())
    error = f"±{2 / max(alarms, 1) ** 0.5:.0%}"
    promise = f"about {run_length:g} epochs ({error}) on average to a false alarm, by simulation around a known rate"
    return Limit(high, rest, promise)


def length(highest: Numbers, limit: float) -> float:
    """The mean run length of streams whose highest statistic so far is given, shape (streams, epochs)."""
    over = highest >= limit
    alarms = over[:, -1]
    at_risk = np.where(alarms, over.argmax(axis=1) + 1, highest.shape[1]).sum()
    return float(at_risk / alarms.sum()) if alarms.any() else np.inf


def _streams(chart: Statistic, usual: Usual, shots: Numbers, run_length: float) -> Numbers:
    """The greater statistic of both directions, shape (streams, epochs)."""
    epochs = int(min(_LONGEST, max(50, 3 * run_length)))
    number = max(60, _BUDGET // epochs)
    seed = zlib.crc32(repr((usual, type(chart).__name__)).encode())
    chance = np.random.default_rng(seed)
    drawn = chance.choice(shots if len(shots) else np.array([float(np.mean(usual.shots))]), (number, epochs))
    rates = np.clip(usual.rate + usual.between * chance.standard_normal((number, epochs)), 0, 1)
    counts = chance.binomial(drawn.astype(int), rates).astype(float)
    found: Numbers = chart.statistic(usual, drawn, counts, np.inf).max(axis=0)
    return found
