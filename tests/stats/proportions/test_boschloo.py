"""Boschloo's test beside SciPy's, and its size."""

import numpy as np
import pytest
from scipy.stats import binom, boschloo_exact

from qops.stats.proportions import boschloo, fisher
from qops.stats.proportions.table import Table

TABLES = [
    (7, 15, 12, 15),
    (1, 20, 9, 25),
    (0, 10, 0, 10),
    (5, 5, 0, 5),
    (30, 60, 44, 60),
    (3, 40, 2, 35),
    (12, 50, 25, 80),
]


@pytest.mark.parametrize("counts", TABLES)
def test_p_values_are_those_of_scipy(counts: tuple[int, int, int, int]) -> None:
    first, first_trials, second, second_trials = counts
    table = [[second, first], [second_trials - second, first_trials - first]]
    found = boschloo.greater(Table(*counts))
    assert found == pytest.approx(boschloo_exact(table, alternative="greater", n=64).pvalue, rel=2e-3, abs=1e-9)
    both = boschloo_exact(table, alternative="two-sided", n=64).pvalue
    assert boschloo.p_value(Table(*counts)) == pytest.approx(min(1.0, both), rel=2e-3, abs=1e-9)


@pytest.mark.parametrize("counts", TABLES)
def test_it_never_says_less_than_fisher(counts: tuple[int, int, int, int]) -> None:
    assert boschloo.p_value(Table(*counts)) <= fisher.p_value(Table(*counts)) * (1 + 1e-9)


def test_its_size_is_kept_at_every_rate() -> None:
    trials = 12
    rejected = np.array(
        [[boschloo.p_value(Table(a, trials, b, trials)) <= 0.05 for b in range(trials + 1)] for a in range(trials + 1)]
    )
    for rate in np.linspace(0.02, 0.98, 49):
        chances = binom.pmf(np.arange(trials + 1), trials, rate)
        assert chances @ rejected @ chances <= 0.05 + 1e-12


def test_thousands_of_shots() -> None:
    assert boschloo.p_value(Table(4000, 8192, 4200, 8192)) == pytest.approx(0.0018, abs=2e-4)
