"""The run length of the default chart around baselines that are estimates, in twelve regimes.

In each regime, so many baselines are drawn and frozen as `qops drift baseline` does, and the run length around each is
simulated at the true rate. The statement holds for a baseline unless the upper end of its 95 % interval is below it.
"""

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from benchmarks import outcome
from benchmarks.outcome import Row
from qops.drift import baselines
from qops.drift.charts import chart
from qops.drift.charts.path import Numbers, Usual
from qops.stats.spc.garwood import alarms_interval

RUN_LENGTH = 100.0
STREAMS, EPOCHS = 40, 400


class Regime(NamedTuple):
    """Shots from `least` to `most` an epoch, the true rate, its deviation between epochs, epochs of the baseline."""

    least: int
    most: int
    rate: float
    between: float
    epochs: int


REGIMES = (
    Regime(1000, 1000, 0.5, 0.0, 100),
    Regime(1000, 1000, 0.95, 0.0, 50),
    Regime(1000, 1000, 0.95, 0.0, 100),
    Regime(1000, 1000, 0.95, 0.0, 199),
    Regime(1000, 1000, 0.999, 0.0, 100),
    Regime(50, 50, 0.9, 0.0, 100),
    Regime(10_000, 10_000, 0.95, 0.0, 100),
    Regime(100, 4000, 0.95, 0.0, 50),
    Regime(100, 4000, 0.95, 0.0, 100),
    Regime(100, 4000, 0.99, 0.0, 100),
    Regime(1000, 1000, 0.95, 0.005, 100),
    Regime(100, 4000, 0.95, 0.005, 199),
)


def rows(*, small: bool) -> Iterator[Row]:
    """The share of baselines for which the statement holds, guarded, in each regime."""
    number = 4 if small else 60
    for regime in REGIMES[: 2 if small else None]:
        held, means = zip(*_lengths(regime, number), strict=True)
        shots = f"{regime.least:,}" if regime.least == regime.most else f"{regime.least:,} to {regime.most:,}"
        spread = f", ± {regime.between:g} between epochs" if regime.between else ""
        what = f"{shots} shots at {regime.rate:g}{spread}, baseline of {regime.epochs}"
        key = f"{regime.least}_{regime.most}_{regime.rate:g}_{regime.between:g}_{regime.epochs}"
        yield Row(key, f"{what}: baselines that keep it", 100 * float(np.mean(held)), "%", 95, at_least=True)
        yield Row(f"{key}_mean", f"{what}: median run length of {RUN_LENGTH:g} stated", float(np.median(means)), "")


def _lengths(regime: Regime, number: int) -> Iterator[tuple[bool, float]]:
    chance, made = np.random.default_rng([11, *(int(1000 * each) for each in regime)]), chart("joint")
    for _ in range(number):
        usual = _frozen(regime, chance)
        shots, successes = _counts(regime, (STREAMS, EPOCHS), chance)
        over = made.statistic(usual, shots, successes, RUN_LENGTH).max(axis=0) >= RUN_LENGTH
        found = over.any(axis=1)
        at_risk = float(np.where(found, over.argmax(axis=1) + 1, EPOCHS).sum())
        least = alarms_interval(int(found.sum()))[0]
        yield (at_risk / least if least else np.inf) >= RUN_LENGTH, at_risk / max(1, int(found.sum()))


def _frozen(regime: Regime, chance: np.random.Generator) -> Usual:
    shots, successes = _counts(regime, (regime.epochs,), chance)
    rate = baselines.estimate(shots, successes)
    return Usual(*rate, baselines.frozen_shots(shots), baselines.CONFIDENCE)


def _counts(regime: Regime, shape: tuple[int, ...], chance: np.random.Generator) -> tuple[Numbers, Numbers]:
    shots = np.exp(chance.uniform(np.log(regime.least), np.log(regime.most), shape)).round()
    rates = np.clip(regime.rate + regime.between * chance.standard_normal(shape), 0, 1)
    return shots, chance.binomial(shots.astype(int), rates).astype(float)


if __name__ == "__main__":
    outcome.run("drift_regimes", rows)
