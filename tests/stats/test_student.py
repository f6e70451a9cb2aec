import math

import pytest

from qops.stats import student


@pytest.mark.parametrize(
    ("t", "freedom", "probability"),
    [(6.314, 1, 0.05), (2.571, 5, 0.025), (2.896, 8, 0.01), (3.169, 10, 0.005), (3.850, 20, 0.0005)],
)
def test_the_published_table(t: float, freedom: float, probability: float) -> None:
    """Abramowitz and Stegun, table 26.10."""
    assert student.tail(t, freedom) == pytest.approx(probability, rel=2e-3)
    assert student.quantile(1 - probability, freedom) == pytest.approx(t, abs=5e-4)


def test_without_end_of_freedom_it_is_the_normal_distribution() -> None:
    assert student.tail(1.959964, math.inf) == pytest.approx(0.025, rel=1e-6)
    assert student.quantile(0.975, math.inf) == pytest.approx(1.959964, rel=1e-6)


def test_nothing_is_impossible() -> None:
    assert student.tail(1e300, 1000) == student.SMALLEST
    assert student.tail(-1e300, 1000) == 1
