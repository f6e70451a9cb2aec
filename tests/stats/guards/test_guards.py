from collections.abc import Callable, Iterable

import numpy as np
import pytest
from scipy import stats

from qops.stats import binomial
from qops.stats.guards import allocation, independence, order
from qops.stats.guards.guard import Guard


def test_mendels_peas() -> None:
    """315, 101, 108, 32 against 9 : 3 : 3 : 1 has a chi-square of 0.470 with 3 degrees of freedom (Pearson, 1900)."""
    found = allocation.check([315, 101, 108, 32], [9, 3, 3, 1])
    assert found.statistic == pytest.approx(0.470, abs=5e-4)
    assert found.p_value == pytest.approx(0.925, abs=1e-3)


def test_nothing_counted_is_no_mismatch() -> None:
    assert allocation.check([0, 0], [1, 1]).passed


def test_order_as_scipy_tests_it() -> None:
    one, two = [1.0, 2.5, 3.0, 4.0], [2.0, 5.0, 7.5]
    found = order.check(one, two)
    assert found is not None
    assert found.p_value == pytest.approx(stats.ttest_ind(one, two).pvalue)


def test_one_lag_by_hand() -> None:
    """1, 2, 3, 4: r1 = 1.25/5, so that Q = 4 · 6 · 0.0625/3."""
    found = independence.check([1.0, 2.0, 3.0, 4.0], lags=1)
    assert found is not None
    assert found.statistic == pytest.approx(0.5)
    assert found.p_value == pytest.approx(stats.chi2.sf(0.5, 1))


@pytest.mark.parametrize("values", [[], [1.0, 2.0], [3.0] * 9])
def test_nothing_to_guard(values: list[float]) -> None:
    assert independence.check(values) is None
    assert order.check(values, values[:1]) is None


def _alarms(guards: Iterable[Guard | None]) -> int:
    return sum(guard is not None and not guard.passed for guard in guards)


@pytest.mark.parametrize(
    ("check", "slack"),
    [
        (lambda chance: allocation.check(chance.multinomial(4000, [0.5, 0.5]), [1, 1], 0.01), 0.0),
        (lambda chance: order.check(chance.normal(size=11), chance.normal(size=9)), 0.0),
        (lambda chance: independence.check(chance.normal(size=50).tolist()), 0.01),
    ],
)
def test_a_sound_experiment_rarely_alarms(check: Callable[[np.random.Generator], Guard | None], slack: float) -> None:
    """At the level of 1 %; Ljung and Box's approximation is a little above it with few blocks."""
    chance = np.random.default_rng(8)
    alarms = _alarms(check(chance) for _ in range(2000))
    low, high = binomial.interval(alarms, 2000, 0.9999)
    assert low - slack <= 0.01 <= high
