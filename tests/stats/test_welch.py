import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from qops.stats import binomial, welch
from qops.stats.welch import compare, summary

SLEEP = (
    [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0],
    [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
)
values = st.lists(st.floats(-100, 100), min_size=2, max_size=8)


def test_the_published_example() -> None:
    """Student's data on sleep, as in the manual of R's `t.test`: t = 1.8608, df = 17.776, p = 0.07939 on both sides."""
    found = compare(summary(SLEEP[0]), summary(SLEEP[1]))
    assert found is not None
    assert found.size / found.error == pytest.approx(1.8608, abs=5e-5)
    assert found.freedom == pytest.approx(17.776, abs=5e-4)
    assert 2 * found.p_value == pytest.approx(0.07939, abs=5e-6)
    assert found.interval(0.95) == pytest.approx((-0.2054832, 3.3654832), abs=1e-6)


@given(values, values)
def test_as_scipy_has_it(old: list[float], new: list[float]) -> None:
    assume(min(max(old) - min(old), max(new) - min(new)) > 1e-3)
    ours, theirs = (
        compare(summary(old), summary(new)),
        stats.ttest_ind(new, old, equal_var=False, alternative="greater"),
    )
    assert ours is not None
    assert ours.freedom == pytest.approx(theirs.df)
    assert ours.p_value == pytest.approx(theirs.pvalue, rel=1e-6, abs=1e-300)


def test_a_single_value_is_no_sample() -> None:
    assert compare(summary([1.0]), summary([2.0, 3.0])) is None


def test_samples_that_do_not_vary() -> None:
    fives, sixes = summary([5.0] * 5), summary([6.0] * 5)
    grown, shrunk = compare(fives, sixes), compare(sixes, fives)
    assert grown is not None
    assert shrunk is not None
    assert (grown.p_value, shrunk.p_value) == (1 / 1024, 1)
    assert grown.interval(0.98) == (1, 1)


@pytest.mark.parametrize(("first", "second"), [(1, 1), (2, 5), (5, 5), (3, 9)])
def test_the_bound_without_variance_is_the_largest_probability(first: int, second: int) -> None:
    chances = np.linspace(0, 1, 10_001)
    likely = chances**first * (1 - chances) ** second
    assert welch.without_variance(first, second) == pytest.approx(likely.max(), rel=1e-6)


def test_the_bound_is_never_nothing() -> None:
    assert welch.without_variance(10_000, 10_000) > 0


def test_false_alarms_are_as_rare_as_promised() -> None:
    """5,000 pairs of normal samples, one three times as wide as the other: at most as many alarms as 0.05 allows."""
    chance = np.random.default_rng(1)
    pairs = ((chance.normal(0, 1, 5), chance.normal(0, 3, 5)) for _ in range(5000))
    found = (compare(summary(list(old)), summary(list(new))) for old, new in pairs)
    alarms = sum(one is not None and one.p_value <= 0.05 for one in found)
    low, high = binomial.interval(alarms, 5000, 0.999)
    assert low <= 0.05
    assert high >= 0.03
