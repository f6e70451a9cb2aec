"""How a chart does on a series like this one, by seeded simulation: its run length and its delays. Pure.

Counts are drawn around the baseline's rate, with the shots that the series has. The run length is epochs at risk by
alarms, from streams that end at their first one; its interval is that of a Poisson number of alarms [1]_. A delay is
counted from the change to the alarm, in streams that had none before it.

References:
    [1] F. Garwood, Fiducial limits for the Poisson distribution, Biometrika 28 (1936) 437-442.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from qops.drift.charts import Chart
from qops.drift.charts.path import Numbers, Usual
from qops.stats.spc.garwood import alarms_interval

STEPS = (-3.0, -2.0, -1.0, -0.5, -0.25, 0.25, 0.5, 1.0, 2.0, 3.0)
RAMPS = (-0.01, 0.01)
"""Standard deviations an epoch."""

_ROUND = 200_000
_STREAMS = 200
_BEFORE, _AFTER = 50, 1000
_MOST_ROUNDS = 10
_ALARMS = 400


class RunLength(NamedTuple):
    """The mean number of epochs to a false alarm, with its 95 % interval; `high` is infinite without an alarm."""

    mean: float
    low: float
    high: float
    alarms: int
    epochs: int


class Delay(NamedTuple):
    """The change, in standard deviations of a usual epoch, of a step, or an epoch of a ramp.

    `mean` and its standard `error` are of those seen within the horizon; `missed` is the share of those that were not.
    """

    change: float
    ramp: bool
    mean: float
    error: float
    missed: float


class Series(NamedTuple):
    """What streams are to be like: the baseline, the shots to draw from, the run length that the chart is set to."""

    usual: Usual
    shots: Numbers
    run_length: float


def run_length(chart: Chart, series: Series, rate: float, seed: int) -> RunLength:
    """While epochs have this rate; until there are enough alarms, or enough was tried."""
    chance = np.random.default_rng([seed, 0])
    limit = chart.limit(series.usual, series.shots, series.run_length).limit
    epochs = int(min(20_000, max(100, 4 * series.run_length)))
    alarms, at_risk = 0, 0
    for _ in range(_MOST_ROUNDS):
        rates = np.full((max(1, _ROUND // epochs), epochs), rate)
        over = _streams(chart, series, rates, chance) >= limit
        found = over.any(axis=1)
        alarms += int(found.sum())
        at_risk += int(np.where(found, over.argmax(axis=1) + 1, epochs).sum())
        if alarms >= _ALARMS:
            break
    low, high = alarms_interval(alarms)
    return RunLength(
        at_risk / alarms if alarms else np.inf, at_risk / high, at_risk / low if low else np.inf, alarms, at_risk
    )


def delays(chart: Chart, series: Series, seed: int) -> Iterator[Delay]:
    """After steps and ramps, both ways."""
    usual = series.usual
    sigma = float(np.sqrt(usual.rate * (1 - usual.rate) / usual.shots + usual.between**2))
    for number, change in enumerate((*STEPS, *RAMPS)):
        ramp = number >= len(STEPS)
        course = np.arange(1, _AFTER + 1) * change if ramp else np.full(_AFTER, change)
        moved = np.concatenate([np.zeros(_BEFORE), course]) * sigma + usual.rate
        if ((moved > 0) & (moved < 1)).all() or ramp:
            over = _over(chart, series, np.clip(moved, 0, 1), np.random.default_rng([seed, 1 + number]))
            yield Delay(change, ramp, *_delay(over))


def _over(chart: Chart, series: Series, rates: Numbers, chance: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Which epochs after the change are over the limit, in streams where none was before."""
    limit = chart.limit(series.usual, series.shots, series.run_length).limit
    over = _streams(chart, series, np.tile(rates, (_STREAMS, 1)), chance) >= limit
    return over[~over[:, :_BEFORE].any(axis=1)][:, _BEFORE:]


def _delay(over: npt.NDArray[np.bool_]) -> tuple[float, float, float]:
    """Mean, standard error, and the share without an alarm."""
    seen = over.any(axis=1)
    lengths = over.argmax(axis=1)[seen] + 1.0
    if not len(lengths):
        return np.inf, np.inf, 1.0
    return float(lengths.mean()), float(lengths.std() / len(lengths) ** 0.5), float(1 - seen.mean())


def _streams(chart: Chart, series: Series, rates: Numbers, chance: np.random.Generator) -> Numbers:
    """The greater statistic of both directions; rows are streams."""
    shots = chance.choice(series.shots, rates.shape)
    moved = np.clip(rates + series.usual.between * chance.standard_normal(rates.shape), 0, 1)
    successes = chance.binomial(shots.astype(int), moved).astype(float)
    found: Numbers = chart.statistic(series.usual, shots, successes, series.run_length).max(axis=0)
    return found
