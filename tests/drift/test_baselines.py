"""Baselines: what is estimated, and what is refused."""

import numpy as np
import pytest

from qops.drift import baselines
from qops.drift.charts.path import Numbers
from qops.stats import binomial

TIMES = np.arange(60.0)
TRIALS = 400


def drawn(chance: np.random.Generator, rate: float, between: float, epochs: int = 60) -> tuple[Numbers, Numbers]:
    shots = chance.integers(200, 4000, epochs)
    rates = np.clip(rate + between * chance.normal(size=epochs), 0, 1)
    return shots.astype(float), chance.binomial(shots, rates).astype(float)


@pytest.mark.parametrize("between", [0.0, 0.01])
def test_the_true_rate_is_in_the_band_as_often_as_it_says(between: float) -> None:
    chance = np.random.default_rng([3, int(1000 * between)])
    found = [baselines.estimate(*drawn(chance, 0.9, between)) for _ in range(TRIALS)]
    inside = sum(rate.low <= 0.9 <= rate.high for rate in found)
    assert binomial.interval(inside, TRIALS, 0.999)[1] >= baselines.CONFIDENCE


def test_what_epochs_differ_by_is_found() -> None:
    chance = np.random.default_rng(4)
    found = [baselines.estimate(*drawn(chance, 0.9, 0.02)).between for _ in range(100)]
    assert np.mean(found) == pytest.approx(0.02, rel=0.1)
    none = [baselines.estimate(*drawn(chance, 0.9, 0.0)).between for _ in range(TRIALS)]
    assert binomial.interval(sum(each > 0 for each in none), TRIALS, 0.999)[0] <= 0.01


def test_a_steady_series_is_seldom_refused() -> None:
    chance = np.random.default_rng(5)
    refused = 0
    for _ in range(TRIALS):
        shots, successes = drawn(chance, 0.9, 0.01)
        rate = baselines.estimate(shots, successes)
        refused += any(True for _ in baselines.objections(rate, TIMES, shots, successes))
    assert binomial.interval(refused, TRIALS, 0.999)[0] <= 0.02


def test_a_slope_and_an_echo_are_refused() -> None:
    shots = np.full(60, 2000.0)
    falling = np.round(2000 * np.linspace(0.95, 0.9, 60))
    waves = np.round(2000 * (0.9 + 0.02 * np.sin(TIMES / 4)))
    for successes, told in ((falling, "its rate falls"), (waves, "one epoch tells of the next")):
        rate = baselines.estimate(shots, successes)
        assert any(told in each for each in baselines.objections(rate, TIMES, shots, successes))


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_a_series_that_never_varies_has_a_band_of_its_own(share: float) -> None:
    shots = np.full(60, 100.0)
    rate = baselines.estimate(shots, share * shots)
    assert rate.rate == share
    assert rate.low < rate.high
    assert list(baselines.objections(rate, TIMES, shots, share * shots)) == []
