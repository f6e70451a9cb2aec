"""All outcomes at once: distances are right, p-values are valid, the run length is kept, changes are seen."""

import numpy as np
import pytest

from qops.stats import binomial
from qops.stats.sequential import outcomes

RATES = np.array([0.4, 0.3, 0.2, 0.08, 0.02])


def epochs(number: int, seed: int, rates: np.ndarray = RATES) -> np.ndarray:
    return np.random.default_rng(seed).multinomial(500, rates, size=number)


def test_distances_of_known_shares() -> None:
    first, second = np.array([9, 16]), np.array([16, 9])
    overlap = 2 * np.sqrt(9 / 25 * 16 / 25)
    assert outcomes.hellinger(first, second) == pytest.approx(np.sqrt(1 - overlap))
    assert outcomes.total_variation(first, second) == pytest.approx(7 / 25)
    assert outcomes.hellinger(np.stack([first, second]), second).shape == (2,)


def test_p_values_are_valid_and_independent() -> None:
    """At most 5 % are at most 5 %, by a binomial interval, and one does not tell of the next."""
    p_values = np.array([[step.p_value for step in outcomes.steps(epochs(45, seed), 5, seed)] for seed in range(15)])
    below = int((p_values <= 0.05).sum())
    low, high = binomial.interval(below, p_values.size, 0.999)
    assert low <= 0.05 <= high
    neighbours = np.corrcoef(p_values[:, 1:].ravel(), p_values[:, :-1].ravel())[0, 1]
    assert abs(neighbours) < 4 / p_values.size**0.5
    assert p_values.min() > 0


def test_the_run_length_is_kept() -> None:
    limit, lengths = 15.0, []
    for seed in range(60):
        evidence = np.array([step.evidence for step in outcomes.steps(epochs(65, 100 + seed), 5, seed)])
        over = evidence >= limit
        lengths.append(int(over.argmax()) + 1 if over.any() else 60)
    assert np.mean(lengths) > limit


def test_a_shift_between_two_outcomes_is_seen() -> None:
    moved = np.array([0.32, 0.38, 0.2, 0.08, 0.02])
    series = np.concatenate([epochs(30, 1), epochs(30, 2, moved)])
    found = list(outcomes.steps(series, 20, 3))
    assert max(step.evidence for step in found[:10]) < 200
    assert max(step.evidence for step in found) > 1000
    assert found[-1].total_variation > found[-1].hellinger ** 2


def test_it_is_the_same_every_time() -> None:
    series = epochs(12, 4)
    assert list(outcomes.steps(series, 5, 7)) == list(outcomes.steps(series, 5, 7))
