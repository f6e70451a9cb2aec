"""Since when, how much, and of which kind."""

from collections.abc import Callable

import numpy as np
import pytest
from drift.charts.test_every_chart import baseline

from qops.drift.charts.path import Numbers
from qops.drift.onset import change

EPOCHS = 200
TIMES = 600.0 * np.arange(EPOCHS)
KINDS: dict[str, Callable[[Numbers], Numbers]] = {
    "step": lambda at: np.where(at >= 120, -0.02, 0.0),
    "ramp": lambda at: np.minimum(0.0, -(at - 80) * 0.0004),
    "oscillation": lambda at: 0.02 * np.sin(2 * np.pi * at / 25),
}


def drawn(kind: str, seed: int) -> tuple[Numbers, Numbers]:
    shots = np.full(EPOCHS, 1000)
    rates = 0.95 + KINDS[kind](np.arange(EPOCHS))
    return shots.astype(float), np.random.default_rng(seed).binomial(shots, rates).astype(float)


@pytest.mark.parametrize("kind", list(KINDS))
def test_the_kind_is_told(kind: str) -> None:
    told = [change(baseline(0.95), TIMES, *drawn(kind, seed)).kind for seed in range(30)]
    assert told.count(kind) >= 28


def test_the_confidence_set_holds_the_onset_and_the_interval_the_rate() -> None:
    found = [change(baseline(0.95), TIMES, *drawn("step", seed)) for seed in range(200)]
    assert sum(each.earliest <= 120 <= each.latest for each in found) >= 180
    assert sum(each.low <= 0.93 <= each.high for each in found) >= 175
    assert all(each.earliest <= each.onset <= each.latest for each in found)


def test_one_epoch_is_enough() -> None:
    found = change(baseline(0.95), np.zeros(1), np.array([1000.0]), np.array([800.0]))
    assert (found.onset, found.earliest, found.latest) == (0, 0, 0)


def test_a_long_series_is_looked_at_where_it_ends() -> None:
    shots = np.full(5000, 1000.0)
    successes = np.r_[np.full(4900, 950.0), np.full(100, 900.0)]
    assert change(baseline(0.95), np.arange(5000.0), shots, successes).onset == 4900
