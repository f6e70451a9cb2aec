"""The exact binomial CUSUM beside values of an independent program, and by simulation."""

from fractions import Fraction

import numpy as np
import pytest

from qops.stats.spc.binomial import BinomialCusum, design, probabilities
from qops.stats.spc.shewhart import of_counts

THOUSAND = {
    13: (960.0327, 56.44639, 8.820069, 2.061476),
    14: (1389.56, 68.64, 9.63, 2.16),
    15: (2018.46, 83.35, 10.47, 2.26),
}
"""n = 1000, K = 940, at .95, .945, .94 and .93, by H; the first is arlCusum's of R's surveillance, whose h is H + 1."""

THREE_SIGMA = {(1000, 0.95): 327.9, (1000, 0.99): 300.2, (1000, 0.999): 52.8, (100, 0.95): 234.0, (1000, 0.5): 378.0}
"""Of charts at p ± 3σ, whose normal run length is 370.4."""


@pytest.mark.parametrize("limit", list(THOUSAND))
def test_known_run_lengths(limit: int) -> None:
    chart = BinomialCusum(1000, Fraction(940), Fraction(limit))
    for rate, known in zip((0.95, 0.945, 0.94, 0.93), THOUSAND[limit], strict=True):
        digits = len(str(known).partition(".")[2])
        assert chart.run_length(rate) == pytest.approx(known, abs=0.51 * 10.0**-digits)


def test_a_reference_value_between_counts() -> None:
    chart = BinomialCusum(100, Fraction(197, 2), Fraction(6))
    found = [chart.run_length(rate) for rate in (0.99, 0.985, 0.98, 0.97)]
    assert found == pytest.approx([941.57, 40.06, 12.42, 5.03], abs=0.0051)


def test_by_simulation() -> None:
    chart, chance = BinomialCusum(50, Fraction(93, 2), Fraction(5)), np.random.default_rng(2)
    alive, sums, lengths = np.ones(10_000, dtype=bool), np.zeros(10_000), np.zeros(10_000)
    for epoch in range(1, 3000):
        sums = np.maximum(0, sums + 46.5 - chance.binomial(50, 0.94, 10_000))
        new = alive & (sums > 5)
        lengths[new] = epoch
        alive &= ~new
    assert not alive.any()
    assert abs(lengths.mean() - chart.run_length(0.94)) < 3.5 * lengths.std() / 100


@pytest.mark.parametrize(("shots", "rate", "other"), [(100, 0.9, 0.8), (1000, 0.95, 0.93), (5000, 0.5, 0.48)])
def test_a_design_keeps_its_run_length_and_no_smaller_limit_does(shots: int, rate: float, other: float) -> None:
    found = design(shots, rate, other, 500.0)
    assert found.run_length(rate) >= 500
    assert found._replace(h=found.h - Fraction(1, 4)).run_length(rate) < 500
    assert other * shots < found.k < rate * shots


@pytest.mark.parametrize(("shots", "rate"), list(THREE_SIGMA))
def test_three_sigma_is_not_what_it_is_said_to_be(shots: int, rate: float) -> None:
    mean, spread = shots * rate, 3 * (shots * rate * (1 - rate)) ** 0.5
    assert of_counts(shots, rate, mean - spread, mean + spread) == pytest.approx(THREE_SIGMA[shots, rate], abs=0.051)


@pytest.mark.parametrize("rate", [0.0, 0.3, 1.0])
def test_probabilities_have_their_moments(rate: float) -> None:
    chances, counts = probabilities(40, rate), np.arange(41)
    assert chances.sum() == pytest.approx(1)
    assert chances @ counts == pytest.approx(40 * rate)
