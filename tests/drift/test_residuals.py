"""Residuals are standard: exactly where counts are few, and alike where they are many."""

from statistics import NormalDist

import numpy as np
import pytest
from scipy import stats

from qops.drift.charts.path import Usual
from qops.drift.residuals import standardised


def score(rate: float, between: float, shots: int, successes: int) -> float:
    usual = Usual(rate, between, rate, rate, shots)
    return float(standardised(usual, np.array([float(shots)]), np.array([float(successes)]))[0])


@pytest.mark.parametrize(("rate", "shots"), [(0.001, 1000), (0.999, 1000), (0.02, 200), (0.5, 30)])
def test_scores_are_those_of_the_binomial_distribution(rate: float, shots: int) -> None:
    law = stats.binom(shots, rate)
    for successes in range(int(law.ppf(1e-6)), int(law.isf(1e-6)) + 1):
        middle = law.cdf(successes - 1) + law.pmf(successes) / 2
        assert score(rate, 0.0, shots, successes) == pytest.approx(NormalDist().inv_cdf(middle), abs=1e-7)


def test_where_epochs_differ_the_distribution_is_beta_binomial() -> None:
    rate, between, shots = 0.99, 0.004, 500
    size = rate * (1 - rate) / between**2 - 1
    law = stats.betabinom(shots, rate * size, (1 - rate) * size)
    for successes in range(480, 501):
        middle = law.cdf(successes - 1) + law.pmf(successes) / 2
        assert score(rate, between, shots, successes) == pytest.approx(NormalDist().inv_cdf(middle), abs=1e-6)


@pytest.mark.parametrize("rate", [0.003, 0.997])
def test_few_counts_have_mean_0_and_variance_near_1(rate: float) -> None:
    law, counts = stats.binom(1000, rate), range(1001)
    chances = np.array([law.pmf(count) for count in counts])
    scores = np.array([score(rate, 0.0, 1000, count) if chances[count] > 1e-12 else 0.0 for count in counts])
    assert abs(chances @ scores) < 0.03
    assert chances @ scores**2 == pytest.approx(1, abs=0.08)


def test_a_score_far_out_is_a_number() -> None:
    assert 30 < score(0.001, 0.0, 1000, 1000) < 40
    assert -40 < score(0.999, 0.0, 1000, 0) < -30


@pytest.mark.parametrize(("rate", "successes", "found"), [(0.0, 0, 0.0), (0.0, 1, np.inf), (1.0, 9, -np.inf)])
def test_where_nothing_can_vary(rate: float, successes: int, found: float) -> None:
    assert score(rate, 0.0, 10, successes) == found
