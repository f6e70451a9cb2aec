import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qops.stats.binomial import interval


def at_least(hits: int, trials: int, rate: float) -> float:
    return sum(math.comb(trials, k) * rate**k * (1 - rate) ** (trials - k) for k in range(hits, trials + 1))


def test_the_rule_of_three() -> None:
    assert interval(0, 1000, 0.9)[1] == pytest.approx(-math.log(0.05) / 1000, rel=2e-3)


@given(st.integers(1, 40), st.data())
def test_each_end_is_where_what_was_seen_becomes_too_rare(trials: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, trials))
    low, high = interval(hits, trials, 0.9)
    assert 0 <= low <= hits / trials <= high <= 1
    if hits:
        assert at_least(hits, trials, low) == pytest.approx(0.05, rel=1e-6)
    if hits < trials:
        assert 1 - at_least(hits + 1, trials, high) == pytest.approx(0.05, rel=1e-6)


def test_without_trials_it_is_everything() -> None:
    assert interval(0, 0) == (0, 1)


@pytest.mark.parametrize(("hits", "trials", "confidence"), [(-1, 3, 0.9), (4, 3, 0.9), (1, 3, 1.0), (1, 3, 0.0)])
def test_what_is_no_rate_is_refused(hits: int, trials: int, confidence: float) -> None:
    with pytest.raises(ValueError, match="lie"):
        interval(hits, trials, confidence)
