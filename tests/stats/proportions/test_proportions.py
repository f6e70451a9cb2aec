import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from qops.stats import binomial
from qops.stats.proportions import TESTS, barnard, fisher, goals, interval, jobs, strata
from qops.stats.proportions.table import Table


@st.composite
def tables(draw: st.DrawFn) -> Table:
    first, second = draw(st.integers(1, 30)), draw(st.integers(1, 30))
    return Table(draw(st.integers(0, first)), first, draw(st.integers(0, second)), second)


def other_outcome(table: Table) -> Table:
    a, n, b, m = table
    return Table(n - a, n, m - b, m)


@pytest.mark.parametrize("test", TESTS)
@given(table=tables())
def test_what_every_test_keeps(test: str, table: Table) -> None:
    found = TESTS[test](table)
    assert 0 < found <= 1
    assert TESTS[test](table.exchanged) == pytest.approx(found)
    assert TESTS[test](other_outcome(table)) == pytest.approx(found)


@given(tables())
def test_intervals_are_symmetric_and_grow(table: Table) -> None:
    for of in (interval.newcombe, interval.agresti_caffo):
        low, high = of(table)
        assert of(table.exchanged) == pytest.approx((-high, -low))
        wide = of(table, 0.99)
        assert -1 - 1e-9 <= wide[0] <= low + 1e-9
        assert low <= high <= wide[1] + 1e-9 <= 1 + 2e-9


@pytest.mark.parametrize(
    "table", [Table(7, 15, 12, 15), Table(2, 10, 8, 13), Table(0, 20, 4, 25), Table(20, 50, 31, 50)]
)
def test_as_scipy_tests_them(table: Table) -> None:
    a, n, b, m = table
    square = [[b, a], [m - b, n - a]]
    extreme = [
        k
        for k in itertools.product(range(n + 1), range(m + 1))
        if abs(Table(k[0], n, k[1], m).z) >= abs(table.z) - 1e-9
    ]
    rates = np.linspace(0, 1, 4001)
    greatest = np.max(sum(stats.binom.pmf(x, n, rates) * stats.binom.pmf(y, m, rates) for x, y in extreme))
    assert barnard.p_value(table) == pytest.approx(greatest, rel=1e-5)
    assert barnard.p_value(table) >= stats.barnard_exact(square, n=64).pvalue * (1 - 1e-6)  # its search may stop early
    assert fisher.greater(table) == pytest.approx(stats.fisher_exact(square, "greater").pvalue)


def test_barnards_size_over_every_table() -> None:
    """At its own critical value the rejections of 15 against 12 trials are at most 5 % at each of 2000 rates."""
    z = barnard.critical(15, 12)
    rejected = [(a, b) for a, b in itertools.product(range(16), range(13)) if abs(Table(a, 15, b, 12).z) >= z - 1e-9]
    rates = np.linspace(0, 1, 2001)
    size = sum(stats.binom.pmf(a, 15, rates) * stats.binom.pmf(b, 12, rates) for a, b in rejected)
    assert 0.03 < np.max(size) <= 0.05


@pytest.mark.parametrize(("trials", "published"), [(100, 1.990), (1000, 1.974)])
def test_critical_values(trials: int, published: float) -> None:
    assert barnard.critical(trials, trials) == pytest.approx(published, abs=1.5e-3)


def test_newcombes_examples() -> None:
    """Table II of Newcombe (1998), method 10: 56/70 - 48/80, 9/10 - 3/10, 10/10 - 0/20."""
    cases = [((48, 80, 56, 70), (0.0524, 0.3339)), ((3, 10, 9, 10), (0.1705, 0.8090)), ((0, 20, 10, 10), (0.6791, 1.0))]
    for counts, published in cases:
        assert interval.newcombe(Table(*counts)) == pytest.approx(published, abs=6e-5)


@pytest.mark.parametrize(
    ("rate", "margin", "non_inferior", "equivalent"),
    [(0.9, 0.05, 446, 617), (0.9, 0.02, 2783, 3854), (0.9, 0.01, 11129, 15415), (0.5, 0.01, 30913, 42820)],
)
def test_planned_shots(rate: float, margin: float, non_inferior: int, equivalent: int) -> None:
    """Both are 2p(1-p)/margin² times 6.1826 and 8.5638, the squared sums of normal quantiles."""
    assert goals.shots_non_inferior(rate, margin) == non_inferior
    assert goals.shots_equivalent(rate, margin) == equivalent


def test_goals_by_the_ends() -> None:
    assert goals.superior((0.001, 0.1))
    assert not goals.superior((0.0, 0.1))
    assert goals.non_inferior((-0.009, 0.1), 0.01)
    assert not goals.non_inferior((-0.01, 0.1), 0.01)
    assert goals.equivalent((-0.009, 0.009), 0.01)
    assert not goals.equivalent((-0.009, 0.011), 0.01)


def test_one_stratum_is_z_with_one_trial_less() -> None:
    table = Table(40, 100, 55, 100)
    assert strata.p_value([table]) == pytest.approx(math.erfc(abs(table.z) * math.sqrt(199 / 200) / math.sqrt(2)))
    assert strata.p_value([Table(0, 5, 0, 5), Table(1, 1, 1, 1)]) == 1
    assert strata.p_value([table, table.exchanged]) == pytest.approx(1)


def test_a_job_an_arm_keeps_its_level_with_earlier_jobs() -> None:
    chance = np.random.default_rng(9)
    rejected = 0
    for _ in range(1000):
        rates = chance.normal(0.5, 0.01, 32)
        sigma = float(np.std(rates[2:], ddof=1))
        a, b = chance.binomial(8192, rates[:2])
        found = jobs.compare(Table(int(a), 8192, int(b), 8192), sigma, 30)
        rejected += found is not None and found.p_value <= 0.05
    low, high = binomial.interval(rejected, 1000, 0.999)
    assert low <= 0.05 <= high


def test_no_verdict_of_few_jobs() -> None:
    assert jobs.compare(Table(1, 10, 5, 10), 0.01, 29) is None
    assert jobs.compare(Table(0, 10, 0, 10), 0.0, 30) is None
