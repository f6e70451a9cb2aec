import math

import pytest
from scipy import special

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


@pytest.mark.parametrize("freedom", [0.3, 1.0, 2.5, 7.0, 19.0, 60.3, 199.0, 1e4])
def test_it_is_scipys(freedom: float) -> None:
    for t in (0.0, 0.3, 1.0, 2.2, 5.0, 11.0, 40.0):
        theirs = float(special.stdtr(freedom, -t))
        assert student.tail(t, freedom) == pytest.approx(max(theirs, student.SMALLEST), rel=1e-10)
        assert student.tail(-t, freedom) == pytest.approx(1 - theirs, rel=1e-11)
    for probability in (1e-6, 0.025, 0.4, 0.5, 0.8, 0.975, 0.9999):
        expected = float(special.stdtrit(freedom, probability))
        assert student.quantile(probability, freedom) == pytest.approx(expected, rel=1e-8, abs=1e-12)


@pytest.mark.parametrize("t", [1e-8, 0.5, 3.0, 1e5])
def test_one_degree_of_freedom_is_cauchys_distribution(t: float) -> None:
    assert student.tail(t, 1) == pytest.approx(math.atan2(1, t) / math.pi, rel=1e-12)
