"""McNemar's exact test and the interval of the difference."""

import numpy as np
import pytest
from scipy.stats import binomtest

from qops.stats import binomial
from qops.stats.mcnemar import Comparison, detectable, power


@pytest.mark.parametrize("first", [0, 1, 4, 10, 33])
@pytest.mark.parametrize("second", [0, 2, 10, 40])
def test_the_p_value_is_the_binomial_one(first: int, second: int) -> None:
    expected = binomtest(first, first + second, 0.5).pvalue if first + second else 1.0
    assert Comparison(first, second, 100).p_value == pytest.approx(expected)


def test_a_published_example() -> None:
    """Approval of a prime minister, 1600 asked twice: 150 and 86 changed their minds (Agresti 2002, table 10.1)."""
    found = Comparison(150, 86, 1600)
    assert found.difference == pytest.approx(-0.04)
    low, high = found.interval()
    assert low <= -0.06 < -0.02 <= high < 0  # Wald's interval there is -0.06 to -0.02
    assert found.p_value == pytest.approx(3.7e-5, rel=0.02)


def test_it_is_never_nought() -> None:
    assert 0 < Comparison(0, 5000, 5000).p_value < 1e-300


@pytest.mark.parametrize("first", [0, 3, 20])
def test_the_other_way_round(first: int) -> None:
    one, other = Comparison(first, 9, 50), Comparison(9, first, 50)
    assert one.p_value == other.p_value
    assert one.interval() == pytest.approx(tuple(-end for end in reversed(other.interval())))


@pytest.mark.parametrize(("first", "second"), [(0.1, 0.1), (0.05, 0.3), (0.0, 0.02), (0.4, 0.5)])
def test_coverage(first: float, second: float) -> None:
    chance, covered, rejected = np.random.default_rng(1), 0, 0
    for counts in chance.multinomial(60, [first, second, 1 - first - second], 1000):
        found = Comparison(int(counts[0]), int(counts[1]), 60)
        low, high = found.interval(0.9)
        covered += low <= second - first <= high
        rejected += found.p_value <= 0.05
    assert binomial.interval(covered, 1000, 0.999)[1] >= 0.9
    if first == second:
        assert binomial.interval(rejected, 1000, 0.999)[0] <= 0.05


@pytest.mark.parametrize(("first", "second"), [(0.1, 0.1), (0.05, 0.25), (0.0, 0.1), (0.3, 0.4), (0.0, 0.0)])
def test_power_is_what_is_seen(first: float, second: float) -> None:
    drawn = np.random.default_rng(2).multinomial(80, [first, second, 1 - first - second], 2000)
    rejected = sum(Comparison(int(a), int(b), 80).p_value <= 0.05 for a, b, _ in drawn)
    low, high = binomial.interval(rejected, 2000, 0.999)
    assert low <= power(80, first, second) <= high


def test_the_least_difference_that_is_found() -> None:
    least = detectable(100, 0.4)
    assert least is not None
    assert power(100, (0.4 - least) / 2, (0.4 + least) / 2) == pytest.approx(0.8, abs=0.002)
    assert detectable(400, 0.4) < least / 1.8
    assert detectable(20, 0.2) is None
