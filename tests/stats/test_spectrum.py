"""Spectra beside SciPy's, their thresholds by simulation, and waves that were put in."""

import numpy as np
import pytest
from scipy.signal import lombscargle

from qops.stats import binomial
from qops.stats.spectrum import dct, thresholds
from qops.stats.spectrum.lomb_scargle import spectrum, usual_frequencies
from qops.stats.spectrum.waves import waves

SHOTS, RATE = 500, 0.9
WEIGHT = SHOTS / (RATE * (1 - RATE))


def stamps(kind: str, number: int, chance: np.random.Generator) -> np.ndarray:
    if kind == "even":
        return np.arange(number) * 60.0
    if kind == "poisson":
        return np.cumsum(chance.exponential(60.0, number))
    return np.cumsum(np.where(chance.random(number) < 0.05, 1200.0, 5.0))


@pytest.mark.parametrize("kind", ["even", "poisson", "bursts"])
@pytest.mark.parametrize("alike", [True, False])
def test_powers_are_those_of_scipy(kind: str, *, alike: bool) -> None:
    chance = np.random.default_rng(4)
    times, values = stamps(kind, 150, chance), chance.normal(size=(3, 150))
    weights = chance.uniform(0.5, 2.0, (1 if alike else 3, 150))
    frequencies = usual_frequencies(times)[:-1]
    found = spectrum(times, values, weights, frequencies).power
    for row in range(3):
        own = weights[0 if alike else row]
        total = own @ (values[row] - own @ values[row] / own.sum()) ** 2
        theirs = lombscargle(
            times, values[row], 2 * np.pi * frequencies, weights=own, floating_mean=True, normalize=True
        )
        assert np.allclose(found[row], theirs * total, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("kind", ["even", "poisson", "bursts"])
def test_false_waves_are_as_rare_as_stated(kind: str) -> None:
    """In 300 sets of 10 series, the chance of any false wave is at most 5 %; with a binomial interval."""
    chance = np.random.default_rng(5)
    times = stamps(kind, 120, chance)
    frequencies = usual_frequencies(times)
    values = chance.binomial(SHOTS, RATE, (3000, 120)) / SHOTS
    power = spectrum(times, values, np.full((1, 120), WEIGHT), frequencies).power
    alarms = (power.reshape(300, -1).max(axis=1) > thresholds.of_one(10, len(frequencies), 0.05)).sum()
    assert binomial.interval(int(alarms), 300, 0.999)[0] <= 0.05
    together = power.reshape(300, 10, -1).sum(axis=1).max(axis=1) > thresholds.of_all(10, len(frequencies), 0.05)
    assert binomial.interval(int(together.sum()), 300, 0.999)[0] <= 0.05
    assert together.sum() >= 1


def test_a_weak_wave_that_all_have_is_seen_in_their_sum() -> None:
    chance = np.random.default_rng(6)
    times = stamps("poisson", 200, chance)
    frequencies = usual_frequencies(times)
    rates = RATE + 0.003 * np.cos(2 * np.pi * frequencies[20] * times)
    values = chance.binomial(SHOTS, np.tile(rates, (40, 1))) / SHOTS
    power = spectrum(times, values, np.full((1, 200), WEIGHT), frequencies).power
    assert power.max(axis=1).max() < 2 * thresholds.of_one(40, len(frequencies), 0.05)
    assert power.sum(axis=0).argmax() == 20
    assert power.sum(axis=0)[20] > thresholds.of_all(40, len(frequencies), 0.025)


def test_waves_come_back_with_their_amplitudes_and_harmonics() -> None:
    chance = np.random.default_rng(7)
    times = stamps("bursts", 600, chance)
    base = 12 / (times[-1] - times[0])
    true = RATE + 0.03 * np.cos(2 * np.pi * base * times) + 0.015 * np.sin(4 * np.pi * base * times)
    values = chance.binomial(SHOTS, true) / SHOTS
    frequencies = usual_frequencies(times)
    found = waves(times, values, np.full(600, WEIGHT), frequencies, thresholds.of_one(1, len(frequencies), 0.05))
    assert [wave.harmonic for wave in found.waves] == [0, 2]
    for wave, amplitude in zip(found.waves, (0.03, 0.015), strict=True):
        assert abs(wave.amplitude - amplitude) < 4 * wave.error
    assert found.waves[0].frequency == pytest.approx(base, rel=0.02)
    assert np.sqrt(np.mean((found.trajectory - true) ** 2)) < 0.003


def test_nothing_makes_no_waves() -> None:
    times = np.arange(100) * 60.0
    frequencies = usual_frequencies(times)
    found = waves(times, np.full(100, 0.9), np.full(100, WEIGHT), frequencies, 20.0)
    assert found.waves == ()
    assert found.trajectory == pytest.approx(np.full(100, 0.9))


def test_the_fast_transform_has_its_thresholds() -> None:
    """pyGSTi's own for 60 circuits at 500 times, half of 5 % to each class; and false waves by simulation."""
    assert dct.of_one(60, 500, 0.025) == pytest.approx(24.279218, abs=5e-7)
    assert dct.of_mean(60, 500, 0.025) == pytest.approx(1.871788, abs=2e-6)
    chance = np.random.default_rng(8)
    values = chance.binomial(SHOTS, RATE, (3000, 120)) / SHOTS
    power = dct.powers(values, (RATE * (1 - RATE) / SHOTS) ** 0.5)
    alarms = (power.reshape(300, -1).max(axis=1) > dct.of_one(10, 119, 0.05)).sum()
    low, high = binomial.interval(int(alarms), 300, 0.999)
    assert low <= 0.05
    assert high >= 0.03


def test_the_fast_transform_finds_the_frequency() -> None:
    times = np.arange(400) * 10.0
    frequencies = dct.frequencies(times)
    assert frequencies[[0, -1]] == pytest.approx([1 / 8000, 399 / 8000])
    values = np.cos(2 * np.pi * frequencies[59] * (times + 5.0))[None, :]
    assert dct.powers(values, 1.0)[0].argmax() == 59
    assert dct.even(times)
    assert not dct.even(np.append(times, 4001.0))
