"""A fleet of five hundred watches in control: epochs a watch to a false alarm of the whole."""

from collections.abc import Iterator

import numpy as np

from benchmarks import outcome
from benchmarks.outcome import Row
from qops.drift import baselines
from qops.drift.charts.e_detector import EDetector
from qops.drift.charts.path import Numbers, Usual
from qops.drift.fleet import widened
from qops.model.drift import Frozen
from qops.stats.spc.garwood import alarms_interval

RUN_LENGTH, SHOTS, BASELINE = 100.0, 1000, 100


def rows(*, small: bool) -> Iterator[Row]:
    """With rates that are known, and with baselines that are estimates, the members alike and not."""
    members, fleets, epochs = (20, 4, 100) if small else (500, 30, 300)
    for key, what, estimated, alike in (
        ("known", "rates known", False, False),
        ("alike", "rates known, all members the same", False, True),
        ("estimated", "baselines of 100 epochs", True, False),
    ):
        alarms, at_risk = _watched(members, fleets, epochs, estimated=estimated, alike=alike)
        low, _ = alarms_interval(alarms)
        most = at_risk / low if low else None
        yield Row(key, f"{members} watches, {what}: run length of {RUN_LENGTH:g} stated", at_risk / max(1, alarms))
        said = f"{members} watches, {what}: the upper end of its interval"
        yield Row(f"{key}_upper", said, most, "", RUN_LENGTH, at_least=True, skipped="no false alarm")


def _watched(members: int, fleets: int, epochs: int, *, estimated: bool, alike: bool) -> tuple[int, int]:
    chance, alarms, at_risk = np.random.default_rng([23, estimated, alike]), 0, 0
    for _ in range(fleets):
        rates = chance.uniform(0.5, 0.99, members)
        usual = _frozen(chance, rates) if estimated else _known(rates)
        same = chance.binomial(SHOTS, 0.9, epochs).astype(float)
        if alike:
            usual, rates = _known(np.full(members, 0.9)), np.full(members, 0.9)
        drawn = chance.binomial(SHOTS, rates[:, None], (members, epochs)).astype(float)
        successes = np.tile(same, (members, 1)) if alike else drawn
        evidence = EDetector().statistic(usual, np.full(successes.shape, float(SHOTS)), successes, RUN_LENGTH * members)
        over = np.flatnonzero(evidence.sum(axis=0).mean(axis=0) >= RUN_LENGTH)
        alarms += bool(len(over))
        at_risk += int(over[0]) + 1 if len(over) else epochs
    return alarms, at_risk


def _known(rates: Numbers) -> Usual:
    column = rates[:, None]
    return Usual(column, np.zeros_like(column), column, column, np.full(column.shape, float(SHOTS)))


def _frozen(chance: np.random.Generator, rates: Numbers) -> Usual:
    shots, found = np.full(BASELINE, float(SHOTS)), []
    for rate in rates:
        one = baselines.estimate(shots, chance.binomial(SHOTS, rate, BASELINE).astype(float))
        found.append(Frozen("w", 0, BASELINE, "", "", "", *one, baselines.CONFIDENCE, SHOTS, guarded=True, digest=""))
    return Usual.together([widened(each, len(rates)) for each in found])


if __name__ == "__main__":
    outcome.run("drift_fleet", rows)
