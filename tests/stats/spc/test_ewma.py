"""Run lengths of EWMA charts beside the published ones, another method, and simulation."""

from math import erf, sqrt

import numpy as np
import pytest

from qops.stats.spc.ewma import Ewma, limit_for

SHIFTS = (0, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 3.5, 4, 5)
PUBLISHED = {
    (0.5, 3.071): (500, 255, 88.8, 35.9, 17.5, 6.53, 3.63, 2.50, 1.93, 1.58, 1.34, 1.07),
    (0.03, 2.437): (500, 76.7, 29.3, 17.6, 12.6, 8.07, 5.99, 4.80, 4.03, 3.49, 3.11, 2.55),
}
"""Lucas and Saccucci (1990), table 3: fixed limits."""

HEAD_SHIFTS = (0, 0.5, 1, 2, 3, 5)
HEAD = {
    (0.5, 3.071): (487, 86.1, 15.9, 2.87, 1.45, 1.01),
    (0.03, 2.437): (406, 18.4, 7.36, 3.43, 2.34, 1.57),
}
"""The same, table 5: two charts that begin half-way to their limits; by a coarse chain, which is off by up to 1.3 %."""

SIX_SHIFTS = (0, 0.25, 0.5, 0.75, 1, 1.5, 2, 2.5, 3, 4)
SIX_DIGITS = {
    (0.4, 3.054): (499.951, 223.728, 71.2005, 28.4184, 14.2628, 5.87494, 3.52154, 2.53915, 2.01863, 1.43990),
    (0.25, 2.998): (499.836, 170.296, 48.2939, 20.1147, 11.1355, 5.46374, 3.61371, 2.74475, 2.25756, 1.72703),
    (0.2, 2.962): (499.735, 150.216, 41.7644, 18.1496, 10.5417, 5.50065, 3.74344, 2.88027, 2.38090, 1.86437),
    (0.1, 2.814): (499.580, 106.322, 31.2974, 15.8475, 10.3307, 6.08418, 4.36225, 3.44170, 2.86800, 2.19310),
    (0.05, 2.615): (499.933, 84.0059, 28.7637, 16.3742, 11.3828, 7.11249, 5.22488, 4.16786, 3.49617, 2.69455),
}


def rounded(number: float) -> float:
    """Half a unit of the last of three digits, and a little."""
    return 0.51 * 10.0 ** (np.floor(np.log10(number)) - 2)


@pytest.mark.parametrize("chart", list(PUBLISHED))
def test_the_published_table(chart: tuple[float, float]) -> None:
    for shift, published in zip(SHIFTS, PUBLISHED[chart], strict=True):
        assert Ewma(*chart).run_length(shift) == pytest.approx(published, abs=rounded(published))


@pytest.mark.parametrize("chart", list(SIX_DIGITS))
def test_six_digits(chart: tuple[float, float]) -> None:
    for shift, published in zip(SIX_SHIFTS, SIX_DIGITS[chart], strict=True):
        assert Ewma(*chart).run_length(shift) == pytest.approx(published, rel=6e-6)


@pytest.mark.parametrize("chart", list(HEAD))
def test_a_head_start_is_near_the_published_approximation(chart: tuple[float, float]) -> None:
    for shift, published in zip(HEAD_SHIFTS, HEAD[chart], strict=True):
        assert Ewma(*chart, head=0.5).run_length(shift) == pytest.approx(published, rel=0.014)


def markov(weight: float, limit: float, states: int) -> float:
    """The same by a Markov chain on slices of the interval."""
    bound = limit * sqrt(weight / (2 - weight))
    width = 2 * bound / states
    centres = -bound + width * (np.arange(states) + 0.5)

    def below(edge: float, centre: float) -> float:
        return 0.5 * (1 + erf((edge - (1 - weight) * centre) / weight / sqrt(2)))

    moves = np.array([[below(e + width / 2, c) - below(e - width / 2, c) for e in centres] for c in centres])
    return float(np.linalg.solve(np.eye(states) - moves, np.ones(states))[states // 2])


@pytest.mark.parametrize(("weight", "limit"), [(0.1, 2.5), (0.25, 2.8), (0.6, 3.0)])
def test_another_method_agrees_where_it_converges(weight: float, limit: float) -> None:
    coarse, fine = markov(weight, limit, 101), markov(weight, limit, 303)
    assert Ewma(weight, limit).run_length() == pytest.approx((9 * fine - coarse) / 8, rel=2e-6)


@pytest.mark.parametrize(("varying", "head"), [(True, 0.0), (False, 0.5)])
def test_early_limits_by_simulation(*, varying: bool, head: float) -> None:
    chance, weight, limit = np.random.default_rng(9), 0.2, 2.2
    chart = Ewma(weight, limit, head, varying)
    alive, average, lengths = np.ones(20_000, dtype=bool), np.zeros(20_000), np.zeros(20_000)
    for epoch in range(1, 3000):
        average = (1 - weight) * average + weight * chance.normal(size=20_000)
        spread = weight / (2 - weight) * (1 - (1 - weight) ** (2 * epoch) if varying else 1)
        bound = limit * sqrt(spread) * (1 - head * (1 - weight) ** epoch)
        new = alive & (abs(average) > bound)
        lengths[new] = epoch
        alive &= ~new
    assert not alive.any()
    assert abs(lengths.mean() - chart.run_length()) < 3.5 * lengths.std() / 20_000**0.5


@pytest.mark.parametrize("varying", [False, True])
@pytest.mark.parametrize("length", [20.0, 500.0, 10_000.0])
def test_a_limit_is_found_for_a_run_length(length: float, *, varying: bool) -> None:
    assert Ewma(0.1, limit_for(length, 0.1, varying=varying), varying=varying).run_length() == pytest.approx(length)
