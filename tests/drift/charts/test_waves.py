"""The rolling spectrum and the chart that joins it: their chances are exact, their budget holds, waves are seen."""

import numpy as np
import pytest
from scipy import fft, stats

from qops.drift.charts import chart, follow
from qops.drift.charts.path import Numbers, Usual
from qops.drift.charts.spectrum import chances, powers
from qops.stats import binomial

RATE, SHOTS = 0.9, 1000
SIGMA = (RATE * (1 - RATE) / SHOTS) ** 0.5
USUAL = Usual(RATE, 0.0, RATE, RATE, SHOTS)


def counts(
    chance: np.random.Generator, streams: int, epochs: int, wave: Numbers | float = 0.0
) -> tuple[Numbers, Numbers]:
    rates = RATE + SIGMA * wave * np.ones((streams, epochs))
    return np.full((streams, epochs), float(SHOTS)), chance.binomial(SHOTS, rates).astype(float)


@pytest.mark.parametrize("number", [16, 64, 128, 130])
def test_powers_are_those_of_the_orthonormal_transform(number: int) -> None:
    values = np.random.default_rng(1).normal(size=(5, number))
    expected = fft.dct(values, norm="ortho")[:, 1:] ** 2
    found = np.sort(powers(values), axis=1)
    twice = np.sort(np.concatenate([expected, expected[:, number // 2 - 1 : number // 2]], axis=1), axis=1)
    assert np.allclose(found, twice, atol=1e-12)


def test_the_chance_of_a_greatest_is_exact() -> None:
    powers = np.array([5.0, 12.0, 30.0, 60.0])
    assert chances(powers, 127) == pytest.approx(1 - (1 - stats.chi2(1).sf(powers)) ** 127, rel=1e-6)


def test_looks_raise_an_alarm_as_often_as_they_may() -> None:
    """One look a stream: the share over the limit is hop/(A + W), for counts, with a binomial interval."""
    shots, successes = counts(np.random.default_rng(5), 20_000, 64)
    made = chart("spectrum", {"window": 64, "hop": 8})
    limit = 200.0
    over = (made.statistic(USUAL, shots, successes, limit).max(axis=(0, 2)) >= limit).sum()
    low, high = binomial.interval(int(over), 20_000, 0.999)
    assert low <= 8 / (limit + 64) <= high


@pytest.mark.parametrize("name", ["spectrum", "joint"])
def test_the_run_length_is_kept(name: str) -> None:
    chance, run_length = np.random.default_rng(8), 200.0
    shots, successes = counts(chance, 200, 1500)
    made = chart(name)
    over = made.statistic(USUAL, shots, successes, run_length).max(axis=0) >= run_length
    lengths = np.where(over.any(axis=1), over.argmax(axis=1) + 1, 1500)
    assert lengths.mean() - 3 * lengths.std() / 200**0.5 > run_length


def test_a_baseline_that_is_off_raises_no_false_wave() -> None:
    chance = np.random.default_rng(9)
    shots, successes = counts(chance, 200, 600, wave=0.5)
    made = chart("spectrum")
    over = made.statistic(USUAL, shots, successes, 500.0).max(axis=0) >= 500.0
    assert over.any(axis=1).mean() < 0.85  # 600 epochs at a run length of 500 or more; with the mean left in, all


def test_a_quick_wave_is_seen_by_the_spectrum_and_missed_by_the_evidence_alone() -> None:
    chance = np.random.default_rng(10)
    shots, successes = counts(chance, 40, 200, wave=1.0 * np.sin(2 * np.pi * np.arange(200) / 5))
    seen = {
        name: np.mean(
            [bool(follow(chart(name), USUAL, n, k, 500.0).alarms()) for n, k in zip(shots, successes, strict=True)]
        )
        for name in ("joint", "e-detector")
    }
    assert seen["joint"] > 0.9
    assert seen["e-detector"] < 0.5


def test_the_wave_is_over_when_its_window_is() -> None:
    chance = np.random.default_rng(11)
    wave = np.where(np.arange(500) < 200, np.sin(np.arange(500)), 0.0)
    shots, successes = counts(chance, 1, 500, wave=wave)
    path = follow(chart("joint"), USUAL, shots[0], successes[0], 500.0)
    assert path.statistic[:, 150:200].max() >= path.limit
    assert path.alarms() == {}
