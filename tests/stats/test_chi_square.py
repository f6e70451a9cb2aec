import math

import pytest
from scipy import special

from qops.stats import chi_square
from qops.stats.student import SMALLEST


@pytest.mark.parametrize(("statistic", "freedom", "tail"), [(3.841, 1, 0.05), (23.209, 10, 0.01), (124.342, 100, 0.05)])
def test_the_published_table(statistic: float, freedom: int, tail: float) -> None:
    """Abramowitz and Stegun, table 26.8."""
    assert chi_square.tail(statistic, freedom) == pytest.approx(tail, rel=1e-3)


@pytest.mark.parametrize("freedom", [1, 2, 3, 7, 10, 99, 200])
def test_it_is_scipys(freedom: int) -> None:
    for factor in (0.01, 0.5, 1.0, 1.5, 4.0):
        statistic = factor * freedom
        assert chi_square.tail(statistic, freedom) == pytest.approx(special.chdtrc(freedom, statistic), rel=1e-11)


def test_nothing_is_impossible() -> None:
    assert chi_square.tail(1e6, 3) == SMALLEST
    assert chi_square.tail(0.0, 3) == chi_square.tail(-0.0, 2) == 1.0
    assert math.isfinite(chi_square.tail(5.0, 1))
