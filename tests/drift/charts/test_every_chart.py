"""What every chart promises, by seeded simulation."""

import numpy as np
import pytest

from qops.drift.charts import CHARTS
from qops.drift.charts.path import Numbers, Path
from qops.model.drift import Frozen

RUN_LENGTH = 60.0
STREAMS, EPOCHS = 300, 400


def baseline(rate: float, between: float = 0.0, low: float | None = None, high: float | None = None) -> Frozen:
    return Frozen(
        watch="w",
        begin=0,
        epochs=100,
        first="",
        last="",
        sha256="",
        rate=rate,
        between=between,
        low=rate if low is None else low,
        high=rate if high is None else high,
        confidence=0.95,
        shots=1000,
        guarded=low is not None,
        digest="",
    )


def counts(rate: float, between: float, epochs: int, chance: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Shots that vary forty-fold, and successes at a rate that varies from epoch to epoch."""
    shots = np.exp(chance.uniform(np.log(100), np.log(4000), epochs)).astype(int)
    rates = np.clip(rate + between * chance.normal(size=epochs), 0, 1)
    return shots.astype(float), chance.binomial(shots, rates).astype(float)


def first_alarm(path: Path) -> int:
    over = np.flatnonzero((path.statistic >= path.limit).any(axis=0))
    return int(over[0]) + 1 if len(over) else path.statistic.shape[1]


@pytest.mark.parametrize("chart", list(CHARTS))
@pytest.mark.parametrize(("rate", "between"), [(0.5, 0.0), (0.95, 0.0), (0.95, 0.01)])
def test_false_alarms_are_no_more_frequent_than_promised(chart: str, rate: float, between: float) -> None:
    """The mean run length, cut off at `EPOCHS` and so too short, less three of its standard errors for CUSUM."""
    chance = np.random.default_rng([7, int(100 * rate), int(1000 * between)])
    made = baseline(rate, between)
    lengths = [
        first_alarm(CHARTS[chart].follow(made, *counts(rate, between, EPOCHS, chance), RUN_LENGTH))
        for _ in range(STREAMS)
    ]
    error = np.std(lengths) / STREAMS**0.5
    assert np.mean(lengths) > RUN_LENGTH - 3 * error


@pytest.mark.parametrize("chart", list(CHARTS))
@pytest.mark.parametrize(("after", "direction"), [(0.85, "down"), (0.99, "up")])
def test_a_gross_change_is_seen_at_once_in_its_direction(chart: str, after: float, direction: str) -> None:
    chance = np.random.default_rng(11)
    shots = np.full(60, 1000.0)
    successes = chance.binomial(1000, np.r_[np.full(40, 0.95), np.full(20, after)]).astype(float)
    path = CHARTS[chart].follow(baseline(0.95), shots, successes, 1000.0)
    (found,) = path.alarms().items()
    assert found[0] == direction
    assert 40 <= found[1] <= 43
    assert ("up" if direction == "down" else "down") in path.calm()


@pytest.mark.parametrize("chart", list(CHARTS))
def test_an_alarm_ends_when_the_evidence_is_gone(chart: str) -> None:
    shots = np.full(80, 1000.0)
    successes = np.r_[np.full(5, 880.0), np.full(75, 950.0)]
    path = CHARTS[chart].follow(baseline(0.95), shots, successes, 1000.0)
    assert path.statistic[0].max() >= path.limit
    while_it_lasts = CHARTS[chart].follow(baseline(0.95), shots[:5], successes[:5], 1000.0)
    assert list(while_it_lasts.alarms()) == ["down"]


@pytest.mark.parametrize("chart", list(CHARTS))
@pytest.mark.parametrize("rate", [0.0, 1.0])
def test_a_rate_at_the_edge_raises_no_alarm_by_itself(chart: str, rate: float) -> None:
    shots = np.full(3000, 100.0)
    path = CHARTS[chart].follow(baseline(rate), shots, rate * shots, 1000.0)
    assert path.alarms() == {}


@pytest.mark.parametrize("chart", list(CHARTS))
def test_no_epoch_is_no_alarm(chart: str) -> None:
    path = CHARTS[chart].follow(baseline(0.9), np.zeros(0), np.zeros(0), 100.0)
    assert path.alarms() == {}
    assert path.calm() == ("down", "up")


def test_the_guard_holds_for_baselines_that_are_off() -> None:
    """Rates anywhere in the guard band keep the run length; against the estimate alone they do not."""
    chance = np.random.default_rng(5)
    guarded, bare = baseline(0.95, low=0.94, high=0.96), baseline(0.95)
    chart = CHARTS["e-detector"]
    lengths = {False: [], True: []}
    for _ in range(100):
        shots = np.full(EPOCHS, 1000.0)
        successes = chance.binomial(1000, 0.941, EPOCHS).astype(float)
        for guard, made in ((True, guarded), (False, bare)):
            lengths[guard].append(first_alarm(chart.follow(made, shots, successes, RUN_LENGTH)))
    assert np.mean(lengths[True]) > RUN_LENGTH > 2 * np.mean(lengths[False])
