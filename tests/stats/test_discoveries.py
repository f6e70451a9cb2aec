import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qops.stats import binomial
from qops.stats.discoveries import adjusted

PUBLISHED = [
    *(0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344),
    *(0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0000),
]


def test_the_published_example() -> None:
    """Section 3.2 of Benjamini and Hochberg: at q = 0.05 four of fifteen are found."""
    assert [value <= 0.05 for value in adjusted(PUBLISHED)] == [True] * 4 + [False] * 11


@given(st.lists(st.floats(1e-12, 1), max_size=30), st.floats(1e-9, 1))
def test_the_rule_as_it_is_defined(p_values: list[float], q: float) -> None:
    ranked = sorted(p_values)
    passed = [p for rank, p in enumerate(ranked, 1) if p * (len(p_values) / rank) <= q]
    last = passed[-1] if passed else 0.0
    assert [value <= q for value in adjusted(p_values)] == [p <= last for p in p_values]


@given(st.lists(st.floats(1e-12, 1), max_size=30))
def test_the_order_of_questions_is_irrelevant(p_values: list[float]) -> None:
    assert list(reversed(adjusted(list(reversed(p_values))))) == list(adjusted(p_values))
    assert all(0 < p <= value <= 1 for p, value in zip(p_values, adjusted(p_values), strict=True))


def test_nothing_is_found_where_nothing_is() -> None:
    """At q = 0.1, independent uniform p-values give a finding in a tenth of all families."""
    chance = np.random.default_rng(3)
    alarms = sum(min(adjusted(list(chance.uniform(1e-12, 1, 20)))) <= 0.1 for _ in range(4000))
    low, high = binomial.interval(alarms, 4000, 0.999)
    assert low <= 0.1 <= high


@pytest.mark.parametrize("count", [0, 1])
def test_few_questions(count: int) -> None:
    assert adjusted([0.3] * count) == (0.3,) * count
